import { type CampaignAction, type CampaignDetail, campaignsApi } from '@suiban/shared/api/campaigns';
import { workbenchApi } from '@suiban/shared/api/workbench';
import { call } from '../../../api/client';

export interface ActionInput {
  reason?: string;
  headingExemptionReason?: string;
  outcome?: 'accepted' | 'refused';
  codes?: string[];
}

/** What is read again after an action. */
export const touchedByActions: readonly string[] = [
  campaignsApi.getCampaign.id,
  campaignsApi.listCampaigns.id,
  campaignsApi.getCampaignProgress.id,
  campaignsApi.getCampaignProof.id,
  campaignsApi.listDeliveries.id,
  campaignsApi.getDelivery.id,
  campaignsApi.checkCampaign.id,
  workbenchApi.getWorkbench.id,
];

/** Does one action of the board; the count where the action has one. @throws Problem */
export async function runAction(campaign: CampaignDetail, action: CampaignAction, input: ActionInput): Promise<number | null> {
  const params = { campaignId: campaign.id };
  const reason = input.reason ?? '';
  switch (action) {
    case 'submit':
      await call(campaignsApi.submitCampaign, { params, body: { contentHash: campaign.contentHash } });
      return null;
    case 'withdraw':
      await call(campaignsApi.withdrawCampaign, { params });
      return null;
    case 'approve': {
      const exemption = input.headingExemptionReason?.trim();
      const body = { contentHash: campaign.contentHash, ...(exemption ? { headingExemptionReason: exemption } : {}) };
      await call(campaignsApi.approveCampaign, { params, body });
      return null;
    }
    case 'reject':
      await call(campaignsApi.rejectCampaign, { params, body: { reason } });
      return null;
    case 'launch':
      await call(campaignsApi.launchCampaign, { params });
      return null;
    case 'pause':
      await call(campaignsApi.pauseCampaign, { params, body: reason ? { reason } : {} });
      return null;
    case 'resume':
      await call(campaignsApi.resumeCampaign, { params });
      return null;
    case 'cancel':
      await call(campaignsApi.cancelCampaign, { params, body: { reason } });
      return null;
    case 'close':
      await call(campaignsApi.closeCampaign, { params, body: { reason } });
      return null;
    case 'retry-failed':
      return (await call(campaignsApi.retryFailed, { params, body: input.codes ? { codes: input.codes } : {} })).retried;
    case 'resolve-unknown':
      return (await call(campaignsApi.resolveUnknown, { params, body: { outcome: input.outcome ?? 'accepted', reason } })).resolved;
    case 'edit':
    case 'test-send':
    case 'export':
      return null;
  }
}

import type { CampaignDetail } from '@suiban/shared/api/campaigns';
import type { OfficialActor } from '../../kernel/http/actor';
import { cancelWaiting, endRest, wakeAccounts } from '../dispatch';
import type { Deps } from '../module';
import { requireStep } from './campaigns.policy';
import { setClosed, setState } from './campaigns.repo';
import { requireLocked, stepFacts } from './loading';
import { readCampaign } from './read-campaign';
import { requireOpenWindow } from './start';

export interface Steering {
  readonly action: 'pause' | 'resume' | 'cancel' | 'close';
  readonly reason?: string;
}

/**
 * Pause and cancel take effect after the window in flight; cancel leaves what was sent as it is. Close ends taking answers.
 * @throws DomainError campaigns:wrong-state, campaigns:window-over
 */
export async function steerCampaign(
  deps: Deps,
  actor: OfficialActor,
  campaignId: string,
  { action, reason }: Steering,
): Promise<CampaignDetail> {
  await deps.db.tx(async (tx) => {
    const row = await requireLocked(tx, campaignId);
    const state = requireStep(actor, row, await stepFacts(deps, tx, row, actor), action);
    if (action === 'resume') {
      requireOpenWindow(row, deps.clock.now());
      await endRest(tx, row.id);
    }
    if (action === 'close') await setClosed(tx, row.id, deps.clock.now());
    else await setState(tx, row.id, state, deps.clock.now(), reason ?? null);
    await deps.audit.record(tx, {
      aggregate: 'campaign',
      aggregateId: row.id,
      action: actionNames[action],
      actor,
      before: { state: row.state },
      after: { state },
      ...(reason ? { reason } : {}),
    });
    if (action === 'close') await deps.outbox.add(tx, { topic: 'campaigns.closed', key: row.id, payload: { campaignId: row.id } });
  });
  if (action === 'resume') await wakeAccounts(deps);
  if (action === 'cancel') await cancelRest(deps, campaignId);
  return readCampaign(deps, actor, campaignId);
}

const actionNames = { pause: 'campaign.paused', resume: 'campaign.resumed', cancel: 'campaign.cancelled', close: 'campaign.closed' };

/** Forty batches per transaction; what a crash leaves, the sweep finishes. */
export async function cancelRest(deps: Deps, campaignId: string): Promise<void> {
  while ((await deps.db.tx((tx) => cancelWaiting(tx, campaignId))) > 0);
}

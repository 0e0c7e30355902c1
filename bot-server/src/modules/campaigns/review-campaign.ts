import type { CampaignDetail } from '@suiban/shared/api/campaigns';
import { DomainError } from '@suiban/shared/errors';
import type { Tx } from '../../kernel/db/database';
import type { OfficialActor } from '../../kernel/http/actor';
import type { Deps } from '../module';
import { requireStep } from './campaigns.policy';
import { type CampaignRow, setApproved, setRejected, setSubmitted, setWithdrawn } from './campaigns.repo';
import { findingsOf, requireSendable } from './content/checks';
import { draftOf } from './content/draft';
import { contentFacts, requireHeading, requireLocked, stepFacts } from './loading';
import { readCampaign } from './read-campaign';

export type Review =
  | { readonly action: 'submit'; readonly contentHash: string }
  | { readonly action: 'withdraw' }
  | { readonly action: 'approve'; readonly contentHash: string; readonly headingExemptionReason?: string }
  | { readonly action: 'reject'; readonly reason: string };

/**
 * 送审, 撤回, 签发, 退回. Submitting and approving are over a hash: what was on the screen is what counts, and nothing else.
 * @throws DomainError campaigns:wrong-state, campaigns:hash-changed, campaigns:same-person, campaigns:content-not-sendable,
 * campaigns:heading-missing
 */
export async function reviewCampaign(deps: Deps, actor: OfficialActor, campaignId: string, review: Review): Promise<CampaignDetail> {
  await deps.db.tx(async (tx) => {
    const row = await requireLocked(tx, campaignId);
    const state = requireStep(actor, row, await stepFacts(deps, tx, row, actor), review.action);
    if ('contentHash' in review && review.contentHash !== row.contentHash) throw new DomainError('campaigns:hash-changed');
    await write(deps, tx, actor, row, review);
    await deps.audit.record(tx, {
      aggregate: 'campaign',
      aggregateId: row.id,
      action: actionNames[review.action],
      actor,
      before: { state: row.state },
      after: { state, contentHash: row.contentHash },
      ...('reason' in review ? { reason: review.reason } : {}),
      ...('headingExemptionReason' in review && review.headingExemptionReason
        ? { reason: `无需备案：${review.headingExemptionReason}` }
        : {}),
    });
  });
  return readCampaign(deps, actor, campaignId);
}

const actionNames = {
  submit: 'campaign.submitted',
  withdraw: 'campaign.withdrawn',
  approve: 'campaign.approved',
  reject: 'campaign.rejected',
};

async function write(deps: Deps, tx: Tx, actor: OfficialActor, row: CampaignRow, review: Review): Promise<void> {
  const now = deps.clock.now();
  switch (review.action) {
    case 'submit':
      requireSendable(findingsOf(deps, row, await contentFacts(deps, tx, row)));
      await setSubmitted(tx, row.id, now);
      return;
    case 'withdraw':
      await setWithdrawn(tx, row.id, now);
      return;
    case 'approve': {
      const facts = await contentFacts(deps, tx, row);
      const exemptionReason = review.headingExemptionReason ?? null;
      requireSendable(findingsOf(deps, row, facts));
      requireHeading(row, facts, exemptionReason);
      await setApproved(tx, row.id, { hash: row.contentHash, signatoryId: actor.id, exemptionReason, draft: draftOf(row), now });
      return;
    }
    case 'reject':
      await setRejected(tx, row.id, { by: actor.id, reason: review.reason, draft: draftOf(row), now });
  }
}

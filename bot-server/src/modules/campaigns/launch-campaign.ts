import type { CampaignDetail } from '@suiban/shared/api/campaigns';
import type { OfficialActor } from '../../kernel/http/actor';
import { wakeAccounts } from '../dispatch';
import type { Deps } from '../module';
import { requireStep } from './campaigns.policy';
import { setState } from './campaigns.repo';
import { contentFacts, requireHeading, requireLocked, stepFacts } from './loading';
import { readCampaign } from './read-campaign';
import { requireOpenWindow, startSending } from './start';

/**
 * Starts an approved campaign now, or schedules it for its `startAt`. One transaction; launching what runs already changes nothing.
 * @throws DomainError campaigns:wrong-state, campaigns:hash-changed, campaigns:heading-missing, campaigns:window-over, campaigns:empty-audience
 */
export async function launchCampaign(deps: Deps, actor: OfficialActor, campaignId: string): Promise<CampaignDetail> {
  await deps.db.tx(
    async (tx) => {
      const row = await requireLocked(tx, campaignId);
      if (row.state === 'running' || row.state === 'scheduled') return;
      const state = requireStep(actor, row, await stepFacts(deps, tx, row, actor), 'launch');
      if (state === 'running') return startSending(deps, tx, row, actor);
      requireOpenWindow(row, deps.clock.now());
      requireHeading(row, await contentFacts(deps, tx, row), row.headingExemptionReason);
      await setState(tx, row.id, state, deps.clock.now());
      const change = { before: { state: row.state }, after: { state } };
      await deps.audit.record(tx, { aggregate: 'campaign', aggregateId: row.id, action: 'campaign.scheduled', actor, ...change });
    },
    { statementTimeoutMs: 120_000 },
  );
  await wakeAccounts(deps);
  return readCampaign(deps, actor, campaignId);
}

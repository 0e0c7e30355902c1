import type { OfficialActor } from '../../kernel/http/actor';
import { requeueRefused, wakeAccounts } from '../dispatch';
import type { Deps } from '../module';
import { requireStep } from './campaigns.policy';
import { setState } from './campaigns.repo';
import { requireLocked, stepFacts } from './loading';
import { requireOpenWindow } from './start';

/** Refusals that may pass now get a new attempt on the same channel. @throws DomainError campaigns:wrong-state, campaigns:window-over */
export async function retryFailed(
  deps: Deps,
  actor: OfficialActor,
  campaignId: string,
  codes: readonly string[] | undefined,
): Promise<{ retried: number }> {
  const retried = await deps.db.tx(async (tx) => {
    const row = await requireLocked(tx, campaignId);
    const state = requireStep(actor, row, await stepFacts(deps, tx, row, actor), 'retry-failed');
    requireOpenWindow(row, deps.clock.now());
    const count = await requeueRefused(tx, row.id, codes ?? null);
    if (count === 0) return 0;
    await setState(tx, row.id, state, deps.clock.now());
    await deps.audit.record(tx, {
      aggregate: 'campaign',
      aggregateId: row.id,
      action: 'campaign.retried',
      actor,
      after: { rows: count, ...(codes ? { codes } : {}) },
    });
    return count;
  });
  if (retried > 0) await wakeAccounts(deps);
  return { retried };
}

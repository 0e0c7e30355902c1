import type { OfficialActor } from '../../kernel/http/actor';
import { resolveUnknownRows } from '../dispatch';
import type { Deps } from '../module';
import { requireStep } from './campaigns.policy';
import { requireLocked, stepFacts } from './loading';

export interface UnknownResolution {
  readonly seqs?: readonly number[];
  readonly outcome: 'accepted' | 'refused';
  readonly reason: string;
}

/** A person looked and says what became of rows whose answer was lost. @throws DomainError campaigns:wrong-state */
export async function resolveUnknown(
  deps: Deps,
  actor: OfficialActor,
  campaignId: string,
  { seqs, outcome, reason }: UnknownResolution,
): Promise<{ resolved: number }> {
  return deps.db.tx(async (tx) => {
    const row = await requireLocked(tx, campaignId);
    requireStep(actor, row, await stepFacts(deps, tx, row, actor), 'resolve-unknown');
    const given = { outcome, code: outcome === 'refused' ? 'checked-by-hand' : null, by: actor.id, reason };
    const resolved = await resolveUnknownRows(tx, row.id, seqs ?? null, given);
    await deps.audit.record(tx, {
      aggregate: 'campaign',
      aggregateId: row.id,
      action: 'campaign.unknown-resolved',
      actor,
      reason,
      after: { outcome, rows: resolved },
    });
    return { resolved };
  });
}

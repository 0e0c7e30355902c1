import { sql } from 'kysely';
import type { ChannelBody, ChannelKind } from '../../channels/channel';
import type { Tx } from '../../kernel/db/database';

/** One step of a frozen plan: where, as which account, and the body as it is sent. Never changes after the freeze. */
export interface FrozenStep {
  readonly channel: ChannelKind;
  readonly account: string;
  readonly body: ChannelBody;
}

/** Frozen steps by campaign, read once per process: they cannot change. */
export function frozenSteps(most = 200) {
  const known = new Map<string, readonly FrozenStep[]>();
  return async (tx: Tx, campaignId: string): Promise<readonly FrozenStep[]> => {
    const held = known.get(campaignId);
    if (held) return held;
    const { steps } = await tx.one<{ steps: FrozenStep[] }>(
      sql`select steps from campaign_snapshot where campaign_id = ${campaignId}::bigint`,
    );
    known.set(campaignId, steps);
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
    return steps;
  };
}

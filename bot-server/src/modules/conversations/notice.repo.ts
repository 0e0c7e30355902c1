import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

interface Group {
  readonly channel: string;
  readonly account: string;
}

/** Everybody who waits for an operator, in any bureau. */
export const countWaiting = (tx: Tx): Promise<{ count: number; since: Date | null }> =>
  tx.one(sql<{ count: number; since: Date | null }>`
    select count(*)::int as count, min(waiting_since) as since from conversation where state = 'waiting'`);

/** 0: the group was told since `before`, here or by another process. */
export const claimNotice = (tx: Tx, { channel, account }: Group, now: Date, before: Date): Promise<number> =>
  tx.run(sql`
    insert into waiting_notice (channel, account, told_at) values (${channel}, ${account}, ${now})
    on conflict (channel, account) do update set told_at = excluded.told_at where waiting_notice.told_at <= ${before}`);

/** Nothing was told after all. */
export const postponeNotice = (tx: Tx, { channel, account }: Group, claimedAt: Date, toldAt: Date): Promise<number> =>
  tx.run(sql`
    update waiting_notice set told_at = ${toldAt}
    where channel = ${channel} and account = ${account} and told_at = ${claimedAt}`);

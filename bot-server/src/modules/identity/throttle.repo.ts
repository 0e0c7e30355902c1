import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

export interface ThrottleLimits {
  readonly tries: number;
  readonly windowMs: number;
  readonly blockMs: number;
}

/**
 * Counts one try before it is judged, so that parallel guesses cannot share a count. Returns until when the key is blocked, or
 * undefined when the try may be judged. The same for keys that stand for nobody.
 */
export async function countTry(tx: Tx, key: string, now: Date, limits: ThrottleLimits): Promise<Date | undefined> {
  const windowEnd = new Date(now.getTime() + limits.windowMs);
  const blockEnd = new Date(now.getTime() + limits.blockMs);
  const row = await tx.one<{ blocked_until: Date | null }>(sql`
    insert into sign_in_throttle as t (key, failures, window_ends_at) values (${key}, 1, ${windowEnd})
    on conflict (key) do update set
      failures = case
        when t.blocked_until > ${now} then t.failures
        when t.blocked_until is not null or t.window_ends_at <= ${now} then 1
        else t.failures + 1 end,
      window_ends_at = case
        when t.blocked_until > ${now} then t.window_ends_at
        when t.blocked_until is not null or t.window_ends_at <= ${now} then ${windowEnd}
        else t.window_ends_at end,
      blocked_until = case
        when t.blocked_until > ${now} then t.blocked_until
        when t.blocked_until is null and t.window_ends_at > ${now} and t.failures >= ${limits.tries} then ${blockEnd}
        else null end
    returning blocked_until`);
  return row.blocked_until ?? undefined;
}

export const clearTries = (tx: Tx, key: string): Promise<number> => tx.run(sql`delete from sign_in_throttle where key = ${key}`);

export const removeOldThrottles = (tx: Tx, now: Date): Promise<number> =>
  tx.run(sql`delete from sign_in_throttle where window_ends_at < ${now} and coalesce(blocked_until, ${now}) <= ${now}`);

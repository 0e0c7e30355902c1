import { sql } from 'kysely';
import type { Tx } from '../db/database';
import type { InboxMessage } from './inbox';

export interface ClaimedMessage extends InboxMessage {
  readonly id: string;
  readonly attempts: number;
}

/** Takes due messages of the given sources' kinds for `leaseMs`, oldest first; counts the try. */
export const claimDue = (tx: Tx, kinds: readonly string[], now: Date, leaseUntil: Date, limit: number): Promise<ClaimedMessage[]> =>
  tx.rows(sql<ClaimedMessage>`
    with due as (
      select id from inbox
      where state = 'pending' and next_at <= ${now} and split_part(source, ':', 1) = any(${[...kinds]}::text[])
      order by next_at, id limit ${limit} for update skip locked
    ), taken as (
      update inbox i set attempts = attempts + 1, next_at = ${leaseUntil} from due where i.id = due.id
      returning i.id, i.source, i.message_key, i.payload, i.attempts
    )
    select id, source, message_key as "messageKey", payload, attempts from taken order by id`);

export const markHandled = (tx: Tx, id: string, now: Date): Promise<number> =>
  tx.run(sql`update inbox set state = 'handled', finished_at = ${now}, reason = null where id = ${id}::bigint and state = 'pending'`);

export const markRetry = (tx: Tx, id: string, nextAt: Date, reason: string): Promise<number> =>
  tx.run(sql`update inbox set next_at = ${nextAt}, reason = ${reason} where id = ${id}::bigint and state = 'pending'`);

export const markDead = (tx: Tx, id: string, now: Date, reason: string): Promise<number> =>
  tx.run(sql`update inbox set state = 'dead', finished_at = ${now}, reason = ${reason} where id = ${id}::bigint and state = 'pending'`);

/** Messages name people; handled ones are kept only as long as a platform may repeat a push, and an operator may ask. */
export const deleteHandledBefore = (tx: Tx, before: Date, limit: number): Promise<number> =>
  tx.run(sql`
    delete from inbox where id in (select id from inbox where state = 'handled' and finished_at < ${before} order by finished_at limit ${limit})`);

import { sql } from 'kysely';
import type { Tx } from '../db/database';
import type { OutboxEvent } from './outbox';

/** Undone events in order, after `afterId`. */
export const listPending = (tx: Tx, afterId: string, limit: number): Promise<OutboxEvent[]> =>
  tx.rows(sql<OutboxEvent>`
    select id, topic, key, payload from outbox
    where done_at is null and id > ${afterId}::bigint order by id limit ${limit}`);

/** Locks the event for this dispatcher. False: another one has it, or it is done. */
export async function lockEvent(tx: Tx, eventId: string): Promise<boolean> {
  const found = await tx.first(sql`select 1 from outbox where id = ${eventId}::bigint and done_at is null for update skip locked`);
  return found !== undefined;
}

/** An earlier event of the same key that this subscriber has not finished. */
export async function hasEarlierUnfinished(tx: Tx, event: OutboxEvent, subscriber: string, topics: readonly string[]): Promise<boolean> {
  const found = await tx.first(sql`
    select 1 from outbox o
    where o.key = ${event.key} and o.id < ${event.id}::bigint and o.done_at is null and o.topic = any(${[...topics]}::text[])
      and not exists (
        select 1 from outbox_handled h
        where h.event_id = o.id and h.subscriber = ${subscriber} and h.state in ('handled', 'dead'))
    limit 1`);
  return found !== undefined;
}

/** Claims the pair for the running transaction. False: finished already, or waiting for its next try. */
export async function claimPair(tx: Tx, eventId: string, subscriber: string, now: Date): Promise<boolean> {
  const written = await tx.run(sql`
    insert into outbox_handled (event_id, subscriber, state, attempts, updated_at)
    values (${eventId}::bigint, ${subscriber}, 'handled', 1, ${now})
    on conflict (event_id, subscriber) do update
      set state = 'handled', attempts = outbox_handled.attempts + 1, next_at = null, updated_at = ${now}
      where outbox_handled.state = 'retrying' and outbox_handled.next_at <= ${now}`);
  return written === 1;
}

export interface Failure {
  readonly eventId: string;
  readonly subscriber: string;
  readonly reason: string;
  readonly now: Date;
  readonly maxAttempts: number;
  readonly nextAt: (attempts: number) => Date;
}

/** Records a failed try. Returns whether the pair is dead now. */
export async function markFailed(tx: Tx, failure: Failure): Promise<boolean> {
  const { eventId, subscriber, reason, now } = failure;
  const row = await tx.first<{ attempts: number }>(sql`
    insert into outbox_handled (event_id, subscriber, state, attempts, next_at, reason, updated_at)
    values (${eventId}::bigint, ${subscriber}, 'retrying', 1, ${now}, ${reason}, ${now})
    on conflict (event_id, subscriber) do update
      set attempts = outbox_handled.attempts + 1, reason = ${reason}, updated_at = ${now}
      where outbox_handled.state = 'retrying'
    returning attempts`);
  // Another dispatcher finished the pair after our rollback.
  if (!row) return false;
  const { attempts } = row;
  const isDead = attempts >= failure.maxAttempts;
  await tx.run(sql`
    update outbox_handled set state = ${isDead ? 'dead' : 'retrying'}, next_at = ${isDead ? null : failure.nextAt(attempts)}
    where event_id = ${eventId}::bigint and subscriber = ${subscriber}`);
  return isDead;
}

/** Marks events done that every named subscriber has finished. */
export async function markDone(tx: Tx, pairs: readonly { eventId: string; subscribers: readonly string[] }[], now: Date): Promise<number> {
  if (pairs.length === 0) return 0;
  return tx.run(sql`
    update outbox o set done_at = ${now}
    from unnest(${pairs.map(({ eventId }) => eventId)}::bigint[], ${pairs.map(({ subscribers }) => subscribers.length)}::int[]) as e (id, expected)
    where o.id = e.id and o.done_at is null
      and e.expected <= (select count(*) from outbox_handled h where h.event_id = o.id and h.state in ('handled', 'dead'))`);
}

export const deleteDoneBefore = (tx: Tx, before: Date, limit: number): Promise<number> =>
  tx.run(sql`
    delete from outbox where id in (
      select o.id from outbox o where o.done_at < ${before}
        and not exists (select 1 from outbox_handled h where h.event_id = o.id and h.state = 'dead')
      order by o.done_at limit ${limit})`);

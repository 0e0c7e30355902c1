import { sql } from 'kysely';
import type { Tx } from '../db/database';
import type { Delivery, InboxMessage } from './inbox';

export interface ClaimedMessage extends InboxMessage {
  readonly id: string;
  readonly attempts: number;
}

interface Key {
  readonly source: string;
  readonly key: string;
}

/** What a statement wrote: the others were there before. */
export interface Written {
  readonly nonces: readonly Key[];
  readonly messages: readonly Key[];
}

/**
 * One statement, for it is what platforms wait for: the signatures first, then the messages of those whose signature is new. Two statements
 * that bring one signature at the same moment wait for each other at its key. Within one, a signature comes once.
 */
export async function insertDeliveries(tx: Tx, deliveries: readonly Delivery[]): Promise<Written> {
  const messages = deliveries.flatMap((delivery, index) => delivery.messages.map((message) => ({ ...message, n: index + 1 })));
  const rows = await tx.rows(sql<Key & { readonly kind: 'nonce' | 'message' }>`
    with given as (
      select source, nonce_hash, n
      from unnest(${deliveries.map(({ source }) => source)}::text[], ${deliveries.map(({ nonceHash }) => nonceHash ?? null)}::text[])
        with ordinality as delivery (source, nonce_hash, n)
    ), remembered as (
      insert into callback_nonce (source, nonce_hash)
      select source, nonce_hash from given where nonce_hash is not null order by source, nonce_hash
      on conflict do nothing returning source, nonce_hash
    ), stored as (
      insert into inbox (source, message_key, payload)
      select g.source, m.key, m.payload::jsonb
      from unnest(${messages.map(({ n }) => n)}::int[], ${messages.map(({ messageKey }) => messageKey)}::text[],
        ${messages.map(({ payload }) => JSON.stringify(payload))}::text[]) with ordinality as m (n, key, payload, at)
      join given g on g.n = m.n
      where g.nonce_hash is null
        or exists (select from remembered r where r.source = g.source and r.nonce_hash = g.nonce_hash)
      order by m.at
      on conflict (source, message_key) do nothing returning source, message_key
    )
    select 'nonce' as kind, source, nonce_hash as key from remembered
    union all select 'message', source, message_key from stored`);
  return { nonces: rows.filter(({ kind }) => kind === 'nonce'), messages: rows.filter(({ kind }) => kind === 'message') };
}

export const forgetNonce = (tx: Tx, source: string, nonceHash: string): Promise<number> =>
  tx.run(sql`delete from callback_nonce where source = ${source} and nonce_hash = ${nonceHash}`);

/** Takes due messages until `leaseUntil`, oldest first; counts the try. */
export const claimDue = (tx: Tx, now: Date, leaseUntil: Date, limit: number): Promise<ClaimedMessage[]> =>
  tx.rows(sql<ClaimedMessage>`
    with due as (
      select id from inbox
      where state = 'pending' and next_at <= ${now}
      order by next_at, id limit ${limit} for update skip locked
    ), taken as (
      update inbox i set attempts = attempts + 1, next_at = ${leaseUntil} from due where i.id = due.id
      returning i.id, i.source, i.message_key, i.payload, i.attempts
    )
    select id, source, message_key as "messageKey", payload, attempts from taken order by id`);

/** Who said what is with the module now: the row keeps its key, by which a repeat is known, and forgets the rest. */
export const markHandled = (tx: Tx, ids: readonly string[], now: Date): Promise<number> =>
  tx.run(sql`
    update inbox set state = 'handled', finished_at = ${now}, reason = null, payload = jsonb_build_object('type', payload -> 'type')
    where id = any(${ids}::bigint[]) and state = 'pending'`);

export const markRetry = (tx: Tx, id: string, nextAt: Date, reason: string): Promise<number> =>
  tx.run(sql`update inbox set next_at = ${nextAt}, reason = ${reason} where id = ${id}::bigint and state = 'pending'`);

export const markDead = (tx: Tx, id: string, now: Date, reason: string): Promise<number> =>
  tx.run(sql`update inbox set state = 'dead', finished_at = ${now}, reason = ${reason} where id = ${id}::bigint and state = 'pending'`);

/** Handled ones are kept only as long as a platform may repeat a push, and an operator may ask. */
export const deleteHandledBefore = (tx: Tx, before: Date, limit: number): Promise<number> =>
  tx.run(sql`
    delete from inbox where id in (select id from inbox where state = 'handled' and finished_at < ${before} order by finished_at limit ${limit})`);

import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

export interface MessageRow {
  readonly id: string;
  readonly seq: string;
  readonly conversationId: string;
  readonly direction: 'in' | 'out';
  readonly author: 'person' | 'automatic' | 'operator';
  readonly operatorId: string | null;
  readonly form: 'text' | 'link' | 'card' | 'event' | 'media';
  readonly bodySealed: string;
  readonly turnId: string | null;
  readonly part: number | null;
  readonly state: 'open' | 'done' | 'waiting' | 'saying' | 'passive' | 'sent' | 'failed';
  readonly failureCode: string | null;
  readonly tries: number;
  readonly nextAt: Date | null;
  readonly at: Date;
}

const columns =
  sql.raw(`m.id, m.seq::text as seq, m.conversation_id as "conversationId", m.direction, m.author, m.operator_id as "operatorId",
  m.form, m.body_sealed as "bodySealed", m.turn_id as "turnId", m.part, m.state, m.failure_code as "failureCode", m.tries,
  m.next_at as "nextAt", m.at`);

const one = (tx: Tx, query: RawBuilder<MessageRow>): Promise<MessageRow | undefined> => tx.first<MessageRow>(query);

export const findInbound = (tx: Tx, source: string, messageKey: string): Promise<MessageRow | undefined> =>
  one(tx, sql`select ${columns} from chat_message m where m.source = ${source} and m.message_key = ${messageKey}`);

export const findMessage = (tx: Tx, conversationId: string, id: string): Promise<MessageRow | undefined> =>
  one(tx, sql`select ${columns} from chat_message m where m.id = ${id}::uuid and m.conversation_id = ${conversationId}::uuid`);

/** Undefined: it is there already. */
export const insertInbound = (
  tx: Tx,
  said: { conversationId: string; source: string; messageKey: string; form: MessageRow['form']; bodySealed: string; now: Date },
): Promise<MessageRow | undefined> =>
  one(
    tx,
    sql`insert into chat_message as m (conversation_id, direction, author, form, body_sealed, source, message_key, state, at)
      values (${said.conversationId}::uuid, 'in', 'person', ${said.form}, ${said.bodySealed}, ${said.source}, ${said.messageKey}, 'open', ${said.now})
      on conflict (source, message_key) do nothing returning ${columns}`,
  );

export const oldestOpen = (tx: Tx, conversationId: string): Promise<MessageRow | undefined> =>
  one(
    tx,
    sql`select ${columns} from chat_message m where m.conversation_id = ${conversationId}::uuid and m.state = 'open' order by m.seq limit 1`,
  );

export const findLastInboundBefore = (tx: Tx, conversationId: string, seq: string): Promise<MessageRow | undefined> =>
  one(
    tx,
    sql`select ${columns} from chat_message m
      where m.conversation_id = ${conversationId}::uuid and m.direction = 'in' and m.seq < ${seq}::bigint order by m.seq desc limit 1`,
  );

export const markDone = (tx: Tx, id: string, now: Date): Promise<number> =>
  tx.run(sql`update chat_message set state = 'done', settled_at = ${now} where id = ${id}::uuid and state = 'open'`);

/** Counts a try of a turn that broke. */
export const countTry = async (tx: Tx, id: string): Promise<number> =>
  (await tx.first<{ tries: number }>(sql`update chat_message set tries = tries + 1 where id = ${id}::uuid returning tries`))?.tries ?? 0;

export interface NewOutbound {
  readonly conversationId: string;
  readonly author: 'automatic' | 'operator';
  readonly operatorId: string | null;
  readonly form: MessageRow['form'];
  readonly bodySealed: string;
  readonly turn: { readonly id: string; readonly part: number } | null;
  readonly now: Date;
  /** When it is said by a message, unless it was said before then. */
  readonly nextAt: Date;
}

export const insertOutbound = (tx: Tx, said: NewOutbound): Promise<MessageRow> =>
  tx.one(sql<MessageRow>`
    insert into chat_message as m (conversation_id, direction, author, operator_id, form, body_sealed, turn_id, part, state, next_at, at)
    values (${said.conversationId}::uuid, 'out', ${said.author}, ${said.operatorId}::uuid, ${said.form}, ${said.bodySealed},
      ${said.turn?.id ?? null}::uuid, ${said.turn?.part ?? null}::smallint, 'waiting', ${said.nextAt}, ${said.now})
    returning ${columns}`);

export const firstAnswer = (tx: Tx, turnId: string): Promise<MessageRow | undefined> =>
  one(tx, sql`select ${columns} from chat_message m where m.turn_id = ${turnId}::uuid order by m.part limit 1`);

/** The answer inside the push: only what nobody began to say otherwise. */
export const claimPassive = (tx: Tx, id: string, now: Date): Promise<number> =>
  tx.run(sql`
    update chat_message set state = 'passive', settled_at = ${now}, next_at = null where id = ${id}::uuid and state = 'waiting' and tries = 0`);

/** The push was answered without it after all. */
export const unclaimPassive = (tx: Tx, id: string, now: Date): Promise<number> =>
  tx.run(sql`
    update chat_message set state = 'waiting', settled_at = null, next_at = ${now} where id = ${id}::uuid and state = 'passive'`);

/** Need not wait for the push to be answered. */
export const hurry = (tx: Tx, turnId: string, now: Date): Promise<number> =>
  tx.run(sql`update chat_message set next_at = ${now} where turn_id = ${turnId}::uuid and state = 'waiting' and next_at > ${now}`);

/**
 * Takes what is due until `until`, one per conversation and the oldest: a conversation hears us in order. A failed or waiting earlier one
 * holds the later ones back only while it waits.
 */
export const claimDue = (tx: Tx, now: Date, until: Date, limit: number): Promise<ClaimedRow[]> =>
  tx.rows(sql<ClaimedRow>`
    with due as (
      select d.id, d.state = 'saying' as interrupted from chat_message d
      where d.state in ('waiting', 'saying') and d.next_at <= ${now} and not exists (
        select 1 from chat_message e where e.conversation_id = d.conversation_id and e.state in ('waiting', 'saying') and e.seq < d.seq)
      order by d.next_at, d.seq limit ${limit} for update skip locked
    )
    update chat_message m set state = 'saying', tries = m.tries + 1, next_at = ${until} from due where m.id = due.id
    returning ${columns}, due.interrupted as "isInterrupted"`);

export interface ClaimedRow extends MessageRow {
  /** Somebody began to say it and died: whether it was heard nobody knows. */
  readonly isInterrupted: boolean;
}

/** Takes this one now. Undefined: it is said already, or being said. */
export const claimOne = (tx: Tx, id: string, until: Date): Promise<MessageRow | undefined> =>
  one(
    tx,
    sql`update chat_message m set state = 'saying', tries = m.tries + 1, next_at = ${until}
      where m.id = ${id}::uuid and m.state = 'waiting' returning ${columns}`,
  );

/** When the next one is due; undefined: none waits. */
export const nextDueAt = async (tx: Tx): Promise<Date | undefined> =>
  (await tx.one<{ at: Date | null }>(sql`select min(next_at) as at from chat_message where state in ('waiting', 'saying')`)).at ??
  undefined;

export type Outcome =
  | { readonly state: 'sent' }
  | { readonly state: 'failed'; readonly code: string }
  | { readonly state: 'waiting'; readonly code: string; readonly nextAt: Date };

export const settle = (tx: Tx, id: string, outcome: Outcome, now: Date): Promise<MessageRow | undefined> =>
  one(
    tx,
    sql`update chat_message m set state = ${outcome.state}, failure_code = ${outcome.state === 'sent' ? null : outcome.code},
        next_at = ${outcome.state === 'waiting' ? outcome.nextAt : null}::timestamptz,
        settled_at = ${outcome.state === 'waiting' ? null : now}::timestamptz
      where m.id = ${id}::uuid and m.state = 'saying' returning ${columns}`,
  );

/** An operator has another try. Undefined: it has not failed. */
export const revive = (tx: Tx, conversationId: string, id: string, nextAt: Date): Promise<MessageRow | undefined> =>
  one(
    tx,
    sql`update chat_message m set state = 'waiting', tries = 0, failure_code = null, next_at = ${nextAt}, settled_at = null
      where m.id = ${id}::uuid and m.conversation_id = ${conversationId}::uuid and m.state = 'failed' and m.author = 'operator'
      returning ${columns}`,
  );

/** Newest first. */
export const listMessages = (tx: Tx, conversationId: string, before: string | null, limit: number): Promise<MessageRow[]> =>
  tx.rows(sql<MessageRow>`
    select ${columns} from chat_message m
    where m.conversation_id = ${conversationId}::uuid and (${before}::bigint is null or m.seq < ${before}::bigint)
    order by m.seq desc limit ${limit}`);

/** The newest of each. */
export const listLastMessages = (tx: Tx, conversationIds: readonly string[]): Promise<MessageRow[]> =>
  tx.rows(sql<MessageRow>`
    select ${columns} from unnest(${[...conversationIds]}::uuid[]) as c (id)
    join lateral (select * from chat_message x where x.conversation_id = c.id order by x.seq desc limit 1) m on true`);

import type { ConversationState } from '@suiban/shared/conversations';
import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

/** A conversation by the platform's name of it. */
export interface Peer {
  readonly channel: 'wechat-official' | 'wecom';
  readonly account: string;
  readonly corpId: string;
  readonly userId: string;
}

export interface ConversationRow extends Peer {
  readonly id: string;
  readonly state: ConversationState;
  readonly operatorId: string | null;
  readonly bureauId: string;
  readonly enterpriseId: string | null;
  readonly districtCode: string | null;
  readonly isDemo: boolean;
  readonly pendingSealed: string | null;
  readonly pendingIntent: string | null;
  readonly waitingSince: Date | null;
  readonly lastInboundAt: Date | null;
  readonly answerableUntil: Date | null;
  readonly unanswered: number;
  readonly changedAt: Date;
  readonly revision: number;
}

/** The columns of a conversation, of table or alias `c`. */
export const conversationColumns = sql.raw(`c.id, c.channel, c.account, c.corp_id as "corpId", c.user_id as "userId", c.state,
  c.operator_id as "operatorId", c.bureau_id as "bureauId", c.enterprise_id::text as "enterpriseId", c.district_code as "districtCode",
  c.is_demo as "isDemo", c.pending_sealed as "pendingSealed", c.pending_intent as "pendingIntent", c.waiting_since as "waitingSince",
  c.last_inbound_at as "lastInboundAt", c.answerable_until as "answerableUntil", c.unanswered, c.changed_at as "changedAt", c.revision`);

/** Messages of one peer are stored one after another, in every process. */
export const lockPeer = (tx: Tx, { channel, account, corpId, userId }: Peer): Promise<unknown> =>
  tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`chat:${channel}:${account}:${corpId}:${userId}`}, 0))`);

export const ensureConversation = (tx: Tx, peer: Peer, bureauId: string, now: Date): Promise<{ id: string }> =>
  tx.one(sql<{ id: string }>`
    insert into conversation (channel, account, corp_id, user_id, bureau_id, changed_at, created_at)
    values (${peer.channel}, ${peer.account}, ${peer.corpId}, ${peer.userId}, ${bureauId}, ${now}, ${now})
    on conflict (channel, account, corp_id, user_id) do update set changed_at = excluded.changed_at returning id`);

export const findConversation = (tx: Tx, id: string): Promise<ConversationRow | undefined> =>
  tx.first(sql<ConversationRow>`select ${conversationColumns} from conversation c where c.id = ${id}::uuid`);

export const lockConversation = (tx: Tx, id: string): Promise<ConversationRow | undefined> =>
  tx.first(sql<ConversationRow>`select ${conversationColumns} from conversation c where c.id = ${id}::uuid for update`);

/** The longest time to write that any of the person's acts gave. */
export const noteInbound = (tx: Tx, id: string, said: { now: Date; answerableUntil: Date | null }): Promise<number> =>
  tx.run(sql`
    update conversation set last_inbound_at = ${said.now}, changed_at = ${said.now},
      answerable_until = greatest(answerable_until, ${said.answerableUntil}::timestamptz),
      unanswered = unanswered + case when state = 'automatic' then 0 else 1 end
    where id = ${id}::uuid`);

/** Whoever gets the lease works the turns until it ends; 0: somebody else does. */
export const claimTurns = (tx: Tx, id: string, token: string, now: Date, until: Date): Promise<number> =>
  tx.run(sql`
    update conversation set turn_token = ${token}::uuid, turn_until = ${until}
    where id = ${id}::uuid and (turn_until is null or turn_until <= ${now})`);

export const releaseTurns = (tx: Tx, id: string, token: string): Promise<number> =>
  tx.run(sql`update conversation set turn_token = null, turn_until = null where id = ${id}::uuid and turn_token = ${token}::uuid`);

/** The row, locked, if the lease is still this one's. */
export const lockForTurn = (tx: Tx, id: string, token: string): Promise<ConversationRow | undefined> =>
  tx.first(sql<ConversationRow>`
    select ${conversationColumns} from conversation c where c.id = ${id}::uuid and c.turn_token = ${token}::uuid for update`);

/** What a turn may change besides the state. The row is locked by the caller. */
export const updateAfterTurn = (
  tx: Tx,
  id: string,
  next: {
    pendingSealed: string | null;
    pendingIntent: string | null;
    enterpriseId: string | null;
    districtCode: string | null;
    isDemo: boolean;
    now: Date;
  },
): Promise<number> =>
  tx.run(sql`
    update conversation set pending_sealed = ${next.pendingSealed}, pending_intent = ${next.pendingIntent},
      enterprise_id = ${next.enterpriseId}::bigint, district_code = ${next.districtCode}, is_demo = ${next.isDemo}, changed_at = ${next.now}
    where id = ${id}::uuid`);

/** Writes a step of the state machine. Who begins to be served, or leaves, owes and is owed nothing. The row is locked by the caller. */
export const updateState = (
  tx: Tx,
  id: string,
  next: { state: ConversationState; operatorId: string | null; bureauId: string; now: Date },
): Promise<ConversationRow> =>
  tx.one(sql<ConversationRow>`
    update conversation c set state = ${next.state}, operator_id = ${next.operatorId}::uuid, bureau_id = ${next.bureauId},
      waiting_since = case when ${next.state} <> 'waiting' then null when c.state = 'waiting' then c.waiting_since else ${next.now} end,
      unanswered = case when ${next.state} = 'automatic' then 0 else c.unanswered end,
      pending_sealed = null, pending_intent = null, changed_at = ${next.now}, revision = c.revision + 1
    where c.id = ${id}::uuid returning ${conversationColumns}`);

export const noteAnswer = (tx: Tx, id: string, now: Date): Promise<number> =>
  tx.run(sql`update conversation set unanswered = 0, changed_at = ${now} where id = ${id}::uuid`);

export const touch = (tx: Tx, id: string, now: Date): Promise<number> =>
  tx.run(sql`update conversation set changed_at = ${now} where id = ${id}::uuid`);

/** How many of the bureau wait longer than this one. */
export const countAhead = async (tx: Tx, bureauId: string, before: Date): Promise<number> =>
  (
    await tx.one<{ count: number }>(sql`
      select count(*)::int as count from conversation where state = 'waiting' and bureau_id = ${bureauId} and waiting_since < ${before}`)
  ).count;

/** With people, and nothing happened since before then. */
export const listIdle = (tx: Tx, before: Date, limit: number): Promise<{ id: string }[]> =>
  tx.rows(sql<{ id: string }>`
    select id from conversation where state <> 'automatic' and changed_at < ${before} order by changed_at limit ${limit}`);

import type { SendingChannel } from '@suiban/shared/campaigns';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

export interface DeliveryFilter {
  readonly state?: string;
  /** Part of the name, or beginning of the credit code. */
  readonly text?: string;
  readonly code?: string;
  readonly isAnswered?: boolean;
  readonly afterSeq: number;
  readonly limit: number;
}

export interface DeliveryRow {
  readonly seq: number;
  readonly enterpriseId: string;
  readonly name: string;
  readonly creditCode: string;
  readonly districtCode: string;
  readonly isDemo: boolean;
  readonly state: 'planned' | 'sending' | 'accepted' | 'refused' | 'unknown' | 'suppressed' | 'cancelled';
  readonly channel: SendingChannel | null;
  readonly attempts: number;
  readonly code: string | null;
  readonly awaitsStaff: boolean;
  readonly settledAt: Date | null;
  readonly openedAt: Date | null;
  readonly answeredAt: Date | null;
}

const columns = sql`
  d.seq, d.enterprise_id::text as "enterpriseId", e.name, e.credit_code as "creditCode", e.district_code as "districtCode", e.is_demo as "isDemo",
  d.state, s.steps -> d.step::int ->> 'channel' as channel, d.attempt_no as attempts, d.code, d.awaits_staff as "awaitsStaff", d.settled_at as "settledAt",
  d.opened_at as "openedAt", d.answered_at as "answeredAt"`;

/** No index holds the state: batches whose counter says there are none are skipped, the others are short ranges of the key. */
const inBatches = (campaignId: string, state: string): RawBuilder<unknown> => {
  const counter = state === 'planned' || state === 'sending' ? 'waiting' : state;
  return sql`and exists (
    select 1 from batch b where b.campaign_id = ${campaignId}::bigint and d.seq between b.from_seq and b.to_seq and b.${sql.id(counter)} > 0)`;
};

export function selectDeliveries(
  campaignId: string,
  { state, text, code, isAnswered, afterSeq, limit }: DeliveryFilter,
): RawBuilder<DeliveryRow> {
  const like = text === undefined ? null : `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  return sql<DeliveryRow>`
    select ${columns}
    from delivery d
    join enterprise_audience e on e.enterprise_id = d.enterprise_id
    join campaign_snapshot s on s.campaign_id = d.campaign_id
    where d.campaign_id = ${campaignId}::bigint and d.seq > ${afterSeq}
      ${state === undefined ? sql`` : sql`and d.state = ${state} ${inBatches(campaignId, state)}`}
      ${like === null ? sql`` : sql`and (e.name like ${like} or e.credit_code like ${`${text?.toUpperCase()}%`})`}
      ${code === undefined ? sql`` : sql`and d.code = ${code}`}
      ${isAnswered === undefined ? sql`` : isAnswered ? sql`and d.answered_at is not null` : sql`and d.answered_at is null`}
    order by d.seq limit ${limit}`;
}

export const listDeliveryRows = (tx: Tx, campaignId: string, filter: DeliveryFilter): Promise<DeliveryRow[]> =>
  tx.rows(selectDeliveries(campaignId, filter));

export const findDelivery = (tx: Tx, campaignId: string, seq: number): Promise<DeliveryRow | undefined> =>
  tx.first(sql<DeliveryRow>`
    select ${columns}
    from delivery d
    join enterprise_audience e on e.enterprise_id = d.enterprise_id
    join campaign_snapshot s on s.campaign_id = d.campaign_id
    where d.campaign_id = ${campaignId}::bigint and d.seq = ${seq}`);

export interface AttemptRow {
  readonly attemptNo: number;
  readonly channel: string;
  readonly state: 'marked' | 'accepted' | 'refused' | 'unknown';
  readonly code: string | null;
  readonly markedAt: Date;
  readonly settledAt: Date | null;
  readonly receipt: 'delivered' | 'failed' | null;
  readonly receiptCode: string | null;
  readonly receiptAt: Date | null;
  readonly resolvedAt: Date | null;
  readonly resolvedBy: string | null;
  readonly resolvedReason: string | null;
  readonly awaitsStaff: boolean;
}

export const listAttempts = (tx: Tx, campaignId: string, seq: number): Promise<AttemptRow[]> =>
  tx.rows(sql<AttemptRow>`
    select attempt_no as "attemptNo", channel, state, code, marked_at as "markedAt", settled_at as "settledAt", receipt,
      receipt_code as "receiptCode", receipt_at as "receiptAt", resolved_at as "resolvedAt", resolved_by as "resolvedBy",
      resolved_reason as "resolvedReason", awaits_staff as "awaitsStaff"
    from attempt where campaign_id = ${campaignId}::bigint and seq = ${seq} order by attempt_no`);

export const listAddresses = (
  tx: Tx,
  campaignId: string,
  seq: number,
): Promise<{ step: number; channel: string; address: Record<string, unknown> }[]> =>
  tx.rows(sql<{ step: number; channel: string; address: Record<string, unknown> }>`
    select step, channel, address from delivery_address where campaign_id = ${campaignId}::bigint and seq = ${seq} order by step`);

/** 已阅, the first time only. */
export const markOpened = (tx: Tx, campaignId: string, seq: number): Promise<number> =>
  markOnce(tx, campaignId, sql`d.seq = ${seq}`, 'opened');

/** 已填报, the first time only; `answered` also stops reminders. */
export const markAnswered = (tx: Tx, campaignId: string, enterpriseId: string): Promise<number> =>
  markOnce(tx, campaignId, sql`d.enterprise_id = ${enterpriseId}::bigint`, 'answered');

const markOnce = (tx: Tx, campaignId: string, which: RawBuilder<unknown>, what: 'opened' | 'answered'): Promise<number> =>
  tx.run(sql`
    with first as (
      update delivery d set ${sql.id(`${what}_at`)} = now()
      where d.campaign_id = ${campaignId}::bigint and ${which} and ${sql.id(`${what}_at`)} is null
      returning d.seq
    )
    update batch b set ${sql.id(what)} = b.${sql.id(what)} + 1
    from first f where b.campaign_id = ${campaignId}::bigint and f.seq between b.from_seq and b.to_seq`);

export interface Recipient {
  readonly seq: number;
  readonly enterpriseId: string;
  readonly state: string;
  readonly attemptNo: number;
  readonly answeredAt: Date | null;
  /** By which the firm got it, as far as anyone can tell; null: not sent, or refused everywhere. */
  readonly channel: SendingChannel | null;
}

const channelThatTookIt = sql`(
  select t.channel from attempt t where t.campaign_id = d.campaign_id and t.seq = d.seq and t.state <> 'refused'
  order by t.attempt_no desc limit 1) as channel`;

export const findRecipient = (
  tx: Tx,
  campaignId: string,
  which: { seq: number } | { enterpriseId: string },
): Promise<Recipient | undefined> =>
  tx.first(sql<Recipient>`
    select seq, enterprise_id::text as "enterpriseId", state, attempt_no as "attemptNo", answered_at as "answeredAt", ${channelThatTookIt}
    from delivery d where campaign_id = ${campaignId}::bigint
      and ${'seq' in which ? sql`seq = ${which.seq}` : sql`enterprise_id = ${which.enterpriseId}::bigint`}`);

/** Whose card this member of a corp answered. A member of the city's own corp is stored without the corp. */
export const findByWecomMember = (tx: Tx, campaignId: string, corpId: string, userId: string): Promise<Recipient | undefined> =>
  tx.first(sql<Recipient>`
    select d.seq, d.enterprise_id::text as "enterpriseId", d.state, d.attempt_no as "attemptNo", d.answered_at as "answeredAt",
      ${channelThatTookIt}
    from delivery_address a join delivery d on d.campaign_id = a.campaign_id and d.seq = a.seq
    where a.campaign_id = ${campaignId}::bigint and a.channel = 'wecom' and lower(a.address ->> 'userId') = lower(${userId})
      and coalesce(a.address ->> 'corpId', ${corpId}) = ${corpId}
    order by d.seq limit 1`);

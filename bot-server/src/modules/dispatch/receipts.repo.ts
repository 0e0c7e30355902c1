import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

export interface AttemptKey {
  readonly campaignId: string;
  readonly seq: number;
  readonly attemptNo: number;
}

const key = sql`t.campaign_id as "campaignId", t.seq, t.attempt_no as "attemptNo"`;

export const findByPlatformId = (tx: Tx, channel: string, account: string, platformId: string): Promise<AttemptKey | undefined> =>
  tx.first(sql<AttemptKey>`
    select ${key} from attempt t
    where t.platform_id = ${platformId} and t.channel <> 'wecom' and t.channel = ${channel} and t.account = ${account} limit 1`);

/** In the words of the two partial indices: a parameter would hide them from the planner. */
const withOpenid = (channel: string): RawBuilder<unknown> =>
  channel === 'wechat-mini'
    ? sql`a.channel = 'wechat-mini'`
    : sql`a.channel in ('wechat-official', 'alipay-mini') and a.channel = ${channel}`;

/** Where the platform gives no id back at sending: the newest try for this person and template. */
export const findByOpenid = (
  tx: Tx,
  channel: string,
  account: string,
  openid: string,
  templateId: string,
): Promise<AttemptKey | undefined> =>
  tx.first(sql<AttemptKey>`
    select ${key} from delivery_address a
    join attempt t on t.campaign_id = a.campaign_id and t.seq = a.seq and t.step = a.step
    join campaign_snapshot s on s.campaign_id = a.campaign_id
    where ${withOpenid(channel)} and a.account = ${account} and a.address ->> 'openid' = ${openid}
      and s.steps -> a.step::int -> 'body' ->> 'templateId' = ${templateId} and t.receipt is null and t.state <> 'refused'
    order by t.marked_at desc limit 1`);

/** Receipts come late, twice and out of order: a delivery outweighs a failure. Returns the state of the try when something was learnt. */
export const writeReceipt = (
  tx: Tx,
  { campaignId, seq, attemptNo }: AttemptKey,
  receipt: 'delivered' | 'failed',
  code: string,
): Promise<{ state: string } | undefined> =>
  tx.first(sql<{ state: string }>`
    update attempt set receipt = ${receipt}, receipt_code = ${code}, receipt_at = now()
    where campaign_id = ${campaignId}::bigint and seq = ${seq} and attempt_no = ${attemptNo}
      and (receipt is null or (receipt = 'failed' and ${receipt} = 'delivered'))
    returning state`);

export const countDelivered = (tx: Tx, campaignId: string, seq: number): Promise<number> =>
  tx.run(sql`
    update batch set delivered = delivered + 1 where campaign_id = ${campaignId}::bigint and ${seq}::int between from_seq and to_seq`);

/** Tries that ended unknown although their receipt had come before the answer was given up. */
export const unknownWithReceipt = (
  tx: Tx,
  campaignId: string,
  seqs: readonly number[],
): Promise<{ seq: number; receipt: 'delivered' | 'failed'; code: string }[]> =>
  tx.rows(sql<{ seq: number; receipt: 'delivered' | 'failed'; code: string }>`
    select t.seq, t.receipt, t.receipt_code as code from attempt t
    join delivery d on d.campaign_id = t.campaign_id and d.seq = t.seq and d.attempt_no = t.attempt_no
    where t.campaign_id = ${campaignId}::bigint and t.seq = any(${seqs}::int[]) and t.state = 'unknown' and d.state = 'unknown' and t.receipt is not null`);

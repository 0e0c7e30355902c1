import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

/** Lanes first, then rows, then batches: the order in which a dispatcher locks them. */
const lockLanes = (tx: Tx, campaignId: string, batchNos: readonly number[]): Promise<unknown[]> =>
  tx.rows(sql`
    select 1 from batch_lane where campaign_id = ${campaignId}::bigint and batch_no = any(${batchNos}::int[])
    order by batch_no, step for update`);

const batchesAtOnce = 40;

/** planned → cancelled, for the next batches that hold such rows. Returns the rows; 0 = nothing is left to cancel. Rows in flight settle by themselves. */
export async function cancelWaiting(tx: Tx, campaignId: string): Promise<number> {
  const batches = await tx.rows<{ batch_no: number }>(sql`
    select b.batch_no from batch b
    where b.campaign_id = ${campaignId}::bigint and b.waiting > 0 and exists (
      select 1 from delivery d where d.campaign_id = b.campaign_id and d.seq between b.from_seq and b.to_seq and d.state = 'planned')
    order by b.batch_no limit ${batchesAtOnce}`);
  if (batches.length === 0) return 0;
  const batchNos = batches.map(({ batch_no }) => batch_no);
  await lockLanes(tx, campaignId, batchNos);
  const { rows } = await tx.one<{ rows: number }>(sql`
    with gone as (
      update delivery d set state = 'cancelled', code = 'cancelled', error_class = 'local', settled_at = now()
      from batch b
      where b.campaign_id = ${campaignId}::bigint and b.batch_no = any(${batchNos}::int[])
        and d.campaign_id = b.campaign_id and d.seq between b.from_seq and b.to_seq and d.state = 'planned'
      returning b.batch_no, d.step
    ), lanes as (
      update batch_lane l set waiting = l.waiting - g.n
      from (select batch_no, step, count(*)::int as n from gone group by 1, 2) g
      where l.campaign_id = ${campaignId}::bigint and l.batch_no = g.batch_no and l.step = g.step
      returning 1
    ), batches as (
      update batch b set waiting = b.waiting - g.n, cancelled = b.cancelled + g.n
      from (select batch_no, count(*)::int as n from gone group by 1) g
      where b.campaign_id = ${campaignId}::bigint and b.batch_no = g.batch_no
      returning 1
    )
    select (select count(*) from gone)::int as rows, (select count(*) from lanes) as lanes, (select count(*) from batches) as batches`);
  return rows;
}

/** refused → planned, where the refusal may pass now (and the code is one of those, when given). Same channel, a new attempt. */
export async function requeueRefused(tx: Tx, campaignId: string, codes: readonly string[] | null): Promise<number> {
  const batches = await tx.rows<{ batch_no: number }>(sql`
    select batch_no from batch where campaign_id = ${campaignId}::bigint and refused > 0 order by batch_no`);
  if (batches.length === 0) return 0;
  const batchNos = batches.map(({ batch_no }) => batch_no);
  await lockLanes(tx, campaignId, batchNos);
  const { rows } = await tx.one<{ rows: number }>(sql`
    with back as (
      update delivery d set state = 'planned', tries = 0, settled_at = null
      from batch b
      where b.campaign_id = ${campaignId}::bigint and b.batch_no = any(${batchNos}::int[])
        and d.campaign_id = b.campaign_id and d.seq between b.from_seq and b.to_seq
        and d.state = 'refused' and d.error_class in ('transient', 'quota') and d.step is not null
        and (${codes}::text[] is null or d.code = any(${codes}::text[]))
      returning b.batch_no, d.step
    ), lanes as (
      update batch_lane l set waiting = l.waiting + g.n, refused = l.refused - g.n, not_before = null, failures = 0,
        state = case l.state when 'idle' then 'ready' else l.state end
      from (select batch_no, step, count(*)::int as n from back group by 1, 2) g
      where l.campaign_id = ${campaignId}::bigint and l.batch_no = g.batch_no and l.step = g.step
      returning 1
    ), batches as (
      update batch b set waiting = b.waiting + g.n, refused = b.refused - g.n
      from (select batch_no, count(*)::int as n from back group by 1) g
      where b.campaign_id = ${campaignId}::bigint and b.batch_no = g.batch_no
      returning 1
    )
    select (select count(*) from back)::int as rows, (select count(*) from lanes) as lanes, (select count(*) from batches) as batches`);
  return rows;
}

export interface Resolution {
  readonly outcome: 'accepted' | 'refused';
  readonly code: string | null;
  /** The official; null = a receipt. */
  readonly by: string | null;
  readonly reason: string;
}

/** unknown → accepted | refused, for these rows (null = all). Never back to planned: that could be a second message. */
export async function resolveUnknownRows(tx: Tx, campaignId: string, seqs: readonly number[] | null, given: Resolution): Promise<number> {
  const batches = await tx.rows<{ batch_no: number }>(sql`
    select batch_no from batch where campaign_id = ${campaignId}::bigint and unknown > 0
      and (${seqs}::int[] is null or exists (select 1 from unnest(${seqs}::int[]) s where s between from_seq and to_seq))
    order by batch_no`);
  if (batches.length === 0) return 0;
  const batchNos = batches.map(({ batch_no }) => batch_no);
  await lockLanes(tx, campaignId, batchNos);
  const isAccepted = given.outcome === 'accepted' ? 1 : 0;
  const { rows } = await tx.one<{ rows: number }>(sql`
    with known as (
      update delivery d set state = ${given.outcome}, code = ${given.code}, error_class = ${isAccepted ? null : 'permanent'}, settled_at = now()
      from batch b
      where b.campaign_id = ${campaignId}::bigint and b.batch_no = any(${batchNos}::int[])
        and d.campaign_id = b.campaign_id and d.seq between b.from_seq and b.to_seq and d.state = 'unknown'
        and (${seqs}::int[] is null or d.seq = any(${seqs}::int[]))
      returning b.batch_no, d.step, d.seq, d.attempt_no
    ), tried as (
      update attempt t set state = ${given.outcome}, resolved_at = now(), resolved_by = ${given.by}::uuid, resolved_reason = ${given.reason}
      from known k where t.campaign_id = ${campaignId}::bigint and t.seq = k.seq and t.attempt_no = k.attempt_no
      returning 1
    ), lanes as (
      update batch_lane l set unknown = l.unknown - g.n, accepted = l.accepted + g.n * ${isAccepted}::int,
        refused = l.refused + g.n * ${1 - isAccepted}::int
      from (select batch_no, step, count(*)::int as n from known group by 1, 2) g
      where l.campaign_id = ${campaignId}::bigint and l.batch_no = g.batch_no and l.step = g.step
      returning 1
    ), batches as (
      update batch b set unknown = b.unknown - g.n, accepted = b.accepted + g.n * ${isAccepted}::int, refused = b.refused + g.n * ${1 - isAccepted}::int
      from (select batch_no, count(*)::int as n from known group by 1) g
      where b.campaign_id = ${campaignId}::bigint and b.batch_no = g.batch_no
      returning 1
    )
    select (select count(*) from known)::int as rows, (select count(*) from tried) as tried, (select count(*) from lanes) as lanes,
      (select count(*) from batches) as batches`);
  return rows;
}

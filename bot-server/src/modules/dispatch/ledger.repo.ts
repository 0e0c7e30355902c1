import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';
import type { MarkedRow, PlannedCall } from './calls';
import type { Lane } from './lanes.repo';
import { resolveByReceipts } from './receipts';
import { noteStaffTasks } from './staff.repo';
import type { Settled } from './verdict';

/** What the lane would send next, in the order of seq. */
export const nextRows = (tx: Tx, lane: Lane, limit: number, except: readonly number[]): Promise<{ seq: number; address: unknown }[]> =>
  tx.rows(sql<{ seq: number; address: unknown }>`
    select d.seq, a.address from delivery d
    join delivery_address a on a.campaign_id = d.campaign_id and a.seq = d.seq and a.step = ${lane.step}
    where d.campaign_id = ${lane.campaignId}::bigint and d.seq between ${lane.fromSeq} and ${lane.toSeq} and d.state = 'planned'
      and d.step = ${lane.step} and d.seq <> all(${except}::int[])
    order by d.seq limit ${limit}`);

/** planned → sending, for those of these rows that still wait; each is a new attempt. */
export const markSending = (tx: Tx, lane: Lane, seqs: readonly number[]): Promise<(MarkedRow & { tries: number })[]> =>
  tx.rows(sql<MarkedRow & { tries: number }>`
    with picked as (
      select seq from delivery
      where campaign_id = ${lane.campaignId}::bigint and seq between ${lane.fromSeq} and ${lane.toSeq} and state = 'planned' and step = ${lane.step}
        and seq = any(${seqs}::int[])
      order by seq for update
    ), marked as (
      update delivery d set state = 'sending', attempt_no = d.attempt_no + 1, tries = d.tries + 1
      from picked p where d.campaign_id = ${lane.campaignId}::bigint and d.seq = p.seq
      returning d.seq, d.attempt_no, d.tries
    )
    select m.seq, m.attempt_no as "attemptNo", m.tries, a.address
    from marked m
    join delivery_address a on a.campaign_id = ${lane.campaignId}::bigint and a.seq = m.seq and a.step = ${lane.step}
    order by m.seq`);

/** The attempt mark: from here on a crash leaves a row that says so. */
export async function insertAttempts(tx: Tx, lane: Lane, calls: readonly PlannedCall[]): Promise<void> {
  const seqs = calls.flatMap(({ seqs }) => seqs);
  const attemptNos = calls.flatMap(({ seqs, attemptNo }) => seqs.map(() => attemptNo));
  const callNos = calls.flatMap(({ seqs, callNo }) => seqs.map(() => callNo));
  await tx.run(sql`
    insert into attempt (campaign_id, seq, attempt_no, step, channel, account, call_no)
    select ${lane.campaignId}::bigint, t.seq, t.attempt_no, ${lane.step}, ${lane.channel}, ${lane.account}, t.call_no
    from unnest(${seqs}::int[], ${attemptNos}::int[], ${callNos}::int[]) as t (seq, attempt_no, call_no)`);
}

export interface OpenAttempt extends MarkedRow {
  readonly callNo: number;
  readonly tries: number;
  readonly ageSec: number;
}

/** Marked and never settled: what a crash left. */
export const openAttempts = (tx: Tx, lane: Lane): Promise<OpenAttempt[]> =>
  tx.rows(sql<OpenAttempt>`
    select t.seq, t.attempt_no as "attemptNo", t.call_no as "callNo", d.tries, a.address,
      extract(epoch from clock_timestamp() - t.marked_at)::float8 as "ageSec"
    from attempt t
    join delivery d on d.campaign_id = t.campaign_id and d.seq = t.seq and d.attempt_no = t.attempt_no
    join delivery_address a on a.campaign_id = t.campaign_id and a.seq = t.seq and a.step = t.step
    where t.campaign_id = ${lane.campaignId}::bigint and t.seq between ${lane.fromSeq} and ${lane.toSeq}
      and t.step = ${lane.step} and t.state = 'marked'
    order by t.seq`);

interface RowAfter {
  readonly seq: number;
  readonly state: string;
  readonly step: number;
  readonly code: string | null;
}

export interface Settlement {
  /** Steps that got rows. */
  readonly movedTo: readonly number[];
  /** Rows this lane has no more to do with. */
  readonly left: number;
}

/**
 * Records the answers: attempts, rows, counters, errors, in one transaction under the lane's lock. Only attempts still `marked`
 * are written, so recording the same answer twice changes nothing.
 */
export async function settleRows(tx: Tx, lane: Lane, settled: readonly Settled[]): Promise<Settlement> {
  if (settled.length === 0) return { movedTo: [], left: 0 };
  const rows = await writeAnswers(tx, lane, settled);
  const moved = rows.filter((row) => row.state === 'planned' && row.step !== lane.step);
  const count = (state: string): number => rows.filter((row) => row.state === state).length;
  const [accepted, refused, unknown] = [count('accepted'), count('refused'), count('unknown')];
  const final = accepted + refused + unknown;
  const written = new Set(rows.map(({ seq }) => seq));
  const fresh = settled.filter(({ seq }) => written.has(seq));
  await countLane(tx, lane, final + moved.length, fresh);
  for (const step of new Set(moved.map((row) => row.step))) {
    await feedLane(tx, lane, step, moved.filter((row) => row.step === step).length);
  }
  await countErrors(tx, lane, fresh);
  await noteStaffTasks(
    tx,
    lane,
    fresh.filter(({ awaitsStaff }) => awaitsStaff),
  );
  if (final > 0) {
    await tx.run(sql`
      update batch set waiting = waiting - ${final}, accepted = accepted + ${accepted}, refused = refused + ${refused}, unknown = unknown + ${unknown}
      where campaign_id = ${lane.campaignId}::bigint and batch_no = ${lane.batchNo}`);
  }
  if (unknown > 0) {
    await resolveByReceipts(
      tx,
      lane.campaignId,
      rows.filter(({ state }) => state === 'unknown').map(({ seq }) => seq),
    );
  }
  return { movedTo: [...new Set(moved.map((row) => row.step))], left: final + moved.length };
}

const writeAnswers = (tx: Tx, lane: Lane, settled: readonly Settled[]): Promise<RowAfter[]> =>
  tx.rows(sql<RowAfter>`
    with answer as (
      select * from unnest(
        ${settled.map(({ seq }) => seq)}::int[], ${settled.map(({ attemptNo }) => attemptNo)}::int[], ${settled.map(({ state }) => state)}::text[],
        ${settled.map(({ errorClass }) => errorClass)}::text[], ${settled.map(({ code }) => code)}::text[],
        ${settled.map(({ platformId }) => platformId)}::text[], ${settled.map(({ awaitsStaff }) => awaitsStaff)}::boolean[],
        ${settled.map(({ verdict }) => verdict)}::text[]
      ) as t (seq, attempt_no, state, error_class, code, platform_id, awaits_staff, verdict)
    ), written as (
      update attempt a set state = r.state, error_class = r.error_class, code = r.code, platform_id = r.platform_id,
        awaits_staff = r.awaits_staff, settled_at = clock_timestamp()
      from answer r
      where a.campaign_id = ${lane.campaignId}::bigint and a.seq = r.seq and a.attempt_no = r.attempt_no and a.state = 'marked'
      returning a.seq, a.attempt_no
    ), fate as (
      select r.*, case r.verdict when 'next' then (
        select min(x.step) from delivery_address x where x.campaign_id = ${lane.campaignId}::bigint and x.seq = r.seq and x.step > ${lane.step}
      ) end as next_step
      from answer r join written w on w.seq = r.seq and w.attempt_no = r.attempt_no
    )
    update delivery d set
      state = case when f.verdict = 'again' or f.next_step is not null then 'planned' when f.verdict = 'next' then 'refused' else f.verdict end,
      step = coalesce(f.next_step, d.step),
      tries = case when f.next_step is not null then 0 when f.verdict = 'again' and f.error_class = 'auth' then d.tries - 1 else d.tries end,
      error_class = f.error_class, code = f.code, awaits_staff = f.awaits_staff,
      settled_at = case when f.verdict = 'again' or f.next_step is not null then null else clock_timestamp() end
    from fate f
    where d.campaign_id = ${lane.campaignId}::bigint and d.seq = f.seq and d.attempt_no = f.attempt_no and d.state = 'sending'
    returning d.seq, d.state, d.step, d.code`);

/** A lane counts attempts: what this channel said, also of rows that went on to the next. */
async function countLane(tx: Tx, lane: Lane, left: number, settled: readonly Settled[]): Promise<void> {
  const count = (state: Settled['state']): number => settled.filter((row) => row.state === state && row.verdict !== 'again').length;
  await tx.run(sql`
    update batch_lane set waiting = waiting - ${left}, accepted = accepted + ${count('accepted')}, refused = refused + ${count('refused')},
      unknown = unknown + ${count('unknown')}
    where campaign_id = ${lane.campaignId}::bigint and batch_no = ${lane.batchNo} and step = ${lane.step}`);
}

/** Rows that go on to another step: that lane has work now. */
const feedLane = (tx: Tx, lane: Lane, step: number, rows: number): Promise<number> =>
  tx.run(sql`
    insert into batch_lane as l (campaign_id, batch_no, step, channel, account, waiting)
    select ${lane.campaignId}::bigint, ${lane.batchNo}, ${step}, p.steps -> ${step}::int ->> 'channel', p.steps -> ${step}::int ->> 'account', ${rows}
    from campaign_snapshot p where p.campaign_id = ${lane.campaignId}::bigint
    on conflict (campaign_id, batch_no, step) do update
      set waiting = l.waiting + excluded.waiting, state = case l.state when 'idle' then 'ready' else l.state end`);

async function countErrors(tx: Tx, lane: Lane, settled: readonly Settled[]): Promise<void> {
  const byCode = new Map<string, { errorClass: string; attempts: number }>();
  for (const { code, errorClass } of settled) {
    if (code === null || errorClass === null) continue;
    const line = byCode.get(code);
    if (line) line.attempts += 1;
    else byCode.set(code, { errorClass, attempts: 1 });
  }
  if (byCode.size === 0) return;
  const lines = [...byCode];
  await tx.run(sql`
    insert into batch_error as e (campaign_id, batch_no, channel, code, error_class, attempts)
    select ${lane.campaignId}::bigint, ${lane.batchNo}, ${lane.channel}, t.code, t.error_class, t.attempts
    from unnest(${lines.map(([code]) => code)}::text[], ${lines.map(([, line]) => line.errorClass)}::text[],
      ${lines.map(([, line]) => line.attempts)}::int[]) as t (code, error_class, attempts)
    order by t.code
    on conflict (campaign_id, batch_no, channel, code) do update set attempts = e.attempts + excluded.attempts`);
}

/** True when no row of the campaign waits any more. */
export const isDrained = async (tx: Tx, campaignId: string): Promise<boolean> =>
  (await tx.first(sql`select 1 from batch where campaign_id = ${campaignId}::bigint and waiting > 0 limit 1`)) === undefined;

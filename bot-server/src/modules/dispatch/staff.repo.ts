import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';
import type { Lane } from './lanes.repo';
import type { Settled } from './verdict';

/** Of accepted rows, those that a member of staff must confirm: counted, and noted to be asked about. */
export async function noteStaffTasks(tx: Tx, lane: Lane, settled: readonly Settled[]): Promise<void> {
  if (settled.length === 0) return;
  await tx.run(sql`
    insert into staff_confirmation (campaign_id, seq, attempt_no, channel, account, platform_id, ask_at)
    select ${lane.campaignId}::bigint, t.seq, t.attempt_no, ${lane.channel}, ${lane.account}, t.platform_id, now() + interval '1 minute'
    from unnest(${settled.map(({ seq }) => seq)}::int[], ${settled.map(({ attemptNo }) => attemptNo)}::int[],
      ${settled.map(({ platformId }) => platformId)}::text[]) as t (seq, attempt_no, platform_id)
    on conflict do nothing`);
  await tx.run(sql`
    update batch set awaiting_staff = awaiting_staff + ${settled.length}
    where campaign_id = ${lane.campaignId}::bigint and batch_no = ${lane.batchNo}`);
}

export interface StaffTask {
  readonly channel: string;
  readonly account: string;
  readonly platformId: string;
}

/** Tasks whose turn it is, each once; a later turn is noted at once, so that two processes do not ask the same. */
export const takeDueTasks = (tx: Tx, limit: number): Promise<StaffTask[]> =>
  tx.rows(sql<StaffTask>`
    with due as (
      select campaign_id, seq, attempt_no from staff_confirmation where ask_at <= now() order by ask_at limit ${limit} for update skip locked
    ), taken as (
      update staff_confirmation s
      -- Asked every minute in the first hour, then about as often as the task is old: after a day once in an hour and a half.
      set ask_at = now() + greatest(interval '1 minute', (now() - s.made_at) / 16)
      from due d where s.campaign_id = d.campaign_id and s.seq = d.seq and s.attempt_no = d.attempt_no
      returning s.channel, s.account, s.platform_id
    )
    select distinct channel, account, platform_id as "platformId" from taken`);

export interface WaitingRow {
  readonly campaignId: string;
  readonly seq: number;
  readonly attemptNo: number;
  readonly externalUserId: string;
}

/** Rows of a task nobody answered for yet. */
export const listWaiting = (tx: Tx, { channel, account, platformId }: StaffTask): Promise<WaitingRow[]> =>
  tx.rows(sql<WaitingRow>`
    select s.campaign_id::text as "campaignId", s.seq, s.attempt_no as "attemptNo", coalesce(a.address ->> 'externalUserId', '') as "externalUserId"
    from staff_confirmation s
    join attempt t on t.campaign_id = s.campaign_id and t.seq = s.seq and t.attempt_no = s.attempt_no
    join delivery_address a on a.campaign_id = s.campaign_id and a.seq = s.seq and a.step = t.step
    where s.channel = ${channel} and s.account = ${account} and s.platform_id = ${platformId}`);

/** The answer is known: the row waits no longer. false: another process was faster. */
export async function endWaiting(tx: Tx, { campaignId, seq, attemptNo }: Omit<WaitingRow, 'externalUserId'>): Promise<boolean> {
  const gone = await tx.run(sql`
    delete from staff_confirmation where campaign_id = ${campaignId}::bigint and seq = ${seq} and attempt_no = ${attemptNo}`);
  if (gone === 0) return false;
  await tx.run(sql`
    update attempt set awaits_staff = false where campaign_id = ${campaignId}::bigint and seq = ${seq} and attempt_no = ${attemptNo}`);
  await tx.run(sql`
    update delivery set awaits_staff = false
    where campaign_id = ${campaignId}::bigint and seq = ${seq} and attempt_no = ${attemptNo}`);
  await tx.run(sql`
    update batch set awaiting_staff = greatest(0, awaiting_staff - 1)
    where campaign_id = ${campaignId}::bigint and ${seq}::int between from_seq and to_seq`);
  return true;
}

/** A member of staff who did nothing in a month will not. The row itself stays accepted and unconfirmed. */
export const dropOldTasks = (tx: Tx): Promise<number> =>
  tx.run(sql`delete from staff_confirmation where made_at < now() - interval '30 days'`);

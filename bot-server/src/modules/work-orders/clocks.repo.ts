import type { ClockKind, WorkOrderClock } from '@suiban/shared/work-orders';
import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

export interface ClockRow {
  readonly work_order_id: string;
  readonly kind: ClockKind;
  readonly due_at: Date;
  readonly is_provisional: boolean;
  readonly done_at: Date | null;
}

export const listClocks = (tx: Tx, orderIds: readonly string[]): Promise<ClockRow[]> =>
  tx.rows<ClockRow>(sql`
    select work_order_id, kind, due_at, is_provisional, done_at from work_order_clock where work_order_id = any(${[...orderIds]}::uuid[])
    order by array_position(array['contact', 'plan', 'solve'], kind)`);

/** Starts the clocks of a round: of a new order, or anew after a reopening. */
export async function startClocks(tx: Tx, orderId: string, clocks: readonly WorkOrderClock[]): Promise<void> {
  for (const { kind, dueAt, isProvisional } of clocks) {
    await tx.run(sql`
      insert into work_order_clock (work_order_id, kind, due_at, is_provisional) values (${orderId}::uuid, ${kind}, ${dueAt}, ${isProvisional})
      on conflict (work_order_id, kind) do update
        set due_at = excluded.due_at, is_provisional = excluded.is_provisional, done_at = null, warned_at = null, breached_at = null`);
  }
}

/** A later step done is proof of the earlier: the caller names every clock it stops. One that was stopped keeps its time. */
export const stopClocks = (tx: Tx, orderId: string, kinds: readonly ClockKind[], at: Date): Promise<number> =>
  tx.run(sql`
    update work_order_clock set done_at = ${at} where work_order_id = ${orderId}::uuid and kind = any(${[...kinds]}::text[]) and done_at is null`);

export const moveClock = (tx: Tx, orderId: string, { kind, dueAt, isProvisional }: WorkOrderClock): Promise<number> =>
  tx.run(sql`
    update work_order_clock set due_at = ${dueAt}, is_provisional = ${isProvisional}, warned_at = null, breached_at = null
    where work_order_id = ${orderId}::uuid and kind = ${kind} and done_at is null`);

export interface DueClock {
  readonly work_order_id: string;
  readonly kind: ClockKind;
}

/** Clocks that ran out and were not marked: marks them. */
export const markBreached = (tx: Tx, now: Date, limit: number): Promise<DueClock[]> =>
  tx.rows<DueClock>(sql`
    update work_order_clock set breached_at = ${now} where (work_order_id, kind) in (
      select work_order_id, kind from work_order_clock where done_at is null and breached_at is null and due_at < ${now}
      order by due_at limit ${limit} for update skip locked)
    returning work_order_id, kind`);

/** Clocks that end until then and were not warned of: marks them. */
export const markWarned = (tx: Tx, now: Date, until: Date, limit: number): Promise<DueClock[]> =>
  tx.rows<DueClock>(sql`
    update work_order_clock set warned_at = ${now} where (work_order_id, kind) in (
      select work_order_id, kind from work_order_clock
      where done_at is null and warned_at is null and breached_at is null and due_at >= ${now} and due_at <= ${until}
      order by due_at limit ${limit} for update skip locked)
    returning work_order_id, kind`);

import type { TimelineAction } from '@suiban/shared/api/work-orders';
import type { WorkOrderRole } from '@suiban/shared/work-orders';
import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

export interface EventRow {
  readonly id: string;
  readonly work_order_id: string;
  readonly action: TimelineAction;
  readonly actor_kind: 'official' | 'person' | 'system';
  readonly actor_id: string;
  readonly actor_role: WorkOrderRole;
  readonly actor_bureau_id: string | null;
  readonly body: string | null;
  readonly public_body: string | null;
  readonly is_internal: boolean;
  readonly at: Date;
}

export interface NewEvent {
  readonly orderId: string;
  readonly action: TimelineAction;
  readonly by: {
    readonly kind: EventRow['actor_kind'];
    readonly id: string;
    readonly role: WorkOrderRole;
    readonly bureauId: string | null;
  };
  readonly body: string | null;
  readonly publicBody: string | null;
  readonly isInternal: boolean;
  readonly at: Date;
}

export const insertEvent = async (tx: Tx, event: NewEvent): Promise<string> =>
  (
    await tx.one<{ id: string }>(sql`
      insert into work_order_event (work_order_id, action, actor_kind, actor_id, actor_role, actor_bureau_id, body, public_body, is_internal, at)
      values (${event.orderId}::uuid, ${event.action}, ${event.by.kind}, ${event.by.id}, ${event.by.role}, ${event.by.bureauId}, ${event.body},
        ${event.publicBody}, ${event.isInternal}, ${event.at}) returning id`)
  ).id;

/** Oldest first. */
export const listEvents = (tx: Tx, orderIds: readonly string[]): Promise<EventRow[]> =>
  tx.rows<EventRow>(sql`
    select id, work_order_id, action, actor_kind, actor_id, actor_role, actor_bureau_id, body, public_body, is_internal, at
    from work_order_event where work_order_id = any(${[...orderIds]}::uuid[]) order by seq`);

/** How many hidden names this official looked at since then. */
export const countNameLooks = async (tx: Tx, officialId: string, since: Date): Promise<number> =>
  (
    await tx.one<{ count: number }>(sql`
      select count(*)::int as count from audit_event
      where actor_kind = 'official' and actor_id = ${officialId} and action = 'work-order.name-looked' and at > ${since}`)
  ).count;

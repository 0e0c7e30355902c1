import type { TimelineAction } from '@suiban/shared/api/work-orders';
import { DomainError } from '@suiban/shared/errors';
import { workingCalendar } from '@suiban/shared/time';
import { type ClockContext, stepWorkOrder, type WorkOrderFacts, type WorkOrderRole, type WorkOrderStep } from '@suiban/shared/work-orders';
import type { Tx } from '../../kernel/db/database';
import type { Actor } from '../../kernel/http/actor';
import type { Deps } from '../module';
import { insertEvent } from './events.repo';
import { type OrderRow, updateOrder } from './orders.repo';

const calendar = workingCalendar();

/** The working-day calendar with its horizon, and the city's zone. */
export const clockContext = ({ city, clock }: Pick<Deps, 'city' | 'clock'>): ClockContext => ({
  calendar,
  zone: city.timeZone,
  now: clock.now(),
});

export const factsOf = (row: OrderRow): WorkOrderFacts => ({
  state: row.state,
  outcome: row.outcome,
  extension: row.extension?.state ?? 'none',
  solved: row.rating?.solved ?? null,
  closedBy: row.closed_by,
  reopenCount: row.reopen_count,
  urgeCount: row.urge_count,
});

/** What happened, for both timelines. `body` is for officials, `publicBody` for the firm; an internal event the firm never sees. */
export interface Happening {
  readonly action: TimelineAction;
  readonly actor: Exclude<Actor, { kind: 'anonymous' }>;
  readonly role: WorkOrderRole;
  readonly body?: string;
  readonly publicBody?: string;
  readonly isInternal?: boolean;
}

/** Writes one line of the timeline, and the audit trail beside it: states and ids there, no words. */
export async function record(tx: Tx, deps: Deps, before: OrderRow, after: OrderRow, happening: Happening): Promise<string> {
  const { action, actor, role, body, publicBody, isInternal = false } = happening;
  await deps.audit.record(tx, {
    aggregate: 'work-order',
    aggregateId: after.id,
    action: `work-order.${action}`,
    actor,
    before: { state: before.state, bureauId: before.bureau_id, handlerId: before.handler_id },
    after: { state: after.state, bureauId: after.bureau_id, handlerId: after.handler_id },
  });
  return insertEvent(tx, {
    orderId: after.id,
    action,
    by: { kind: actor.kind, id: actor.id, role, bureauId: actor.kind === 'official' ? actor.bureauId : null },
    body: body ?? null,
    publicBody: publicBody ?? null,
    isInternal,
    at: deps.clock.now(),
  });
}

const extensionOf = (row: OrderRow, facts: WorkOrderFacts): OrderRow['extension'] =>
  facts.extension === 'none' || row.extension === null ? null : { ...row.extension, state: facts.extension };

/**
 * Does one step of the state machine on a locked row: order, timeline, audit. `change` holds what the machine does not know of.
 * @throws DomainError work-orders:wrong-state with the machine's reason
 */
export async function advance(
  tx: Tx,
  deps: Deps,
  row: OrderRow,
  step: WorkOrderStep,
  happening: Happening,
  change: Partial<OrderRow> = {},
): Promise<{ order: OrderRow; eventId: string }> {
  const stepped = stepWorkOrder(factsOf(row), step, happening.role);
  if (!stepped.ok) throw new DomainError('work-orders:wrong-state', stepped.reason.zh);
  const { facts } = stepped;
  const now = deps.clock.now();
  const isClosing = facts.state === 'closed';
  const changed = { ...row, ...change };
  const order = await updateOrder(tx, {
    ...changed,
    state: facts.state,
    outcome: facts.outcome,
    extension: extensionOf(changed, facts),
    closed_by: facts.closedBy,
    closed_at: isClosing ? now : null,
    urge_count: facts.urgeCount,
    reopen_count: facts.reopenCount,
    state_since: facts.state === row.state ? row.state_since : now,
  });
  return { order, eventId: await record(tx, deps, row, order, happening) };
}

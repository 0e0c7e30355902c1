import type { MyWorkOrder } from '@suiban/shared/api/work-orders';
import { type CivilDate, civilDateAt } from '@suiban/shared/time';
import { nextActions, sentenceOf, silenceEndsAt } from '@suiban/shared/work-orders';
import type { PersonActor } from '../../kernel/http/actor';
import type { Deps } from '../module';
import { clockContext, factsOf } from './advance';
import { type AttachmentRow, listAttachments } from './attachments.repo';
import { type ClockRow, listClocks } from './clocks.repo';
import { type EventRow, listEvents } from './events.repo';
import { type FirmFace, listFirmFaces } from './faces.repo';
import { bureauName } from './notices';
import { findOrder, listOrdersOfFirms, type OrderRow } from './orders.repo';
import { matterName } from './summary';
import { firmTimeline } from './views/timeline';
import { isUuid, mustOwn, ownFirms } from './work-orders.policy';

const longestList = 100;

const firmActions = ['urge', 'supplement', 'rate', 'reopen'] as const;

interface Parts {
  readonly clocks: readonly ClockRow[];
  readonly events: readonly EventRow[];
  readonly files: readonly AttachmentRow[];
  readonly firm: FirmFace | undefined;
}

/** By when the firm may expect words, or give its own. */
function dueOf(deps: Deps, order: OrderRow, clocks: readonly ClockRow[]) {
  if (order.state === 'closed') return undefined;
  if (order.state === 'awaiting-rating') {
    return order.replied_at === null ? undefined : { at: silenceEndsAt(order.replied_at, clockContext(deps)), isProvisional: false };
  }
  const solve = clocks.find(({ kind }) => kind === 'solve');
  return solve && { at: solve.due_at, isProvisional: solve.is_provisional };
}

function viewOf(deps: Deps, order: OrderRow, { clocks, events, files, firm }: Parts): MyWorkOrder {
  const { city, clock } = deps;
  const facts = factsOf(order);
  const due = dueOf(deps, order, clocks);
  const isAnswered = order.replied_at !== null;
  const isAtWork = !isAnswered && order.state !== 'closed';
  const dueOn: CivilDate | null = due ? civilDateAt(due.at, city.timeZone) : null;
  const answering = order.state === 'to-assign' ? null : bureauName(deps, order.bureau_id);
  return {
    id: order.id,
    number: order.number,
    title: order.title,
    text: order.body,
    matterName: matterName(deps, order.matter_id),
    state: order.state,
    sentence: sentenceOf({
      ...facts,
      bureauName: answering,
      dueOn,
      isProvisional: due?.isProvisional ?? false,
      isOverdue: isAtWork && due !== undefined && due.at < clock.now(),
    }),
    bureauName: answering,
    dueAt: isAtWork ? (due?.at.toISOString() ?? null) : null,
    isDueProvisional: isAtWork && (due?.isProvisional ?? false),
    createdAt: order.created_at.toISOString(),
    enterpriseId: order.enterprise_id,
    enterpriseName: firm?.name ?? '',
    reply: isAnswered ? order.reply : null,
    rating: order.rating,
    timeline: firmTimeline(deps, events, files),
    actions: nextActions(facts, 'enterprise').filter((action) => firmActions.some((each) => each === action)) as MyWorkOrder['actions'],
  };
}

/** As the firm sees them. */
export async function myOrdersOf(deps: Deps, orders: readonly OrderRow[]): Promise<MyWorkOrder[]> {
  const { db } = deps;
  const ids = orders.map(({ id }) => id);
  const clocks = await listClocks(db, ids);
  const events = await listEvents(db, ids);
  const files = await listAttachments(db, ids);
  const firms = await listFirmFaces(
    db,
    orders.map((order) => order.enterprise_id),
  );
  const own = <T extends { readonly work_order_id: string }>(rows: readonly T[], id: string): T[] =>
    rows.filter((row) => row.work_order_id === id);
  return orders.map((order) =>
    viewOf(deps, order, {
      clocks: own(clocks, order.id),
      events: own(events, order.id),
      files: own(files, order.id),
      firm: firms.find((each) => each.enterprise_id === order.enterprise_id),
    }),
  );
}

export async function myOrderOf(deps: Deps, order: OrderRow): Promise<MyWorkOrder> {
  const [view] = await myOrdersOf(deps, [order]);
  if (!view) throw new Error('one order gives one view');
  return view;
}

/** 我的诉求, newest first. */
export async function listMyWorkOrders(
  deps: Deps,
  actor: PersonActor,
  enterpriseId: string | undefined,
): Promise<{ items: MyWorkOrder[] }> {
  const firms = ownFirms(actor, enterpriseId);
  if (firms.length === 0) return { items: [] };
  const rows = await listOrdersOfFirms(deps.db, firms, actor.scope?.campaignId ?? null, longestList);
  return { items: await myOrdersOf(deps, rows) };
}

/** @throws DomainError kernel:not-found for another firm's */
export async function readMyWorkOrder(deps: Deps, actor: PersonActor, id: string): Promise<MyWorkOrder> {
  return myOrderOf(deps, mustOwn(actor, isUuid(id) ? await findOrder(deps.db, id) : undefined));
}

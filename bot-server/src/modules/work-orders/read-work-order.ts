import type { WorkOrderDetail } from '@suiban/shared/api/work-orders';
import { findQuestion } from '@suiban/shared/surveys';
import { nextActions, type WorkOrderAction } from '@suiban/shared/work-orders';
import type { OfficialActor } from '../../kernel/http/actor';
import type { Deps } from '../module';
import { submissionById } from '../surveys';
import { factsOf } from './advance';
import { listAttachments } from './attachments.repo';
import { type ClockRow, listClocks } from './clocks.repo';
import { listEvents } from './events.repo';
import { findCampaignFace, listFirmFaces } from './faces.repo';
import { findOrder, type OrderRow } from './orders.repo';
import { officialNames, summaryOf } from './summary';
import { shownFirm } from './views/shown-firm';
import { officialTimeline } from './views/timeline';
import { isUuid, mustSee, rolesOn } from './work-orders.policy';

/** Operations of the contract by action of the machine. */
const operationOf: Readonly<Partial<Record<WorkOrderAction, string>>> = {
  assign: 'assignWorkOrder',
  accept: 'acceptWorkOrder',
  return: 'returnWorkOrder',
  'record-contact': 'recordContact',
  'record-plan': 'recordPlan',
  'request-extension': 'requestExtension',
  'decide-extension': 'decideExtension',
  reply: 'replyWorkOrder',
  'approve-reply': 'approveReply',
  'reject-reply': 'rejectReply',
  supervise: 'superviseWorkOrder',
};

const reviews: readonly WorkOrderAction[] = ['approve-reply', 'reject-reply', 'decide-extension'];

/** What the reader may do now, the main step first. Nobody reviews their own reply. */
function actionsOf(actor: OfficialActor, order: OrderRow): string[] {
  const facts = factsOf(order);
  const all = rolesOn(actor, order).flatMap((role) => nextActions(facts, role));
  const allowed = all.filter((action) => !(reviews.includes(action) && order.handler_id === actor.id));
  const operations = allowed.flatMap((action) => operationOf[action] ?? []);
  const mayLook = order.name_visibility !== 'public' && rolesOn(actor, order).includes('dispatcher');
  return [...operations, ...(mayLook ? ['lookAtReporter'] : [])];
}

const clockOf = (clock: ClockRow, now: Date): WorkOrderDetail['clocks'][number] => ({
  kind: clock.kind,
  dueAt: clock.due_at.toISOString(),
  doneAt: clock.done_at?.toISOString() ?? null,
  isProvisional: clock.is_provisional,
  isBreached: (clock.done_at ?? now) > clock.due_at,
});

async function sourceOf(deps: Deps, order: OrderRow): Promise<WorkOrderDetail['source']> {
  const campaign = order.campaign_id === null ? undefined : await findCampaignFace(deps.db, order.campaign_id);
  const submission = order.submission_id === null ? undefined : await submissionById(deps.db, deps, order.submission_id);
  const question = submission && order.question_id !== null ? findQuestion(submission.document, order.question_id) : undefined;
  return {
    kind: order.source_kind,
    campaignId: order.campaign_id,
    campaignTitle: campaign?.title ?? null,
    questionTitle: question?.title.zh ?? null,
    submissionId: order.submission_id,
  };
}

/** The first to end of the clocks that run. */
export const runningOf = (clocks: readonly ClockRow[]): ClockRow | undefined =>
  clocks.filter((clock) => clock.done_at === null).sort((one, other) => one.due_at.getTime() - other.due_at.getTime())[0];

export async function detailOf(deps: Deps, actor: OfficialActor, order: OrderRow): Promise<WorkOrderDetail> {
  const { db, clock } = deps;
  const [firm] = await listFirmFaces(db, [order.enterprise_id]);
  const clocks = await listClocks(db, [order.id]);
  const running = runningOf(clocks);
  const events = await listEvents(db, [order.id]);
  const files = await listAttachments(db, [order.id]);
  const names = await officialNames(db, [
    order.handler_id,
    ...events.map((event) => (event.actor_kind === 'official' ? event.actor_id : null)),
  ]);
  const queued = { ...order, due_at: running?.due_at ?? null, is_provisional: running?.is_provisional ?? null };
  return {
    ...summaryOf(deps, queued, firm, names),
    text: order.body,
    source: await sourceOf(deps, order),
    enterprise: shownFirm(order, firm),
    clocks: clocks.map((each) => clockOf(each, clock.now())),
    extension: order.extension,
    reply: order.reply,
    rating: order.rating,
    timeline: officialTimeline(deps, events, files, names),
    actions: actionsOf(actor, order),
    revision: order.revision,
  };
}

/** @throws DomainError kernel:not-found for an order of other bureaus or districts */
export async function readWorkOrder(deps: Deps, actor: OfficialActor, id: string): Promise<WorkOrderDetail> {
  return detailOf(deps, actor, mustSee(actor, isUuid(id) ? await findOrder(deps.db, id) : undefined));
}

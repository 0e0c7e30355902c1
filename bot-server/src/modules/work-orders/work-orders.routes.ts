import { workOrdersApi as api } from '@suiban/shared/api/work-orders';
import { downloadRoute, type Route, route, uploadRoute } from '../../kernel/http/route';
import type { Deps } from '../module';
import { assignWorkOrder, listHandlers } from './assign-work-order';
import { attachFile, openAttachment, openMyAttachment } from './attach-file';
import { rateWorkOrder, reopenWorkOrder, supplementWorkOrder, urgeWorkOrder } from './follow-my-work-order';
import { acceptWorkOrder, recordContact, recordPlan, replyWorkOrder, requestExtension, returnWorkOrder } from './handle-work-order';
import { countWorkOrders, listWorkOrders } from './list-work-orders';
import { lookAtReporter } from './look-at-reporter';
import { createMyWorkOrder } from './open-work-orders';
import { listMyWorkOrders, readMyWorkOrder } from './read-my-work-orders';
import { readWorkOrder } from './read-work-order';
import { approveReply, decideExtension, rejectReply, superviseWorkOrder } from './review-work-order';

const targetOf = ({ params, body }: { params: { workOrderId: string }; body: { revision: number } }) => ({
  workOrderId: params.workOrderId,
  revision: body.revision,
});

export const officialRoutes = (deps: Deps): readonly Route[] => [
  route(api.listWorkOrders, (actor, { query }) => listWorkOrders(deps, actor, query)),
  route(api.countWorkOrders, (actor) => countWorkOrders(deps, actor)),
  route(api.listHandlers, () => listHandlers(deps)),
  route(api.getWorkOrder, (actor, { params }) => readWorkOrder(deps, actor, params.workOrderId)),
  route(api.assignWorkOrder, (actor, input) => assignWorkOrder(deps, actor, targetOf(input), input.body)),
  route(api.acceptWorkOrder, (actor, input) => acceptWorkOrder(deps, actor, targetOf(input))),
  route(api.returnWorkOrder, (actor, input) => returnWorkOrder(deps, actor, targetOf(input), input.body.reason)),
  route(api.recordContact, (actor, input) => recordContact(deps, actor, targetOf(input), input.body.text)),
  route(api.recordPlan, (actor, input) => recordPlan(deps, actor, targetOf(input), input.body.text)),
  route(api.requestExtension, (actor, input) => requestExtension(deps, actor, targetOf(input), input.body)),
  route(api.decideExtension, (actor, input) => decideExtension(deps, actor, targetOf(input), input.body)),
  route(api.replyWorkOrder, (actor, input) => replyWorkOrder(deps, actor, targetOf(input), input.body)),
  route(api.approveReply, (actor, input) => approveReply(deps, actor, targetOf(input))),
  route(api.rejectReply, (actor, input) => rejectReply(deps, actor, targetOf(input), input.body.reason)),
  route(api.superviseWorkOrder, (actor, input) => superviseWorkOrder(deps, actor, targetOf(input), input.body.text)),
  route(api.lookAtReporter, (actor, { params, body }) => lookAtReporter(deps, actor, params.workOrderId, body.reason)),
  uploadRoute(api.uploadWorkOrderAttachment, (actor, { params }, upload) => attachFile(deps, actor, params.workOrderId, upload)),
  downloadRoute(api.downloadWorkOrderAttachment, (actor, { params }) => openAttachment(deps, actor, params)),
];

export const firmRoutes = (deps: Deps): readonly Route[] => [
  route(api.listMyWorkOrders, (actor, { query }) => listMyWorkOrders(deps, actor, query.enterpriseId)),
  route(api.getMyWorkOrder, (actor, { params }) => readMyWorkOrder(deps, actor, params.workOrderId)),
  route(api.createMyWorkOrder, (actor, { body }) => createMyWorkOrder(deps, actor, body)),
  route(api.urgeWorkOrder, (actor, { params }) => urgeWorkOrder(deps, actor, params.workOrderId)),
  route(api.supplementWorkOrder, (actor, { params, body }) => supplementWorkOrder(deps, actor, params.workOrderId, body.text)),
  route(api.rateWorkOrder, (actor, { params, body }) => rateWorkOrder(deps, actor, params.workOrderId, body)),
  route(api.reopenWorkOrder, (actor, { params, body }) => reopenWorkOrder(deps, actor, params.workOrderId, body.reason)),
  downloadRoute(api.downloadMyWorkOrderAttachment, (actor, { params }) => openMyAttachment(deps, actor, params)),
];

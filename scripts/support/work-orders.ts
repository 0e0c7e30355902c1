import { type MyWorkOrder, type WorkOrderSummary, workOrdersApi } from '@suiban/shared/api/work-orders';
import type { ApiClient } from './api-client';
import type { Cast } from './officials';

const replyText = '已与贵单位联系并到店了解情况，现已协调办结：相关部门同意按申请内容办理，如有疑问请随时联系。';

/** Every order that came from a campaign. */
export async function ordersOf(dispatcher: ApiClient, campaignId: string): Promise<readonly WorkOrderSummary[]> {
  const found: WorkOrderSummary[] = [];
  let cursor: string | undefined;
  do {
    const page = await dispatcher.call(workOrdersApi.listWorkOrders, {
      query: { campaignId, limit: 200, sort: 'newest', ...(cursor ? { cursor } : {}) },
    });
    found.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return found;
}

/** How far an order is taken. */
export type OrderStep = 'assigned' | 'accepted' | 'replied' | 'approved';
const order: readonly OrderStep[] = ['assigned', 'accepted', 'replied', 'approved'];

/** 派单 → 签收 → 答复 → 审核, each by the official whose turn it is, as far as `last`. Returns the order as it then stands. */
export async function handleOrder(cast: Cast, workOrderId: string, last: OrderStep = 'approved'): Promise<WorkOrderSummary> {
  const params = { workOrderId };
  const seen = await cast.dispatcher.call(workOrdersApi.getWorkOrder, { params });
  const bureauId = seen.bureauId ?? (await defaultBureau(cast));
  const handler = await cast.handlerOf(bureauId);
  const steps: Record<OrderStep, (revision: number) => Promise<WorkOrderSummary & { revision: number }>> = {
    assigned: (revision) => cast.dispatcher.call(workOrdersApi.assignWorkOrder, { params, body: { revision, bureauId } }),
    accepted: (revision) => handler.call(workOrdersApi.acceptWorkOrder, { params, body: { revision } }),
    replied: (revision) => handler.call(workOrdersApi.replyWorkOrder, { params, body: { revision, reply: replyText, outcome: 'solved' } }),
    approved: (revision) => cast.supervisor.call(workOrdersApi.approveReply, { params, body: { revision } }),
  };
  let current: WorkOrderSummary & { revision: number } = seen;
  for (const step of order.slice(0, order.indexOf(last) + 1)) current = await steps[step](current.revision);
  return current;
}

async function defaultBureau({ dispatcher }: Cast): Promise<string> {
  const { bureaus } = await dispatcher.call(workOrdersApi.listHandlers);
  const bureau = bureaus.find(({ handlers }) => handlers.length > 0);
  if (!bureau) throw new Error('no bureau has a handler');
  return bureau.bureauId;
}

/** The firm confirms on its phone: solved, five of five. */
export const confirmSolved = (phone: ApiClient, workOrderId: string, satisfaction = 5): Promise<MyWorkOrder> =>
  phone.call(workOrdersApi.rateWorkOrder, {
    params: { workOrderId },
    body: { solved: 'yes', satisfaction, comment: '问题已经解决，谢谢。' },
  });

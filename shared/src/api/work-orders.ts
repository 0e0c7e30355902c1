import { z } from 'zod';
import type { ProblemType } from '../errors/problem-types';
import { workOrderStates } from '../work-orders';
import { id, instant, operation, pageOf, pageQuery } from './define';

/** What a timeline can say; the words of both sides are `Record`s over it. */
export const timelineActions = [
  'created',
  'assigned',
  'accepted',
  'returned',
  'contact-recorded',
  'plan-recorded',
  'extension-requested',
  'extension-granted',
  'extension-denied',
  'replied',
  'reply-approved',
  'reply-rejected',
  'supervised',
  'urged',
  'supplemented',
  'rated',
  'reopened',
  'closed-silently',
  'due-soon',
  'overdue',
  'name-looked',
] as const;
export type TimelineAction = (typeof timelineActions)[number];

const state = z.enum(workOrderStates);
const reply = z.string().trim().min(10).max(4000);
const reason = z.string().trim().min(2).max(500);

const attachment = z.object({ id, fileName: z.string(), mimeType: z.string(), sizeBytes: z.number().int() });

export const timelineEntry = z.object({
  id,
  at: instant,
  action: z.enum(timelineActions),
  /** Who, as this reader may see it: 区商务委 · 承办人, 企业, 系统. */
  actorLabel: z.string(),
  text: z.string().nullable(),
  attachments: z.array(attachment),
});

export const workOrderSummary = z.object({
  id,
  /** Spoken and printed: `20261124-000123`. */
  number: z.string(),
  title: z.string(),
  matterId: z.string(),
  matterName: z.string(),
  districtCode: z.string(),
  state,
  outcome: z.enum(['solved', 'partly', 'unsolved', 'explained']).nullable(),
  bureauId: z.string().nullable(),
  bureauName: z.string().nullable(),
  handlerName: z.string().nullable(),
  enterpriseName: z.string().nullable(),
  createdAt: instant,
  /** End of the clock that runs now; null when none does. */
  dueAt: instant.nullable(),
  /** Beyond the known calendar: may move when the holidays are announced. */
  isDueProvisional: z.boolean(),
  isOverdue: z.boolean(),
  urgeCount: z.number().int(),
  isReopened: z.boolean(),
  isDemo: z.boolean(),
});

export const workOrderDetail = workOrderSummary.extend({
  text: z.string(),
  source: z.object({
    kind: z.enum(['survey', 'appeal', 'conversation']),
    campaignId: id.nullable(),
    campaignTitle: z.string().nullable(),
    questionTitle: z.string().nullable(),
    submissionId: id.nullable(),
  }),
  /** What the firm shows of itself: `id`, name and code only where it is 公开; 不公开 leaves the district alone (needed for routing). */
  enterprise: z.object({
    id: id.nullable(),
    name: z.string().nullable(),
    creditCodeMasked: z.string().nullable(),
    industryCode: z.string(),
    districtCode: z.string(),
    sizeClass: z.string().nullable(),
  }),
  clocks: z.array(
    z.object({
      kind: z.enum(['contact', 'plan', 'solve']),
      dueAt: instant,
      doneAt: instant.nullable(),
      isProvisional: z.boolean(),
      isBreached: z.boolean(),
    }),
  ),
  extension: z
    .object({ requestedDays: z.number().int(), reason: z.string(), state: z.enum(['requested', 'granted', 'denied']) })
    .nullable(),
  reply: z.string().nullable(),
  rating: z
    .object({ solved: z.enum(['yes', 'partly', 'no']), satisfaction: z.number().int(), comment: z.string().nullable(), at: instant })
    .nullable(),
  timeline: z.array(timelineEntry),
  /** What the reader may do now: names of the operations below, primary first. */
  actions: z.array(z.string()),
  revision: z.number().int(),
});

/** The firm's view: no internal notes, no officials' names. */
export const myWorkOrder = z.object({
  id,
  number: z.string(),
  title: z.string(),
  text: z.string(),
  matterName: z.string(),
  state,
  /** The state as a sentence: “区商务委正在办理，预计 11月27日（周五）前答复”. */
  sentence: z.string(),
  bureauName: z.string().nullable(),
  dueAt: instant.nullable(),
  isDueProvisional: z.boolean(),
  createdAt: instant,
  enterpriseId: id,
  enterpriseName: z.string(),
  reply: z.string().nullable(),
  rating: workOrderDetail.shape.rating,
  timeline: z.array(timelineEntry),
  actions: z.array(z.enum(['urge', 'supplement', 'rate', 'reopen'])),
});

const workOrderId = z.strictObject({ workOrderId: id });
const act = <S extends z.ZodRawShape>(name: string, verb: string, summary: string, permission: string, body: S) =>
  operation({
    id: name,
    method: 'post',
    path: `/api/work-orders/:workOrderId/${verb}`,
    summary,
    auth: 'official',
    permission: `work-orders.${permission}`,
    rate: 'write',
    params: workOrderId,
    body: z.strictObject({ revision: z.number().int(), ...body }),
    response: workOrderDetail,
    problems: ['work-orders:wrong-state', 'kernel:conflict'],
  });
const myAct = <S extends z.ZodRawShape>(name: string, verb: string, summary: string, body: S, problems: readonly ProblemType[] = []) =>
  operation({
    id: name,
    method: 'post',
    path: `/api/m/work-orders/:workOrderId/${verb}`,
    summary,
    auth: 'person',
    permission: 'work-orders.own',
    rate: 'write',
    params: workOrderId,
    body: z.strictObject(body),
    response: myWorkOrder,
    problems: ['work-orders:wrong-state', ...problems],
  });

export const workOrdersApi = {
  listWorkOrders: operation({
    id: 'listWorkOrders',
    method: 'get',
    path: '/api/work-orders',
    summary: '工单列表',
    auth: 'official',
    permission: 'work-orders.read',
    rate: 'read',
    query: z.strictObject({
      ...pageQuery,
      state: state.optional(),
      mine: z.enum(['true', 'false']).optional(),
      overdue: z.enum(['true', 'false']).optional(),
      campaignId: id.optional(),
      bureauId: z.string().max(64).optional(),
      matterId: z.string().max(64).optional(),
      q: z.string().max(100).optional(),
      sort: z.enum(['clock', 'newest']).default('clock'),
    }),
    response: pageOf(workOrderSummary),
  }),
  countWorkOrders: operation({
    id: 'countWorkOrders',
    method: 'get',
    path: '/api/work-order-counts',
    summary: '各状态数量',
    auth: 'official',
    permission: 'work-orders.read',
    rate: 'read',
    response: z.object({
      byState: z.record(z.string(), z.number().int()),
      overdue: z.number().int(),
      /** 解决率 = confirmed solved by the firm ÷ all orders, those still open and 待核实 included. */
      solvedRate: z.number().nullable(),
      /** 满意率 = rated 4 or 5 ÷ rated. */
      satisfactionRate: z.number().nullable(),
      /** 响应率 = contacted in time ÷ contacts due so far. */
      responseRate: z.number().nullable(),
    }),
  }),
  getWorkOrder: operation({
    id: 'getWorkOrder',
    method: 'get',
    path: '/api/work-orders/:workOrderId',
    summary: '工单详情',
    auth: 'official',
    permission: 'work-orders.read',
    rate: 'read',
    params: workOrderId,
    response: workOrderDetail,
  }),
  assignWorkOrder: act('assignWorkOrder', 'assign', '派单', 'assign', {
    bureauId: z.string().max(64),
    handlerId: id.optional(),
    note: z.string().max(500).optional(),
  }),
  acceptWorkOrder: act('acceptWorkOrder', 'accept', '签收', 'handle', {}),
  returnWorkOrder: act('returnWorkOrder', 'return', '退回派单员', 'handle', { reason }),
  requestExtension: act('requestExtension', 'request-extension', '申请延期', 'handle', { days: z.number().int().min(1).max(30), reason }),
  decideExtension: act('decideExtension', 'decide-extension', '审批延期', 'review', { granted: z.boolean(), reason: reason.optional() }),
  replyWorkOrder: act('replyWorkOrder', 'reply', '提交答复', 'handle', {
    reply,
    outcome: z.enum(['solved', 'partly', 'unsolved', 'explained']),
    attachmentIds: z.array(id).max(9).default([]),
  }),
  approveReply: act('approveReply', 'approve-reply', '通过答复', 'review', {}),
  rejectReply: act('rejectReply', 'reject-reply', '退改答复', 'review', { reason }),
  recordContact: act('recordContact', 'record-contact', '登记联系情况', 'handle', { text: reason }),
  recordPlan: act('recordPlan', 'record-plan', '登记办理方案', 'handle', { text: reason }),
  superviseWorkOrder: act('superviseWorkOrder', 'supervise', '督办', 'supervise', { text: reason }),
  uploadWorkOrderAttachment: operation({
    id: 'uploadWorkOrderAttachment',
    method: 'post',
    path: '/api/work-orders/:workOrderId/attachments',
    summary: '上传附件（图片或 PDF，10 MB 以内）',
    auth: 'official',
    permission: 'work-orders.handle',
    rate: 'upload',
    transport: 'upload',
    status: 201,
    params: workOrderId,
    response: attachment,
    problems: ['kernel:unsupported-type', 'kernel:too-large', 'work-orders:too-many-attachments', 'work-orders:wrong-state'],
  }),
  /** Only a dispatcher (派单员), with a reason, where the firm does not show its name; recorded and shown to the firm. */
  lookAtReporter: operation({
    id: 'lookAtReporter',
    method: 'post',
    path: '/api/work-orders/:workOrderId/name-looks',
    summary: '查看诉求企业名称（留痕）',
    auth: 'official',
    permission: 'work-orders.look-at-name',
    rate: 'write',
    params: workOrderId,
    body: z.strictObject({ reason: z.string().trim().min(2).max(200) }),
    response: z.object({ enterpriseId: id, enterpriseName: z.string(), creditCodeMasked: z.string() }),
  }),
  downloadWorkOrderAttachment: operation({
    id: 'downloadWorkOrderAttachment',
    method: 'get',
    path: '/api/work-orders/:workOrderId/attachments/:attachmentId',
    summary: '下载附件',
    auth: 'official',
    permission: 'work-orders.read',
    rate: 'export',
    transport: 'download',
    params: z.strictObject({ workOrderId: id, attachmentId: id }),
  }),
  listHandlers: operation({
    id: 'listHandlers',
    method: 'get',
    path: '/api/work-order-handlers',
    summary: '可派单的承办单位与承办人',
    auth: 'official',
    permission: 'work-orders.read',
    rate: 'read',
    response: z.object({
      bureaus: z.array(z.object({ bureauId: z.string(), name: z.string(), handlers: z.array(z.object({ id, name: z.string() })) })),
    }),
  }),
  listMyWorkOrders: operation({
    id: 'listMyWorkOrders',
    method: 'get',
    path: '/api/m/work-orders',
    summary: '我的诉求',
    auth: 'person',
    permission: 'work-orders.own',
    rate: 'read',
    query: z.strictObject({ enterpriseId: id.optional() }),
    response: z.object({ items: z.array(myWorkOrder) }),
  }),
  getMyWorkOrder: operation({
    id: 'getMyWorkOrder',
    method: 'get',
    path: '/api/m/work-orders/:workOrderId',
    summary: '诉求进度',
    auth: 'person',
    permission: 'work-orders.own',
    rate: 'read',
    params: workOrderId,
    response: myWorkOrder,
  }),
  /** Files that came with the reply. */
  downloadMyWorkOrderAttachment: operation({
    id: 'downloadMyWorkOrderAttachment',
    method: 'get',
    path: '/api/m/work-orders/:workOrderId/attachments/:attachmentId',
    summary: '下载答复附件',
    auth: 'person',
    permission: 'work-orders.own',
    rate: 'export',
    transport: 'download',
    params: z.strictObject({ workOrderId: id, attachmentId: id }),
  }),
  createMyWorkOrder: operation({
    id: 'createMyWorkOrder',
    method: 'post',
    path: '/api/m/work-orders',
    summary: '提交诉求',
    auth: 'person',
    permission: 'work-orders.own',
    rate: 'write',
    status: 201,
    body: z.strictObject({ enterpriseId: id, matterId: z.string().max(64), text: z.string().trim().min(5).max(2000) }),
    response: myWorkOrder,
  }),
  urgeWorkOrder: myAct('urgeWorkOrder', 'urge', '催办', {}, ['work-orders:urged-recently']),
  supplementWorkOrder: myAct('supplementWorkOrder', 'supplement', '补充材料', { text: z.string().trim().min(2).max(2000) }),
  rateWorkOrder: myAct('rateWorkOrder', 'rate', '评价', {
    solved: z.enum(['yes', 'partly', 'no']),
    satisfaction: z.number().int().min(1).max(5),
    comment: z.string().trim().max(500).optional(),
  }),
  reopenWorkOrder: myAct('reopenWorkOrder', 'reopen', '未解决，申请重办', { reason }),
};
export type WorkOrderSummary = z.output<typeof workOrderSummary>;
export type WorkOrderDetail = z.output<typeof workOrderDetail>;
export type MyWorkOrder = z.output<typeof myWorkOrder>;
export type TimelineEntry = z.output<typeof timelineEntry>;

import { z } from 'zod';
import { conversationStates } from '../conversations';
import { id, instant, operation, pageOf, pageQuery } from './define';

export const conversationSummary = z.object({
  id,
  channel: z.enum(['wechat-official', 'wecom']),
  /** Short name to tell conversations apart (`访客 3F9A`); never the platform's name of the person. */
  peerLabel: z.string(),
  /** The firm this person acts for, the one spoken for last; null: not bound yet. */
  enterpriseId: id.nullable(),
  enterpriseName: z.string().nullable(),
  districtCode: z.string().nullable(),
  state: z.enum(conversationStates),
  bureauId: z.string(),
  bureauName: z.string(),
  operatorId: id.nullable(),
  operatorName: z.string().nullable(),
  isMine: z.boolean(),
  /** Since when it waits for an operator. */
  waitingSince: instant.nullable(),
  /** Messages of the person since the last answer of an operator. */
  unanswered: z.number().int(),
  lastMessage: z.object({ at: instant, direction: z.enum(['in', 'out']), text: z.string() }).nullable(),
  /** Until when the platform lets us write; null: no such limit here. */
  answerableUntil: instant.nullable(),
  isDemo: z.boolean(),
  revision: z.number().int(),
});

export const conversationMessage = z.object({
  id,
  at: instant,
  direction: z.enum(['in', 'out']),
  by: z.enum(['person', 'automatic', 'operator']),
  operatorName: z.string().nullable(),
  /** `event`: the person followed, scanned or tapped a menu; `media`: a picture, voice and the like, kept by the platform. */
  form: z.enum(['text', 'link', 'card', 'event', 'media']),
  /** What was said, in words, whatever the form. */
  text: z.string(),
  /** `received` only inwards. `waiting`: not said yet; `passive`: inside the answer to the push; `sent`: as a message; `failed`: see `failure`. */
  state: z.enum(['received', 'waiting', 'passive', 'sent', 'failed']),
  /** Why it did not arrive and what to do, in words. */
  failure: z.string().nullable(),
});

export const conversationAction = z.enum([
  'takeConversation',
  'assignConversation',
  'transferConversation',
  'answerConversation',
  'handBackConversation',
]);

export const conversationDetail = conversationSummary.extend({
  /** Every firm this person acts for. */
  enterprises: z.array(z.object({ id, name: z.string() })),
  /** What the automatic part is asking for just now, in words; null: nothing. */
  pending: z.string().nullable(),
  /** Why nothing can be sent at present; null: it can. */
  cannotAnswer: z.string().nullable(),
  /** What the reader may do now: names of the operations below, primary first. */
  actions: z.array(conversationAction),
});

/** What else the city has with the firms of this person, newest first. */
export const conversationContext = z.object({
  events: z.array(
    z.object({
      at: instant,
      kind: z.enum(['delivery', 'submission', 'work-order']),
      title: z.string(),
      /** State in a few words. */
      note: z.string(),
      enterpriseName: z.string(),
      /** Where it is looked at: a campaign or a work order; null: the reader may not open it. */
      link: z.object({ kind: z.enum(['campaign', 'work-order']), id }).nullable(),
    }),
  ),
});

export const cannedReply = z.object({ id, title: z.string(), text: z.string(), position: z.number().int(), revision: z.number().int() });

export const conversationCounts = z.object({
  waiting: z.number().int(),
  mine: z.number().int(),
  /** With an operator, whoever it is. */
  assigned: z.number().int(),
  all: z.number().int(),
});

export const conversationNews = z.object({
  at: instant,
  counts: conversationCounts,
  /** Conversations in which something happened since the last event (none on the first): read them again. */
  changed: z.array(id),
});

const conversationId = z.strictObject({ conversationId: id });
const revision = z.number().int();
const reads = { method: 'get', auth: 'official', permission: 'conversations.read', rate: 'read' } as const;
const acts = { method: 'post', auth: 'official', permission: 'conversations.answer', rate: 'write' } as const;
const cannedDraft = { title: z.string().trim().min(1).max(30), text: z.string().trim().min(1).max(600) };

export const conversationsApi = {
  listConversations: operation({
    ...reads,
    id: 'listConversations',
    path: '/api/conversations',
    summary: '会话列表：待接待（等候最久在前）、我的、全部（最近在前）',
    query: z.strictObject({ ...pageQuery, view: z.enum(['waiting', 'mine', 'all']).default('waiting'), q: z.string().max(100).optional() }),
    response: pageOf(conversationSummary),
  }),
  countConversations: operation({
    ...reads,
    id: 'countConversations',
    path: '/api/conversation-counts',
    summary: '各类会话数量',
    response: conversationCounts,
  }),
  /** `news` when something changed, about once a second; the first event comes at once. */
  watchConversations: operation({
    id: 'watchConversations',
    method: 'get',
    path: '/api/conversation-events',
    summary: '会话动态（SSE）',
    auth: 'official',
    permission: 'conversations.read',
    rate: 'stream',
    transport: 'events',
    response: conversationNews,
  }),
  getConversation: operation({
    ...reads,
    id: 'getConversation',
    path: '/api/conversations/:conversationId',
    summary: '一个会话',
    params: conversationId,
    response: conversationDetail,
  }),
  listConversationMessages: operation({
    ...reads,
    id: 'listConversationMessages',
    path: '/api/conversations/:conversationId/messages',
    summary: '会话记录，最新在前',
    params: conversationId,
    query: z.strictObject(pageQuery),
    response: pageOf(conversationMessage),
  }),
  getConversationContext: operation({
    ...reads,
    id: 'getConversationContext',
    path: '/api/conversations/:conversationId/context',
    summary: '此人所属企业近期的推送、答卷与工单',
    params: conversationId,
    response: conversationContext,
  }),
  takeConversation: operation({
    ...acts,
    id: 'takeConversation',
    path: '/api/conversations/:conversationId/take',
    summary: '接待',
    params: conversationId,
    body: z.strictObject({ revision }),
    response: conversationDetail,
    problems: ['conversations:wrong-state', 'kernel:conflict'],
  }),
  assignConversation: operation({
    ...acts,
    id: 'assignConversation',
    permission: 'conversations.assign',
    path: '/api/conversations/:conversationId/assign',
    summary: '指派坐席',
    params: conversationId,
    body: z.strictObject({ revision, officialId: id }),
    response: conversationDetail,
    problems: ['conversations:wrong-state', 'kernel:conflict'],
  }),
  transferConversation: operation({
    ...acts,
    id: 'transferConversation',
    path: '/api/conversations/:conversationId/transfer',
    summary: '转给其他单位接待',
    params: conversationId,
    body: z.strictObject({ revision, bureauId: z.string().max(64) }),
    /** The conversation is no longer the reader's to see. */
    response: z.object({ bureauName: z.string() }),
    problems: ['conversations:wrong-state', 'conversations:not-yours', 'kernel:conflict'],
  }),
  /** Sent at once. A message the platform refuses is answered all the same, with state `failed` and the reason. */
  answerConversation: operation({
    ...acts,
    id: 'answerConversation',
    path: '/api/conversations/:conversationId/answers',
    summary: '回复',
    status: 201,
    params: conversationId,
    body: z.strictObject({ text: z.string().trim().min(1).max(600) }),
    response: conversationMessage,
    problems: ['conversations:wrong-state', 'conversations:not-yours'],
  }),
  retryConversationMessage: operation({
    ...acts,
    id: 'retryConversationMessage',
    path: '/api/conversations/:conversationId/messages/:messageId/retry',
    summary: '重发未送达的回复',
    params: z.strictObject({ conversationId: id, messageId: id }),
    response: conversationMessage,
    problems: ['conversations:wrong-state', 'conversations:not-yours'],
  }),
  handBackConversation: operation({
    ...acts,
    id: 'handBackConversation',
    path: '/api/conversations/:conversationId/hand-back',
    summary: '结束人工接待，交回自动应答',
    params: conversationId,
    body: z.strictObject({ revision }),
    response: conversationDetail,
    problems: ['conversations:wrong-state', 'conversations:not-yours', 'kernel:conflict'],
  }),
  /** Whom a conversation can be assigned or transferred to. */
  listConversationDesks: operation({
    ...reads,
    id: 'listConversationDesks',
    path: '/api/conversation-desks',
    summary: '可指派的坐席与可转的单位',
    response: z.object({
      operators: z.array(z.object({ id, name: z.string() })),
      bureaus: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
  }),
  listCannedReplies: operation({
    ...reads,
    id: 'listCannedReplies',
    path: '/api/canned-replies',
    summary: '本单位的常用语',
    response: z.object({ items: z.array(cannedReply) }),
  }),
  createCannedReply: operation({
    ...acts,
    id: 'createCannedReply',
    path: '/api/canned-replies',
    summary: '新增常用语',
    status: 201,
    body: z.strictObject(cannedDraft),
    response: cannedReply,
  }),
  updateCannedReply: operation({
    ...acts,
    id: 'updateCannedReply',
    method: 'put',
    path: '/api/canned-replies/:cannedReplyId',
    summary: '修改常用语',
    params: z.strictObject({ cannedReplyId: id }),
    body: z.strictObject({ ...cannedDraft, position: z.number().int().min(0).max(1000), revision }),
    response: cannedReply,
    problems: ['kernel:conflict'],
  }),
  deleteCannedReply: operation({
    ...acts,
    id: 'deleteCannedReply',
    method: 'delete',
    path: '/api/canned-replies/:cannedReplyId',
    summary: '删除常用语',
    params: z.strictObject({ cannedReplyId: id }),
    status: 204,
  }),
};

export type ConversationSummary = z.output<typeof conversationSummary>;
export type ConversationMessage = z.output<typeof conversationMessage>;
export type ConversationDetail = z.output<typeof conversationDetail>;
export type ConversationContext = z.output<typeof conversationContext>;
export type ConversationAction = z.output<typeof conversationAction>;
export type ConversationCounts = z.output<typeof conversationCounts>;
export type ConversationNews = z.output<typeof conversationNews>;
export type CannedReply = z.output<typeof cannedReply>;

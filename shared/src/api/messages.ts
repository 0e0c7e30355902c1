import { z } from 'zod';
import { id, instant, operation, pageOf, pageQuery } from './define';

/** 待办, 通知, 服务. */
export const messageGroup = z.enum(['todo', 'notice', 'service']);

export const message = z.object({
  id,
  enterpriseId: id,
  enterpriseName: z.string(),
  group: messageGroup,
  title: z.string(),
  summary: z.string(),
  /** Page of the mini-program, `/packages/…`; empty = the text is all there is. */
  link: z.string(),
  /** 为什么收到. */
  reason: z.string(),
  campaignId: id.nullable(),
  createdAt: instant,
  readAt: instant.nullable(),
  isDemo: z.boolean(),
});

const mine = { auth: 'person', permission: 'messages.read' } as const;

export const messagesApi = {
  listMyMessages: operation({
    ...mine,
    id: 'listMyMessages',
    method: 'get',
    path: '/api/m/messages',
    summary: '消息中心',
    rate: 'read',
    query: z.strictObject({ ...pageQuery, enterpriseId: id.optional(), group: messageGroup.optional() }),
    response: pageOf(message),
  }),
  countMyMessages: operation({
    ...mine,
    id: 'countMyMessages',
    method: 'get',
    path: '/api/m/message-counts',
    summary: '未读数',
    rate: 'read',
    query: z.strictObject({ enterpriseId: id.optional() }),
    response: z.object({
      unread: z.number().int(),
      byGroup: z.object({ todo: z.number().int(), notice: z.number().int(), service: z.number().int() }),
    }),
  }),
  getMyMessage: operation({
    ...mine,
    id: 'getMyMessage',
    method: 'get',
    path: '/api/m/messages/:messageId',
    summary: '一条消息',
    rate: 'read',
    params: z.strictObject({ messageId: id }),
    response: message.extend({ text: z.string() }),
  }),
  readMyMessages: operation({
    ...mine,
    id: 'readMyMessages',
    method: 'post',
    path: '/api/m/message-reads',
    summary: '标为已读',
    rate: 'write',
    body: z.strictObject({
      /** Absent = all of the group (or all). */
      messageIds: z.array(id).max(200).optional(),
      group: messageGroup.optional(),
      enterpriseId: id.optional(),
    }),
    response: z.object({ read: z.number().int() }),
  }),
};

/** Whose permissions: asked by the client the person uses. */
const creditChannel = z.enum(['wechat-mini', 'alipay-mini']).default('wechat-mini');

export const subscriptionsApi = {
  /** What `requestSubscribeMessage` answered on the phone. Repeating the same `grantId` adds nothing. */
  recordSubscriptionGrant: operation({
    id: 'recordSubscriptionGrant',
    method: 'post',
    path: '/api/m/subscription-grants',
    summary: '记录订阅授权',
    auth: 'person',
    permission: 'subscriptions.grant',
    rate: 'write',
    body: z.strictObject({
      channel: creditChannel,
      /** Made by the phone, once per prompt. */
      grantId: z.uuid(),
      results: z
        .array(z.strictObject({ templateId: z.string().min(1).max(64), accepted: z.boolean() }))
        .min(1)
        .max(5),
    }),
    response: z.object({ recorded: z.number().int() }),
    problems: ['campaigns:no-openid'],
  }),
  listMySubscriptions: operation({
    id: 'listMySubscriptions',
    method: 'get',
    path: '/api/m/subscriptions',
    summary: '订阅与可发次数',
    auth: 'person',
    permission: 'subscriptions.grant',
    rate: 'read',
    query: z.strictObject({ channel: creditChannel }),
    response: z.object({
      items: z.array(
        z.object({
          templateId: z.string(),
          title: z.string(),
          credits: z.number().int(),
          /** The template's kind: permissions of one kind are asked for in one prompt. */
          isLongTerm: z.boolean(),
          /** May be sent now: a permission is left, or the long-term one was given. */
          isOn: z.boolean(),
          updatedAt: instant.nullable(),
        }),
      ),
    }),
  }),
  /** 可发次数 by template, over everybody. */
  listCreditFigures: operation({
    id: 'listCreditFigures',
    method: 'get',
    path: '/api/subscription-figures',
    summary: '订阅可发次数与授权时间',
    auth: 'official',
    permission: 'subscriptions.read',
    rate: 'read',
    response: z.object({
      items: z.array(
        z.object({
          channel: z.enum(['wechat-mini', 'alipay-mini']),
          account: z.string(),
          templateId: z.string(),
          /** Can be sent this template today. */
          people: z.number().int(),
          /** Of these, by a long-term subscription. */
          longTerm: z.number().int(),
          /** Messages that one-time permissions still allow. */
          credits: z.number().int(),
          usedUp: z.number().int(),
          /** The platform cannot reach them any more. */
          gone: z.number().int(),
          /** Credits by days since the permission was given; the last without a bound. */
          byAge: z.array(z.object({ uptoDays: z.number().int().nullable(), credits: z.number().int() })),
          oldestAt: instant.nullable(),
        }),
      ),
    }),
  }),
};

export type Message = z.output<typeof message>;
export type MessageGroup = z.output<typeof messageGroup>;

import { z } from 'zod';
import { sendingChannels } from '../campaigns';

export const sendingChannel = z.enum(sendingChannels);

const templateId = z.string().min(1).max(64);
const templateData = z.record(z.string().max(40), z.string().max(300));

/**
 * What is said on one channel. Texts may hold 〔问卷名称〕〔发起单位〕〔截止时间〕〔题数〕〔用时〕: filled per campaign, the same for everyone.
 * SMS, email and messages to customers: 〔链接〕 marks where the personal link goes (appended when absent).
 */
export const bodyDraft = z.discriminatedUnion('channel', [
  z.strictObject({ channel: z.literal('wechat-mini'), templateId, data: templateData }),
  z.strictObject({
    channel: z.literal('wechat-official'),
    templateId,
    data: templateData,
    /** What a tap opens: the mini-program, or the web page behind the personal link. */
    opens: z.enum(['mini-program', 'link']),
  }),
  z.discriminatedUnion('form', [
    z.strictObject({
      channel: z.literal('wecom'),
      /** `card`: the questions themselves, in the chat; only for questionnaires within the platform's limits (see `checkCampaign`). */
      form: z.enum(['textcard', 'card']),
      title: z.string().max(300),
      description: z.string().max(1000),
      /** On the button: `textcard` ≤ 4 characters. */
      buttonText: z.string().max(20),
    }),
    /** To customers of our members: a task for the member of staff, who confirms before anything is sent. */
    z.strictObject({ channel: z.literal('wecom'), form: z.literal('contact'), text: z.string().max(2000) }),
  ]),
  z.strictObject({ channel: z.literal('alipay-mini'), templateId, data: templateData }),
  z.strictObject({ channel: z.literal('sms'), text: z.string().max(1000) }),
  z.strictObject({ channel: z.literal('email'), subject: z.string().max(200), text: z.string().max(4000) }),
]);

/** Most steps of a plan: each channel once, and WeCom for members and for customers. */
const mostSteps = 7;

/** Steps in the order tried: the next is used when the platform refused the one before. */
export const sendingPlan = z
  .array(z.strictObject({ account: z.string().min(1).max(40).default('default'), body: bodyDraft }))
  .max(mostSteps);

export const testSend = z.strictObject({
  step: z
    .number()
    .int()
    .min(0)
    .max(mostSteps - 1),
  to: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('mobile'), mobile: z.string().regex(/^1\d{10}$/) }),
    z.strictObject({ type: z.literal('openid'), openid: z.string().min(6).max(64) }),
    z.strictObject({ type: z.literal('wecom-member'), userId: z.string().min(1).max(64) }),
    z.strictObject({
      type: z.literal('wecom-contact'),
      staffUserId: z.string().min(1).max(64),
      externalUserId: z.string().min(1).max(64),
    }),
    z.strictObject({ type: z.literal('email'), email: z.email().max(254) }),
  ]),
});

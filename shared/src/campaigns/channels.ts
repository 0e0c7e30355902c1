import type { Words } from '../words';

/** Channels a plan may hold, in the usual order. */
export const sendingChannels = ['wechat-mini', 'wechat-official', 'wecom', 'alipay-mini', 'sms', 'email'] as const;
export type SendingChannel = (typeof sendingChannels)[number];

export const channelWords: Readonly<Record<SendingChannel, Words>> = {
  'wechat-mini': { zh: '小程序订阅消息', en: 'Mini-program message' },
  'wechat-official': { zh: '服务号模板消息', en: 'Service account message' },
  wecom: { zh: '企业微信', en: 'WeCom' },
  'alipay-mini': { zh: '支付宝小程序消息', en: 'Alipay message' },
  sms: { zh: '短信', en: 'SMS' },
  email: { zh: '邮件', en: 'Email' },
};

/** Accepted, and nothing reached the person: the member of staff has to confirm first. */
export const awaitingStaffWords: Words = { zh: '平台已受理 · 待服务专员确认', en: 'Accepted · waiting for a member of staff to confirm' };

/** Which addresses a body goes to: a channel's, or of WeCom the customers of our members. A plan holds each kind once. */
export type AddressKind = SendingChannel | 'wecom-contact';
export const addressKindOf = (body: { readonly channel: SendingChannel; readonly form?: string }): AddressKind =>
  body.channel === 'wecom' && body.form === 'contact' ? 'wecom-contact' : body.channel;

export const addressKindWords = (kind: AddressKind): Words =>
  kind === 'wecom-contact' ? { zh: '企业微信客户（服务专员代发）', en: 'WeCom customers (through staff)' } : channelWords[kind];

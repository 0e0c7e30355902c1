import type { Message, MessageGroup } from '@suiban/shared/api/messages';
import { platform } from '@/platform/current';
import { send } from './client';

export type { Message, MessageGroup } from '@suiban/shared/api/messages';

export interface MessagePage {
  items: Message[];
  nextCursor: string | null;
}
export interface MessageCounts {
  unread: number;
  byGroup: Record<MessageGroup, number>;
}
export interface Subscription {
  templateId: string;
  title: string;
  credits: number;
  isLongTerm: boolean;
  isOn: boolean;
}

export const listMyMessages = (token: string, query: { enterpriseId?: string; group?: MessageGroup; cursor?: string }) =>
  send<MessagePage>({ method: 'GET', path: '/api/m/messages', token, query: { ...query, limit: '20' } });

export const countMyMessages = (token: string, enterpriseId: string | undefined) =>
  send<MessageCounts>({ method: 'GET', path: '/api/m/message-counts', token, query: { enterpriseId } });

export const getMyMessage = (token: string, id: string) =>
  send<Message & { text: string }>({ method: 'GET', path: `/api/m/messages/${id}`, token });

export const readMyMessages = (token: string, messageIds: string[]) =>
  send<{ read: number }>({ method: 'POST', path: '/api/m/message-reads', token, body: { messageIds } });

/** Whose templates: of the client this runs in. */
const channel = platform.kind === 'alipay' ? 'alipay-mini' : 'wechat-mini';

export const listMySubscriptions = (token: string) =>
  send<{ items: Subscription[] }>({ method: 'GET', path: '/api/m/subscriptions', token, query: { channel } });

/** The server wants a uuid: the random id of the platform, dressed as one (version 4). */
const asUuid = (hex: string) => {
  const h = hex.padEnd(32, '0');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20, 32)}`;
};

export const recordSubscriptionGrant = (token: string, answers: Readonly<Record<string, 'accept' | 'reject'>>) =>
  send<{ recorded: number }>({
    method: 'POST',
    path: '/api/m/subscription-grants',
    token,
    body: {
      channel,
      grantId: asUuid(platform.randomId()),
      results: Object.entries(answers).map(([templateId, answer]) => ({ templateId, accepted: answer === 'accept' })),
    },
  });

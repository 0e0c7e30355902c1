import type { Inbound, InboundEvent } from '../channel';
import { chatEventOf } from '../chat-push';
import { type AnswerSeal, passiveAnswer } from '../passive-answer';
import { isNode, type PushNode, parsePush, textOf } from '../push-body';
import { messageKeyOf, type VerifiedPush } from '../wechat-push';
import { publishResultOf } from './publish';

/** How an answer inside a push is sealed. */
export interface Answering {
  readonly seal: AnswerSeal;
  readonly nowSec: () => number;
}

/** A verified push as the inbox stores it. A chat may be answered inside the response; a card as the link beside it. */
export function decode(push: VerifiedPush, { seal, nowSec }: Answering): Inbound {
  const root = parsePush(push.text);
  const event = eventOf(root);
  return {
    kind: 'message',
    messageKey: messageKeyOf(root, aboutOf(root, event)),
    event,
    nonce: push.nonce,
    answer: 'success',
    ...(event.type === 'chat'
      ? { reply: (reply) => passiveAnswer({ root, reply: reply.form === 'card' ? reply.fallback : reply, seal, nowSec: nowSec() }) }
      : {}),
  };
}

/** Two ends of one second are two; so are two states of one publication. */
const aboutOf = (root: PushNode, event: InboundEvent): readonly string[] =>
  event.type === 'publication' ? [event.publishId, event.state] : [textOf(root, 'MsgID')];

function eventOf(root: PushNode): InboundEvent {
  const name = textOf(root, 'Event');
  if (name === 'TEMPLATESENDJOBFINISH') {
    const code = deliveryCodes[textOf(root, 'Status')] ?? 'system-failed';
    return {
      type: 'receipt',
      platformId: textOf(root, 'MsgID'),
      result: code === 'success' ? 'delivered' : 'failed',
      code,
      openid: textOf(root, 'FromUserName'),
    };
  }
  if (name === 'MASSSENDJOBFINISH') return massReceipt(root);
  if (name === 'PUBLISHJOBFINISH') return publicationOf(root) ?? { type: 'other', name };
  return chatEventOf(root) ?? { type: 'other', name: name || textOf(root, 'MsgType') };
}

/** @see https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Template_Message_Interface.html (read 2026-11) */
const deliveryCodes: Readonly<Record<string, string>> = {
  success: 'success',
  'failed:user block': 'user-block',
  'failed: user block': 'user-block',
  'failed:system failed': 'system-failed',
  'failed: system failed': 'system-failed',
};

function publicationOf(root: PushNode): InboundEvent | undefined {
  const told = isNode(root.PublishEventInfo) ? root.PublishEventInfo : {};
  const result = publishResultOf(told);
  return result && { type: 'publication', publishId: textOf(told, 'publish_id'), ...result };
}

/** `send success`, `send fail`, or `err(num)` for what the review found. */
function massReceipt(root: PushNode): InboundEvent {
  const state = textOf(root, 'Status');
  const [total, sent, failed] = ['TotalCount', 'SentCount', 'ErrorCount'].map((name) => Number(textOf(root, name)) || 0);
  const isSent = state === 'send success' || state === 'sendsuccess';
  return {
    type: 'receipt',
    platformId: textOf(root, 'MsgID'),
    result: isSent ? 'delivered' : 'failed',
    code: isSent ? 'success' : /^err\(\d+\)$/.test(state) ? state : 'system-failed',
    totals: { total: total ?? 0, sent: sent ?? 0, failed: failed ?? 0 },
  };
}

import { createHash } from 'node:crypto';
import type { Inbound, InboundEvent } from '../channel';
import { chatEventOf } from '../chat-push';
import { type AnswerSeal, passiveAnswer } from '../passive-answer';
import { isNode, nodesOf, type PushNode, parsePush, textOf, textsOf } from '../push-body';
import type { VerifiedPush } from './verify';

/** How an answer inside a push is sealed for the corp it came from. */
export interface Answering {
  readonly sealOf: (corpId: string) => AnswerSeal | undefined;
  readonly nowSec: () => number;
}

/** A verified push as the inbox stores it. WeCom takes an empty 200 as "got it". */
export function decode(push: VerifiedPush, answering?: Answering): Inbound {
  const root = parsePush(push.text);
  const event = eventOf(root);
  const seal = event.type === 'chat' ? answering?.sealOf(textOf(root, 'ToUserName')) : undefined;
  return {
    kind: 'message',
    messageKey: messageKeyOf(root),
    event,
    nonce: push.nonce,
    answer: '',
    ...(answering && seal ? { reply: (reply) => passiveAnswer({ root, reply, seal, nowSec: answering.nowSec() }) } : {}),
  };
}

/** MsgId; events by sender, time, event, key and card, for two events of one second collide otherwise. Hashed: it holds a userid. */
function messageKeyOf(root: PushNode): string {
  const msgId = textOf(root, 'MsgId');
  if (msgId) return `m:${msgId}`;
  const parts = ['FromUserName', 'CreateTime', 'Event', 'EventKey', 'TaskId', 'ResponseCode'].map((name) => textOf(root, name));
  return `e:${createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 40)}`;
}

function eventOf(root: PushNode): InboundEvent {
  const name = textOf(root, 'Event');
  const said = chatEventOf(root, textOf(root, 'ToUserName'));
  if (said) return said;
  if (name !== 'template_card_event') return { type: 'other', name: name || textOf(root, 'MsgType') };
  const items = isNode(root.SelectedItems) ? nodesOf(root.SelectedItems.SelectedItem) : [];
  return {
    type: 'card-answer',
    taskId: textOf(root, 'TaskId'),
    userId: textOf(root, 'FromUserName'),
    corpId: textOf(root, 'ToUserName'),
    responseCode: textOf(root, 'ResponseCode'),
    selected: items.map((item) => ({
      key: textOf(item, 'QuestionKey'),
      optionIds: isNode(item.OptionIds) ? textsOf(item.OptionIds.OptionId) : [],
    })),
  };
}

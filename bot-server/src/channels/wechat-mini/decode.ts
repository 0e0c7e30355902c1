import type { Inbound, InboundEvent } from '../channel';
import { chatEventOf } from '../chat-push';
import { isNode, nodesOf, type PushNode, parsePush, textOf } from '../push-body';
import { messageKeyOf, type VerifiedPush } from '../wechat-push';

/** A verified push as the inbox stores it; JSON or XML as the account is set. */
export function decode(push: VerifiedPush): Inbound {
  const root = parsePush(push.text);
  const [event, ...further] = eventsOf(root);
  return {
    kind: 'message',
    messageKey: messageKeyOf(
      root,
      entriesOf(root).flatMap((entry) => [textOf(entry, 'TemplateId'), textOf(entry, 'MsgID')]),
    ),
    event: event ?? { type: 'other', name: textOf(root, 'Event') || textOf(root, 'MsgType') },
    ...(further.length > 0 ? { further } : {}),
    nonce: push.nonce,
    answer: 'success',
  };
}

/** JSON: `List` beside the event; XML: inside an element named after it. One entry is bare, several are a list. */
function entriesOf(root: PushNode): readonly PushNode[] {
  const wrapper = ['SubscribeMsgPopupEvent', 'SubscribeMsgChangeEvent', 'SubscribeMsgSentEvent'].map((name) => root[name]).find(isNode);
  return nodesOf(wrapper ? wrapper.List : root.List);
}

function eventsOf(root: PushNode): readonly InboundEvent[] {
  const openid = textOf(root, 'FromUserName');
  switch (textOf(root, 'Event')) {
    case 'subscribe_msg_popup_event':
    case 'subscribe_msg_change_event':
      return [
        {
          type: 'subscription',
          openid,
          grants: entriesOf(root).map((entry) => ({
            templateId: textOf(entry, 'TemplateId'),
            accepted: textOf(entry, 'SubscribeStatusString') === 'accept',
          })),
        },
      ];
    case 'subscribe_msg_sent_event':
      return entriesOf(root).map((entry) => ({
        type: 'receipt',
        platformId: textOf(entry, 'MsgID'),
        result: textOf(entry, 'ErrorCode') === '0' ? 'delivered' : 'failed',
        code: textOf(entry, 'ErrorStatus') || textOf(entry, 'ErrorCode'),
        openid,
        templateId: textOf(entry, 'TemplateId'),
      }));
    default:
      return [chatEventOf(root)].flatMap((event) => event ?? []);
  }
}

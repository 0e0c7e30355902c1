import type { ChatEvent } from './channel';
import type { ChatAct } from './chat';
import { type PushNode, textOf } from './push-body';

/** MsgTypes that carry a MediaId or a place instead of a text. */
const media = new Set(['image', 'voice', 'video', 'shortvideo', 'location', 'link', 'file']);

/** A chat message or tap in the wording WeChat and WeCom share; undefined: something else was pushed. */
export function chatEventOf(root: PushNode, corpId?: string): ChatEvent | undefined {
  const act = textOf(root, 'MsgType') === 'event' ? tapOf(root) : messageOf(root);
  if (!act) return undefined;
  const saidAt = new Date(Number(textOf(root, 'CreateTime')) * 1000).toISOString();
  return { type: 'chat', peer: { userId: textOf(root, 'FromUserName'), ...(corpId === undefined ? {} : { corpId }) }, saidAt, ...act };
}

function messageOf(root: PushNode): ChatAct | undefined {
  const kind = textOf(root, 'MsgType');
  if (kind === 'text') return { act: 'text', text: textOf(root, 'Content') };
  return media.has(kind) ? { act: 'media', kind, mediaId: textOf(root, 'MediaId') } : undefined;
}

function tapOf(root: PushNode): ChatAct | undefined {
  const key = textOf(root, 'EventKey');
  switch (textOf(root, 'Event').toLowerCase()) {
    case 'click':
      return { act: 'menu', key };
    case 'subscribe':
      return { act: 'follow', ...(key === '' ? {} : { scene: key.replace(/^qrscene_/, '') }) };
    case 'enter_agent':
      return { act: 'follow' };
    case 'unsubscribe':
      return { act: 'unfollow' };
    case 'scan':
      return { act: 'scan', scene: key };
    default:
      return undefined;
  }
}

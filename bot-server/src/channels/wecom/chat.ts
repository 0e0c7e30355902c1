import { createHash } from 'node:crypto';
import type { Clock } from '@suiban/shared/time';
import type { Chat, ChatPeer, ChatReply } from '../chat';
import { cutToBytes } from '../passive-answer';
import { PlatformError } from '../platform-error';
import type { WecomApp, WecomClient } from './client';
import { cardOf } from './encode';
import { maxDuplicateCheckSec, menuLimits, textcardLimits, textLimits } from './limits';
import { setMenu } from './menu';
import type { PersonWindow } from './person-window';

export interface ChatParts {
  readonly client: WecomClient;
  readonly apps: readonly WecomApp[];
  readonly window: PersonWindow;
  readonly clock: Clock;
}

/** Conversations with members of the own corp and of joined corps; `peer.corpId` says whose app speaks. */
export function wecomChat(parts: ChatParts): Chat {
  return {
    menuLimits: { top: menuLimits.top, below: menuLimits.below, labelCharacters: Math.floor(menuLimits.topBytes / 3) },
    setMenu: (items) => setMenu(parts.client, parts.apps, items),
    say: (peer, reply, ref) => say(parts, peer, reply, ref),
  };
}

async function say({ client, apps, window, clock }: ChatParts, peer: ChatPeer, reply: ChatReply, ref: string): Promise<void> {
  const app = peer.corpId === undefined ? apps[0] : apps.find(({ corpId }) => corpId === peer.corpId);
  if (!app) throw new PlatformError('wecom', 'not-linked', 'permanent');
  // The platform would say yes and show nothing.
  if (!window.take(app.corpId, peer.userId, clock.now().getTime())) throw new PlatformError('wecom', 'person-limit', 'quota');
  const body = await client.demand(app, { path: '/cgi-bin/message/send', body: encodeSaid(app, peer, reply, ref) });
  if (typeof body.unlicenseduser === 'string' && body.unlicenseduser !== '') throw new PlatformError('wecom', 'unlicensed', 'permanent');
}

/**
 * The platform knows a repeat by the identical request, and has no field for a key: `ref` chooses the length of the duplicate check
 * between half an hour and four, so that a repeat of the same ref is swallowed and the same words said again for another ref are not.
 */
export function encodeSaid(app: WecomApp, peer: ChatPeer, reply: ChatReply, ref: string): string {
  return JSON.stringify({
    touser: peer.userId,
    ...messageOf(reply),
    agentid: app.agentId,
    enable_duplicate_check: 1,
    duplicate_check_interval: intervalOf(ref),
  });
}

const shortestSec = 1800;

const intervalOf = (ref: string): number =>
  shortestSec + (createHash('sha256').update(ref).digest().readUInt32BE(0) % (maxDuplicateCheckSec - shortestSec + 1));

function messageOf(reply: ChatReply): object {
  if (reply.form === 'text') return { msgtype: 'text', text: { content: cutToBytes(reply.text, textLimits.bytes) } };
  if (reply.form === 'card') return { msgtype: 'template_card', template_card: cardOf(reply.card, reply.title, reply.description) };
  const { title, description, url, buttonText } = reply;
  const isShort = [...buttonText].length <= textcardLimits.buttonCharacters;
  return {
    msgtype: 'textcard',
    textcard: {
      title: cutToBytes(title, textcardLimits.titleBytes),
      description: cutToBytes(description || title, textcardLimits.descriptionBytes),
      url,
      btntxt: isShort && buttonText !== '' ? buttonText : '详情',
    },
  };
}

import { DomainError } from '@suiban/shared/errors';
import type { Inbound, PushSource, RawPush } from '../../channels/channel';
import type { ChatReply, PassiveAnswer } from '../../channels/chat';
import { hashToken } from '../../kernel/crypto/token';
import type { RawAnswer } from '../../kernel/http/route';
import type { Inbox } from '../../kernel/inbox/inbox';
import type { Deps, ReplyNow } from '../module';
import { mustReceive } from './callbacks.policy';

export interface Push extends RawPush {
  readonly source: PushSource;
  readonly account: string;
}

export interface Desk {
  readonly inbox: Inbox;
  /** Asked at request time: the module that answers chats is made later. */
  readonly replyNow: () => ReplyNow | undefined;
}

type Message = Extract<Inbound, { kind: 'message' }>;

/** Of the whole answer to a chat push: what is not worked out by then is said by a message. */
const replyByMs = 900;

/**
 * A platform's push: verified, stored, acknowledged, in this order; what it means is worked out later, but for a chat message that can
 * be answered at once. Every 200 is a committed row. The signature is remembered together with the row, so that a push we answered
 * with 503 may come again as it is.
 * @throws DomainError kernel:forged-callback (also a replay), kernel:unavailable, kernel:not-found
 */
export async function receivePush(deps: Deps, desk: Desk, push: Push): Promise<RawAnswer> {
  const startedAt = performance.now();
  const inbound = await mustReceive(deps.channels.receiver(push.source, push.account)).receive(push);
  if (inbound.kind === 'echo') return answer({ contentType: 'text/plain', body: inbound.answer });
  const source = `${push.source}:${push.account}`;
  const messages = eventsOf(inbound).map((event, index) => ({
    messageKey: index === 0 ? inbound.messageKey : `${inbound.messageKey}#${index}`,
    payload: { ...event },
  }));
  const signed = inbound.nonce === undefined ? {} : { nonceHash: hashToken(inbound.nonce) };
  const acceptance = await desk.inbox.accept(deps.db, { source, messages, ...signed });
  if (acceptance === 'replay') throw new DomainError('kernel:forged-callback');
  const reply = await passiveReply(deps, desk, source, inbound, replyByMs - (performance.now() - startedAt));
  return answer(reply ?? { contentType: inbound.answerType ?? 'text/plain', body: inbound.answer });
}

/** The row is stored: whatever goes wrong here, the platform hears that we have it. */
async function passiveReply(deps: Deps, desk: Desk, source: string, inbound: Message, leftMs: number): Promise<PassiveAnswer | undefined> {
  const { event, messageKey } = inbound;
  const replyNow = event.type === 'chat' && inbound.reply && leftMs > 50 ? desk.replyNow() : undefined;
  if (!replyNow) return undefined;
  try {
    const fits = (reply: ChatReply) => inbound.reply?.(reply) !== undefined;
    const reply = await replyNow({ source, messageKey, payload: { ...event } }, leftMs, fits);
    return reply && inbound.reply?.(reply);
  } catch (error) {
    deps.log.warn({ err: error, source }, 'no answer inside the push: it will be said by a message');
    return undefined;
  }
}

const eventsOf = (inbound: Message) => [inbound.event, ...(inbound.further ?? [])];
const answer = ({ contentType, body }: PassiveAnswer): RawAnswer => ({ status: 200, contentType: `${contentType}; charset=utf-8`, body });

import { DomainError } from '@suiban/shared/errors';
import type { ChannelKind, Inbound, RawPush } from '../../channels/channel';
import { hashToken } from '../../kernel/crypto/token';
import type { RawAnswer } from '../../kernel/http/route';
import type { Inbox } from '../../kernel/inbox/inbox';
import type { Deps } from '../module';
import { mustReceive } from './callbacks.policy';
import { insertNonce, isSeen } from './nonces.repo';

export interface Push extends RawPush {
  readonly kind: ChannelKind;
  readonly account: string;
}

/** Platforms hang up after five seconds; ours answers within one, stored or not. */
const deadlineMs = 800;

/**
 * A platform's push: verified, stored, acknowledged, in this order; what it means is worked out later. Every 200 is a committed
 * row. The signature is remembered only after the row is stored, so that a push we answered with 503 may come again as it is.
 * @throws DomainError kernel:forged-callback (also a replay), kernel:unavailable, kernel:not-found
 */
export async function receivePush(deps: Deps, inbox: Inbox, push: Push): Promise<RawAnswer> {
  const channel = mustReceive(deps.channels.find(push.kind, push.account));
  const inbound = await channel.receive(push);
  if (inbound.kind === 'echo') return answer(inbound.answer);
  const source = `${push.kind}:${push.account}`;
  const nonceHash = hashToken(inbound.nonce);
  if (await inTime(isSeen(deps.db, source, nonceHash))) throw new DomainError('kernel:forged-callback');
  for (const [index, event] of eventsOf(inbound).entries()) {
    const messageKey = index === 0 ? inbound.messageKey : `${inbound.messageKey}#${index}`;
    await inTime(inbox.accept(deps.db, { source, messageKey, payload: { ...event } }));
  }
  await inTime(insertNonce(deps.db, source, nonceHash));
  return answer(inbound.answer);
}

const eventsOf = (inbound: Extract<Inbound, { kind: 'message' }>) => [inbound.event, ...(inbound.further ?? [])];
const answer = (body: string): RawAnswer => ({ status: 200, contentType: 'text/plain; charset=utf-8', body });

/** Also bounds the wait for a connection. Whatever goes wrong with the store is a 503: the platform comes again. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new DomainError('kernel:unavailable', undefined, { retryAfterMs: 1000 })), deadlineMs);
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    throw error instanceof DomainError ? error : new DomainError('kernel:unavailable', undefined, { retryAfterMs: 1000 });
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}

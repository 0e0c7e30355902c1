import type { ChatEvent } from '../../../channels/channel';
import type { InboxMessage } from '../../../kernel/inbox/inbox';
import type { Deps } from '../../module';
import { formOfAct, sealBody } from '../bodies';
import { windows } from '../conversations.policy';
import { ensureConversation, lockPeer, noteInbound, type Peer } from '../conversations.repo';
import { findInbound, insertInbound, type MessageRow } from '../messages.repo';

const channels = ['wechat-official', 'wecom'] as const;

/** Undefined: no channel that people write in. */
export function peerOf({ source, payload }: InboxMessage): Peer | undefined {
  const at = source.indexOf(':');
  const channel = channels.find((each) => each === source.slice(0, at));
  const { peer } = payload as unknown as ChatEvent;
  return channel && { channel, account: source.slice(at + 1), corpId: peer.corpId ?? '', userId: peer.userId };
}

export const defaultBureauOf = ({ city }: Pick<Deps, 'city'>): string =>
  (city.bureaus.find(({ isDefault }) => isDefault) ?? city.bureaus[0])?.id ?? city.id;

/** Only a message of the person opens the window for long; entering or leaving the chat says nothing of it. */
function answerableUntil(peer: Peer, { act }: ChatEvent, now: Date): Date | null {
  if (peer.channel === 'wecom') return null;
  const ms = act === 'text' || act === 'media' ? windows.messageMs : windows.tapMs;
  return new Date(now.getTime() + (act === 'unfollow' ? 0 : ms));
}

/** Stores what was said, once per push, in the order of the person's messages. Safe to repeat, in any process. */
export async function takeIn(deps: Deps, push: InboxMessage, peer: Peer): Promise<MessageRow> {
  const { db, clock, sealer } = deps;
  const known = await findInbound(db, push.source, push.messageKey);
  if (known) return known;
  const { type: _type, peer: _peer, saidAt: _saidAt, ...act } = push.payload as unknown as ChatEvent;
  return db.tx(async (tx) => {
    const now = clock.now();
    await lockPeer(tx, peer);
    const { id } = await ensureConversation(tx, peer, defaultBureauOf(deps), now);
    const stored = await insertInbound(tx, {
      conversationId: id,
      source: push.source,
      messageKey: push.messageKey,
      form: formOfAct(act),
      bodySealed: sealBody(sealer, act),
      now,
    });
    if (stored) {
      await noteInbound(tx, id, { now, answerableUntil: answerableUntil(peer, push.payload as unknown as ChatEvent, now) });
      return stored;
    }
    const other = await findInbound(tx, push.source, push.messageKey);
    if (!other) throw new Error(`a push of ${push.source} is neither new nor known`);
    return other;
  });
}

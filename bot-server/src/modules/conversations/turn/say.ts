import { PlatformError } from '../../../channels/platform-error';
import type { Deps } from '../../module';
import { openReply } from '../bodies';
import { limits, mayRepeat, unconfirmed } from '../conversations.policy';
import { findConversation, touch } from '../conversations.repo';
import { claimDue, type MessageRow, nextDueAt, type Outcome, settle } from '../messages.repo';

export const sayQueue = 'conversations-say';

const batch = 20;
/** A wait that is worth sitting out: the sweep comes by later for the others. */
const patienceMs = 1_500;

/** What the platform said decides: transient and quota come again, everything else is shown to the operator as it is. */
function outcomeOf(error: unknown, { tries }: MessageRow, isRepeatable: boolean, now: Date): Outcome {
  const isUnknown = error instanceof PlatformError && error.errorClass === 'unknown';
  if (isUnknown && !isRepeatable) return { state: 'failed', code: unconfirmed };
  const code = error instanceof PlatformError ? error.code : 'broken';
  const isPassing = error instanceof PlatformError ? ['transient', 'auth', 'quota', 'unknown'].includes(error.errorClass) : true;
  if (!isPassing || tries >= limits.sayTries || windowCodes.has(code)) return { state: 'failed', code };
  return { state: 'waiting', code, nextAt: new Date(now.getTime() + Math.min(300_000, 2_000 * 2 ** tries)) };
}

/**
 * The time or the count in which a person may be written to is over: waiting does not open it again.
 * @see https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Service_Center_messages.html (read 2026-11)
 */
const windowCodes = new Set(['45015', '45047']);

/**
 * Says a claimed message, outside any transaction, under its own id: a platform that recognises repeats shows it once however often this
 * runs. Never throws for what the platform says.
 */
export async function sayClaimed(deps: Deps, message: MessageRow, isInterrupted = false): Promise<MessageRow> {
  const { db, clock, channels, sealer, log } = deps;
  const conversation = await findConversation(db, message.conversationId);
  if (!conversation) throw new Error(`message ${message.id} has no conversation`);
  const { channel, account, userId, corpId } = conversation;
  const chat = channels.find(channel, account)?.chat;
  const isRepeatable = mayRepeat(channel, message.author);
  let outcome: Outcome = { state: 'sent' };
  try {
    if (isInterrupted && !isRepeatable) throw new PlatformError(channel, unconfirmed, 'unknown');
    if (!chat) throw new PlatformError(channel, 'no-account', 'permanent');
    await chat.say({ userId, ...(corpId === '' ? {} : { corpId }) }, openReply(sealer, message), message.id);
  } catch (error) {
    outcome = outcomeOf(error, message, isRepeatable, clock.now());
    const isOurs = !(error instanceof PlatformError);
    log[isOurs ? 'error' : 'warn']({ err: error, messageId: message.id, outcome: outcome.state }, 'a chat message was not taken');
  }
  return db.tx(async (tx) => {
    await touch(tx, conversation.id, clock.now());
    return (await settle(tx, message.id, outcome, clock.now())) ?? message;
  });
}

/** Says everything that is due, and what will be in a moment. One conversation hears its messages in order. */
export async function sayDue(deps: Deps, signal: AbortSignal): Promise<number> {
  const { db, clock } = deps;
  let said = 0;
  while (!signal.aborted) {
    const now = clock.now();
    const until = new Date(now.getTime() + limits.sayLeaseMs);
    const due = await db.tx((tx) => claimDue(tx, now, until, batch));
    await Promise.all(due.map((message) => sayClaimed(deps, message, message.isInterrupted)));
    said += due.length;
    if (due.length > 0) continue;
    const nextAt = await nextDueAt(db);
    const waitMs = nextAt === undefined ? Number.POSITIVE_INFINITY : nextAt.getTime() - now.getTime();
    if (waitMs <= 0 || waitMs > patienceMs) break;
    await rest(waitMs, signal);
    if (clock.now() <= now) break;
  }
  return said;
}

function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}

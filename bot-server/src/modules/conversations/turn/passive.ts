import type { ChatReply } from '../../../channels/chat';
import type { InboxHandler, InboxMessage } from '../../../kernel/inbox/inbox';
import type { ReplyNow } from '../../module';
import { openReply } from '../bodies';
import { claimPassive, firstAnswer, hurry, type MessageRow, unclaimPassive } from '../messages.repo';
import { type Kit, runTurns } from './engine';
import { peerOf, takeIn } from './intake';
import { sayQueue } from './say';

/*
 * The first answer of a turn is said once, by one of two ways. The push's own response carries it if the turn is done in time: `waiting →
 * passive`, written just before it is handed out; a redelivery of the push finds `passive` and gets the same words. Otherwise, and all further
 * answers, by a message: `waiting → saying → sent`, from a second after the push on. Both transitions are conditional updates of one row.
 */

/** What is left for writing the response. */
const reserveMs = 100;

/** The answer inside the push. `fits`: whether the platform has such an answer. */
export const replyNow =
  (kit: Kit): ReplyNow =>
  async (push, withinMs, fits = () => true) => {
    const deadline: Deadline = { endsAt: performance.now() + Math.max(0, withinMs - reserveMs), isOver: false };
    const turn = await before(deadline, workedTurn(kit, push, deadline));
    return turn && before(deadline, handOut(kit, turn, fits, deadline));
  };

interface Deadline {
  readonly endsAt: number;
  /** The push was answered without a reply: nobody waits any more. */
  isOver: boolean;
}

/** The message whose turn is done; undefined: nothing is to be said, or somebody else is still at it. */
async function workedTurn(kit: Kit, push: InboxMessage, { endsAt }: Deadline): Promise<MessageRow | undefined> {
  const peer = peerOf(push);
  if (!peer) return undefined;
  const message = await takeIn(kit.deps, push, peer);
  const isDone = message.state === 'done' || (await runTurns(kit, message, endsAt - performance.now()));
  return isDone ? message : undefined;
}

async function handOut(
  kit: Kit,
  turn: MessageRow,
  fits: (reply: ChatReply) => boolean,
  deadline: Deadline,
): Promise<ChatReply | undefined> {
  const { db, sealer, clock, tasks } = kit.deps;
  const first = await firstAnswer(db, turn.id);
  if (!first) return undefined;
  const reply = openReply(sealer, first);
  if (first.state === 'passive') return reply;
  if (first.state !== 'waiting') return undefined;
  if (!fits(reply)) {
    await hurry(db, turn.id, clock.now());
    void tasks.wake(sayQueue, {}, { key: 'all' });
    return undefined;
  }
  if ((await claimPassive(db, first.id, clock.now())) === 0) return undefined;
  if (!deadline.isOver) return reply;
  await unclaimPassive(db, first.id, clock.now());
  return undefined;
}

/** The value, or undefined when it is late; work that goes on after that fails on its own account, and the inbox comes again. */
function before<T>(deadline: Deadline, work: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const late = () => {
      deadline.isOver = true;
      resolve(undefined);
    };
    const timer = setTimeout(late, Math.max(0, deadline.endsAt - performance.now()));
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Longest wait for another process that works the same conversation; then the inbox comes again. */
const patienceMs = 2_000;

/** Works the turn if nobody has, and has said what the push's response did not carry. */
export const chatHandler =
  (kit: Kit): InboxHandler =>
  async (push) => {
    const peer = peerOf(push);
    if (!peer) return;
    const message = await takeIn(kit.deps, push, peer);
    if (message.state !== 'done' && !(await runTurns(kit, message, patienceMs))) {
      throw new Error(`conversation ${message.conversationId} is worked elsewhere`);
    }
    await kit.deps.tasks.wake(sayQueue, {}, { key: 'all' });
  };

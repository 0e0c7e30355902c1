import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChatReply } from '../../../channels/chat';
import type { Tx } from '../../../kernel/db/database';
import type { Intent } from '../../intent';
import type { Deps } from '../../module';
import { openAct, openPending, sealBody, sealPending } from '../bodies';
import { limits } from '../conversations.policy';
import {
  type ConversationRow,
  claimTurns,
  countAhead,
  findConversation,
  lockForTurn,
  releaseTurns,
  updateAfterTurn,
} from '../conversations.repo';
import type { Matcher } from '../matching/matcher';
import type { ChatWords } from '../matching/words';
import { countTry, findLastInboundBefore, insertOutbound, type MessageRow, markDone, oldestOpen } from '../messages.repo';
import { waitingText } from '../replies';
import { placeOf, speakerOf } from '../speaker';
import { chatActor, step } from '../stepping';
import { answersTo, givenUp } from './answers';
import { type Decision, decide, type Pending, pendingAfter } from './decide';

/*
 * A message is open → done. Whoever holds the lease of the conversation works its open messages, oldest first: decide, let the intent run
 * outside any transaction, then write the answers, what is pending and `done` in one transaction that asks for the lease once more. A
 * process that dies in between leaves the message open and the lease to run out; the turn is worked again under the same turn id, by
 * which intents know their own work.
 */

export interface Kit {
  readonly deps: Deps;
  /** Asked at request time: modules register their intents later. */
  readonly intents: () => readonly Intent[];
  readonly matcher: () => Matcher;
  readonly words: () => ChatWords;
  readonly operator: string;
  readonly help: string;
}

const pollMs = 25;

/** Works the conversation's turns up to this message. False: somebody else still does, after `withinMs`. */
export async function runTurns(kit: Kit, message: MessageRow, withinMs: number): Promise<boolean> {
  const { db, clock } = kit.deps;
  const startedAt = performance.now();
  const token = randomUUID();
  const id = message.conversationId;
  for (;;) {
    const now = clock.now();
    if ((await claimTurns(db, id, token, now, new Date(now.getTime() + limits.turnLeaseMs))) === 1) break;
    if (performance.now() - startedAt > withinMs) return false;
    await sleep(pollMs);
  }
  try {
    for (let open = await oldestOpen(db, id); open; open = await oldestOpen(db, id)) await work(kit, open, token);
    return true;
  } finally {
    await releaseTurns(db, id, token);
  }
}

interface Worked {
  readonly decision: Decision;
  readonly answers: readonly ChatReply[];
  readonly pending: Pending | null;
}

async function work(kit: Kit, message: MessageRow, token: string): Promise<void> {
  const { deps } = kit;
  const conversation = await findConversation(deps.db, message.conversationId);
  if (!conversation) throw new Error(`message ${message.id} has no conversation`);
  const speaker = await speakerOf(deps.db, conversation, conversation.enterpriseId);
  const decision = await decisionOf(kit, conversation, message, speaker);
  let worked: Worked;
  try {
    const answers = await answersTo(decision, { deps, speaker, intents: kit.intents(), turnId: message.id });
    worked = { decision, answers, pending: pendingOf(kit, decision, openPending(deps.sealer, conversation.pendingSealed)) };
  } catch (error) {
    if ((await countTry(deps.db, message.id)) < limits.turnTries) throw error;
    deps.log.error({ err: error, messageId: message.id }, 'a turn was given up');
    worked = { decision: { do: 'unknown' }, answers: givenUp, pending: null };
  }
  const spokenFor = 'slots' in decision ? decision.slots.enterprise : undefined;
  const place = await placeOf(deps.db, speaker, spokenFor);
  await deps.db.tx((tx) => store(tx, kit, { message, token, worked, place }));
}

async function decisionOf(kit: Kit, conversation: ConversationRow, message: MessageRow, speaker: Awaited<ReturnType<typeof speakerOf>>) {
  const { deps, operator } = kit;
  const before = await findLastInboundBefore(deps.db, conversation.id, message.seq);
  const isHere = before !== undefined && openAct(deps.sealer, before).act !== 'unfollow';
  const isFresh = isHere && message.at.getTime() - before.at.getTime() < limits.freshMs;
  return decide({
    state: conversation.state,
    // What was asked yesterday is not what is answered today.
    pending: isFresh ? openPending(deps.sealer, conversation.pendingSealed) : null,
    speaker,
    act: openAct(deps.sealer, message),
    intents: kit.intents(),
    match: (said) => kit.matcher().match(said),
    words: kit.words(),
    operator,
    isGreeted: isFresh,
  });
}

/** Help shows a numbered list, and so does not understanding: a number is then a choice. */
function pendingOf(kit: Kit, decision: Decision, before: Pending | null): Pending | null {
  const isListed = decision.do === 'greet' || decision.do === 'unknown' || (decision.do === 'run' && decision.intent.name === kit.help);
  if (isListed && !(decision.do === 'greet' && before)) return { kind: 'choice', intents: kit.intents().map(({ name }) => name) };
  return pendingAfter(decision, before);
}

interface Stored {
  readonly message: MessageRow;
  readonly token: string;
  readonly worked: Worked;
  readonly place: Awaited<ReturnType<typeof placeOf>>;
}

async function store(tx: Tx, kit: Kit, { message, token, worked, place }: Stored): Promise<void> {
  const { deps } = kit;
  const { decision, pending } = worked;
  const now = deps.clock.now();
  const row = await lockForTurn(tx, message.conversationId, token);
  if (!row) throw new Error(`the lease on conversation ${message.conversationId} ran out`);
  await updateAfterTurn(tx, row.id, {
    ...place,
    pendingSealed: sealPending(deps.sealer, pending),
    pendingIntent: pending?.kind === 'slot' ? pending.intent : null,
    now,
  });
  let { answers } = worked;
  if ((decision.do === 'leave' || decision.do === 'gone') && row.state !== 'automatic')
    await step(tx, deps, chatActor, row, { step: 'leave' });
  if (decision.do === 'run' && decision.intent.name === kit.operator && row.state === 'automatic') {
    const after = await step(tx, deps, chatActor, row, { step: 'ask' });
    answers = [waitingText(await countAhead(tx, after.bureauId, after.waitingSince ?? now))];
  }
  for (const [part, reply] of answers.entries()) {
    await insertOutbound(tx, {
      conversationId: row.id,
      author: 'automatic',
      operatorId: null,
      form: reply.form,
      bodySealed: sealBody(deps.sealer, reply),
      turn: { id: message.id, part },
      now,
      nextAt: new Date(message.at.getTime() + limits.passiveWaitMs),
    });
  }
  await markDone(tx, message.id, now);
}

import type { ConversationMessage } from '@suiban/shared/api/conversations';
import type { Tx } from '../../kernel/db/database';
import type { OfficialActor } from '../../kernel/http/actor';
import { sealBody } from './bodies';
import { conversationNotFound, isUuid, limits, messageNotFound, mustHave, mustSee } from './conversations.policy';
import { type ConversationRow, lockConversation, noteAnswer } from './conversations.repo';
import { type Desk, messageOf } from './desk/views';
import { claimOne, findMessage, insertOutbound, type MessageRow, revive } from './messages.repo';
import { text } from './replies';
import { sayClaimed } from './turn/say';

/** Writes the message, then says it at once, outside the transaction; the say task takes it over should this process die in between. */
async function sayIn(
  desk: Desk,
  actor: OfficialActor,
  conversationId: string,
  write: (tx: Tx, row: ConversationRow, takenOverAt: Date) => Promise<MessageRow>,
): Promise<ConversationMessage> {
  const { db, clock } = desk.deps;
  if (!isUuid(conversationId)) throw conversationNotFound();
  const until = new Date(clock.now().getTime() + limits.sayLeaseMs);
  const { row, message } = await db.tx(async (tx) => {
    const conversation = mustSee(actor, await lockConversation(tx, conversationId));
    mustHave(actor, conversation);
    const written = await write(tx, conversation, until);
    await noteAnswer(tx, conversationId, clock.now());
    return { row: conversation, message: (await claimOne(tx, written.id, until)) ?? written };
  });
  const said = message.state === 'saying' ? await sayClaimed(desk.deps, message) : message;
  return messageOf(desk, row, said, new Map([[actor.id, actor.name]]));
}

/** 回复. A message the platform refuses is answered all the same, with the reason. */
export const answerConversation = (desk: Desk, actor: OfficialActor, conversationId: string, said: string): Promise<ConversationMessage> =>
  sayIn(desk, actor, conversationId, (tx, row, nextAt) =>
    insertOutbound(tx, {
      conversationId: row.id,
      author: 'operator',
      operatorId: actor.id,
      form: 'text',
      bodySealed: sealBody(desk.deps.sealer, text(said)),
      turn: null,
      now: desk.deps.clock.now(),
      nextAt,
    }),
  );

/** 重发: a failed answer has another try. One that is being said, or was said, is left as it is. */
export const retryConversationMessage = (
  desk: Desk,
  actor: OfficialActor,
  conversationId: string,
  messageId: string,
): Promise<ConversationMessage> =>
  sayIn(desk, actor, conversationId, async (tx, row, nextAt) => {
    const known = isUuid(messageId) ? await findMessage(tx, row.id, messageId) : undefined;
    if (known?.author !== 'operator') throw messageNotFound();
    return (await revive(tx, row.id, known.id, nextAt)) ?? known;
  });

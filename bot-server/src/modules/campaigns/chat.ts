import type { Tx } from '../../kernel/db/database';
import { cardTaskId, findByWecomMember, findRecipient, linkOf, linkToken, type Recipient, readCardTaskId } from '../dispatch';
import { enterprisesOfIdentity } from '../enterprises';
import type { Deps } from '../module';

/** Stands in a card's task id where a card that was sent names its step of the plan: this one was asked for in a chat. */
const chatStep = 99;

export interface ChatInvitation {
  /** The firm's personal link, as a message of the campaign carries it. */
  readonly token: string;
  readonly url: string;
  /** Task id of a card in this chat. */
  readonly cardTaskId: string;
}

/** The way from a chat to the questionnaire for a firm that was asked; the same turn gives the same. Undefined: it was not asked. */
export async function chatInvitation(
  { db, config }: Pick<Deps, 'db' | 'config'>,
  asked: { readonly campaignId: string; readonly enterpriseId: string; readonly turnId: string },
): Promise<ChatInvitation | undefined> {
  const recipient = await findRecipient(db, asked.campaignId, { enterpriseId: asked.enterpriseId });
  if (!recipient) return undefined;
  const { seq, attemptNo } = recipient;
  const token = linkToken(config.secrets.linkKey, { campaignId: asked.campaignId, seq, attemptNo });
  const turn = Number.parseInt(asked.turnId.replaceAll('-', '').slice(0, 8), 16);
  return {
    token,
    url: linkOf(config.publicBaseUrl, token),
    cardTaskId: cardTaskId(asked.campaignId, attemptNo, chatStep, turn),
  };
}

/**
 * Whose card was answered in the chat: task id and member → campaign and firm; undefined: not one of ours. A card that was asked for in the
 * chat may have gone to a member who is no address of the campaign: then it is the firm they speak for.
 */
export async function resolveCard(
  tx: Tx,
  card: { readonly taskId: string; readonly corpId: string; readonly userId: string },
): Promise<{ campaignId: string; attemptNo: number; recipient: Recipient } | undefined> {
  const named = readCardTaskId(card.taskId);
  if (!named) return undefined;
  const { corpId, userId } = card;
  const sentTo = await findByWecomMember(tx, named.campaignId, corpId, userId);
  if (sentTo) return { ...named, recipient: sentTo };
  for (const { enterpriseId } of await enterprisesOfIdentity(tx, { kind: 'wecom', account: 'default', subject: userId, corpId })) {
    const recipient = await findRecipient(tx, named.campaignId, { enterpriseId });
    if (recipient) return { ...named, recipient };
  }
  return undefined;
}

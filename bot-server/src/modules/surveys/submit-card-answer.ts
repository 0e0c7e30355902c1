import { DomainError } from '@suiban/shared/errors';
import { type Answers, checkCardAnswer, type SurveyDocument } from '@suiban/shared/surveys';
import type { InboundEvent } from '../../channels/channel';
import { resolveCard } from '../campaigns';
import type { Deps } from '../module';
import { findAsked } from './asked.repo';
import { lockAnswers } from './drafts.repo';
import { storeSubmission } from './submit-answers';
import { cardActor } from './surveys.policy';

export type CardAnswer = Extract<InboundEvent, { type: 'card-answer' }>;

const thanks = '已提交，谢谢';
const incomplete = '没有收到完整的回答，请点开消息里的链接填写';
const notAsked = '这张卡片不再有效，请从最新的消息打开';

/** What was chosen, if it answers the whole card. */
function chosen(document: SurveyDocument, selected: CardAnswer['selected']): Answers {
  const checked = checkCardAnswer(document, selected);
  if (checked.ok) return checked.answers;
  throw new DomainError('surveys:invalid-answers', incomplete);
}

async function submit(deps: Deps, campaignId: string, enterpriseId: string, card: CardAnswer): Promise<string> {
  try {
    await deps.db.tx(async (tx) => {
      await lockAnswers(tx, campaignId, enterpriseId);
      const row = await findAsked(tx, campaignId, enterpriseId);
      if (!row) throw new DomainError('surveys:closed', notAsked);
      const check = (document: SurveyDocument) => chosen(document, card.selected);
      await storeSubmission(tx, deps, row, { actor: cardActor, personId: null, via: 'wecom', check });
    });
    return thanks;
  } catch (error) {
    // Late, repeated or incomplete: said on the card, for nobody will look at a failed push.
    if (error instanceof DomainError && error.httpStatus < 500) return error.message;
    throw error;
  }
}

/**
 * The answer given on a card in the chat; the card then says what became of it. The card is changed after the transaction, once: its
 * response code works once, and a failure to change it takes nothing back.
 */
export async function submitCardAnswer(deps: Deps, account: string, card: CardAnswer): Promise<{ text: string } | undefined> {
  const target = await resolveCard(deps.db, card);
  if (!target) return undefined;
  const text = await submit(deps, target.campaignId, target.recipient.enterpriseId, card);
  const { userId, responseCode, corpId } = card;
  try {
    await deps.channels.find('wecom', account)?.cards?.update({ userId, responseCode, corpId, text });
  } catch (error) {
    deps.log.warn({ err: error, campaignId: target.campaignId }, 'the card was not updated after its answer');
  }
  return { text };
}

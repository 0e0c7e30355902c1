import { cardOf, questionsOf, type SurveyDocument } from '@suiban/shared/surveys';
import { civilDateAt, formatDate } from '@suiban/shared/time';
import type { ChatReply } from '../../channels/chat';
import { type ChatInvitation, chatInvitation } from '../campaigns';
import type { Intent, Turn } from '../intent';
import type { Deps } from '../module';
import { type AskedRow, listAsked } from './asked.repo';
import { documentOf } from './documents';
import { isTakingAnswers } from './read-my-surveys';

/** Questionnaires shown at once; the rest is behind the link of each, and in the mini-program. */
const shownAtOnce = 3;
const longestList = 50;

const say = (text: string): ChatReply => ({ form: 'text', text });

function replyOf(deps: Deps, turn: Turn, row: AskedRow, document: SurveyDocument, invitation: ChatInvitation): ChatReply {
  const { city } = deps;
  const issuer = document.heading.issuingBody || (city.bureaus.find(({ id }) => id === row.bureau_id)?.name ?? city.name);
  const until = formatDate(civilDateAt(row.closed_at ?? row.closes_at, city.timeZone));
  const whose = turn.speaker.enterpriseIds.length > 1 ? `${row.enterprise_name}：` : '';
  const title = `${whose}${document.title.zh}`;
  const link = {
    form: 'link',
    title,
    description: `${issuer}请您填写，${questionsOf(document).length} 题，约 ${document.minutes} 分钟，${until}前`,
    url: invitation.url,
    page: `packages/surveys/pages/answer/index?link=${invitation.token}`,
    buttonText: '去填写',
  } as const;
  const fit = turn.speaker.channel === 'wecom' ? cardOf(document) : undefined;
  if (!fit?.ok) return link;
  const card = { taskId: invitation.cardTaskId, submitText: fit.card.submitText, questions: fit.card.questions };
  return { form: 'card', title, description: link.description, card, fallback: link };
}

async function open(deps: Deps, turn: Turn): Promise<readonly ChatReply[]> {
  const now = deps.clock.now();
  const rows = await listAsked(deps.db, turn.speaker.enterpriseIds, null, longestList);
  const waiting = rows.filter((row) => row.submission_id === null && isTakingAnswers(row, now));
  const soonest = [...waiting].sort((one, other) => one.closes_at.getTime() - other.closes_at.getTime());
  const replies: ChatReply[] = [];
  for (const row of soonest.slice(0, shownAtOnce)) {
    const { campaign_id: campaignId, enterprise_id: enterpriseId } = row;
    const invitation = await chatInvitation(deps, { campaignId, enterpriseId, turnId: turn.turnId });
    if (invitation) replies.push(replyOf(deps, turn, row, await documentOf(deps.db, row), invitation));
  }
  if (replies.length === 0) return [say('目前没有需要贵单位填写的问卷。有新的问卷时会通知您。')];
  if (soonest.length > replies.length) replies.push(say(`还有 ${soonest.length - replies.length} 份问卷，填完以上几份后回复“问卷”继续。`));
  return replies;
}

/** 问卷 in a chat: what the speaker's firms are asked and have not answered, as a card where it fits, else as their personal link. */
export const surveysIntent = (deps: Deps): Intent => ({
  name: 'surveys.open',
  label: { zh: '问卷', en: 'Questionnaires' },
  hint: { zh: '填写发给贵单位的问卷', en: 'Answer what your firm is asked' },
  phrases: ['问卷'],
  needsFirm: true,
  handle: (turn) => open(deps, turn),
});

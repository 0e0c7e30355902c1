import type { BodyDraft, SendingPlan } from '@suiban/shared/api/campaigns';
import { type CardFit, cardOf, questionsOf, type SurveyDocument } from '@suiban/shared/surveys';
import { civilDateAt, formatClock, formatDate } from '@suiban/shared/time';
import type { FrozenStep } from '../../dispatch';
import type { Deps } from '../../module';
import type { CampaignRow } from '../campaigns.repo';

type ChannelBody = FrozenStep['body'];

/** What the placeholders of a body stand for: the same for every recipient, for cards in the chat are one body for a thousand. */
export interface Facts {
  readonly title: string;
  readonly bureauName: string;
  readonly closesAtText: string;
  readonly closesOnText: string;
  readonly questionCount: number;
  readonly minutes: number;
  readonly signName: string;
  readonly document: SurveyDocument | undefined;
}

export const answerPage = 'packages/surveys/pages/answer/index';
export const messagePage = 'pages/messages/index';
/** Where channels with a text put the personal link. */
const linkMark = '{link}';

export function factsOfContent(deps: Pick<Deps, 'city'>, row: CampaignRow, document: SurveyDocument | undefined): Facts {
  const zone = deps.city.timeZone;
  const on = civilDateAt(row.closesAt, zone);
  return {
    title: document?.title.zh.trim() || row.title,
    bureauName: bureauNameOf(deps, row.bureauId),
    closesAtText: `${formatDate(on, 'zh', true)} ${formatClock(row.closesAt, zone)}`,
    closesOnText: formatDate(on),
    questionCount: document ? questionsOf(document).length : 0,
    minutes: document?.minutes ?? 0,
    signName: deps.city.smsSignName,
    document,
  };
}

export const bureauNameOf = ({ city }: Pick<Deps, 'city'>, bureauId: string): string =>
  city.bureaus.find(({ id }) => id === bureauId)?.name ?? bureauId;

function fill(text: string, facts: Facts): string {
  const values: Readonly<Record<string, string>> = {
    问卷名称: facts.title,
    发起单位: facts.bureauName,
    截止时间: facts.closesAtText,
    题数: String(facts.questionCount),
    用时: `${facts.minutes} 分钟`,
    链接: linkMark,
  };
  return text.replace(/〔(.{2,4}?)〕/g, (mark, name: string) => values[name] ?? mark);
}

/** The questionnaire as a card in the chat, or why not. */
export const cardFit = (facts: Facts): CardFit =>
  facts.document ? cardOf(facts.document) : { ok: false, reason: { zh: '没有选定问卷', en: 'no questionnaire is chosen' } };

const filled = (data: Readonly<Record<string, string>>, facts: Facts): Record<string, string> =>
  Object.fromEntries(Object.entries(data).map(([key, value]) => [key, fill(value, facts)]));

/** A text that carries the personal link: where it is said, else behind `gap`. */
function linked(text: string, facts: Facts, gap: string): string {
  const words = fill(text, facts);
  return words.includes(linkMark) ? words : `${words}${gap}${linkMark}`;
}

/** A body as the channel takes it; undefined only for a card that is none. */
export function renderBody(draft: BodyDraft, facts: Facts): ChannelBody | undefined {
  const page = facts.document ? answerPage : messagePage;
  switch (draft.channel) {
    case 'wechat-mini':
    case 'alipay-mini':
      return { channel: draft.channel, templateId: draft.templateId, page, data: filled(draft.data, facts) };
    case 'wechat-official': {
      const { channel, templateId, opens } = draft;
      return { channel, templateId, page: opens === 'mini-program' ? page : null, data: filled(draft.data, facts) };
    }
    case 'sms':
      return { channel: 'sms', signName: facts.signName, text: linked(draft.text, facts, ' ') };
    case 'email':
      return { channel: 'email', subject: fill(draft.subject, facts), text: linked(draft.text, facts, '\n\n') };
    case 'wecom':
      return draft.form === 'contact'
        ? { channel: 'wecom', form: 'contact', text: linked(draft.text, facts, '\n') }
        : renderCard(draft, facts);
  }
}

function renderCard(draft: Extract<BodyDraft, { form: 'textcard' | 'card' }>, facts: Facts): ChannelBody | undefined {
  const texts = { title: fill(draft.title, facts), description: fill(draft.description, facts) };
  if (draft.form === 'textcard') return { channel: 'wecom', form: 'textcard', ...texts, buttonText: draft.buttonText };
  const fit = cardFit(facts);
  if (!fit.ok) return undefined;
  // The task id is the call's: set when the call is made.
  const card = { taskId: 'pending', submitText: draft.buttonText || fit.card.submitText, questions: fit.card.questions };
  return { channel: 'wecom', form: 'card', ...texts, card };
}

/** The plan as it is sent. Steps whose body cannot be made are left out: `check` refuses such a plan before. */
export const frozenStepsOf = (plan: SendingPlan, facts: Facts): FrozenStep[] =>
  plan.flatMap(({ account, body }) => {
    const rendered = renderBody(body, facts);
    return rendered ? [{ channel: body.channel, account, body: rendered }] : [];
  });

/** The message every firm finds in its centre. A firm reads who asks, how long it takes and until when, and never the office's own words. */
export function inboxOf(row: CampaignRow, facts: Facts): { title: string; summary: string; body: string; link: string; reason: string } {
  const reason = `${facts.bureauName}向贵企业发送，依据企业登记的行业、所在区等信息选定`;
  if (row.kind === 'notice') {
    const summary = [...row.noticeText].slice(0, 100).join('');
    return { title: `【${facts.bureauName}】${row.title}`, summary, body: row.noticeText, link: '', reason };
  }
  const short = `${facts.questionCount} 题，约 ${facts.minutes} 分钟，${facts.closesOnText}前`;
  return {
    title: `【${facts.bureauName}】${facts.title}（${short}）`,
    summary: `${facts.bureauName}请您填写问卷，${short}填完即可。`,
    body: facts.document?.intro.zh ?? '',
    link: `/${answerPage}?campaignId=${row.id}&enterpriseId={enterprise}`,
    reason,
  };
}

import type { BodyDraft, CampaignDetail, CampaignDraft, CampaignKind, SendingChannel, SendingPlan } from '@suiban/shared/api/campaigns';
import type { AddressKind } from '@suiban/shared/campaigns';
import type { RuleDocument } from '@suiban/shared/rules';
import { truncateToCharacters } from '@suiban/shared/text';
import { addDays, civilDateAt, instantAt, type Zone } from '@suiban/shared/time';

export interface MessageTemplate {
  channel: SendingChannel;
  account: string;
  templateId: string;
  title: string;
  isLongTerm: boolean;
  fields: { key: string; name: string; rule: string }[];
}

/** What the standard texts are made from. */
export interface PlanSubject {
  kind: CampaignKind;
  title: string;
  noticeText: string;
  /** Title of the chosen questionnaire. */
  questionnaireTitle: string | null;
}

export const placeholders = ['问卷名称', '发起单位', '截止时间', '题数', '用时'] as const;
export const linkPlaceholder = '链接';

export const usualButton = { textcard: '去填写', card: '提交' } as const;

const usualDays = 7;
const closingMinute = 18 * 60;
/** A message field of the kind `thing` holds no more. */
const shortField = 20;

/** 18:00 of the day so many days from now, in the city's zone. */
export const closingInDays = (days: number, now: Date, zone: Zone): string =>
  instantAt(addDays(civilDateAt(now, zone), days), closingMinute, zone).toISOString();

/** A new draft: to the districts of the official, once per person, closing in a week. The plan follows when the templates are known. */
export function newDraft(now: Date, zone: Zone, districtCodes: readonly string[]): CampaignDraft {
  const audience: RuleDocument = {
    v: 1,
    when: { all: districtCodes.length > 0 ? [{ attribute: 'districtCode', operator: 'in', value: districtCodes }] : [] },
  };
  return {
    kind: 'cloud_visit',
    title: '',
    questionnaire: null,
    noticeText: '',
    audience,
    exclusions: { creditCodes: [], askedWithinDays: null, campaignIds: [], onePerPerson: true },
    plan: [],
    window: { startAt: null, notAfterAt: null, closesAt: closingInDays(usualDays, now, zone) },
  };
}

/** What the server holds, as it is saved again. */
export const draftFrom = (campaign: CampaignDetail): CampaignDraft => ({
  kind: campaign.kind,
  title: campaign.title,
  questionnaire: campaign.questionnaire
    ? { questionnaireId: campaign.questionnaire.questionnaireId, version: campaign.questionnaire.version }
    : null,
  noticeText: campaign.noticeText,
  audience: campaign.audience,
  exclusions: campaign.exclusions,
  plan: campaign.plan,
  window: campaign.window,
});

/** Mini-program → service account → WeCom → SMS, with texts that stand without a change. A step without a template is left out. */
export function usualPlan(subject: PlanSubject, templates: readonly MessageTemplate[]): SendingPlan {
  const kinds: readonly AddressKind[] = ['wechat-mini', 'wechat-official', 'wecom', 'sms'];
  return kinds.flatMap((kind) => {
    const body = usualBody(kind, subject, templates);
    return body && !('templateId' in body && body.templateId === '') ? [{ account: 'default', body }] : [];
  });
}

/** Every kind of step an official may add. */
export const addressKinds: readonly AddressKind[] = [
  'wechat-mini',
  'wechat-official',
  'wecom',
  'wecom-contact',
  'alipay-mini',
  'sms',
  'email',
];

export function usualBody(kind: AddressKind, subject: PlanSubject, templates: readonly MessageTemplate[]): BodyDraft {
  switch (kind) {
    case 'wechat-mini':
    case 'alipay-mini':
      return { channel: kind, ...usualFields(kind, subject, templates) };
    case 'wechat-official':
      return { channel: kind, ...usualFields(kind, subject, templates), opens: 'mini-program' };
    case 'wecom':
      return { channel: kind, form: 'textcard', ...wecomTexts(subject) };
    case 'wecom-contact':
      return { channel: 'wecom', form: 'contact', text: contactText(subject) };
    case 'sms':
      return { channel: kind, text: smsText(subject) };
    case 'email':
      return { channel: kind, ...mailTexts(subject) };
  }
}

/** The template that fits best, filled in; none: an empty choice. */
function usualFields(channel: SendingChannel, subject: PlanSubject, templates: readonly MessageTemplate[]) {
  const template = usualTemplate(
    subject.kind,
    templates.filter((each) => each.channel === channel),
  );
  return template ? { templateId: template.templateId, data: usualData(template, subject) } : { templateId: '', data: {} };
}

/** The surest word first: a notice of progress is a notice too. */
const templateHints: Readonly<Record<CampaignKind, readonly RegExp[]>> = {
  cloud_visit: [/问卷/, /调查|走访/],
  notice: [/政策/, /公告|通知|服务/],
};

function usualTemplate(kind: CampaignKind, templates: readonly MessageTemplate[]): MessageTemplate | undefined {
  for (const hint of templateHints[kind]) {
    const found = templates.find((template) => hint.test(template.title));
    if (found) return found;
  }
  return templates[0];
}

/** The name of what is sent: the placeholder, or its beginning where a short field would not hold it. */
function nameFor({ kind, title, questionnaireTitle }: PlanSubject): string {
  const name = kind === 'notice' ? title : (questionnaireTitle ?? '');
  return [...name].length > shortField ? truncateToCharacters(name, shortField) : kind === 'notice' && name ? name : '〔问卷名称〕';
}

/** Values by the name of the field first, then by its kind. */
export function usualData(template: MessageTemplate, subject: PlanSubject): Record<string, string> {
  return Object.fromEntries(template.fields.map(({ key, name }) => [key, usualValue(key, name, subject)]));
}

function usualValue(key: string, name: string, subject: PlanSubject): string {
  if (/单位|机构|部门|发起|发布/.test(name)) return '〔发起单位〕';
  if (/截止|期限|时间|日期/.test(name) || /^(date|time)\d/.test(key)) return '〔截止时间〕';
  if (/名称|主题|标题|内容|项目/.test(name)) return nameFor(subject);
  if (/^number\d/.test(key)) return '〔题数〕';
  if (/^phrase\d/.test(key)) return subject.kind === 'notice' ? '可办理' : '待填写';
  if (/^thing\d/.test(key)) return subject.kind === 'notice' ? '点开查看详情' : '共 〔题数〕 题，约 〔用时〕，自愿填写';
  return '';
}

function wecomTexts({ kind, title, noticeText }: PlanSubject): { title: string; description: string; buttonText: string } {
  if (kind === 'notice') {
    return { title: `【〔发起单位〕】${title}`, description: truncateToCharacters(noticeText.trim(), 120), buttonText: '去查看' };
  }
  return {
    title: '【〔发起单位〕】〔问卷名称〕',
    description: '共 〔题数〕 题，约 〔用时〕，请于〔截止时间〕前填写。\n自愿填写，不作为执法检查、信用评价依据。',
    buttonText: usualButton.textcard,
  };
}

function smsText({ kind, title }: PlanSubject): string {
  if (kind === 'notice') return `〔发起单位〕：${title}。详情见 〔链接〕`;
  return '〔发起单位〕请贵企业填写《〔问卷名称〕》，共 〔题数〕 题，约 〔用时〕，〔截止时间〕前有效：〔链接〕';
}

/** In the words of the member of staff who sends it on. */
function contactText({ kind, title, noticeText }: PlanSubject): string {
  if (kind === 'notice') return `您好，这里是〔发起单位〕。${title}：${truncateToCharacters(noticeText.trim(), 200)}\n详情：〔链接〕`;
  return '您好，这里是〔发起单位〕。想请贵企业填写《〔问卷名称〕》，共 〔题数〕 题，约 〔用时〕，〔截止时间〕前有效，自愿填写：〔链接〕';
}

function mailTexts({ kind, title, noticeText }: PlanSubject): { subject: string; text: string } {
  if (kind === 'notice') return { subject: `【〔发起单位〕】${title}`, text: `${noticeText.trim()}\n\n详情请见：〔链接〕` };
  return {
    subject: '【〔发起单位〕】请填写《〔问卷名称〕》',
    text: '您好：\n\n〔发起单位〕请贵企业填写《〔问卷名称〕》，共 〔题数〕 题，约 〔用时〕，请于〔截止时间〕前完成。\n\n填写链接（仅供贵企业使用）：〔链接〕\n\n自愿填写，不作为执法检查、信用评价依据。',
  };
}

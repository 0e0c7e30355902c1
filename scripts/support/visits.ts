import { type BodyDraft, type CampaignDetail, type CampaignDraft, campaignsApi } from '@suiban/shared/api/campaigns';
import { questionnairesApi } from '@suiban/shared/api/questionnaires';
import type { RuleDocument } from '@suiban/shared/rules';
import type { SurveyDocument } from '@suiban/shared/surveys';
import type { ApiClient } from './api-client';
import type { Cast } from './officials';

export interface PublishedForm {
  readonly questionnaireId: string;
  readonly version: number;
  readonly document: SurveyDocument;
}

/** A form of ours, published with a filled heading, as the drafter does it in the designer. */
export async function publishTemplate(drafter: ApiClient, templateId: 'restaurant' | 'pulse', tableNumber: string): Promise<PublishedForm> {
  const { items } = await drafter.call(questionnairesApi.listQuestionnaireTemplates);
  const template = items.find(({ id }) => id === templateId);
  if (!template) throw new Error(`the server ships no form “${templateId}”`);
  const { heading } = template.document;
  const document: SurveyDocument = {
    ...template.document,
    heading: { tableNumber, issuingBody: heading.issuingBody, approvalNumber: `演示备〔2026〕${tableNumber}`, validUntilOn: '2028-12-31' },
  };
  const draft = await drafter.call(questionnairesApi.createQuestionnaire, { body: { document } });
  const published = await drafter.call(questionnairesApi.publishQuestionnaire, {
    params: { questionnaireId: draft.id },
    body: { revision: draft.revision },
  });
  const version = published.latestVersion;
  if (version === null) throw new Error('a published questionnaire has no version');
  return { questionnaireId: published.id, version, document };
}

/** Restaurants (division 62) of these districts. */
export const restaurantsOf = (districtCodes: readonly string[]): RuleDocument => ({
  v: 1,
  when: {
    all: [
      { attribute: 'districtCode', operator: 'in', value: districtCodes },
      { attribute: 'industryCode', operator: 'startsWith', value: '62' },
    ],
  },
});

export const firmsNamed = (creditCodes: readonly string[]): RuleDocument => ({
  v: 1,
  when: { attribute: 'creditCode', operator: 'in', value: creditCodes },
});

const textcard: BodyDraft = {
  channel: 'wecom',
  form: 'textcard',
  title: '〔问卷名称〕',
  description: '〔发起单位〕邀请您填写，共〔题数〕题，约〔用时〕，〔截止时间〕前有效。您反映的诉求会转到对应部门办理并答复。',
  buttonText: '去填写',
};
export const chatCard: BodyDraft = {
  channel: 'wecom',
  form: 'card',
  title: '〔问卷名称〕',
  description: '直接在这里选择，提交后即完成。',
  buttonText: '提交',
};
const sms: BodyDraft = { channel: 'sms', text: '〔发起单位〕邀请您填写〔问卷名称〕，约〔用时〕，〔截止时间〕前有效：〔链接〕' };

/** mini-program → chat → SMS, with the account's own template for a visit: the first one-time template with four fields. */
export async function fullPlan(drafter: ApiClient): Promise<CampaignDraft['plan']> {
  const { items } = await drafter.call(campaignsApi.listMessageTemplates);
  const template = items.find(({ isLongTerm, fields }) => !isLongTerm && fields.some(({ name }) => name === '问卷名称'));
  if (!template) throw new Error('the mini-program account has no template for questionnaires');
  const texts: Readonly<Record<string, string>> = {
    问卷名称: '〔问卷名称〕',
    发起单位: '〔发起单位〕',
    截止时间: '〔截止时间〕',
    温馨提示: '约〔用时〕，可随时保存',
  };
  const data = Object.fromEntries(template.fields.map(({ key, name }) => [key, texts[name] ?? '请及时查看']));
  const bodies: readonly BodyDraft[] = [{ channel: 'wechat-mini', templateId: template.templateId, data }, textcard, sms];
  return bodies.map((body) => ({ account: 'default', body }));
}

export interface NewVisit {
  readonly title: string;
  readonly form: PublishedForm;
  readonly audience: RuleDocument;
  readonly plan: CampaignDraft['plan'];
  readonly daysOpen?: number;
}

export function visitDraft({ title, form, audience, plan, daysOpen = 7 }: NewVisit): CampaignDraft {
  const closesAt = new Date(performance.timeOrigin + performance.now() + daysOpen * 86_400_000).toISOString();
  return {
    kind: 'cloud_visit',
    title,
    questionnaire: { questionnaireId: form.questionnaireId, version: form.version },
    noticeText: '',
    audience,
    exclusions: { creditCodes: [], askedWithinDays: null, campaignIds: [], onePerPerson: true },
    plan,
    window: { startAt: null, notAfterAt: null, closesAt },
  };
}

/** 拟制 → 送审. @throws Error naming every finding that would hold it */
export async function submitVisit(drafter: ApiClient, draft: CampaignDraft): Promise<CampaignDetail> {
  const created = await drafter.call(campaignsApi.createCampaign, { body: draft });
  const params = { campaignId: created.id };
  const check = await drafter.call(campaignsApi.checkCampaign, { params });
  const errors = check.findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    throw new Error(`“${draft.title}” cannot be sent: ${errors.map(({ field, detail }) => `${field} ${detail}`).join('; ')}`);
  return drafter.call(campaignsApi.submitCampaign, { params, body: { contentHash: check.contentHash } });
}

/** 签发 by the second official over the hash on their screen, then 启动. */
export async function approveAndLaunch({ signatory }: Pick<Cast, 'signatory'>, campaignId: string): Promise<CampaignDetail> {
  const params = { campaignId };
  const shown = await signatory.call(campaignsApi.getCampaign, { params });
  await signatory.call(campaignsApi.approveCampaign, { params, body: { contentHash: shown.contentHash } });
  return signatory.call(campaignsApi.launchCampaign, { params });
}

import type { RawAnswers } from '@suiban/shared/surveys';
import { systemClock } from '@suiban/shared/time';
import { ApiProblem } from '@/api/client';
import { getMySurvey, type SubmissionReceipt, type SurveyForPhone, saveDraft, submitSurvey } from '@/api/surveys';
import { platform } from '@/platform/current';
import { deviceStorage } from '@/platform/storage';
import { sessions, withToken } from '../session';
import { createDraft, type DraftKeeper } from './draft';

/** One questionnaire being answered: title page, questions and review share it. */
export interface SurveyForm {
  survey: SurveyForPhone;
  draft: DraftKeeper;
}

const forms = new Map<string, SurveyForm>();
const attempts = new Map<string, { content: string; id: string }>();
const keyOf = (campaignId: string, enterpriseId: string) => `${campaignId}.${enterpriseId}`;

function withOwnToken<T>(campaignId: string, enterpriseId: string, call: (token: string) => Promise<T>): Promise<T> {
  const token = sessions.tokenFor(campaignId, enterpriseId);
  return token ? withToken(token, call) : Promise.reject(new ApiProblem('kernel:not-signed-in', ''));
}

/** Fetches the questionnaire and joins what this device has not sent yet. */
export async function openForm(campaignId: string, enterpriseId: string): Promise<SurveyForm> {
  const key = keyOf(campaignId, enterpriseId);
  const survey = await withOwnToken(campaignId, enterpriseId, (token) => getMySurvey(token, campaignId, enterpriseId));
  const known = forms.get(key);
  if (known?.survey.version === survey.version) known.draft.refresh(survey.draft.answers);
  const draft = known?.survey.version === survey.version ? known.draft : startDraft(survey);
  const form = { survey, draft };
  forms.set(key, form);
  return form;
}

/** The form as the page before left it; fetched only where there was none (a reload). */
export const currentForm = (campaignId: string, enterpriseId: string): Promise<SurveyForm> => {
  const known = forms.get(keyOf(campaignId, enterpriseId));
  return known ? Promise.resolve(known) : openForm(campaignId, enterpriseId);
};

function startDraft({ campaignId, enterpriseId, version, draft }: SurveyForPhone): DraftKeeper {
  const save = async (answers: readonly { questionId: string; answer: unknown; savedAt: string }[]): Promise<RawAnswers> =>
    (await withOwnToken(campaignId, enterpriseId, (token) => saveDraft(token, campaignId, { enterpriseId, answers: [...answers] })))
      .answers;
  return createDraft(
    { storage: deviceStorage, now: () => systemClock.now(), save },
    `draft.survey.${keyOf(campaignId, enterpriseId)}`,
    version,
    draft.answers,
  );
}

/** Submits; a repeat with the same answers (after a lost reply) carries the same key and so counts once. */
export async function submitForm(
  { survey, draft }: SurveyForm,
  answers: Parameters<typeof submitSurvey>[2]['answers'],
): Promise<SubmissionReceipt> {
  const { campaignId, enterpriseId, version } = survey;
  const key = keyOf(campaignId, enterpriseId);
  const content = JSON.stringify(answers);
  const before = attempts.get(key);
  const attempt = before?.content === content ? before : { content, id: platform.randomId() };
  attempts.set(key, attempt);
  const receipt = await withOwnToken(campaignId, enterpriseId, (token) =>
    submitSurvey(token, campaignId, { enterpriseId, version, answers }, attempt.id),
  );
  draft.forget();
  attempts.delete(key);
  forms.set(key, { survey: { ...survey, state: 'answered', submission: receipt }, draft });
  return receipt;
}

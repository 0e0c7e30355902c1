import { campaignsApi } from '@suiban/shared/api/campaigns';
import { surveysApi } from '@suiban/shared/api/surveys';
import type { Answer, SurveyDocument } from '@suiban/shared/surveys';
import { ApiClient } from './api-client';

export type GivenAnswers = Readonly<Record<string, Answer>>;

/** A phone that holds one firm's personal link. */
export interface LinkHolder {
  readonly phone: ApiClient;
  readonly campaignId: string;
  readonly enterpriseId: string;
}

/** The token in a link: a mini-program's page carries it, a browser finds it behind the redirect of the short link. */
async function tokenOf(baseUrl: string, link: string): Promise<string> {
  const { pathname, searchParams } = new URL(link, baseUrl);
  const carried = searchParams.get('link');
  if (carried) return carried;
  const response = await fetch(`${baseUrl}${pathname}`, { redirect: 'manual' });
  const location = response.headers.get('location') ?? '';
  const token = new URL(location, baseUrl).searchParams.get('link');
  if (response.status !== 302 || !token) throw new Error(`${pathname}: ${response.status}, and no link in “${location}”`);
  return token;
}

/** Follows the link of a message, as a phone does, to a session that is good for this one survey. */
export async function openPersonalLink(baseUrl: string, link: string): Promise<LinkHolder> {
  const phone = new ApiClient(baseUrl);
  const session = await phone.call(campaignsApi.openLinkSession, { body: { token: await tokenOf(baseUrl, link) } });
  if (!session.me.scope) throw new Error(`${link}: the session of a personal link has no scope`);
  phone.token = session.token;
  return { phone, ...session.me.scope };
}

/** From the first answer to the last: most firms take two to six minutes, a few much longer. */
export const usualSeconds = (random: () => number): number => Math.round(110 * Math.exp(random() * 1.3));

/**
 * Question by question into the draft, then submitted, as the answer page does: the phone says when each was given, over the last
 * `tookSec` seconds. Returns the id of what was stored.
 */
export async function answerSurvey(
  holder: LinkHolder,
  answersFor: (document: SurveyDocument) => GivenAnswers,
  tookSec: number,
): Promise<string> {
  const { phone, campaignId, enterpriseId } = holder;
  const params = { campaignId };
  const survey = await phone.call(surveysApi.getMySurvey, { params, query: { enterpriseId } });
  const answers = answersFor(survey.document);
  const nowMs = performance.timeOrigin + performance.now();
  const given = Object.entries(answers);
  const savedAt = (index: number): string => new Date(nowMs - (tookSec * 1000 * (given.length - index)) / given.length).toISOString();
  await phone.call(surveysApi.saveSurveyDraft, {
    params,
    body: { enterpriseId, answers: given.map(([questionId, answer], index) => ({ questionId, answer, savedAt: savedAt(index) })) },
  });
  const resumed = await phone.call(surveysApi.getMySurvey, { params, query: { enterpriseId } });
  const receipt = await phone.call(surveysApi.submitSurvey, {
    params,
    body: { enterpriseId, version: survey.version, answers: resumed.draft.answers },
  });
  return receipt.submissionId;
}

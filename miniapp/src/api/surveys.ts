import type { SaveSurveyDraft, SubmissionReceipt, SubmitSurvey, SurveyForPhone, SurveyToAnswer } from '@suiban/shared/api/surveys';
import { send } from './client';

export type { SubmissionReceipt, SurveyForPhone, SurveyToAnswer } from '@suiban/shared/api/surveys';

export const listMySurveys = (token: string) => send<{ items: SurveyToAnswer[] }>({ method: 'GET', path: '/api/m/surveys', token });

export const getMySurvey = (token: string, campaignId: string, enterpriseId: string) =>
  send<SurveyForPhone>({ method: 'GET', path: `/api/m/surveys/${campaignId}`, query: { enterpriseId }, token });

export const saveDraft = (token: string, campaignId: string, body: SaveSurveyDraft) =>
  send<SurveyForPhone['draft']>({ method: 'PUT', path: `/api/m/surveys/${campaignId}/draft`, token, body });

export const submitSurvey = (token: string, campaignId: string, body: SubmitSurvey, idempotencyKey: string) =>
  send<SubmissionReceipt>({ method: 'POST', path: `/api/m/surveys/${campaignId}/submission`, token, body, idempotencyKey });

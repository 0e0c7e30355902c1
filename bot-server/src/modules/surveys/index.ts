import type { Answers, SurveyDocument } from '@suiban/shared/surveys';
import type { Tx } from '../../kernel/db/database';
import type { Deps, Module } from '../module';
import { documentOf } from './documents';
import { surveysIntent } from './intents';
import type { SurveyPorts } from './ports';
import { openAnswers, sensitiveIds } from './sensitive';
import { findSubmission } from './submissions.repo';
import { type CardAnswer, submitCardAnswer } from './submit-card-answer';
import { permissions } from './surveys.policy';
import { surveyRoutes } from './surveys.routes';

export type { OrderOfSubmission, SurveyPorts } from './ports';

/**
 * What firms answer: drafts, submissions, results. Takes answers given on cards in a chat.
 * Emits `surveys.submitted` {submissionId, campaignId, enterpriseId, via}.
 */
export const surveysModule = (deps: Deps, ports: SurveyPorts): Module => ({
  name: 'surveys',
  routes: surveyRoutes(deps, ports),
  permissions,
  intents: [surveysIntent(deps)],
  onInbox: {
    'card-answer': async ({ source, payload }) => {
      await submitCardAnswer(deps, source.slice(source.indexOf(':') + 1), payload as unknown as CardAnswer);
    },
  },
});

/** One firm's answers beside the questionnaire they answer. */
export interface Submission {
  readonly id: string;
  readonly campaignId: string;
  readonly enterpriseId: string;
  readonly nameVisibility: 'public' | 'industry-district' | 'hidden';
  readonly document: SurveyDocument;
  /** Opened: keep sensitive ones out of logs, titles and events. */
  readonly answers: Answers;
}

/** A stored submission; undefined when there is none of this id. */
export async function submissionById(tx: Tx, deps: Pick<Deps, 'sealer'>, id: string): Promise<Submission | undefined> {
  const row = await findSubmission(tx, id);
  if (!row) return undefined;
  const document = await documentOf(tx, { questionnaire_id: row.questionnaire_id, questionnaire_version: row.version });
  return {
    id: row.id,
    campaignId: row.campaign_id,
    enterpriseId: row.enterprise_id,
    nameVisibility: row.name_visibility,
    document,
    answers: openAnswers(deps.sealer, row.answers, sensitiveIds(document)),
  };
}

import type { SurveyResults } from '@suiban/shared/api/surveys';
import type { QuestionResults } from '@suiban/shared/surveys';
import { zoneOffsetMinutes } from '@suiban/shared/time';
import type { OfficialActor } from '../../kernel/http/actor';
import type { Deps } from '../module';
import { findSurveyCampaign } from './asked.repo';
import { documentOf } from './documents';
import { countAsked, countByDay, countByVia, type ResultFilter, readFigures } from './figures.repo';
import { mustOwnCampaign, smallestCell } from './surveys.policy';
import { resultsUnder } from './tallies';

const isFiltered = (filter: ResultFilter): boolean => Object.values(filter).some((value) => value !== undefined && value !== '');

const nonEmpty = (filter: ResultFilter): ResultFilter => Object.fromEntries(Object.entries(filter).filter(([, value]) => value));

const asContract = (questions: readonly QuestionResults[]) => questions.map(({ questionId, aggregate }) => ({ questionId, aggregate }));

/**
 * 逐题汇总. Under a filter that fewer than five answers match, every figure about answers is withheld; what was sent is no secret.
 * @throws DomainError kernel:not-found for another bureau's campaign
 */
export async function readResults(deps: Deps, actor: OfficialActor, campaignId: string, given: ResultFilter): Promise<SurveyResults> {
  const { db, city } = deps;
  const campaign = mustOwnCampaign(actor, await findSurveyCampaign(db, campaignId));
  const filter = nonEmpty(given);
  const document = await documentOf(db, campaign);
  const figures = await readFigures(db, campaignId, filter);
  const { planned, reached } = await countAsked(db, campaignId, filter);
  const isSuppressed = isFiltered(filter) && figures.answered < smallestCell;
  const common = { title: document.title.zh, version: campaign.questionnaire_version, document, planned, isSuppressed };
  if (isSuppressed) {
    const none = { answered: 0, reached, answerRate: null, medianSeconds: null, problemCount: 0, byDay: [], byVia: [], questions: [] };
    return { ...common, ...none };
  }
  // Who answered was reached, though the ledger hears of it a moment later.
  const reachedAtLeast = Math.max(reached, figures.answered);
  return {
    ...common,
    answered: figures.answered,
    reached: reachedAtLeast,
    answerRate: reachedAtLeast === 0 ? null : figures.answered / reachedAtLeast,
    medianSeconds: figures.median_seconds,
    problemCount: figures.problems,
    byDay: await countByDay(db, campaignId, filter, zoneOffsetMinutes[city.timeZone]),
    byVia: await countByVia(db, campaignId, filter),
    questions: asContract(await resultsUnder(deps, campaignId, document, filter, figures.answered)),
  };
}

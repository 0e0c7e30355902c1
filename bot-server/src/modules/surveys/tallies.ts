import { addSubmission, type QuestionResults, resultsOf, type SurveyDocument, startTally } from '@suiban/shared/surveys';
import type { Deps } from '../module';
import { answersToAdd, type ResultFilter } from './figures.repo';
import { openAnswers, sensitiveIds } from './sensitive';

const chunkSize = 500;
const mostPerDocument = 40;

/**
 * Sums by filter, kept beside the document they belong to. Answers are never changed or removed, so as many answers of one campaign under
 * one filter are the same answers.
 */
const held = new WeakMap<SurveyDocument, Map<string, { readonly answered: number; readonly questions: readonly QuestionResults[] }>>();

/** Words about a person stay out of the chart; that they were given is counted. */
const withoutWords = (result: QuestionResults): QuestionResults => {
  const { aggregate } = result;
  if (aggregate.form === 'texts') return { ...result, aggregate: { ...aggregate, sample: [] } };
  if (aggregate.form === 'options') return { ...result, aggregate: { ...aggregate, otherTexts: [] } };
  return result;
};

/** Adds up every answer in the memory of one chunk. */
async function addUp(deps: Deps, campaignId: string, document: SurveyDocument, filter: ResultFilter): Promise<readonly QuestionResults[]> {
  const sensitive = sensitiveIds(document);
  const tally = startTally(document);
  for await (const rows of deps.db.stream(answersToAdd(campaignId, filter), chunkSize)) {
    for (const { answers } of rows) addSubmission(document, tally, openAnswers(deps.sealer, answers, sensitive));
  }
  return resultsOf(document, tally).map((result) => (sensitive.has(result.questionId) ? withoutWords(result) : result));
}

/** One result per question; `answered` is how many answers there are under the filter now. */
export async function resultsUnder(
  deps: Deps,
  campaignId: string,
  document: SurveyDocument,
  filter: ResultFilter,
  answered: number,
): Promise<readonly QuestionResults[]> {
  const known = held.get(document) ?? new Map<string, { readonly answered: number; readonly questions: readonly QuestionResults[] }>();
  held.set(document, known);
  const name = JSON.stringify([campaignId, filter.districtCode, filter.industryCode, filter.sizeClass, filter.via]);
  const sums = known.get(name);
  if (sums?.answered === answered) return sums.questions;
  const questions = await addUp(deps, campaignId, document, filter);
  known.set(name, { answered, questions });
  const [oldest] = known.keys();
  if (known.size > mostPerDocument && oldest !== undefined) known.delete(oldest);
  return questions;
}

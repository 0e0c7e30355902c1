import { type Answer, type Answers, questionsOf, type SurveyDocument } from '@suiban/shared/surveys';
import type { FieldSealer } from '../../kernel/crypto/field-sealer';

/** What the firm wrote of a person (a mobile to call) is sealed at rest, in drafts and in submissions alike. */
const purpose = 'survey.sensitive-answer';

export const sensitiveIds = (document: SurveyDocument): ReadonlySet<string> =>
  new Set(questionsOf(document).flatMap((question) => (question.sensitive ? [question.id] : [])));

export const sealAnswer = (sealer: FieldSealer, answer: unknown) => ({ sealed: sealer.seal(purpose, JSON.stringify(answer)) });

export function openAnswer(sealer: FieldSealer, stored: unknown): Answer {
  const { sealed } = stored as { readonly sealed: string };
  return JSON.parse(sealer.open(purpose, sealed)) as Answer;
}

const mapped = (answers: Answers, ids: ReadonlySet<string>, change: (answer: unknown) => unknown): Answers =>
  Object.fromEntries(Object.entries(answers).map(([id, answer]) => [id, ids.has(id) ? change(answer) : answer])) as Answers;

export const sealAnswers = (sealer: FieldSealer, answers: Answers, ids: ReadonlySet<string>): Answers =>
  mapped(answers, ids, (answer) => sealAnswer(sealer, answer));

export const openAnswers = (sealer: FieldSealer, answers: Answers, ids: ReadonlySet<string>): Answers =>
  mapped(answers, ids, (answer) => openAnswer(sealer, answer));

export const withoutSensitive = (answers: Answers, ids: ReadonlySet<string>): Record<string, Answer> =>
  Object.fromEntries(Object.entries(answers).flatMap(([id, answer]) => (answer == null || ids.has(id) ? [] : [[id, answer]])));

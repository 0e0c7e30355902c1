import { answerOf, type Question, questionsOf, type RawAnswers, type SurveyDocument } from '../document';
import { isBlankAnswer } from './compiled';
import { pathOf } from './path';

export interface Progress {
  /** Questions on the path with an answer. */
  readonly answered: number;
  /** Questions on the path as it is now: it can grow and shrink with the answers. */
  readonly total: number;
  readonly requiredLeft: number;
  /** answered ÷ total, 0 to 1; 1 where nothing is asked. */
  readonly share: number;
  /** Whole minutes that the rest should take, at least 1 while anything is left. */
  readonly minutesLeft: number;
}

export function progressOf(document: SurveyDocument, answers: RawAnswers): Progress {
  const { questions } = pathOf(document, answers);
  const left = questions.filter((each) => isBlankAnswer(each, answerOf(answers, each.id)));
  const total = questions.length;
  const answered = total - left.length;
  const share = total === 0 ? 1 : answered / total;
  const minutesLeft = left.length === 0 ? 0 : Math.max(1, Math.round(document.minutes * (1 - share)));
  return { answered, total, requiredLeft: left.filter((each) => each.required).length, share, minutesLeft };
}

/** Places in the document of the questions on the path, and of the current one. */
function placed(document: SurveyDocument, answers: RawAnswers, currentId: string | null) {
  const places = new Map(questionsOf(document).map((each, at) => [each.id, at]));
  const current = currentId === null ? -1 : (places.get(currentId) ?? -1);
  const steps = pathOf(document, answers).questions.map((question) => ({ question, at: places.get(question.id) ?? -1 }));
  return { current, steps };
}

/** The next question on the screen; the first one with `null`, `undefined` after the last. Works from a question that has just been hidden. */
export function nextQuestion(document: SurveyDocument, answers: RawAnswers, currentId: string | null): Question | undefined {
  const { current, steps } = placed(document, answers, currentId);
  return steps.find((step) => step.at > current)?.question;
}

/** The question before; the last one with `null` (back from the review page), `undefined` before the first. */
export function previousQuestion(document: SurveyDocument, answers: RawAnswers, currentId: string | null): Question | undefined {
  const { current, steps } = placed(document, answers, currentId);
  const before = currentId === null ? steps : steps.filter((step) => step.at < current);
  return before[before.length - 1]?.question;
}

/** Where to go on with a draft: the first question on the path without an answer, `undefined` when all have one. */
export const firstUnanswered = (document: SurveyDocument, answers: RawAnswers): Question | undefined =>
  pathOf(document, answers).questions.find((each) => isBlankAnswer(each, answerOf(answers, each.id)));

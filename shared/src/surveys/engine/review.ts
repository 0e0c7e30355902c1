import { type Language, textIn, type Words } from '../../words';
import { answerOf, type Question, type RawAnswers, type SurveyDocument } from '../document';
import { questionTypeOf } from '../registry';
import { isBlankAnswer } from './compiled';
import { pathOf } from './path';

/** One line of the review page. */
export interface ReviewItem {
  readonly questionId: string;
  /** Place on the path, from 1. */
  readonly number: number;
  readonly title: string;
  /** The answer in words; null where there is none yet. */
  readonly text: string | null;
  readonly isRequired: boolean;
  /** What stands in the way of submitting; empty = fine. */
  readonly problems: readonly Words[];
}

/** An answer in words; null where it is blank or makes no sense. Never throws. */
export function answerText(question: Question, answer: unknown, language: Language = 'zh'): string | null {
  const type = questionTypeOf(question.kind);
  if (type.isBlank(answer)) return null;
  const checked = type.checkAnswer(question.config, answer);
  return checked.ok ? type.toText(question.config, checked.answer, language) : null;
}

/** Everything on the path, each with its answer in words and what is wrong with it. */
export const reviewOf = (document: SurveyDocument, answers: RawAnswers, language: Language = 'zh'): readonly ReviewItem[] =>
  pathOf(document, answers).questions.map((question, at) => {
    const answer = answerOf(answers, question.id);
    const isBlank = isBlankAnswer(question, answer);
    const checked = isBlank ? undefined : questionTypeOf(question.kind).checkAnswer(question.config, answer);
    const missing = isBlank && question.required ? [{ zh: '这道题必须回答', en: 'this question must be answered' }] : [];
    return {
      questionId: question.id,
      number: at + 1,
      title: textIn(question.title, language),
      text: answerText(question, answer, language),
      isRequired: question.required,
      problems: checked && !checked.ok ? checked.errors.map((each) => each.detail) : missing,
    };
  });

import type { AttributeValue } from '../../rules';
import type { Question, RawAnswers, SurveyDocument, SurveyPage } from '../document';
import { compiledOf, ruleAnswerOf } from './compiled';

/** The questions that these answers lead to, in order. */
export interface Path {
  readonly questions: readonly Question[];
  readonly questionIds: readonly string[];
  /** Pages that show at least one question. */
  readonly pages: readonly { readonly page: SurveyPage; readonly questions: readonly Question[] }[];
  /** What rules see: answers of questions on the path only. An answer off the path is unknown to every rule. */
  readonly values: Readonly<Record<string, AttributeValue>>;
}

/**
 * Walks the questionnaire front to back: a question is shown where its rule is true of the answers shown before it; false and unknown hide.
 * Both ends run this; never throws, whatever the answers hold.
 */
export function pathOf(document: SurveyDocument, answers: RawAnswers): Path {
  const values: Record<string, AttributeValue> = {};
  const questions: Question[] = [];
  const byPage = new Map<string, Question[]>();
  for (const { question, pageId, isVisible } of compiledOf(document)) {
    if (isVisible && isVisible(values) !== true) continue;
    questions.push(question);
    const onPage = byPage.get(pageId);
    if (onPage) onPage.push(question);
    else byPage.set(pageId, [question]);
    const value = ruleAnswerOf(question, answers);
    if (value !== undefined) values[question.id] = value;
  }
  const pages = document.pages.flatMap((page) => {
    const shown = byPage.get(page.id);
    return shown ? [{ page, questions: shown }] : [];
  });
  return { questions, questionIds: questions.map((each) => each.id), pages, values };
}

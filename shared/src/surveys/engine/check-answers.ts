import type { Words } from '../../words';
import { type Answer, type Answers, answerOf, questionsOf, type RawAnswers, type SurveyDocument } from '../document';
import { isObject } from '../reading';
import { questionTypeOf } from '../registry';
import { isBlankAnswer } from './compiled';
import { type Path, pathOf } from './path';

export interface AnswerError {
  readonly questionId: string;
  /** `required`, `off-path`, `unknown-question`, or a rule of the question's kind. */
  readonly rule: string;
  readonly detail: Words;
}

export type CheckedAnswers =
  | { readonly ok: true; readonly answers: Answers; readonly path: Path }
  | { readonly ok: false; readonly errors: readonly AnswerError[]; readonly path: Path };

const requiredDetail: Words = { zh: '这道题必须回答', en: 'this question must be answered' };

/** Checks the answers on the path and returns them clean, blank ones and those off the path left out (what a phone sends). */
export function checkAnswers(document: SurveyDocument, answers: RawAnswers): CheckedAnswers {
  const path = pathOf(document, answers);
  const clean: Record<string, Answer> = {};
  const errors: AnswerError[] = [];
  for (const question of path.questions) {
    const given = answerOf(answers, question.id);
    if (isBlankAnswer(question, given)) {
      if (question.required) errors.push({ questionId: question.id, rule: 'required', detail: requiredDetail });
      continue;
    }
    const checked = questionTypeOf(question.kind).checkAnswer(question.config, given);
    if (checked.ok) clean[question.id] = checked.answer as Answer;
    else errors.push(...checked.errors.map((each) => ({ questionId: question.id, ...each })));
  }
  return errors.length > 0 ? { ok: false, errors, path } : { ok: true, answers: clean, path };
}

/**
 * The server's check of what came in: as `checkAnswers`, and an answer to a question that is off the path or not in the questionnaire
 * is refused, never dropped in silence.
 */
export function checkSubmission(document: SurveyDocument, input: unknown): CheckedAnswers {
  const given: RawAnswers = isObject(input) ? input : {};
  const checked = checkAnswers(document, given);
  const onPath = new Set(checked.path.questionIds);
  const known = new Map(questionsOf(document).map((each) => [each.id, each]));
  const refused: AnswerError[] = [];
  if (!isObject(input)) {
    refused.push({ questionId: '', rule: 'type', detail: { zh: '答卷格式不正确', en: 'answers must be an object' } });
  }
  for (const id of Object.keys(given)) {
    const question = known.get(id);
    if (!question) {
      const detail = { zh: `问卷里没有“${id.slice(0, 64)}”这道题`, en: `no question "${id.slice(0, 64)}" in this questionnaire` };
      refused.push({ questionId: id, rule: 'unknown-question', detail });
    } else if (!onPath.has(id) && !isBlankAnswer(question, answerOf(given, id))) {
      const detail = { zh: '按前面的回答，这道题不需要填写，请刷新后重新提交', en: 'by the answers before, this question is not asked' };
      refused.push({ questionId: id, rule: 'off-path', detail });
    }
  }
  if (refused.length === 0) return checked;
  return { ok: false, errors: [...refused, ...(checked.ok ? [] : checked.errors)], path: checked.path };
}

/** A blank answer for every question: the start of a form. */
export const blankAnswers = (document: SurveyDocument): Answers =>
  Object.fromEntries(questionsOf(document).map((each) => [each.id, questionTypeOf(each.kind).blank() as Answer | null]));

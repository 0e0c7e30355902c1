import { type Question, questionTypeOf } from '@suiban/shared/surveys';
import type { Lang } from '@suiban/shared/text';

const required = { zh: '这道题必须回答', en: 'This question must be answered' };

/** What the engine has against an answer, in words; undefined where it is fine to go on. */
export function errorOf(question: Question, answer: unknown, language: Lang): string | undefined {
  const type = questionTypeOf(question.kind);
  if (type.isBlank(answer)) return question.required ? required[language] : undefined;
  const checked = type.checkAnswer(question.config, answer);
  if (checked.ok) return undefined;
  return checked.errors.map((each) => each.detail[language]).join(language === 'zh' ? '；' : '; ');
}

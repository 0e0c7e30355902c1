import { DomainError, type ProblemType } from '@suiban/shared/errors';
import { type AnswerError, type Answers, checkSubmission, questionsOf, type SurveyDocument } from '@suiban/shared/surveys';

const typeOf = (errors: readonly AnswerError[]): ProblemType => {
  if (errors.some(({ rule }) => rule === 'unknown-question')) return 'surveys:unknown-question';
  return errors.some(({ rule }) => rule === 'off-path') ? 'surveys:off-path' : 'surveys:invalid-answers';
};

const escaped = (id: string): string => id.replaceAll('~', '~0').replaceAll('/', '~1');

/** Clean answers, or a refusal that names each question and rule. @throws DomainError */
export function checkSubmitted(document: SurveyDocument, answers: Readonly<Record<string, unknown>>): Answers {
  const checked = checkSubmission(document, answers);
  if (checked.ok) return checked.answers;
  const numbers = new Map(questionsOf(document).map(({ id }, at) => [id, at + 1]));
  const named = ({ questionId, detail }: AnswerError): string => {
    const number = numbers.get(questionId);
    return number === undefined ? detail.zh : `第${number}题：${detail.zh}`;
  };
  const [first] = checked.errors;
  throw new DomainError(typeOf(checked.errors), first && `${named(first)}。您填写的内容没有丢失，请修改后重新提交`, {
    errors: checked.errors.slice(0, 50).map((error) => ({ pointer: `/body/answers/${escaped(error.questionId)}`, detail: named(error) })),
  });
}

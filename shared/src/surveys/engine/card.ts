import { type Language, textIn, type Words } from '../../words';
import { type Answers, findQuestion, questionsOf, type SurveyDocument } from '../document';
import { questionTypeOf } from '../registry';
import { type CheckedAnswers, checkSubmission } from './check-answers';

/** Limits of an interactive card in a chat: one question with up to 20 options, or two or three single ones with up to 10 each. */
export const cardLimits = { questions: 3, optionsOfOne: 20, optionsOfEach: 10 } as const;

/** A questionnaire as a card: the caller adds the task id. */
export interface SurveyCard {
  readonly submitText: string;
  readonly questions: readonly {
    readonly key: string;
    readonly title: string;
    readonly mode: 'single' | 'multiple';
    readonly options: readonly { readonly id: string; readonly text: string }[];
  }[];
}

export type CardFit = { readonly ok: true; readonly card: SurveyCard } | { readonly ok: false; readonly reason: Words };

const not = (zh: string, en: string): CardFit => ({ ok: false, reason: { zh, en } });

/** The questionnaire as a card where the platform's limits allow, else why not (it then goes out as a link). */
export function cardOf(document: SurveyDocument, language: Language = 'zh'): CardFit {
  const questions = questionsOf(document);
  if (questions.length === 0) return not('问卷还没有题目', 'the questionnaire has no questions');
  if (questions.length > cardLimits.questions) {
    return not(
      `共 ${questions.length} 题，卡片最多 ${cardLimits.questions} 题`,
      `${questions.length} questions; a card holds ${cardLimits.questions}`,
    );
  }
  const parts: SurveyCard['questions'][number][] = [];
  for (const [at, question] of questions.entries()) {
    const name = { zh: `第${at + 1}题`, en: `question ${at + 1}` };
    if (!question.required)
      return not(`${name.zh}不是必答题，卡片里的题目必须全部回答`, `${name.en} is optional; a card is answered whole`);
    if (question.showIf) return not(`${name.zh}有显示条件，卡片里不能隐藏题目`, `${name.en} has a condition; a card cannot hide questions`);
    const part = questionTypeOf(question.kind).card(question.config, language);
    if (!part.ok) return not(`${name.zh}：${part.reason.zh}`, `${name.en}: ${part.reason.en}`);
    if (part.mode === 'multiple' && questions.length > 1) {
      return not(`${name.zh}是多选题，多选题只能单独成卡片`, `${name.en} allows several choices; such a question needs a card of its own`);
    }
    const most = questions.length === 1 ? cardLimits.optionsOfOne : cardLimits.optionsOfEach;
    if (part.options.length === 0 || part.options.length > most) {
      return not(
        `${name.zh}有 ${part.options.length} 个选项，这里需要 1 到 ${most} 个`,
        `${name.en} has ${part.options.length} options; 1 to ${most} fit`,
      );
    }
    parts.push({ key: question.id, title: textIn(question.title, language), mode: part.mode, options: part.options });
  }
  return { ok: true, card: { submitText: language === 'zh' ? '提交' : 'Submit', questions: parts } };
}

/** What was chosen on a card, checked as any submission: a question or option that is not on the card is refused. */
export function checkCardAnswer(
  document: SurveyDocument,
  selected: readonly { readonly key: string; readonly optionIds: readonly string[] }[],
): CheckedAnswers {
  const answers: [string, unknown][] = selected.map(({ key, optionIds }) => {
    const question = findQuestion(document, key);
    return [key, question ? questionTypeOf(question.kind).fromCard(question.config, optionIds) : optionIds];
  });
  return checkSubmission(document, Object.fromEntries(answers) as Answers);
}

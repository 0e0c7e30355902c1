import { compileEvaluator, type Labels, type Reason, RuleDefect, type Verdict } from '../../rules';
import {
  type Answers,
  answerOf,
  findQuestion,
  type NameVisibility,
  nameVisibilities,
  type ProblemSource,
  type Question,
  type SurveyDocument,
} from '../document';
import { isObject, own } from '../reading';
import { answerRegistry } from './compiled';
import { type Path, pathOf } from './path';
import { answerText } from './review';

/** An answer that reports something to be solved (诉求). */
export interface ExtractedProblem {
  readonly questionId: string;
  /** The answer in words, as the firm gave it. */
  readonly text: string;
  readonly matterId?: string;
  /** Why it counts as one: a line per clause of the rule that holds. */
  readonly reasons: readonly Labels[];
}

/** What people write when they have nothing to say; checked on the whole answer, without its punctuation. */
const nothingSaid = new Set([
  '无',
  '没有',
  '暂无',
  '暂时没有',
  '没',
  '无诉求',
  '无需求',
  '没有诉求',
  '暂无诉求',
  '无建议',
  '没有建议',
  '暂无建议',
  '无意见',
  '不需要',
  '无困难',
  '没有困难',
  'no',
  'none',
  'nothing',
  'na',
  'nil',
]);

export const saysNothing = (text: string): boolean => {
  const bare = text.toLowerCase().replace(/[\s\p{P}\p{S}]/gu, '');
  return bare === '' || nothingSaid.has(bare);
};

/** The conditions that made the rule hold; under a `not` those that are false, said as such. */
function holding(reason: Reason, wanted: boolean): readonly { readonly attribute: string; readonly text: Labels }[] {
  if (reason.children) return reason.children.flatMap((each) => holding(each, reason.kind === 'not' ? !wanted : wanted));
  if (reason.outcome !== wanted || reason.attribute === undefined) return [];
  const { zh, en } = reason.text;
  return [{ attribute: reason.attribute, text: wanted ? reason.text : { zh: `不是“${zh}”`, en: `not "${en}"` } }];
}

const plainReason: Labels = { zh: '企业填写了具体内容', en: 'the firm wrote something' };

function judge(document: SurveyDocument, source: ProblemSource, path: Path): Verdict | null {
  if (!source.rule) return null;
  try {
    return compileEvaluator(source.rule, answerRegistry(document))(path.values);
  } catch (defect) {
    if (defect instanceof RuleDefect) return { outcome: null, explain: () => ({ outcome: null, reasons: emptyReason, nearestMiss: [] }) };
    throw defect;
  }
}

const emptyReason: Reason = { pointer: '/when', kind: 'all', outcome: null, text: { zh: '', en: '' } };

/** What the firm wrote of itself under a sensitive question stays out of the reasons. */
const reasonsOf = (document: SurveyDocument, verdict: Verdict): readonly Labels[] =>
  holding(verdict.explain().reasons, true).flatMap(({ attribute, text }) => (findQuestion(document, attribute)?.sensitive ? [] : [text]));

function matterOf(source: ProblemSource, answers: Answers, path: Path): string | undefined {
  if (!source.matter) return undefined;
  if ('fixed' in source.matter) return source.matter.fixed;
  const { fromQuestion, map } = source.matter;
  const answer = path.questionIds.includes(fromQuestion) ? answerOf(answers, fromQuestion) : undefined;
  if (!isObject(answer) || typeof answer.option !== 'string') return undefined;
  return map ? own(map, answer.option) : answer.option;
}

function problemOf(document: SurveyDocument, answers: Answers, path: Path, question: Question): ExtractedProblem | undefined {
  const source = question.problemSource;
  const text = source && answerText(question, answerOf(answers, question.id));
  if (!source || !text || saysNothing(text)) return undefined;
  const verdict = judge(document, source, path);
  if (verdict && verdict.outcome !== true) return undefined;
  const reasons = verdict ? reasonsOf(document, verdict) : [plainReason];
  const matterId = matterOf(source, answers, path);
  return matterId === undefined ? { questionId: question.id, text, reasons } : { questionId: question.id, text, matterId, reasons };
}

/**
 * The problems in a submission: answers on the path to questions marked as sources, whose rule is true (unknown is not), and which say
 * something (“无” does not). Expects answers that `checkAnswers` returned.
 */
export function extractProblems(document: SurveyDocument, answers: Answers): readonly ExtractedProblem[] {
  const path = pathOf(document, answers);
  return path.questions.flatMap((question) => problemOf(document, answers, path, question) ?? []);
}

/** Who may see the firm's name: its own choice, else the default of the form. */
export function nameVisibilityOf(document: SurveyDocument, answers: Answers): NameVisibility {
  const { questionId } = document.nameVisibility;
  const answer = questionId === undefined ? undefined : answerOf(answers, questionId);
  const chosen = isObject(answer) ? nameVisibilities.find((each) => each === answer.option) : undefined;
  return chosen ?? document.nameVisibility.default;
}

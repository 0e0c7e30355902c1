import {
  type Attribute,
  type AttributeRegistry,
  attributeRegistry,
  compileClosure,
  RuleDefect,
  type RuleDocument,
  type RuleTest,
} from '../../rules';
import { type Question, questionsOf, type RawAnswers, type SurveyDocument } from '../document';
import { own } from '../reading';
import { questionTypeOf } from '../registry';

/** A question ready to be walked over. */
export interface CompiledQuestion {
  readonly question: Question;
  readonly pageId: string;
  readonly isVisible: RuleTest | undefined;
}

const shortened = (text: string): string => (text.length > 24 ? `${text.slice(0, 23)}…` : text);

/** The answer of a question as something a rule can ask about. `at` counts from 0. */
export function answerAttribute(question: Question, at: number): Attribute {
  const { type, options } = questionTypeOf(question.kind).attribute(question.config);
  return {
    name: question.id,
    label: {
      zh: `第${at + 1}题“${shortened(question.title.zh)}”`,
      en: `question ${at + 1} "${shortened(question.title.en ?? question.title.zh)}"`,
    },
    type,
    options,
    owner: 'surveys',
    source: { zh: '本问卷的回答', en: 'answers of this questionnaire' },
  };
}

/** The registry of the answers that a rule of question `before` may ask about (all of them without `before`). A repeated id counts once. */
export function answerRegistry(document: SurveyDocument, before?: string): AttributeRegistry {
  const attributes: Attribute[] = [];
  const seen = new Set<string>();
  questionsOf(document).every((question, at) => {
    if (question.id === before) return false;
    if (!seen.has(question.id)) attributes.push(answerAttribute(question, at));
    seen.add(question.id);
    return true;
  });
  return attributeRegistry(attributes);
}

/** A rule that does not fit (a draft in the designer) is never true: its question stays hidden. */
export function compileTest(rule: RuleDocument, registry: AttributeRegistry): RuleTest {
  try {
    return compileClosure(rule, registry);
  } catch (defect) {
    if (defect instanceof RuleDefect) return () => null;
    throw defect;
  }
}

const cache = new WeakMap<SurveyDocument, readonly CompiledQuestion[]>();

/** Rules compiled once per document: a document is never changed in place. Rules see earlier questions only, so loops cannot be. */
export function compiledOf(document: SurveyDocument): readonly CompiledQuestion[] {
  const known = cache.get(document);
  if (known) return known;
  const earlier = new Map<string, Attribute>();
  const compiled: CompiledQuestion[] = [];
  let at = 0;
  for (const page of document.pages) {
    for (const question of page.questions) {
      const isVisible = question.showIf && compileTest(question.showIf, earlier);
      compiled.push({ question, pageId: page.id, isVisible });
      if (!earlier.has(question.id)) earlier.set(question.id, answerAttribute(question, at));
      at += 1;
    }
  }
  cache.set(document, compiled);
  return compiled;
}

export const isBlankAnswer = (question: Question, answer: unknown): boolean => questionTypeOf(question.kind).isBlank(answer);

export const ruleAnswerOf = (question: Question, answers: RawAnswers) =>
  questionTypeOf(question.kind).ruleAnswer(question.config, own(answers, question.id));

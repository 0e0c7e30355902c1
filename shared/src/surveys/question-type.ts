import type { Language, Words } from '../words';
import type { Read } from './reading';

/** A rule of a question that an answer breaks, in words for the firm that answers. */
export interface BrokenRule {
  readonly rule: string;
  readonly detail: Words;
}

export type AnswerCheck<Answer> =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly errors: readonly BrokenRule[] };

/** What is wrong with the settings of a question, in words for the official who designs it. `field` is relative to `config`. */
export interface ConfigFinding extends BrokenRule {
  readonly severity: 'error' | 'warning';
  readonly field: string;
}

/** How a rule sees the answer: its type, and for enum and set the values there can be, with their labels. */
export interface AnswerAttribute {
  readonly type: 'enum' | 'set' | 'number' | 'date' | 'text';
  readonly options?: readonly { readonly value: string; readonly label: Words }[];
}

export type RuleAnswer = string | number | readonly string[];

/** How the question looks as a card in a chat, or why it cannot be one. */
export type CardPart =
  | { readonly ok: true; readonly mode: 'single' | 'multiple'; readonly options: readonly { readonly id: string; readonly text: string }[] }
  | { readonly ok: false; readonly reason: Words };

/** One bar of a chart. `share` is of those who answered the question, 0 to 1. */
export interface Bar {
  readonly key: string;
  readonly label: Words;
  readonly count: number;
  readonly share: number;
}

/** What the answers to one question add up to. `form` says which chart fits. */
export type QuestionAggregate =
  | { readonly form: 'options'; readonly answered: number; readonly bars: readonly Bar[]; readonly otherTexts: readonly string[] }
  | NumbersResult
  | (Omit<NumbersResult, 'form'> & {
      readonly form: 'nps';
      readonly promoters: number;
      readonly passives: number;
      readonly detractors: number;
      /** Share of promoters less share of detractors, −100 to 100; null before the first answer. */
      readonly score: number | null;
    })
  | { readonly form: 'texts'; readonly answered: number; readonly sample: readonly string[] }
  | {
      readonly form: 'dates';
      readonly answered: number;
      readonly earliestOn: string | null;
      readonly latestOn: string | null;
      readonly bars: readonly Bar[];
    };

export interface NumbersResult {
  readonly form: 'numbers';
  readonly answered: number;
  readonly mean: number | null;
  readonly median: number | null;
  readonly lowest: number | null;
  readonly highest: number | null;
  readonly bars: readonly Bar[];
}

/**
 * A kind of question: its settings, its answer, and all that is done with them on both ends. The user interfaces keep one
 * view per kind in a `Record<QuestionKind, View>`, so that a new kind without a view does not compile.
 */
export interface QuestionType<Kind extends string, Config, Answer, Tally> {
  readonly kind: Kind;
  readonly name: Words;
  /** Structure and sizes of the settings, from unknown JSON. */
  readonly config: Read<Config>;
  /** Settings of a new question in the designer. */
  newConfig(): Config;
  /** Sense of the settings: what structure alone cannot say. Empty = fine. */
  checkConfig(config: Config): readonly ConfigFinding[];
  blank(): Answer | null;
  /** True also for `undefined`, `null`, white space. */
  isBlank(answer: unknown): boolean;
  /** The server's check of an answer that is not blank; what it returns is clean: no unknown field, text trimmed. */
  checkAnswer(config: Config, answer: unknown): AnswerCheck<Answer>;
  toText(config: Config, answer: Answer, language: Language): string;
  attribute(config: Config): AnswerAttribute;
  /** Never throws; `undefined` (unknown to a rule) where the answer is blank or makes no sense. */
  ruleAnswer(config: Config, answer: unknown): RuleAnswer | undefined;
  card(config: Config, language: Language): CardPart;
  /** The options chosen on a card as an answer. */
  fromCard(config: Config, optionIds: readonly string[]): unknown;
  /** A valid answer, another one per `at` (≥ 0), for generators and previews. */
  sample(config: Config, at: number): Answer;
  /**
   * Running sums over answers: plain JSON, so that they can be stored between batches. `add` changes the tally in place and returns it: a
   * copy per answer would make a million answers to a number question quadratic.
   */
  readonly aggregate: {
    start(config: Config): Tally;
    add(tally: Tally, answer: Answer): Tally;
    result(config: Config, tally: Tally): QuestionAggregate;
  };
}

/** Declares a kind of question. */
export const questionType = <const Kind extends string, Config, Answer, Tally>(
  type: QuestionType<Kind, Config, Answer, Tally>,
): QuestionType<Kind, Config, Answer, Tally> => type;

/** A kind whose settings and answer are not looked into. NOTE: sound because documents come out of `parseDocument`. */
export type AnyQuestionType = QuestionType<string, unknown, unknown, unknown>;

export type ConfigOf<T> = T extends QuestionType<string, infer Config, infer _Answer, infer _Tally> ? Config : never;
export type AnswerOf<T> = T extends QuestionType<string, infer _Config, infer Answer, infer _Tally> ? Answer : never;

export const broken = (rule: string, zh: string, en: string): BrokenRule => ({ rule, detail: { zh, en } });
export const refuse = (rule: string, zh: string, en: string): { ok: false; errors: readonly BrokenRule[] } => ({
  ok: false,
  errors: [broken(rule, zh, en)],
});
export const configError = (field: string, rule: string, zh: string, en: string): ConfigFinding => ({
  severity: 'error',
  field,
  rule,
  detail: { zh, en },
});
export const configWarning = (field: string, rule: string, zh: string, en: string): ConfigFinding => ({
  severity: 'warning',
  field,
  rule,
  detail: { zh, en },
});
export const cannotBeCard = (zh: string, en: string): CardPart => ({ ok: false, reason: { zh, en } });

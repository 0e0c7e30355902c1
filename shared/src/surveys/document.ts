import type { RuleDocument } from '../rules';
import type { Language, LocalText } from '../words';
import { own } from './reading';
import type { QuestionAnswer, QuestionConfig, QuestionKind } from './registry';

/** 表号 block of an official survey, or why this one needs none (无需备案). An empty field keeps a draft, and holds a launch. */
export type SurveyHeading =
  | {
      readonly exempt?: false;
      /** 表号 */
      readonly tableNumber: string;
      /** 制定机关 */
      readonly issuingBody: string;
      /** 批准或备案文号 */
      readonly approvalNumber: string;
      /** 有效期至, `YYYY-MM-DD` */
      readonly validUntilOn: string;
    }
  | { readonly exempt: true; readonly reason: string; readonly issuingBody: string };

/** Who may see the firm's name beside its answers: 公开 / 仅公开行业和区 / 不公开. */
export const nameVisibilities = ['public', 'industry-district', 'hidden'] as const;
export type NameVisibility = (typeof nameVisibilities)[number];

/** Makes the question's answers a source of appeals (诉求). */
export interface ProblemSource {
  /** Which answers are one; without it, every answer that says something. Sees all answers on the path. */
  readonly rule?: RuleDocument;
  /** What it is about: a fixed matter, or the answer of a question whose option ids are matter ids (`map`: other option ids → matter). */
  readonly matter?: { readonly fixed: string } | { readonly fromQuestion: string; readonly map?: Readonly<Record<string, string>> };
}

interface QuestionBase {
  /** Unique in the document; also the name of the answer in rules. */
  readonly id: string;
  readonly title: LocalText;
  readonly hint?: LocalText;
  readonly required: boolean;
  /** A rule over the answers of earlier questions. Shown only where it is true: unknown hides. */
  readonly showIf?: RuleDocument;
  readonly problemSource?: ProblemSource;
  /** Personal: never in a log, a rule's reason or an open export. */
  readonly sensitive?: boolean;
}

export type QuestionOf<Kind extends QuestionKind> = {
  [K in Kind]: QuestionBase & { readonly kind: K; readonly config: QuestionConfig<K> };
}[Kind];
export type Question = QuestionOf<QuestionKind>;

export interface SurveyPage {
  readonly id: string;
  readonly title?: LocalText;
  readonly questions: readonly Question[];
}

/** The questionnaire, version 1 of its format. Plain JSON, immutable once published. */
export interface SurveyDocument {
  readonly v: 1;
  readonly title: LocalText;
  readonly intro: LocalText;
  readonly heading: SurveyHeading;
  /** 自愿填写…: see `noticeText`. */
  readonly notice: LocalText;
  /** Minutes an answer takes, as told to the firm and charged to its burden. */
  readonly minutes: number;
  readonly languages: readonly Language[];
  readonly nameVisibility: {
    readonly default: NameVisibility;
    /** A single or dropdown question whose option ids are name visibilities. */
    readonly questionId?: string;
  };
  readonly pages: readonly SurveyPage[];
}

export type Answer = QuestionAnswer<QuestionKind>;
/** Answers by question id. A blank one (null, '', no options) is the same as none. */
export type Answers = Readonly<Record<string, Answer | null | undefined>>;
/** Answers as they came in: nothing is known about the values. */
export type RawAnswers = Readonly<Record<string, unknown>>;

/** Sizes beyond which a document is refused. */
export const surveyLimits = {
  questions: 300,
  pages: 100,
  titleLength: 500,
  introLength: 2000,
  hintLength: 500,
  noticeLength: 1000,
  minutes: 240,
  documentLength: 500_000,
} as const;

export const questionIdPattern = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;

/** All questions in the order of the document. */
export const questionsOf = (document: SurveyDocument): readonly Question[] => document.pages.flatMap((page) => page.questions);

export const findQuestion = (document: SurveyDocument, id: string): Question | undefined =>
  questionsOf(document).find((each) => each.id === id);

export const answerOf = (answers: RawAnswers, id: string): unknown => own(answers, id);

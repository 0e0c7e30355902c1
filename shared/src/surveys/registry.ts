import type { AnswerOf, AnyQuestionType, ConfigOf } from './question-type';
import { date } from './question-types/date';
import { dropdown } from './question-types/dropdown';
import { longText } from './question-types/long-text';
import { multiple } from './question-types/multiple';
import { nps } from './question-types/nps';
import { number } from './question-types/number';
import { scale } from './question-types/scale';
import { single } from './question-types/single';
import { text } from './question-types/text';

/** Every kind of question, in the order of the designer's menu. A new kind = its folder and one line here. */
export const questionTypes = { single, multiple, dropdown, text, longText, number, scale, nps, date } as const;

export type QuestionKind = keyof typeof questionTypes;
export type QuestionConfig<Kind extends QuestionKind> = ConfigOf<(typeof questionTypes)[Kind]>;
export type QuestionAnswer<Kind extends QuestionKind> = AnswerOf<(typeof questionTypes)[Kind]>;

export const questionKinds = Object.keys(questionTypes) as readonly QuestionKind[];

export const questionTypeOf = (kind: QuestionKind): AnyQuestionType => questionTypes[kind];

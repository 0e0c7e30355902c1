import type { AttributeValue } from '../../rules';
import { civilDateOf, dayNumberOf } from '../../time/civil-date';
import type { Question, QuestionOf } from '../document';

type Operands = readonly (string | number)[];
type Samples = readonly (AttributeValue | undefined)[];

/** Beyond so many compared options of a multiple question its subsets are too many to try. */
const mostComparedOptions = 10;

const distinct = <T>(items: readonly T[]): T[] => [...new Set(items)];

/**
 * Every class of choices that rules can tell apart: a rule sees whether the compared options are among them, and nothing else. The minimum
 * is not applied (choices off every rule fill it up), so that at worst too much is thought possible.
 */
function subsetsOf({ config }: QuestionOf<'multiple'>, operands: Operands): readonly (readonly string[])[] | undefined {
  const alone = config.options.filter((each) => each.exclusive).map((each) => [each.id]);
  const together = config.options.filter((each) => !each.exclusive).map((each) => each.id);
  const compared = together.filter((id) => operands.includes(id));
  const other = together.find((id) => !operands.includes(id));
  if (compared.length > mostComparedOptions) return undefined;
  const items = other === undefined ? compared : [...compared, other];
  const subsets: string[][] = [[]];
  for (const item of items) subsets.push(...subsets.map((each) => [...each, item]));
  const most = config.max ?? config.options.length;
  return [...alone, ...subsets.filter((each) => each.length > 0 && each.length <= most)];
}

function numbersOf({ config }: QuestionOf<'number'>, operands: Operands): readonly number[] {
  const step = 10 ** -(config.decimals ?? 0);
  const { min = -1e12, max = 1e12 } = config;
  const bounds = distinct([...operands.filter((each) => typeof each === 'number'), min, max]).sort((one, other) => one - other);
  // Rounded to the question's decimals: 0.1 + 0.2 is none of its values.
  const near = bounds.flatMap((each) => [Math.ceil((each - step) / step) * step, each, Math.floor((each + step) / step) * step]);
  return distinct(near.map((each) => Number(each.toPrecision(15)))).filter((each) => each >= min && each <= max);
}

function datesOf({ config }: QuestionOf<'date'>, operands: Operands): readonly string[] {
  const { minOn = '1900-01-01', maxOn = '2999-12-31' } = config;
  const days = [...operands, minOn, maxOn].flatMap((each) => dayNumberOf(String(each)) ?? []);
  return distinct(days.flatMap((day) => [day - 1, day, day + 1]).map(civilDateOf)).filter((each) => each >= minOn && each <= maxOn);
}

/** Longer than any operand begins, equal to none. */
const beyond = '\uffff';

const textsOf = (operands: Operands): readonly string[] =>
  distinct([...operands, ...operands.map((each) => `${each}${beyond}`), beyond].map(String));

const points = (min: number, max: number): readonly number[] => Array.from({ length: Math.max(0, max - min + 1) }, (_, at) => min + at);

/**
 * Answers that stand for every answer of the question, as rules with these operands can tell them apart, and no answer (`undefined`);
 * `undefined` as a whole where there would be too many.
 */
export function answerSamples(question: Question, operands: Operands): Samples | undefined {
  switch (question.kind) {
    case 'single':
    case 'dropdown':
      return [undefined, ...question.config.options.map((each) => each.id)];
    case 'multiple': {
      const subsets = subsetsOf(question, operands);
      return subsets && [undefined, ...subsets];
    }
    case 'scale':
      return [undefined, ...points(question.config.min, question.config.max)];
    case 'nps':
      return [undefined, ...points(0, 10)];
    case 'number':
      return [undefined, ...numbersOf(question, operands)];
    case 'date':
      return [undefined, ...datesOf(question, operands)];
    case 'text':
    case 'longText':
      return [undefined, ...textsOf(operands)];
  }
}

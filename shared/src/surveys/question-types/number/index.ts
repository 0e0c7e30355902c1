import type { LocalText } from '../../../words';
import { textIn } from '../../../words';
import {
  type AnswerCheck,
  type BrokenRule,
  broken,
  type ConfigFinding,
  cannotBeCard,
  configError,
  questionType,
  refuse,
} from '../../question-type';
import { localText, number as numberIn, optional, record } from '../../reading';
import { addNumber, emptyNumbers, histogram, type NumberTally, numbersOf } from '../numbers';

/** Twelve digits: beyond them sums of a million answers would no longer be exact in a double. */
const bound = 999_999_999_999;

export interface NumberConfig {
  readonly min?: number;
  readonly max?: number;
  /** Digits after the point, 0 (the default) for whole numbers. */
  readonly decimals?: number;
  readonly unit?: LocalText;
}

const decimalsOf = (value: number): number => {
  const [digits = '', exponent = '0'] = String(value).split('e');
  return Math.max(0, (digits.split('.')[1] ?? '').length - Number(exponent));
};

function checkNumberConfig(config: NumberConfig): readonly ConfigFinding[] {
  if (config.min !== undefined && config.max !== undefined && config.min > config.max) {
    return [
      configError(
        'min',
        'min-above-max',
        `最小值 ${config.min} 大于最大值 ${config.max}`,
        `minimum ${config.min} is above maximum ${config.max}`,
      ),
    ];
  }
  return [];
}

function checkNumber(config: NumberConfig, answer: unknown): AnswerCheck<number> {
  if (typeof answer !== 'number' || !Number.isFinite(answer)) return refuse('type', '应填写数字', 'must be a number');
  const errors: BrokenRule[] = [];
  const decimals = config.decimals ?? 0;
  const { min = -bound, max = bound } = config;
  if (decimalsOf(answer) > decimals) {
    errors.push(
      decimals === 0
        ? broken('integer', '应填写整数', 'must be a whole number')
        : broken('decimals', `最多保留 ${decimals} 位小数`, `at most ${decimals} decimals`),
    );
  }
  if (answer < min) errors.push(broken('min', `不能小于 ${min}`, `must not be below ${min}`));
  if (answer > max) errors.push(broken('max', `不能大于 ${max}`, `must not be above ${max}`));
  return errors.length > 0 ? { ok: false, errors } : { ok: true, answer: answer === 0 ? 0 : answer };
}

/** 数值题: a number with unit, range and decimals. */
export const number = questionType<'number', NumberConfig, number, NumberTally>({
  kind: 'number',
  name: { zh: '数值题', en: 'Number' },
  config: record<NumberConfig>({
    min: optional(numberIn({ min: -bound, max: bound })),
    max: optional(numberIn({ min: -bound, max: bound })),
    decimals: optional(numberIn({ min: 0, max: 6, isInteger: true })),
    unit: optional(localText({ max: 20 })),
  }),
  newConfig: () => ({ min: 0 }),
  checkConfig: checkNumberConfig,
  blank: () => null,
  isBlank: (answer) => answer === undefined || answer === null || answer === '',
  checkAnswer: checkNumber,
  toText: (config, answer, language) => (config.unit ? `${answer} ${textIn(config.unit, language)}` : String(answer)),
  attribute: () => ({ type: 'number' }),
  ruleAnswer: (_config, answer) => (typeof answer === 'number' && Number.isFinite(answer) ? answer : undefined),
  card: () => cannotBeCard('卡片里不能填写数字', 'a card has no field for numbers'),
  fromCard: () => null,
  sample(config, at) {
    const low = Math.ceil(config.min ?? 0);
    const high = Math.floor(config.max ?? low + 100);
    return high < low ? (config.min ?? 0) : low + (at % (high - low + 1));
  },
  aggregate: {
    start: emptyNumbers,
    add: addNumber,
    result: (_config, tally) => numbersOf(tally, histogram(tally)),
  },
});

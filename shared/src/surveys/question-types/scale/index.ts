import type { Language, LocalText } from '../../../words';
import { textIn } from '../../../words';
import { type AnswerCheck, type ConfigFinding, configError, questionType, refuse } from '../../question-type';
import { localText, number, optional, record } from '../../reading';
import { addNumber, emptyNumbers, type NumberTally, numbersOf, pointBars } from '../numbers';

export interface ScaleConfig {
  /** 0 or 1. */
  readonly min: number;
  /** At most 10. */
  readonly max: number;
  readonly lowLabel?: LocalText;
  readonly highLabel?: LocalText;
}

function checkScaleConfig(config: ScaleConfig): readonly ConfigFinding[] {
  return config.max - config.min < 1
    ? [configError('max', 'min-above-max', '量表至少要有两个分值', 'a scale needs at least two points')]
    : [];
}

function checkPoint(config: ScaleConfig, answer: unknown): AnswerCheck<number> {
  if (typeof answer !== 'number' || !Number.isInteger(answer)) return refuse('type', '请选择一个分值', 'choose a point');
  return answer < config.min || answer > config.max
    ? refuse('range', `请在 ${config.min} 到 ${config.max} 之间选择`, `must be between ${config.min} and ${config.max}`)
    : { ok: true, answer: answer === 0 ? 0 : answer };
}

export const pointLabel = (config: ScaleConfig, point: number, language: Language): string => {
  const label = point === config.min ? config.lowLabel : point === config.max ? config.highLabel : undefined;
  if (!label) return String(point);
  return language === 'zh' ? `${point}（${textIn(label, language)}）` : `${point} (${textIn(label, language)})`;
};

/** 量表题: a point between two named ends. */
export const scale = questionType<'scale', ScaleConfig, number, NumberTally>({
  kind: 'scale',
  name: { zh: '量表题', en: 'Scale' },
  config: record<ScaleConfig>({
    min: number({ min: 0, max: 1, isInteger: true }),
    max: number({ min: 1, max: 10, isInteger: true }),
    lowLabel: optional(localText({ max: 20 })),
    highLabel: optional(localText({ max: 20 })),
  }),
  newConfig: () => ({
    min: 1,
    max: 5,
    lowLabel: { zh: '非常不同意', en: 'Strongly disagree' },
    highLabel: { zh: '非常同意', en: 'Strongly agree' },
  }),
  checkConfig: checkScaleConfig,
  blank: () => null,
  isBlank: (answer) => answer === undefined || answer === null,
  checkAnswer: checkPoint,
  toText: pointLabel,
  attribute: () => ({ type: 'number' }),
  ruleAnswer: (config, answer) => (checkPoint(config, answer).ok ? (answer as number) : undefined),
  card: (config, language) => ({
    ok: true,
    mode: 'single',
    options: Array.from({ length: config.max - config.min + 1 }, (_, at) => ({
      id: `p${config.min + at}`,
      text: pointLabel(config, config.min + at, language),
    })),
  }),
  fromCard: (_config, optionIds) => (optionIds.length === 1 ? Number((optionIds[0] ?? '').slice(1)) : null),
  sample: (config, at) => config.min + (at % (config.max - config.min + 1)),
  aggregate: {
    start: emptyNumbers,
    add: addNumber,
    result: (config, tally) => numbersOf(tally, pointBars(tally, config.min, config.max)),
  },
});

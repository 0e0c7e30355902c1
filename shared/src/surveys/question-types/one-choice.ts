import type { Words } from '../../words';
import { type AnswerCheck, type BrokenRule, broken, type ConfigFinding, type QuestionType, refuse } from '../question-type';
import { isObject, type Read } from '../reading';
import {
  addChoice,
  attributeOptions,
  type ChoiceTally,
  checkOptions,
  checkOtherText,
  choiceBars,
  emptyTally,
  findOption,
  labelWith,
  newOptions,
  type Option,
  optionsCard,
} from './choices';

export interface OneChoiceAnswer {
  readonly option: string;
  readonly otherText?: string;
}

interface OneChoiceConfig {
  readonly options: readonly Option[];
}

function checkOneChoice(config: OneChoiceConfig, answer: unknown): AnswerCheck<OneChoiceAnswer> {
  if (!isObject(answer) || typeof answer.option !== 'string') return refuse('type', '请选择一个选项', 'choose one option');
  const chosen = findOption(config.options, answer.option);
  if (!chosen) return refuse('unknown-option', '所选的选项不在题目中，请重新选择', 'this option is not part of the question');
  const errors: BrokenRule[] = [];
  for (const key of Object.keys(answer)) {
    if (key !== 'option' && key !== 'otherText') errors.push(broken('unknown-field', `没有“${key}”这一项`, `unknown field "${key}"`));
  }
  const other = checkOtherText(chosen.withText === true, answer.otherText);
  if (other) errors.push(other);
  if (errors.length > 0) return { ok: false, errors };
  return typeof answer.otherText === 'string' && chosen.withText
    ? { ok: true, answer: { option: chosen.id, otherText: answer.otherText.trim() } }
    : { ok: true, answer: { option: chosen.id } };
}

/** What the kinds with one choice (single, dropdown) have in common. */
export const oneChoice = <const Kind extends string, Config extends OneChoiceConfig>(given: {
  kind: Kind;
  name: Words;
  config: Read<Config>;
  newConfig(options: readonly Option[]): Config;
  checkConfig?(config: Config): readonly ConfigFinding[];
}): QuestionType<Kind, Config, OneChoiceAnswer, ChoiceTally> => ({
  kind: given.kind,
  name: given.name,
  config: given.config,
  newConfig: () => given.newConfig(newOptions()),
  checkConfig: (config) => [...checkOptions(config.options), ...(given.checkConfig?.(config) ?? [])],
  blank: () => null,
  isBlank: (answer) => answer === undefined || answer === null,
  checkAnswer: checkOneChoice,
  toText(config, answer, language) {
    const chosen = findOption(config.options, answer.option);
    return chosen ? labelWith(chosen, answer.otherText, language) : answer.option;
  },
  attribute: (config) => ({ type: 'enum', options: attributeOptions(config.options) }),
  ruleAnswer: (config, answer) => (isObject(answer) ? findOption(config.options, answer.option)?.id : undefined),
  card: (config, language) => optionsCard(config.options, 'single', language),
  fromCard: (_config, optionIds) => (optionIds.length === 1 ? { option: optionIds[0] } : null),
  sample(config, at) {
    const chosen = config.options[at % Math.max(1, config.options.length)];
    if (!chosen) return { option: '' };
    return chosen.withText ? { option: chosen.id, otherText: '示例说明' } : { option: chosen.id };
  },
  aggregate: {
    start: emptyTally,
    add: (tally, answer) => addChoice(tally, [answer.option], answer.otherText),
    result: (config, tally) => ({
      form: 'options',
      answered: tally.answered,
      bars: choiceBars(config.options, tally),
      otherTexts: tally.otherTexts,
    }),
  },
});

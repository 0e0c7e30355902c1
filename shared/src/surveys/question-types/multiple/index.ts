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
import { isObject, list, number, optional, record, yesNo } from '../../reading';
import {
  addChoice,
  attributeOptions,
  type ChoiceTally,
  checkOptions,
  checkOtherText,
  choiceBars,
  choiceLimits,
  emptyTally,
  findOption,
  labelWith,
  newOptions,
  type Option,
  optionFields,
  optionsCard,
} from '../choices';

export interface MultipleOption extends Option {
  /** “以上都没有”: stands alone. */
  readonly exclusive?: boolean;
}

export interface MultipleConfig {
  readonly options: readonly MultipleOption[];
  /** At least so many, when answered; an exclusive option counts as enough. */
  readonly min?: number;
  readonly max?: number;
}

export interface MultipleAnswer {
  readonly options: readonly string[];
  readonly otherText?: string;
}

const count = number({ min: 1, max: choiceLimits.options, isInteger: true });

function checkMultipleConfig(config: MultipleConfig): readonly ConfigFinding[] {
  const findings = checkOptions(config.options);
  const together = config.options.filter((each) => !each.exclusive).length;
  const { min, max } = config;
  if (min !== undefined && max !== undefined && min > max) {
    findings.push(
      configError('min', 'min-above-max', `最少选 ${min} 项多于最多选 ${max} 项`, `at least ${min} is more than at most ${max}`),
    );
  }
  if (max !== undefined && max > config.options.length) {
    findings.push({
      severity: 'warning',
      field: 'max',
      rule: 'max-above-options',
      detail: { zh: `最多选 ${max} 项多于选项总数`, en: `at most ${max} is more than there are options` },
    });
  }
  if (min !== undefined && min > together) {
    config.options.forEach((each, at) => {
      if (each.exclusive) return;
      findings.push(
        configError(
          `options/${at}`,
          'dead-option',
          `选项“${each.label.zh}”永远选不成：至少要选 ${min} 项，可以同时选的只有 ${together} 项`,
          `option "${each.label.en ?? each.label.zh}" can never be chosen: at least ${min} are asked for, only ${together} go together`,
        ),
      );
    });
  }
  return findings;
}

function checkChosen(config: MultipleConfig, chosen: readonly MultipleOption[]): BrokenRule[] {
  const errors: BrokenRule[] = [];
  const alone = chosen.find((each) => each.exclusive);
  if (alone && chosen.length > 1) {
    errors.push(
      broken('exclusive', `“${alone.label.zh}”不能与其他选项同时选`, `"${alone.label.en ?? alone.label.zh}" cannot go with others`),
    );
  }
  if (config.max !== undefined && chosen.length > config.max) {
    errors.push(
      broken('max-choices', `最多选 ${config.max} 项，现在选了 ${chosen.length} 项`, `choose at most ${config.max}, not ${chosen.length}`),
    );
  }
  if (config.min !== undefined && !alone && chosen.length < config.min) {
    errors.push(
      broken('min-choices', `至少选 ${config.min} 项，现在选了 ${chosen.length} 项`, `choose at least ${config.min}, not ${chosen.length}`),
    );
  }
  return errors;
}

function checkMultiple(config: MultipleConfig, answer: unknown): AnswerCheck<MultipleAnswer> {
  if (!isObject(answer) || !Array.isArray(answer.options)) return refuse('type', '请选择选项', 'choose options');
  const ids: readonly unknown[] = answer.options;
  if (ids.length > choiceLimits.options) return refuse('max-choices', '所选项目过多', 'too many options');
  if (new Set(ids).size !== ids.length) return refuse('duplicate-option', '同一个选项不能选两次', 'an option was chosen twice');
  if (!ids.every((id) => findOption(config.options, id))) {
    return refuse('unknown-option', '所选的选项不在题目中，请重新选择', 'an option is not part of the question');
  }
  // In the order of the questionnaire, so that equal choices are equal answers.
  const chosen = config.options.filter((each) => ids.includes(each.id));
  const errors = checkChosen(config, chosen);
  for (const key of Object.keys(answer)) {
    if (key !== 'options' && key !== 'otherText') errors.push(broken('unknown-field', `没有“${key}”这一项`, `unknown field "${key}"`));
  }
  const asksFor = chosen.some((each) => each.withText);
  const other = checkOtherText(asksFor, answer.otherText);
  if (other) errors.push(other);
  if (errors.length > 0) return { ok: false, errors };
  const clean = chosen.map((each) => each.id);
  return asksFor && typeof answer.otherText === 'string'
    ? { ok: true, answer: { options: clean, otherText: answer.otherText.trim() } }
    : { ok: true, answer: { options: clean } };
}

const isLimited = (config: MultipleConfig): boolean =>
  (config.min ?? 1) > 1 ||
  (config.max !== undefined && config.max < config.options.length) ||
  config.options.some((each) => each.exclusive === true);

/** 多选题: several options, within a minimum and a maximum. */
export const multiple = questionType<'multiple', MultipleConfig, MultipleAnswer, ChoiceTally>({
  kind: 'multiple',
  name: { zh: '多选题', en: 'Multiple choice' },
  config: record<MultipleConfig>({
    options: list(record<MultipleOption>({ ...optionFields, exclusive: optional(yesNo) }), { max: choiceLimits.options }),
    min: optional(count),
    max: optional(count),
  }),
  newConfig: () => ({ options: newOptions() }),
  checkConfig: checkMultipleConfig,
  blank: () => ({ options: [] }),
  isBlank: (answer) =>
    answer === undefined || answer === null || (isObject(answer) && Array.isArray(answer.options) && answer.options.length === 0),
  checkAnswer: checkMultiple,
  toText(config, answer, language) {
    const chosen = config.options.filter((each) => answer.options.includes(each.id));
    return chosen.map((each) => labelWith(each, answer.otherText, language)).join(language === 'zh' ? '；' : '; ');
  },
  attribute: (config) => ({ type: 'set', options: attributeOptions(config.options) }),
  ruleAnswer(config, answer) {
    if (!isObject(answer) || !Array.isArray(answer.options) || answer.options.length === 0) return undefined;
    const ids: readonly unknown[] = answer.options;
    return config.options.filter((each) => ids.includes(each.id)).map((each) => each.id);
  },
  card: (config, language) =>
    isLimited(config)
      ? cannotBeCard('卡片里不能限制选几项，也不能有排他选项', 'a card can limit neither the number of choices nor which go together')
      : optionsCard(config.options, 'multiple', language),
  fromCard: (_config, optionIds) => ({ options: [...optionIds] }),
  sample(config, at) {
    const together = config.options.filter((each) => !each.exclusive);
    const wanted = Math.max(config.min ?? 1, Math.min(config.max ?? together.length, 1 + (at % 3), together.length));
    const chosen = config.options.filter((each) =>
      together
        .slice(at % Math.max(1, together.length))
        .concat(together)
        .slice(0, wanted)
        .includes(each),
    );
    const ids = chosen.map((each) => each.id);
    return chosen.some((each) => each.withText) ? { options: ids, otherText: '示例说明' } : { options: ids };
  },
  aggregate: {
    start: emptyTally,
    add: (tally, answer) => addChoice(tally, answer.options, answer.otherText),
    result: (config, tally) => ({
      form: 'options',
      answered: tally.answered,
      bars: choiceBars(config.options, tally),
      otherTexts: tally.otherTexts,
    }),
  },
});

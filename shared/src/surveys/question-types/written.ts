import type { LocalText, Words } from '../../words';
import { type AnswerCheck, type ConfigFinding, cannotBeCard, configError, type QuestionType, refuse } from '../question-type';
import { localText, number, optional, type Read } from '../reading';

export interface WrittenConfig {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly placeholder?: LocalText;
}

/** Texts are read one by one in the results; the chart shows the first of them. */
export interface WrittenTally {
  answered: number;
  readonly sample: string[];
}

const sampleSize = 50;

const length = (max: number): Read<number> => number({ min: 1, max, isInteger: true });

export const writtenFields = (longest: number) => ({
  minLength: optional(length(longest)),
  maxLength: optional(length(longest)),
  placeholder: optional(localText({ max: 200 })),
});

export function checkLengths(config: WrittenConfig, longest: number): ConfigFinding[] {
  const max = config.maxLength ?? longest;
  return config.minLength !== undefined && config.minLength > max
    ? [
        configError(
          'minLength',
          'min-above-max',
          `最少 ${config.minLength} 字多于最多 ${max} 字`,
          `at least ${config.minLength} is more than at most ${max}`,
        ),
      ]
    : [];
}

export function checkWritten(config: WrittenConfig, answer: unknown, longest: number): AnswerCheck<string> {
  if (typeof answer !== 'string') return refuse('type', '应填写文字', 'must be text');
  const clean = answer.replace(/\r\n?/g, '\n').trim();
  const max = config.maxLength ?? longest;
  if (clean.length > max) {
    return refuse('max-length', `不能超过 ${max} 个字，现在有 ${clean.length} 个`, `at most ${max} characters, not ${clean.length}`);
  }
  if (config.minLength !== undefined && clean.length < config.minLength) {
    return refuse(
      'min-length',
      `至少写 ${config.minLength} 个字，现在有 ${clean.length} 个`,
      `at least ${config.minLength} characters, not ${clean.length}`,
    );
  }
  return { ok: true, answer: clean };
}

/** What the kinds with words as an answer (text, longText) have in common. */
export const written = <const Kind extends string, Config extends WrittenConfig>(given: {
  kind: Kind;
  name: Words;
  longest: number;
  config: Read<Config>;
  newConfig: Config;
  checkText?(config: Config, clean: string): AnswerCheck<string>;
  sample(config: Config, at: number): string;
}): QuestionType<Kind, Config, string, WrittenTally> => ({
  kind: given.kind,
  name: given.name,
  config: given.config,
  newConfig: () => given.newConfig,
  checkConfig: (config) => checkLengths(config, given.longest),
  blank: () => '',
  isBlank: (answer) => answer === undefined || answer === null || (typeof answer === 'string' && answer.trim() === ''),
  checkAnswer(config, answer) {
    const checked = checkWritten(config, answer, given.longest);
    return checked.ok && given.checkText ? given.checkText(config, checked.answer) : checked;
  },
  toText: (_config, answer) => answer,
  attribute: () => ({ type: 'text' }),
  ruleAnswer: (_config, answer) => (typeof answer === 'string' && answer.trim() !== '' ? answer.trim() : undefined),
  card: () => cannotBeCard('卡片里不能填写文字', 'a card has no field for text'),
  fromCard: () => null,
  sample: given.sample,
  aggregate: {
    start: () => ({ answered: 0, sample: [] }),
    add(tally, answer) {
      tally.answered += 1;
      if (tally.sample.length < sampleSize) tally.sample.push(answer);
      return tally;
    },
    result: (_config, tally) => ({ form: 'texts', answered: tally.answered, sample: tally.sample }),
  },
});

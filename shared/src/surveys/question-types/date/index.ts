import { isCivilDate } from '../../../time/civil-date';
import type { Bar } from '../../question-type';
import { type AnswerCheck, cannotBeCard, configError, questionType, refuse } from '../../question-type';
import { optional, type Read, record, report } from '../../reading';

export interface DateConfig {
  readonly minOn?: string;
  readonly maxOn?: string;
}

/** Counts per civil date. */
export interface DateTally {
  answered: number;
  readonly counts: Record<string, number>;
}

const civilDate: Read<string> = (value, place) =>
  typeof value === 'string' && isCivilDate(value)
    ? value
    : report(place, 'date', '应为真实的日期（YYYY-MM-DD）', 'must be a real date (YYYY-MM-DD)');

function checkDate(config: DateConfig, answer: unknown): AnswerCheck<string> {
  if (typeof answer !== 'string' || !isCivilDate(answer))
    return refuse('date', '请填写真实的日期，例如 2026-11-27', 'must be a real date such as 2026-11-27');
  if (config.minOn !== undefined && answer < config.minOn)
    return refuse('min', `不能早于 ${config.minOn}`, `must not be before ${config.minOn}`);
  if (config.maxOn !== undefined && answer > config.maxOn)
    return refuse('max', `不能晚于 ${config.maxOn}`, `must not be after ${config.maxOn}`);
  return { ok: true, answer };
}

const monthBars = (tally: DateTally): readonly Bar[] => {
  const months: Record<string, number> = {};
  for (const day of Object.keys(tally.counts)) months[day.slice(0, 7)] = (months[day.slice(0, 7)] ?? 0) + (tally.counts[day] ?? 0);
  return Object.keys(months)
    .sort()
    .map((month) => ({
      key: month,
      label: { zh: `${month.slice(0, 4)}年${Number(month.slice(5))}月`, en: month },
      count: months[month] ?? 0,
      share: (months[month] ?? 0) / tally.answered,
    }));
};

/** 日期题: a civil date of the city's calendar. */
export const date = questionType<'date', DateConfig, string, DateTally>({
  kind: 'date',
  name: { zh: '日期题', en: 'Date' },
  config: record<DateConfig>({ minOn: optional(civilDate), maxOn: optional(civilDate) }),
  newConfig: () => ({}),
  checkConfig: (config) =>
    config.minOn !== undefined && config.maxOn !== undefined && config.minOn > config.maxOn
      ? [
          configError(
            'minOn',
            'min-above-max',
            `最早日期 ${config.minOn} 晚于最晚日期 ${config.maxOn}`,
            `${config.minOn} is after ${config.maxOn}`,
          ),
        ]
      : [],
  blank: () => null,
  isBlank: (answer) => answer === undefined || answer === null || answer === '',
  checkAnswer: checkDate,
  toText: (_config, answer, language) => {
    const [year, month, day] = answer.split('-').map(Number);
    return language === 'zh' ? `${year}年${month}月${day}日` : answer;
  },
  attribute: () => ({ type: 'date' }),
  ruleAnswer: (_config, answer) => (typeof answer === 'string' && isCivilDate(answer) ? answer : undefined),
  card: () => cannotBeCard('卡片里不能填写日期', 'a card has no field for dates'),
  fromCard: () => null,
  sample(config, at) {
    const wanted = `2026-${String(1 + (at % 12)).padStart(2, '0')}-${String(1 + (at % 28)).padStart(2, '0')}`;
    if (config.minOn !== undefined && wanted < config.minOn) return config.minOn;
    return config.maxOn !== undefined && wanted > config.maxOn ? config.maxOn : wanted;
  },
  aggregate: {
    start: () => ({ answered: 0, counts: {} }),
    add(tally, answer) {
      tally.answered += 1;
      tally.counts[answer] = (tally.counts[answer] ?? 0) + 1;
      return tally;
    },
    result(_config, tally) {
      const days = Object.keys(tally.counts).sort();
      return {
        form: 'dates',
        answered: tally.answered,
        earliestOn: days[0] ?? null,
        latestOn: days[days.length - 1] ?? null,
        bars: tally.answered === 0 ? [] : monthBars(tally),
      };
    },
  },
});

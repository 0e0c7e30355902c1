import type { Bar, NumbersResult } from '../question-type';

/** How often each value was given, by its decimal text. */
export interface NumberTally {
  answered: number;
  readonly counts: Record<string, number>;
}

export const emptyNumbers = (): NumberTally => ({ answered: 0, counts: {} });

export function addNumber(tally: NumberTally, value: number): NumberTally {
  tally.answered += 1;
  tally.counts[String(value)] = (tally.counts[String(value)] ?? 0) + 1;
  return tally;
}

const sortedValues = (tally: NumberTally): readonly (readonly [number, number])[] =>
  Object.keys(tally.counts)
    .map((key) => [Number(key), tally.counts[key] ?? 0] as const)
    .sort((a, b) => a[0] - b[0]);

function atRank(values: readonly (readonly [number, number])[], rank: number): number {
  let seen = 0;
  for (const [value, count] of values) {
    seen += count;
    if (rank < seen) return value;
  }
  return values[values.length - 1]?.[0] ?? 0;
}

/** Mean, median and extremes; `bars` are the caller's. */
export function numbersOf(tally: NumberTally, bars: readonly Bar[]): NumbersResult {
  const values = sortedValues(tally);
  const { answered } = tally;
  if (answered === 0) return { form: 'numbers', answered, mean: null, median: null, lowest: null, highest: null, bars };
  const sum = values.reduce((total, [value, count]) => total + value * count, 0);
  const median = (atRank(values, Math.floor((answered - 1) / 2)) + atRank(values, Math.floor(answered / 2))) / 2;
  const lowest = values[0]?.[0] ?? null;
  const highest = values[values.length - 1]?.[0] ?? null;
  return { form: 'numbers', answered, mean: sum / answered, median, lowest, highest, bars };
}

const bar = (tally: NumberTally, key: string, label: string, count: number): Bar => ({
  key,
  label: { zh: label, en: label },
  count,
  share: tally.answered === 0 ? 0 : count / tally.answered,
});

/** One bar per point of a scale. */
export const pointBars = (tally: NumberTally, min: number, max: number): readonly Bar[] =>
  Array.from({ length: max - min + 1 }, (_, at) => {
    const point = String(min + at);
    return bar(tally, point, point, tally.counts[point] ?? 0);
  });

const niceStep = (rough: number): number => {
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((each) => each * power >= rough) ?? 10;
  return step * power;
};

/** A histogram of at most about ten round steps; one bar per value where there are few. */
export function histogram(tally: NumberTally): readonly Bar[] {
  const values = sortedValues(tally);
  const first = values[0]?.[0];
  const last = values[values.length - 1]?.[0];
  if (first === undefined || last === undefined) return [];
  if (values.length <= 10) return values.map(([value, count]) => bar(tally, String(value), String(value), count));
  const step = niceStep((last - first) / 9);
  const begin = Math.floor(first / step);
  const bins = Array.from({ length: Math.floor(last / step) - begin + 1 }, () => 0);
  for (const [value, count] of values) {
    const at = Math.min(bins.length - 1, Math.max(0, Math.floor(value / step) - begin));
    bins[at] = (bins[at] ?? 0) + count;
  }
  // Twelve digits hide the dust of binary fractions (0.1 × 3).
  const edge = (at: number): string => String(Number(((begin + at) * step).toPrecision(12)));
  return bins.map((count, at) => bar(tally, edge(at), `${edge(at)}–${edge(at + 1)}`, count));
}

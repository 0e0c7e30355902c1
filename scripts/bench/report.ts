/** One bench on one store. A ratio is ours ÷ theirs in speed: higher is better. */
export interface BenchResult {
  readonly bench: string;
  readonly rounds: number;
  readonly backend: string;
  readonly ours: { readonly median: number; readonly unit: string };
  readonly ratios: Readonly<Record<string, number>>;
  readonly facts: Readonly<Record<string, number>>;
  /** The machine was too busy for the figures to mean anything. */
  readonly isVoid: boolean;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

const rounded = (numbers: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, Number(value.toFixed(3))]));

export const asJson = (result: BenchResult): string =>
  JSON.stringify({ ...result, ratios: rounded(result.ratios), facts: rounded(result.facts) });

export function asText(result: BenchResult): string {
  const ratios = Object.entries(result.ratios).map(([name, value]) => `${value.toFixed(2)} × ${name}`);
  const facts = Object.entries(result.facts).map(([name, value]) => `${name} ${value}`);
  return `${result.bench} (${result.backend}): ${result.ours.median} ${result.ours.unit}; ${ratios.join(', ')}; ${facts.join(', ')}${result.isVoid ? ' — VOID: the machine was busy' : ''}`;
}

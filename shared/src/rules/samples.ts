import { civilDateOf, requireDayNumber } from '../time/civil-date';
import type { Attribute, AttributeValue } from './attributes';
import type { Resolved } from './resolve';

/** Beyond this many items a set would need too many samples. */
const mostSetItems = 6;

/**
 * Values that stand for every value of the attribute as these conditions can tell them apart, unknown (null) among them;
 * undefined where there would be too many.
 */
export function samplesOf(attribute: Attribute, conditions: readonly Resolved[]): readonly (AttributeValue | null)[] | undefined {
  const operands = conditions.flatMap((condition) => condition.operands);
  switch (attribute.type) {
    case 'boolean':
      return [null, true, false];
    case 'number':
      return [null, ...around(operands.map(Number), between)];
    case 'integer':
    case 'money':
      return [null, ...around(operands.map(Number), () => [])];
    case 'date':
      return [null, ...around(operands.map(String).map(requireDayNumber), () => []).map(civilDateOf)];
    case 'set': {
      const items = [...new Set(operands.map(String))];
      return items.length > mostSetItems ? undefined : [null, ...subsetsOf(items)];
    }
    case 'enum':
      if (attribute.options) return [null, ...attribute.options.map((option) => option.value)];
      return [null, ...texts(operands.map(String))];
    case 'text':
      return [null, ...texts(operands.map(String))];
  }
}

/** Each bound and its two neighbours: between two whole bounds there is either nothing or the neighbour of one. */
function around(bounds: readonly number[], extra: (bounds: readonly number[]) => readonly number[]): readonly number[] {
  if (bounds.length === 0) return [0];
  const sorted = [...new Set(bounds)].sort((one, other) => one - other);
  const neighbours = sorted.flatMap((bound) => [bound - 1, bound, bound + 1]);
  return [...new Set([...neighbours, ...extra(sorted)])];
}

const between = (sorted: readonly number[]): readonly number[] =>
  sorted.slice(1).map((bound, index) => (bound + (sorted[index] ?? bound)) / 2);

const beyondAll = '\uffff';
const texts = (operands: readonly string[]): readonly string[] => [
  ...new Set([...operands, ...operands.map((operand) => operand + beyondAll), beyondAll]),
];

function subsetsOf(items: readonly string[]): readonly (readonly string[])[] {
  const subsets: string[][] = [[]];
  for (const item of items) subsets.push(...subsets.map((subset) => subset.concat(item)));
  return subsets;
}

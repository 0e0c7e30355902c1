import { dayNumberOf } from '../time/civil-date';
import type { AttributeType, AttributeValue } from './attributes';
import type { Scalar } from './document';
import { complementOf } from './operators';
import type { Resolved } from './resolve';

export interface Gap {
  /** Distance to the nearest value that would do, in the attribute's unit; days for dates. */
  readonly amount: number;
  /** Whether the value would have to be more or less than it is. */
  readonly direction: 'more' | 'less';
  /** The distance in proportion to the bound, to compare misses of different units. */
  readonly share: number;
}

/** How far an ordered value is from making the condition `wanted`; undefined for values without distance, or none at all. */
export function gapOf({ attribute, operator, operands }: Resolved, actual: AttributeValue | null, wanted: boolean): Gap | undefined {
  const isDiscrete = attribute.type !== 'number';
  const [low, high] = operands.map((operand) => place(operand, attribute.type));
  const at = actual === null || typeof actual === 'object' ? undefined : place(actual, attribute.type);
  if (at === undefined || low === undefined) return undefined;
  const asked = wanted ? operator : operator === 'between' ? 'outside' : complementOf[operator];
  const step = isDiscrete ? 1 : 0;
  switch (asked) {
    case 'gte':
      return gap(at, low, low);
    case 'gt':
      return gap(at, low + step, low);
    case 'lte':
      return gap(at, low, low);
    case 'lt':
      return gap(at, low - step, low);
    case 'eq':
      return gap(at, low, low);
    case 'between':
      return high === undefined ? undefined : gap(at, at < low ? low : high, at < low ? low : high);
    case 'outside':
      return high === undefined ? undefined : nearer(gap(at, low - step, low), gap(at, high + step, high));
    default:
      return undefined;
  }
}

const nearer = (one: Gap, other: Gap): Gap => (one.amount <= other.amount ? one : other);

/** Rounded to 12 significant digits: 0.3 - 0.1 is 0.2 on screen. */
const gap = (at: number, target: number, bound: number): Gap => ({
  amount: Number(Math.abs(target - at).toPrecision(12)),
  direction: target >= at ? 'more' : 'less',
  share: Math.abs(target - at) / Math.max(1, Math.abs(bound)),
});

/** Where a value lies on its line; undefined for what has none. A text may look like a date without being one. */
function place(value: Scalar, type: AttributeType): number | undefined {
  if (typeof value === 'number') return value;
  return type === 'date' && typeof value === 'string' ? dayNumberOf(value) : undefined;
}

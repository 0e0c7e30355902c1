import { type AttributeValue, readValue } from './attributes';
import type { Outcome, Scalar } from './document';
import type { Resolved } from './resolve';

/** The test of one condition over the value as it comes: null where the value is unknown. */
export type LeafTest = (raw: AttributeValue | null | undefined) => Outcome;

export function leafTest({ attribute, operator, operands }: Resolved): LeafTest {
  const read = (raw: unknown) => readValue(attribute.type, raw);
  if (operator === 'isKnown') return (raw) => read(raw) !== null;
  if (operator === 'isUnknown') return (raw) => read(raw) === null;
  if (attribute.type === 'set') return setTest(operator === 'containsAny', operands.map(String));
  const holds = scalarTest(operator, operands);
  return (raw) => {
    const value = read(raw);
    return value === null ? null : holds(value as Scalar);
  };
}

function setTest(isAny: boolean, wanted: readonly string[]): LeafTest {
  return (raw) => {
    const value = readValue('set', raw);
    if (!Array.isArray(value)) return null;
    return isAny ? wanted.some((item) => value.includes(item)) : wanted.every((item) => value.includes(item));
  };
}

function scalarTest(operator: Resolved['operator'], operands: readonly Scalar[]): (value: Scalar) => boolean {
  const [first = '', second = ''] = operands;
  switch (operator) {
    case 'eq':
      return (value) => value === first;
    case 'ne':
      return (value) => value !== first;
    case 'in':
    case 'notIn': {
      const listed = new Set(operands);
      return operator === 'in' ? (value) => listed.has(value) : (value) => !listed.has(value);
    }
    case 'lt':
      return (value) => value < first;
    case 'lte':
      return (value) => value <= first;
    case 'gt':
      return (value) => value > first;
    case 'gte':
      return (value) => value >= first;
    case 'between':
      return (value) => value >= first && value <= second;
    case 'startsWith': {
      const prefix = String(first);
      return (value) => String(value).startsWith(prefix);
    }
    default:
      throw new TypeError(`operator ${operator} of a scalar`);
  }
}

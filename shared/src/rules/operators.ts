import type { AttributeType } from './attributes';
import type { Operator } from './document';

const equality = ['eq', 'ne', 'in', 'notIn'] as const;
const presence = ['isKnown', 'isUnknown'] as const;
const order = [...equality, 'lt', 'lte', 'gt', 'gte', 'between', ...presence] as const;

/** What may be asked of each type. Text has no order: collations differ between databases and from JavaScript. */
export const operatorsOf: Readonly<Record<AttributeType, readonly Operator[]>> = {
  text: [...equality, 'startsWith', ...presence],
  enum: [...equality, 'startsWith', ...presence],
  number: order,
  integer: order,
  money: order,
  date: order,
  boolean: ['eq', 'ne', ...presence],
  set: ['contains', 'containsAny', 'containsAll', ...presence],
};

/** The shape of a condition's `value`. */
export type OperandShape = 'none' | 'one' | 'pair' | 'list';

export const operandShapeOf: Readonly<Record<Operator, OperandShape>> = {
  eq: 'one',
  ne: 'one',
  in: 'list',
  notIn: 'list',
  lt: 'one',
  lte: 'one',
  gt: 'one',
  gte: 'one',
  between: 'pair',
  contains: 'one',
  containsAny: 'list',
  containsAll: 'list',
  startsWith: 'one',
  isKnown: 'none',
  isUnknown: 'none',
};

/** The operator that is true exactly where this one is false, and unknown where it is unknown. */
export const complementOf: Readonly<Partial<Record<Operator, Operator>>> = {
  eq: 'ne',
  ne: 'eq',
  in: 'notIn',
  notIn: 'in',
  lt: 'gte',
  gte: 'lt',
  gt: 'lte',
  lte: 'gt',
  isKnown: 'isUnknown',
  isUnknown: 'isKnown',
};

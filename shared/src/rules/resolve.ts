import { type Attribute, type AttributeRegistry, type AttributeType, readValue } from './attributes';
import type { Condition, Operator, Scalar } from './document';
import { operandShapeOf, operatorsOf } from './operators';

/** A rule that cannot be run: it was stored before it was checked, or the registry changed under it. */
export class RuleDefect extends Error {
  constructor(
    readonly pointer: string,
    readonly code: 'unknown-attribute' | 'wrong-operator' | 'wrong-value' | 'no-column',
    detail: string,
  ) {
    super(detail);
    this.name = 'RuleDefect';
  }
}

/** A condition bound to its attribute, its operands checked against the type. */
export interface Resolved {
  readonly attribute: Attribute;
  readonly operator: Operator;
  readonly operands: readonly Scalar[];
}

/** @throws {RuleDefect} with a Chinese text and the pointer of the faulty field */
export function resolveCondition(condition: Condition, registry: AttributeRegistry, pointer: string): Resolved {
  const attribute = registry.get(condition.attribute);
  if (!attribute) throw new RuleDefect(`${pointer}/attribute`, 'unknown-attribute', `没有名为“${condition.attribute}”的属性`);
  if (!operatorsOf[attribute.type].includes(condition.operator)) {
    throw new RuleDefect(`${pointer}/operator`, 'wrong-operator', `“${attribute.label.zh}”不能用“${condition.operator}”比较`);
  }
  const operands = operandsOf(condition);
  const shape = operandShapeOf[condition.operator];
  const counts = { none: operands.length === 0, one: operands.length === 1, pair: operands.length === 2, list: operands.length > 0 };
  const isList = Array.isArray(condition.value);
  if (!counts[shape] || (shape === 'one' && isList) || ((shape === 'list' || shape === 'pair') && !isList)) {
    throw new RuleDefect(`${pointer}/value`, 'wrong-value', shapeTexts[shape]);
  }
  operands.forEach((operand, index) => {
    if (readValue(operandTypeOf(attribute.type), operand) === null) {
      const at = isList ? `${pointer}/value/${index}` : `${pointer}/value`;
      throw new RuleDefect(at, 'wrong-value', `“${attribute.label.zh}”要与${typeTexts[attribute.type]}比较`);
    }
  });
  return { attribute, operator: condition.operator, operands };
}

const operandTypeOf = (type: AttributeType): AttributeType => (type === 'set' ? 'text' : type);

function operandsOf(condition: Condition): readonly Scalar[] {
  const value = condition.value;
  if (value === undefined) return [];
  return typeof value === 'object' ? value : [value];
}

const shapeTexts = {
  none: '这种比较不带值',
  one: '需要一个值',
  pair: '需要下限和上限两个值',
  list: '需要至少一个值的列表',
} as const;

const typeTexts: Readonly<Record<AttributeType, string>> = {
  text: '文字',
  enum: '选项',
  number: '数字',
  integer: '整数',
  money: '以分为单位的整数金额',
  date: '日期（YYYY-MM-DD）',
  boolean: '是或否',
  set: '文字',
};

import type { EnterpriseAttribute } from '@suiban/shared/api/enterprises';
import {
  type Attribute,
  type AttributeRegistry,
  attributeRegistry,
  type Condition,
  type Operator,
  operandShapeOf,
  operatorsOf,
  type RuleDocument,
  type RuleNode,
  type RuleValue,
  type Scalar,
} from '@suiban/shared/rules';

/** Holds for everyone. */
export const emptyRule: RuleDocument = { v: 1, when: { all: [] } };

/** The registry as the server tells it. */
export const registryOf = (attributes: readonly EnterpriseAttribute[]): AttributeRegistry => attributeRegistry(attributes);

/** What an official picks for a group; two of the four are a `not` around a group in the document. */
export const groupModes = ['all', 'any', 'none', 'notAll'] as const;
export type GroupMode = (typeof groupModes)[number];

export interface Group {
  readonly mode: GroupMode;
  readonly nodes: readonly RuleNode[];
  /** Pointer of the list of clauses, relative to the group's own. */
  readonly listPath: string;
}

export const isCondition = (node: RuleNode): node is Condition => 'attribute' in node;

/** Any node but a condition as a group; a `not` around one condition is a group of one. */
export function groupOf(node: RuleNode): Group {
  if ('all' in node) return { mode: 'all', nodes: node.all, listPath: '/all' };
  if ('any' in node) return { mode: 'any', nodes: node.any, listPath: '/any' };
  if ('not' in node) {
    if ('all' in node.not) return { mode: 'notAll', nodes: node.not.all, listPath: '/not/all' };
    return { mode: 'none', nodes: 'any' in node.not ? node.not.any : [node.not], listPath: '/not/any' };
  }
  return { mode: 'all', nodes: [node], listPath: '/all' };
}

export function nodeOf(mode: GroupMode, nodes: readonly RuleNode[]): RuleNode {
  switch (mode) {
    case 'all':
      return { all: nodes };
    case 'any':
      return { any: nodes };
    case 'none':
      return { not: { any: nodes } };
    case 'notAll':
      return { not: { all: nodes } };
  }
}

/** The document in the form the editor shows and writes: a group at the top, no bare condition under a `not`. Means the same. */
export function normalised(rule: RuleDocument): RuleDocument {
  return { v: 1, when: normalNode(isCondition(rule.when) ? { all: [rule.when] } : rule.when) };
}

function normalNode(node: RuleNode): RuleNode {
  if (isCondition(node)) return node;
  const { mode, nodes } = groupOf(node);
  return nodeOf(mode, nodes.map(normalNode));
}

/** Stands where no attribute is chosen yet: the document parses, and no registry knows the name, so it is never stored by accident. */
const noAttribute = '?';
export const blankCondition: Condition = { attribute: noAttribute, operator: 'eq' };
export const isAttributeChosen = (condition: Condition): boolean => condition.attribute !== noAttribute && condition.attribute !== '';

/** The operator an official most often means. */
export function usualOperator(attribute: Attribute): Operator {
  if (attribute.type === 'enum') return 'in';
  if (attribute.type === 'set') return 'containsAny';
  if (attribute.type === 'text') return attribute.options ? 'startsWith' : 'eq';
  if (attribute.type === 'boolean') return 'eq';
  return 'gte';
}

export function withAttribute(condition: Condition, attribute: Attribute): Condition {
  const isSameKind = operatorsOf[attribute.type].includes(condition.operator) && condition.attribute === attribute.name;
  return isSameKind ? condition : { attribute: attribute.name, operator: usualOperator(attribute) };
}

/** Keeps what was typed where the new operator can use it: 等于 10 → 介于 10 和 …. */
export function withOperator(condition: Condition, operator: Operator): Condition {
  const { attribute, value } = condition;
  const shape = operandShapeOf[operator];
  if (shape === 'none' || value === undefined) return { attribute, operator };
  const items: readonly Scalar[] = typeof value === 'object' ? value : [value];
  const [first] = items;
  if (shape === 'one') return first === undefined ? { attribute, operator } : { attribute, operator, value: first };
  if (shape === 'pair') return items.length === 2 ? { attribute, operator, value: items } : { attribute, operator };
  return { attribute, operator, value: items };
}

export const withValue = ({ attribute, operator }: Condition, value: RuleValue | undefined): Condition =>
  value === undefined || (typeof value === 'object' && value.length === 0) ? { attribute, operator } : { attribute, operator, value };

/** A condition somebody has begun and not ended: said as a hint, not as a fault. */
export const isUnfinished = (condition: Condition): boolean =>
  !isAttributeChosen(condition) || (condition.value === undefined && operandShapeOf[condition.operator] !== 'none');

export const hasUnfinished = (node: RuleNode): boolean =>
  isCondition(node) ? isUnfinished(node) : groupOf(node).nodes.some(hasUnfinished);

export const insertedAt = <T>(items: readonly T[], index: number, item: T): readonly T[] => [
  ...items.slice(0, index),
  item,
  ...items.slice(index),
];
export const removedAt = <T>(items: readonly T[], index: number): readonly T[] => items.filter((_, at) => at !== index);
export const replacedAt = <T>(items: readonly T[], index: number, item: T): readonly T[] =>
  items.map((each, at) => (at === index ? item : each));
export function movedBy<T>(items: readonly T[], index: number, by: -1 | 1): readonly T[] {
  const item = items[index];
  const to = index + by;
  return item === undefined || to < 0 || to >= items.length ? items : insertedAt(removedAt(items, index), to, item);
}

import type { AttributeRegistry, AttributeType } from './attributes';
import type { Operator, RuleDocument, RuleNode, Scalar } from './document';
import { complementOf } from './operators';
import { type Resolved, RuleDefect, resolveCondition } from './resolve';

export type SqlValue = string | number | boolean | readonly string[] | readonly number[];

/** A boolean SQL expression that is true, false or NULL exactly where `evaluate` says true, false or unknown. */
export interface CompiledSql {
  /** With `$1`, `$2` … */
  readonly text: string;
  readonly values: readonly SqlValue[];
  /** `text` cut at its parameters, one more than `values`: what a template tag takes. */
  readonly fragments: readonly string[];
}

/**
 * Compiles a rule for the columns of its registry. Values travel only as parameters, identifiers come only from the registry.
 * `table` qualifies the columns. PostgreSQL 15 and PGlite.
 * @throws {RuleDefect} where the rule does not fit the registry, or an attribute has no column
 */
export function compileSql(rule: RuleDocument, registry: AttributeRegistry, options: { table?: string } = {}): CompiledSql {
  if (options.table !== undefined && !/^[a-z_][a-z0-9_]*$/.test(options.table)) throw new TypeError(`table: ${options.table}`);
  const pieces = nodeSql({ registry, prefix: options.table === undefined ? '' : `"${options.table}".` }, rule.when, '/when', false);
  const fragments = [''];
  const values: SqlValue[] = [];
  let text = '';
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      fragments.push(fragments.pop() + piece);
      text += piece;
    } else {
      values.push(piece.value);
      fragments.push('');
      text += `$${values.length}`;
    }
  }
  return { text, values, fragments };
}

interface Scope {
  readonly registry: AttributeRegistry;
  readonly prefix: string;
}
type Piece = string | { readonly value: SqlValue };

/** `not` is pushed down to the conditions, for `not (a >= 5)` finds no index and `a < 5` does; under three values both are the same. */
function nodeSql(scope: Scope, node: RuleNode, pointer: string, isNegated: boolean): readonly Piece[] {
  if ('not' in node) return nodeSql(scope, node.not, `${pointer}/not`, !isNegated);
  if ('all' in node || 'any' in node) {
    const kind = 'all' in node ? 'all' : 'any';
    const nodes = 'all' in node ? node.all : node.any;
    const isAnd = (kind === 'all') !== isNegated;
    if (nodes.length === 0) return [isAnd ? 'true' : 'false'];
    const parts = nodes.map((child, index) => nodeSql(scope, child, `${pointer}/${kind}/${index}`, isNegated));
    return ['(', ...parts.flatMap((part, index) => (index === 0 ? part : [isAnd ? ' and ' : ' or ', ...part])), ')'];
  }
  const resolved = resolveCondition(node, scope.registry, pointer);
  if (resolved.attribute.column === undefined) {
    throw new RuleDefect(`${pointer}/attribute`, 'no-column', `“${resolved.attribute.label.zh}”不能用于筛选名单`);
  }
  return conditionSql(resolved, `${scope.prefix}"${resolved.attribute.column}"`, isNegated);
}

/** bigint and not numeric for whole numbers: an int4 or int8 column compared with numeric would not use its index. */
const sqlTypes: Readonly<Record<AttributeType, string>> = {
  text: 'text',
  enum: 'text',
  number: 'numeric',
  integer: 'bigint',
  money: 'bigint',
  date: 'date',
  boolean: 'boolean',
  set: 'text',
};

const comparisons: Readonly<Partial<Record<Operator, string>>> = { eq: '=', ne: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' };

function conditionSql({ attribute, operator, operands }: Resolved, column: string, isNegated: boolean): readonly Piece[] {
  const asked = isNegated ? (complementOf[operator] ?? operator) : operator;
  const type = sqlTypes[attribute.type];
  const [first = '', second = ''] = operands;
  const comparison = comparisons[asked];
  if (comparison !== undefined) return [`${column} ${comparison} `, { value: first }, `::${type}`];
  switch (asked) {
    case 'isKnown':
      return [`${column} is not null`];
    case 'isUnknown':
      return [`${column} is null`];
    case 'in':
      return [`${column} = any(`, { value: listOf(operands) }, `::${type}[])`];
    case 'notIn':
      return [`${column} <> all(`, { value: listOf(operands) }, `::${type}[])`];
    case 'between': {
      const [low, joint, high] = isNegated ? ['<', 'or', '>'] : ['>=', 'and', '<='];
      return [`(${column} ${low} `, { value: first }, `::${type} ${joint} ${column} ${high} `, { value: second }, `::${type})`];
    }
    case 'startsWith':
      return [`${column} ${isNegated ? 'not like' : 'like'} `, { value: `${escapeLike(String(first))}%` }, '::text'];
    case 'containsAny':
      return setSql(column, '&&', operands, isNegated);
    default:
      return setSql(column, '@>', operands, isNegated);
  }
}

const setSql = (column: string, operator: string, operands: readonly Scalar[], isNegated: boolean): readonly Piece[] => [
  `${isNegated ? 'not ' : ''}(${column} ${operator} `,
  { value: operands.map(String) },
  '::text[])',
];

const escapeLike = (prefix: string): string => prefix.replace(/[\\%_]/g, '\\$&');

/** Numbers stay numbers, so that a driver writes `{1,2}`; a list has one type, that of its attribute. */
function listOf(operands: readonly Scalar[]): readonly string[] | readonly number[] {
  const numbers = operands.filter((operand) => typeof operand === 'number');
  return numbers.length === operands.length ? numbers : operands.map(String);
}

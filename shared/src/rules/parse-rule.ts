import type { FieldError } from '../errors/domain-error';
import { type Operator, operators, type RuleDocument, type RuleNode, type RuleValue, ruleLimits, type Scalar } from './document';

export type ParsedRule =
  | { readonly ok: true; readonly rule: RuleDocument }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/**
 * Reads unknown input as a rule: its shape, depth and size. Whether it fits a registry is `checkRule`'s question.
 * Pointers begin with `at`, the place of the rule in what was received (`/body/audience`).
 */
export function parseRule(input: unknown, at = ''): ParsedRule {
  const reading: Reading = { errors: [], nodes: 0 };
  const rule = readDocument(reading, input, at);
  return rule && reading.errors.length === 0 ? { ok: true, rule } : { ok: false, errors: reading.errors };
}

interface Reading {
  readonly errors: FieldError[];
  nodes: number;
}

const mostErrors = 20;
function fault(reading: Reading, pointer: string, detail: string): undefined {
  if (reading.errors.length < mostErrors) reading.errors.push({ pointer, detail });
  return undefined;
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (input: unknown): input is Fields => typeof input === 'object' && input !== null && !Array.isArray(input);

function readDocument(reading: Reading, input: unknown, at: string): RuleDocument | undefined {
  if (!isFields(input)) return fault(reading, at, '规则应是一个对象 {v, when}');
  refuseOthers(reading, input, ['v', 'when'], at);
  if (input.v !== 1) return fault(reading, `${at}/v`, '规则格式的版本应为 1');
  if (!Object.hasOwn(input, 'when')) return fault(reading, `${at}/when`, '缺少规则内容');
  const when = readNode(reading, input.when, `${at}/when`, 1);
  return when && { v: 1, when };
}

function readNode(reading: Reading, input: unknown, at: string, depth: number): RuleNode | undefined {
  if (depth > ruleLimits.depth) return fault(reading, at, `条件嵌套超过 ${ruleLimits.depth} 层`);
  reading.nodes += 1;
  if (reading.nodes > ruleLimits.nodes) {
    return reading.nodes === ruleLimits.nodes + 1 ? fault(reading, at, `条件多于 ${ruleLimits.nodes} 项`) : undefined;
  }
  if (!isFields(input)) return fault(reading, at, '条件应是一个对象');
  const groups = (['all', 'any', 'not'] as const).filter((key) => Object.hasOwn(input, key));
  const group = groups[0];
  if (group === undefined) return readCondition(reading, input, at);
  refuseOthers(reading, input, [group], at);
  if (group === 'not') {
    const inner = readNode(reading, input.not, `${at}/not`, depth + 1);
    return inner && { not: inner };
  }
  const list = input[group];
  if (!Array.isArray(list)) return fault(reading, `${at}/${group}`, '应是条件的列表');
  if (list.length > ruleLimits.nodes) return fault(reading, `${at}/${group}`, `条件多于 ${ruleLimits.nodes} 项`);
  const nodes: RuleNode[] = [];
  list.forEach((item, index) => {
    const node = readNode(reading, item, `${at}/${group}/${index}`, depth + 1);
    if (node) nodes.push(node);
  });
  return group === 'all' ? { all: nodes } : { any: nodes };
}

function readCondition(reading: Reading, input: Fields, at: string): RuleNode | undefined {
  refuseOthers(reading, input, ['attribute', 'operator', 'value'], at);
  const { attribute, operator } = input;
  if (typeof attribute !== 'string' || attribute === '') return fault(reading, `${at}/attribute`, '请指明按哪个属性判断');
  if (attribute.length > 64) return fault(reading, `${at}/attribute`, '属性名过长（至多 64 个字符）');
  if (!isOperator(operator)) return fault(reading, `${at}/operator`, `比较方式应为 ${operators.join('、')} 之一`);
  if (input.value === undefined) return { attribute, operator };
  const value = readRuleValue(reading, input.value, `${at}/value`);
  return value === undefined ? undefined : { attribute, operator, value };
}

const isOperator = (input: unknown): input is Operator => operators.some((operator) => operator === input);

function readRuleValue(reading: Reading, input: unknown, at: string): RuleValue | undefined {
  if (!Array.isArray(input)) return readScalar(reading, input, at);
  if (input.length > ruleLimits.listItems) return fault(reading, at, `列表多于 ${ruleLimits.listItems} 项`);
  const items: Scalar[] = [];
  input.forEach((item, index) => {
    const scalar = readScalar(reading, item, `${at}/${index}`);
    if (scalar !== undefined) items.push(scalar);
  });
  return items;
}

function readScalar(reading: Reading, input: unknown, at: string): Scalar | undefined {
  if (typeof input === 'boolean') return input;
  if (typeof input === 'number') return Number.isFinite(input) ? input : fault(reading, at, '应是有限的数');
  if (typeof input !== 'string') return fault(reading, at, '应是文字、数字或是否');
  if (input.length > ruleLimits.textLength) return fault(reading, at, `文字过长（至多 ${ruleLimits.textLength} 个字符）`);
  // PostgreSQL's text holds neither NUL nor half a surrogate pair.
  return isStorable(input) ? input : fault(reading, at, '含有无法保存的字符');
}

function isStorable(text: string): boolean {
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code === 0 || (code >= 0xd800 && code <= 0xdfff)) return false;
  }
  return true;
}

function refuseOthers(reading: Reading, input: Fields, allowed: readonly string[], at: string): void {
  for (const key of Object.keys(input)) {
    if (!allowed.includes(key)) fault(reading, `${at}/${key.replace(/~/g, '~0').replace(/\//g, '~1').slice(0, 64)}`, '规则中没有这个字段');
  }
}

import type { AttributeRegistry } from './attributes';
import type { Condition, RuleDocument, RuleNode } from './document';
import { type Resolved, RuleDefect, resolveCondition } from './resolve';
import { truthOf } from './truth';

/** One thing found wrong without running the rule. A rule with an error must not be stored; a warning is shown. */
export interface RuleFinding {
  /** JSON pointer into the rule document. */
  readonly pointer: string;
  readonly severity: 'error' | 'warning';
  readonly code:
    | 'unknown-attribute'
    | 'wrong-operator'
    | 'wrong-value'
    | 'unknown-option'
    | 'empty-group'
    | 'impossible-range'
    | 'never-true'
    | 'always-true'
    | 'repeated-condition';
  readonly detail: string;
}

/** Checks a parsed rule against a registry: everything that can be said before any data is seen. */
export function checkRule(rule: RuleDocument, registry: AttributeRegistry): readonly RuleFinding[] {
  if ('all' in rule.when && rule.when.all.length === 0) {
    return [{ pointer: '/when/all', severity: 'warning', code: 'always-true', detail: '没有设置条件，将对全部对象成立' }];
  }
  const findings: RuleFinding[] = [];
  checkNode({ registry, findings }, rule.when, '/when');
  return findings;
}

interface Check {
  readonly registry: AttributeRegistry;
  readonly findings: RuleFinding[];
}

function checkNode(check: Check, node: RuleNode, pointer: string): void {
  const before = check.findings.length;
  if ('all' in node || 'any' in node) {
    const kind = 'all' in node ? 'all' : 'any';
    const nodes = 'all' in node ? node.all : node.any;
    const at = `${pointer}/${kind}`;
    if (nodes.length === 0) check.findings.push({ pointer: at, severity: 'error', code: 'empty-group', detail: '这一组还没有条件' });
    checkRepeats(check, nodes, at);
    nodes.forEach((child, index) => {
      checkNode(check, child, `${at}/${index}`);
    });
  } else if ('not' in node) checkNode(check, node.not, `${pointer}/not`);
  else checkCondition(check, node, pointer);
  // What is wrong further in is the cause; the same said of the group around it would only hide it.
  const inner = check.findings.slice(before);
  if (inner.some((finding) => finding.severity === 'error')) return;
  const truth = truthOf(node, check.registry);
  if (truth === 'never') {
    const detail = 'attribute' in node ? '没有值能满足这个条件' : '这些条件互相矛盾，不可能同时成立';
    check.findings.push({ pointer, severity: 'error', code: 'never-true', detail });
  } else if (truth !== undefined && !inner.some((finding) => finding.code === 'always-true')) {
    const detail = truth === 'always' ? '这里总是成立，不起筛选作用' : '只要有数据，这里总是成立';
    check.findings.push({ pointer, severity: 'warning', code: 'always-true', detail });
  }
}

function checkRepeats(check: Check, nodes: readonly RuleNode[], at: string): void {
  const seen = new Set<string>();
  nodes.forEach((node, index) => {
    const written = JSON.stringify(node);
    if (seen.has(written)) {
      check.findings.push({ pointer: `${at}/${index}`, severity: 'warning', code: 'repeated-condition', detail: '与前面的条件重复' });
    }
    seen.add(written);
  });
}

function checkCondition(check: Check, condition: Condition, pointer: string): void {
  let resolved: Resolved;
  try {
    resolved = resolveCondition(condition, check.registry, pointer);
  } catch (defect) {
    if (!(defect instanceof RuleDefect) || defect.code === 'no-column') throw defect;
    check.findings.push({ pointer: defect.pointer, severity: 'error', code: defect.code, detail: defect.message });
    return;
  }
  const { attribute, operator, operands } = resolved;
  const [low, high] = operands;
  if (operator === 'between' && low !== undefined && high !== undefined && low > high) {
    check.findings.push({ pointer: `${pointer}/value`, severity: 'error', code: 'impossible-range', detail: '下限大于上限，没有值能满足' });
  }
  if (!attribute.options || operator === 'startsWith' || attribute.type === 'text') return;
  const known = new Set(attribute.options.map((option) => option.value));
  operands.forEach((operand, index) => {
    if (known.has(String(operand))) return;
    const at = Array.isArray(condition.value) ? `${pointer}/value/${index}` : `${pointer}/value`;
    const detail = `“${attribute.label.zh}”没有“${String(operand)}”这个选项`;
    check.findings.push({ pointer: at, severity: 'error', code: 'unknown-option', detail });
  });
}

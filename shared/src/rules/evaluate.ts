import type { AttributeRegistry, AttributeValue, AttributeValues, Labels } from './attributes';
import { describeCondition, describeMiss, describeValue, groupText, spaceBefore } from './describe';
import type { Outcome, RuleDocument, RuleNode } from './document';
import { gapOf } from './gap';
import { type LeafTest, leafTest } from './leaf';
import { type Resolved, resolveCondition } from './resolve';

/** What one clause said of one subject, and why. The tree has the shape of the rule. */
export interface Reason {
  /** JSON pointer of the clause in the rule document. */
  readonly pointer: string;
  readonly kind: 'all' | 'any' | 'not' | 'condition';
  readonly outcome: Outcome;
  readonly text: Labels;
  /** How far the value is from what the whole rule needs of this clause; only of ordered values on the wrong side. */
  readonly miss?: Miss;
  readonly attribute?: string;
  readonly children?: readonly Reason[];
}

export interface Miss {
  /** In the attribute's own unit (fen for money, days for dates); 0 = exactly on an excluded bound. */
  readonly amount: number;
  /** 差 3 人 / 3 people short */
  readonly text: Labels;
}

export interface Evaluation {
  readonly outcome: Outcome;
  readonly reasons: Reason;
  /** The fewest conditions that would have to turn out otherwise for the rule to hold; empty where it holds. */
  readonly nearestMiss: readonly Reason[];
}

/** Runs a rule over one subject with a reason per clause. @throws {RuleDefect} where the rule does not fit the registry */
export const evaluate = (rule: RuleDocument, values: AttributeValues, registry: AttributeRegistry): Evaluation =>
  compileEvaluator(rule, registry)(values).explain();

/** The outcome at once; texts and misses only when asked for. */
export interface Verdict {
  readonly outcome: Outcome;
  explain(): Evaluation;
}

/** `evaluate` for many subjects: compiled once, words made on demand. @throws {RuleDefect} */
export function compileEvaluator(rule: RuleDocument, registry: AttributeRegistry): (values: AttributeValues) => Verdict {
  const plan = planOf(rule.when, registry, '/when', true);
  return (values) => {
    const mark = judge(plan, values);
    return {
      outcome: mark.outcome,
      explain: () => ({ outcome: mark.outcome, reasons: reasonOf(mark), nearestMiss: missesOf(mark, true).map(reasonOf) }),
    };
  };
}

/** A clause made ready. `wanted` is what the whole rule needs of it: false under an odd number of `not`. */
type Plan =
  | { readonly kind: 'all' | 'any' | 'not'; readonly pointer: string; readonly children: readonly Plan[] }
  | {
      readonly kind: 'condition';
      readonly pointer: string;
      readonly resolved: Resolved;
      readonly test: LeafTest;
      readonly wanted: boolean;
    };

interface Mark {
  readonly plan: Plan;
  readonly outcome: Outcome;
  readonly actual: AttributeValue | null;
  readonly children: readonly Mark[];
}

const noChildren: readonly Mark[] = [];

function planOf(node: RuleNode, registry: AttributeRegistry, pointer: string, wanted: boolean): Plan {
  const children = (nodes: readonly RuleNode[], at: string) =>
    nodes.map((child, index) => planOf(child, registry, `${at}/${index}`, wanted));
  if ('all' in node) return { kind: 'all', pointer, children: children(node.all, `${pointer}/all`) };
  if ('any' in node) return { kind: 'any', pointer, children: children(node.any, `${pointer}/any`) };
  if ('not' in node) return { kind: 'not', pointer, children: [planOf(node.not, registry, `${pointer}/not`, !wanted)] };
  const resolved = resolveCondition(node, registry, pointer);
  return { kind: 'condition', pointer, resolved, test: leafTest(resolved), wanted };
}

function judge(plan: Plan, values: AttributeValues): Mark {
  if (plan.kind === 'condition') {
    const actual = values[plan.resolved.attribute.name] ?? null;
    return { plan, outcome: plan.test(actual), actual, children: noChildren };
  }
  const children = plan.children.map((child) => judge(child, values));
  return { plan, outcome: combine(plan.kind, children), actual: null, children };
}

function combine(kind: 'all' | 'any' | 'not', children: readonly Mark[]): Outcome {
  const decisive = kind === 'any';
  let isOpen = false;
  let isDecided = false;
  for (const child of children) {
    if (child.outcome === null) isOpen = true;
    else if (child.outcome === decisive) isDecided = true;
  }
  // `not` has one child: it is `all` of it, turned round.
  const outcome = isDecided ? decisive : isOpen ? null : !decisive;
  return kind === 'not' && outcome !== null ? !outcome : outcome;
}

/** The leaves to turn so that this clause becomes `wanted`: every one that fails, or those of the cheapest branch. */
function missesOf(mark: Mark, wanted: boolean): readonly Mark[] {
  if (mark.outcome === wanted) return noChildren;
  if (mark.plan.kind === 'condition') return [mark];
  const branches = mark.children.map((child) => missesOf(child, mark.plan.kind === 'not' ? !wanted : wanted));
  const needsEvery = mark.plan.kind === 'not' || (mark.plan.kind === 'all') === wanted;
  if (needsEvery) return branches.flat();
  return (
    branches.reduce<readonly Mark[] | null>((best, branch) => (best && costOf(best) <= costOf(branch) ? best : branch), null) ?? noChildren
  );
}

/** Fewer clauses first, then the smaller distance in proportion to the bound; a clause without distance counts as a whole bound. */
const costOf = (marks: readonly Mark[]): number => marks.reduce((sum, mark) => sum + 1000 + Math.min(999, gapOfMark(mark)?.share ?? 1), 0);

function gapOfMark(mark: Mark) {
  if (mark.plan.kind !== 'condition' || mark.outcome === mark.plan.wanted) return undefined;
  return gapOf(mark.plan.resolved, mark.actual, mark.plan.wanted);
}

function reasonOf(mark: Mark): Reason {
  const { plan, outcome } = mark;
  if (plan.kind !== 'condition') {
    return { pointer: plan.pointer, kind: plan.kind, outcome, text: groupText(plan.kind, outcome), children: mark.children.map(reasonOf) };
  }
  const gap = gapOfMark(mark);
  const miss: Miss | undefined = gap && { amount: gap.amount, text: describeMiss(plan.resolved.attribute, gap) };
  const say = (lang: 'zh' | 'en') => {
    const clause = describeCondition(plan.resolved, lang);
    if (outcome === null) return lang === 'zh' ? `${clause}：缺少数据` : `${clause}: not known`;
    const actual = describeValue(plan.resolved.attribute, mark.actual, lang);
    const tail = miss ? (lang === 'zh' ? `，${miss.text.zh}` : `, ${miss.text.en}`) : '';
    return lang === 'zh' ? `${clause}：实际为${spaceBefore(actual, lang)}${actual}${tail}` : `${clause}: it is ${actual}${tail}`;
  };
  const text = { zh: say('zh'), en: say('en') };
  return { pointer: plan.pointer, kind: 'condition', outcome, text, miss, attribute: plan.resolved.attribute.name };
}

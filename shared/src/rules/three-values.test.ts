import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { firmRegistry } from './firm-registry.fixture';
import type { AttributeValues, Condition, Outcome, RuleNode } from './index';
import { checkRule, compileClosure, compileEvaluator, compileSql, describeRule, evaluate, parseRule } from './index';

const day = fc.constantFrom('2025-12-31', '2026-01-01', '2026-02-28', '2026-03-01');
const number = fc.integer({ min: -2, max: 6 });
const text = fc.constantFrom('6', '62', '6210', '61', '', 'a%_');
const tag = fc.constantFrom('甲', '乙', '丙');
const some = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 3 });

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ attribute: fc.constant('staff'), operator: fc.constantFrom('eq', 'ne', 'lt', 'lte', 'gt', 'gte'), value: number }),
  fc.record({ attribute: fc.constantFrom('staff', 'area'), operator: fc.constantFrom('in', 'notIn'), value: some(number) }),
  fc.record({ attribute: fc.constantFrom('staff', 'revenue'), operator: fc.constant('between'), value: fc.tuple(number, number) }),
  fc.record({ attribute: fc.constant('foundedOn'), operator: fc.constantFrom('eq', 'lt', 'lte', 'gt', 'gte'), value: day }),
  fc.record({ attribute: fc.constant('industry'), operator: fc.constantFrom('eq', 'ne', 'startsWith'), value: text }),
  fc.record({ attribute: fc.constant('isDemo'), operator: fc.constantFrom('eq', 'ne'), value: fc.boolean() }),
  fc.record({ attribute: fc.constant('tags'), operator: fc.constantFrom('containsAny', 'containsAll'), value: some(tag) }),
  fc.record({ attribute: fc.constant('tags'), operator: fc.constant('contains'), value: tag }),
  fc.record({ attribute: fc.constantFrom('staff', 'tags', 'isDemo', 'industry'), operator: fc.constantFrom('isKnown', 'isUnknown') }),
) as fc.Arbitrary<Condition>;

const node: fc.Arbitrary<RuleNode> = fc.letrec<{ node: RuleNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    condition,
    fc.record({ all: fc.array(tie('node'), { maxLength: 4 }) }),
    fc.record({ any: fc.array(tie('node'), { maxLength: 4 }) }),
    fc.record({ not: tie('node') }),
  ),
})).node;

const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
const values: fc.Arbitrary<AttributeValues> = fc.record({
  staff: maybe(number),
  revenue: maybe(number),
  area: maybe(number),
  foundedOn: maybe(day),
  industry: maybe(text),
  isDemo: maybe(fc.boolean()),
  tags: maybe(fc.uniqueArray(tag)),
});

/** The meaning, written a second time and in another way: unknown is a half, `all` a minimum, `any` a maximum. */
function meaning(when: RuleNode, given: AttributeValues): number {
  if ('all' in when) return Math.min(1, ...when.all.map((child) => meaning(child, given)));
  if ('any' in when) return Math.max(0, ...when.any.map((child) => meaning(child, given)));
  if ('not' in when) return 1 - meaning(when.not, given);
  const actual = given[when.attribute] ?? null;
  if (when.operator === 'isKnown') return actual === null ? 0 : 1;
  if (when.operator === 'isUnknown') return actual === null ? 1 : 0;
  if (actual === null) return 0.5;
  const wanted = ([] as unknown[]).concat(when.value);
  const place = (item: unknown) => (typeof item === 'string' ? Date.parse(item) : Number(item));
  const holds: Record<string, () => boolean> = {
    eq: () => wanted[0] === actual,
    ne: () => wanted[0] !== actual,
    lt: () => place(actual) - place(wanted[0]) < 0,
    lte: () => place(actual) - place(wanted[0]) <= 0,
    gt: () => place(actual) - place(wanted[0]) > 0,
    gte: () => place(actual) - place(wanted[0]) >= 0,
    in: () => wanted.indexOf(actual) >= 0,
    notIn: () => wanted.indexOf(actual) < 0,
    between: () => place(wanted[0]) <= place(actual) && place(actual) <= place(wanted[1]),
    startsWith: () => String(actual).slice(0, String(wanted[0]).length) === wanted[0],
    contains: () => new Set(actual as string[]).has(String(wanted[0])),
    containsAny: () => (actual as string[]).filter((item) => wanted.indexOf(item) >= 0).length > 0,
    containsAll: () => wanted.filter((item) => (actual as string[]).indexOf(String(item)) < 0).length === 0,
  };
  return holds[when.operator]?.() ? 1 : 0;
}
const outcomeOf = (share: number): Outcome => (share === 0.5 ? null : share === 1);
const run = (when: RuleNode, given: AttributeValues): Outcome => compileClosure({ v: 1, when }, firmRegistry)(given);

describe('three values', () => {
  it('are what a second, independent reading of the rule gives', () => {
    fc.assert(
      fc.property(node, values, (when, given) => {
        expect(run(when, given)).toBe(outcomeOf(meaning(when, given)));
      }),
      { numRuns: 3000 },
    );
  });

  it('are the same from the closure and from evaluate, at every clause', () => {
    fc.assert(
      fc.property(node, values, (when, given) => {
        const { outcome, reasons } = evaluate({ v: 1, when }, given, firmRegistry);
        expect(outcome).toBe(run(when, given));
        expect(compileEvaluator({ v: 1, when }, firmRegistry)(given).outcome).toBe(outcome);
        expect(reasons.outcome).toBe(outcome);
        const children = 'all' in when ? when.all : 'any' in when ? when.any : 'not' in when ? [when.not] : [];
        expect(reasons.children?.map((child) => child.outcome) ?? []).toEqual(children.map((child) => run(child, given)));
      }),
      { numRuns: 2000 },
    );
  });

  it('obey de Morgan, double negation and order', () => {
    fc.assert(
      fc.property(fc.array(node, { maxLength: 4 }), values, (nodes, given) => {
        expect(run({ not: { all: nodes } }, given)).toBe(run({ any: nodes.map((child) => ({ not: child })) }, given));
        expect(run({ not: { any: nodes } }, given)).toBe(run({ all: nodes.map((child) => ({ not: child })) }, given));
        expect(run({ not: { not: { all: nodes } } }, given)).toBe(run({ all: nodes }, given));
        expect(run({ any: [...nodes].reverse() }, given)).toBe(run({ any: nodes }, given));
      }),
      { numRuns: 1000 },
    );
  });

  it('only become more certain when more is known', () => {
    fc.assert(
      fc.property(monotone(), ([when, before, after]) => {
        const outcome = run(when, before);
        if (outcome !== null) expect(run(when, after)).toBe(outcome);
      }),
      { numRuns: 1000 },
    );
  });
});

/** Rules that do not ask whether something is known, and values of which some are taken away. */
const monotone = () =>
  fc
    .tuple(node, values, fc.uniqueArray(fc.constantFrom('staff', 'revenue', 'area', 'foundedOn', 'industry', 'isDemo', 'tags')))
    .filter(([when]) => !/is(Known|Unknown)/.test(JSON.stringify(when)))
    .map(([when, full, hidden]) => [when, { ...full, ...Object.fromEntries(hidden.map((name) => [name, null])) }, full] as const);

describe('nearestMiss', () => {
  it('is empty exactly where the rule holds, and names clauses that do not do what is wanted', () => {
    fc.assert(
      fc.property(node, values, (when, given) => {
        const { outcome, nearestMiss } = evaluate({ v: 1, when }, given, firmRegistry);
        if (outcome === true) expect(nearestMiss).toEqual([]);
        else if (!/"(all|any)":\[\]/.test(JSON.stringify(when))) expect(nearestMiss.length).toBeGreaterThan(0);
        for (const reason of nearestMiss) expect(reason.kind).toBe('condition');
      }),
      { numRuns: 1000 },
    );
  });
});

describe('static checks', () => {
  it('are right whenever they call a rule impossible or empty of effect', () => {
    fc.assert(
      fc.property(node, fc.array(values, { minLength: 20, maxLength: 20 }), (when, subjects) => {
        const findings = checkRule({ v: 1, when }, firmRegistry).filter((finding) => finding.pointer === '/when');
        const outcomes = subjects.map((given) => run(when, given));
        if (findings.some((finding) => finding.code === 'never-true')) expect(outcomes).not.toContain(true);
        if (findings.some((finding) => finding.code === 'always-true')) expect(outcomes).not.toContain(false);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('every rule that can be made', () => {
  it('survives JSON and parseRule unchanged, and has words and SQL', () => {
    fc.assert(
      fc.property(node, (when) => {
        const rule = { v: 1, when } as const;
        expect(parseRule(JSON.parse(JSON.stringify(rule)))).toEqual({ ok: true, rule });
        for (const lang of ['zh', 'en'] as const) expect(describeRule(rule, firmRegistry, lang).length).toBeGreaterThan(0);
        const { text: sql, values: parameters, fragments } = compileSql(rule, firmRegistry);
        expect(fragments.reduce((joined, fragment, index) => (index === 0 ? fragment : `${joined}$${index}${fragment}`), '')).toBe(sql);
        expect(fragments).toHaveLength(parameters.length + 1);
      }),
      { numRuns: 1000 },
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import { firmRegistry } from './firm-registry.fixture';
import type { AttributeValues, RuleNode } from './index';
import { compileClosure, compileEvaluator, evaluate, RuleDefect } from './index';

const run = (when: RuleNode, values: AttributeValues) => evaluate({ v: 1, when }, values, firmRegistry);
const staffed: RuleNode = { attribute: 'staff', operator: 'gte', value: 10 };
const catering: RuleNode = { attribute: 'industry', operator: 'startsWith', value: '62' };

describe('evaluate', () => {
  it('says of each clause what it found, and what is lacking', () => {
    const { outcome, reasons, nearestMiss } = run({ all: [catering, staffed] }, { industry: '6210', staff: 7 });
    expect(outcome).toBe(false);
    expect(reasons).toMatchObject({ pointer: '/when', kind: 'all', outcome: false, text: { zh: '有条件不满足' } });
    expect(reasons.children?.map((child) => [child.pointer, child.outcome, child.text.zh])).toEqual([
      ['/when/all/0', true, '行业属于餐饮业：实际为“6210”'],
      ['/when/all/1', false, '从业人员不少于 10 人：实际为 7 人，差 3 人'],
    ]);
    expect(nearestMiss).toHaveLength(1);
    expect(nearestMiss[0]).toMatchObject({ attribute: 'staff', miss: { amount: 3, text: { zh: '差 3 人', en: '3 people short' } } });
    expect(reasons.children?.[1]?.text.en).toBe('Staff is at least 10 people: it is 7 people, 3 people short');
  });

  it.each<[RuleNode, AttributeValues, string | undefined]>([
    [{ attribute: 'staff', operator: 'gt', value: 10 }, { staff: 10 }, '差 1 人'],
    [{ attribute: 'staff', operator: 'lte', value: 10 }, { staff: 13 }, '多 3 人'],
    [{ attribute: 'staff', operator: 'lt', value: 10 }, { staff: 10 }, '多 1 人'],
    [{ attribute: 'staff', operator: 'between', value: [10, 20] }, { staff: 23 }, '多 3 人'],
    [{ attribute: 'staff', operator: 'between', value: [10, 20] }, { staff: 4 }, '差 6 人'],
    [{ attribute: 'staff', operator: 'eq', value: 1500 }, { staff: 100 }, '差 1,400 人'],
    [{ attribute: 'revenue', operator: 'gte', value: 1_000_000 }, { revenue: 876_550 }, '差 ¥1,234.50'],
    [{ attribute: 'area', operator: 'gte', value: 0.3 }, { area: 0.1 }, '差 0.2 平方米'],
    [{ attribute: 'area', operator: 'gt', value: 5 }, { area: 5 }, '刚好在界限上，不含界限'],
    [{ attribute: 'foundedOn', operator: 'lte', value: '2026-01-31' }, { foundedOn: '2026-02-02' }, '晚了 2 天'],
    [{ attribute: 'foundedOn', operator: 'gte', value: '2026-03-01' }, { foundedOn: '2026-02-28' }, '早了 1 天'],
    [{ not: { attribute: 'staff', operator: 'gte', value: 10 } }, { staff: 12 }, '多 3 人'],
    [{ not: { attribute: 'staff', operator: 'between', value: [10, 20] } }, { staff: 18 }, '差 3 人'],
    [{ attribute: 'staff', operator: 'in', value: [1, 2] }, { staff: 3 }, undefined],
    [{ attribute: 'industry', operator: 'eq', value: '2026-01-01' }, { industry: '2026-01-02' }, undefined],
    [{ attribute: 'size', operator: 'eq', value: 'small' }, { size: 'micro' }, undefined],
  ])('%j of %j misses by %s', (when, values, said) => {
    const { outcome, nearestMiss } = run(when, values);
    expect(outcome).toBe(false);
    expect(nearestMiss).toHaveLength(1);
    expect(nearestMiss[0]?.miss?.text.zh).toBe(said);
  });

  it('shows no miss where the clause holds, and the cheapest way where one of several would do', () => {
    expect(run(staffed, { staff: 12 })).toMatchObject({ outcome: true, nearestMiss: [] });
    expect(run(staffed, { staff: 12 }).reasons.miss).toBeUndefined();
    const either: RuleNode = { any: [{ all: [staffed, catering] }, { attribute: 'staff', operator: 'gte', value: 12 }] };
    expect(run(either, { staff: 7, industry: '61' }).nearestMiss.map((reason) => reason.pointer)).toEqual(['/when/any/1']);
    const closer: RuleNode = { any: [{ attribute: 'revenue', operator: 'gte', value: 100_000_000 }, staffed] };
    expect(run(closer, { staff: 9, revenue: 100 }).nearestMiss.map((reason) => reason.attribute)).toEqual(['staff']);
    const excluded: RuleNode = { not: { any: [staffed, catering] } };
    expect(run(excluded, { staff: 11, industry: '62' }).nearestMiss).toHaveLength(2);
  });

  it('lists what is not known among what is missing', () => {
    const { outcome, reasons, nearestMiss } = run({ all: [catering, staffed] }, { industry: '62' });
    expect(outcome).toBeNull();
    expect(reasons.text.zh).toBe('有条件缺少数据，尚不能判断');
    expect(nearestMiss.map((reason) => reason.text.zh)).toEqual(['从业人员不少于 10 人：缺少数据']);
  });

  it('decides with what it has where the rest cannot matter', () => {
    expect(run({ all: [catering, staffed] }, { staff: 3 }).outcome).toBe(false);
    expect(run({ any: [catering, staffed] }, { staff: 30 }).outcome).toBe(true);
    expect(run({ not: staffed }, {}).outcome).toBeNull();
    expect(run({ all: [] }, {}).outcome).toBe(true);
    expect(run({ any: [] }, {}).outcome).toBe(false);
  });

  it('takes values of the wrong type, prototype members among them, for unknown', () => {
    expect(run(staffed, JSON.parse('{"staff":"12"}') as AttributeValues).outcome).toBeNull();
    expect(run(staffed, { staff: 1.5 }).outcome).toBeNull();
    expect(run({ attribute: 'foundedOn', operator: 'isKnown' }, { foundedOn: '2026-02-30' }).outcome).toBe(false);
    expect(run({ attribute: 'tags', operator: 'isKnown' }, { tags: [] }).outcome).toBe(true);
  });

  it('compares sets whole and in part', () => {
    const tags = ['甲', '乙'];
    expect(run({ attribute: 'tags', operator: 'contains', value: '甲' }, { tags }).outcome).toBe(true);
    expect(run({ attribute: 'tags', operator: 'containsAny', value: ['丙', '乙'] }, { tags }).outcome).toBe(true);
    expect(run({ attribute: 'tags', operator: 'containsAll', value: ['甲', '丙'] }, { tags }).outcome).toBe(false);
    expect(run({ attribute: 'tags', operator: 'containsAll', value: ['甲', '乙'] }, { tags: [] }).outcome).toBe(false);
    expect(run({ attribute: 'tags', operator: 'contains', value: '甲' }, {}).outcome).toBeNull();
  });
});

describe('a rule that does not fit its registry', () => {
  it.each<[RuleNode, string, string]>([
    [{ attribute: 'gone', operator: 'eq', value: 1 }, '/when/attribute', 'unknown-attribute'],
    [{ attribute: 'staff', operator: 'contains', value: '1' }, '/when/operator', 'wrong-operator'],
    [{ attribute: 'staff', operator: 'gte', value: '10' }, '/when/value', 'wrong-value'],
    [{ attribute: 'staff', operator: 'gte' }, '/when/value', 'wrong-value'],
    [{ attribute: 'staff', operator: 'in', value: [] }, '/when/value', 'wrong-value'],
    [{ attribute: 'staff', operator: 'between', value: [1] }, '/when/value', 'wrong-value'],
    [{ attribute: 'staff', operator: 'isKnown', value: 1 }, '/when/value', 'wrong-value'],
    [{ all: [{ attribute: 'foundedOn', operator: 'in', value: ['2026-01-01', '2026-02-30'] }] }, '/when/all/0/value/1', 'wrong-value'],
  ])('%j is a defect at %s', (when, pointer, code) => {
    for (const attempt of [evaluate, (...[rule, , registry]: Parameters<typeof evaluate>) => compileClosure(rule, registry)]) {
      let caught: unknown;
      try {
        attempt({ v: 1, when }, {}, firmRegistry);
      } catch (error) {
        caught = error;
      }
      expect(caught).toBeInstanceOf(RuleDefect);
      expect(caught).toMatchObject({ pointer, code });
    }
  });
});

describe('compileEvaluator', () => {
  it('runs many subjects with one compilation and explains the one that is asked for', () => {
    const verdictOf = compileEvaluator({ v: 1, when: { all: [catering, staffed] } }, firmRegistry);
    const verdicts = [3, 12, null].map((staff) => verdictOf({ industry: '62', staff }));
    expect(verdicts.map((verdict) => verdict.outcome)).toEqual([false, true, null]);
    expect(verdicts[0]?.explain().nearestMiss[0]?.miss?.amount).toBe(7);
    expect(verdicts[1]?.explain().nearestMiss).toEqual([]);
  });
});

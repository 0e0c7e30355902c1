import { describe, expect, it } from '@jest/globals';
import { firmRegistry } from './firm-registry.fixture';
import { checkRule, describeRule, type RuleNode } from './index';

const check = (when: RuleNode) =>
  checkRule({ v: 1, when }, firmRegistry).map((finding) => `${finding.severity} ${finding.code} ${finding.pointer}`);
const staff = (operator: 'lt' | 'lte' | 'gt' | 'gte' | 'eq', value: number): RuleNode => ({ attribute: 'staff', operator, value });
const size = (...value: string[]): RuleNode => ({ attribute: 'size', operator: 'in', value });

describe('checkRule', () => {
  it.each<[RuleNode, readonly string[]]>([
    [{ all: [staff('gte', 10), size('small')] }, []],
    [{ attribute: 'gone', operator: 'eq', value: 1 }, ['error unknown-attribute /when/attribute']],
    [{ attribute: 'staff', operator: 'contains', value: 'a' }, ['error wrong-operator /when/operator']],
    [{ all: [{ attribute: 'staff', operator: 'gte', value: 'ten' }] }, ['error wrong-value /when/all/0/value']],
    [size('small', 'huge'), ['error unknown-option /when/value/1']],
    [{ attribute: 'size', operator: 'eq', value: 'huge' }, ['error unknown-option /when/value']],
    [{ attribute: 'industry', operator: 'eq', value: '6291' }, []],
    [{ all: [] }, ['warning always-true /when/all']],
    [{ any: [] }, ['error empty-group /when/any']],
    [{ all: [staff('gte', 1), { any: [] }] }, ['error empty-group /when/all/1/any']],
    [{ attribute: 'staff', operator: 'between', value: [50, 10] }, ['error impossible-range /when/value']],
    [{ all: [staff('gte', 10), staff('lt', 5)] }, ['error never-true /when']],
    [{ all: [staff('gt', 5), staff('lt', 6)] }, ['error never-true /when']],
    [{ all: [staff('gte', 5), staff('lte', 5)] }, []],
    [
      {
        all: [
          { attribute: 'area', operator: 'gt', value: 5 },
          { attribute: 'area', operator: 'lt', value: 6 },
        ],
      },
      [],
    ],
    [
      {
        all: [
          { attribute: 'foundedOn', operator: 'gt', value: '2026-02-28' },
          { attribute: 'foundedOn', operator: 'lt', value: '2026-03-01' },
        ],
      },
      ['error never-true /when'],
    ],
    [{ all: [size('small'), size('large')] }, ['error never-true /when']],
    [{ all: [size('small'), { any: [size('large'), staff('gte', 1)] }] }, []],
    [{ all: [{ any: [size('large'), size('micro')] }, size('small')] }, ['error never-true /when']],
    [{ all: [staff('gte', 10), { attribute: 'staff', operator: 'isUnknown' }] }, ['error never-true /when']],
    [
      {
        all: [
          { attribute: 'tags', operator: 'contains', value: '甲' },
          { not: { attribute: 'tags', operator: 'containsAny', value: ['甲', '乙'] } },
        ],
      },
      ['error never-true /when'],
    ],
    [
      {
        all: [
          { attribute: 'industry', operator: 'startsWith', value: '62' },
          { attribute: 'industry', operator: 'startsWith', value: '61' },
        ],
      },
      ['error never-true /when'],
    ],
    [
      {
        all: [
          { attribute: 'industry', operator: 'startsWith', value: '6' },
          { attribute: 'industry', operator: 'startsWith', value: '62' },
        ],
      },
      [],
    ],
    [{ any: [staff('gte', 10), staff('lt', 10)] }, ['warning always-true /when']],
    [
      {
        any: [
          { attribute: 'staff', operator: 'isKnown' },
          { attribute: 'staff', operator: 'isUnknown' },
        ],
      },
      ['warning always-true /when'],
    ],
    [size('small', 'micro', 'large'), ['warning always-true /when']],
    [{ all: [staff('gte', 1), staff('gte', 1)] }, ['warning repeated-condition /when/all/1']],
    [{ any: [staff('gte', 90), { all: [staff('gte', 10), staff('lt', 5)] }] }, ['error never-true /when/any/1']],
    [
      { all: [{ any: [staff('gte', 10), staff('lt', 10)] }, size('small'), size('large')] },
      ['warning always-true /when/all/0', 'error never-true /when'],
    ],
  ])('%j: %j', (when, findings) => {
    expect(check(when)).toEqual(findings);
  });

  it('finds a contradiction among many other attributes, and one certainty among many', () => {
    const others: RuleNode[] = [
      size('small'),
      { attribute: 'revenue', operator: 'between', value: [1, 100] },
      { attribute: 'area', operator: 'between', value: [1, 100] },
      { attribute: 'foundedOn', operator: 'between', value: ['2020-01-01', '2021-01-01'] },
      { attribute: 'tags', operator: 'containsAny', value: ['甲', '乙', '丙'] },
      { attribute: 'industry', operator: 'startsWith', value: '62' },
    ];
    expect(check({ all: [...others, staff('gte', 10), staff('lt', 5)] })).toEqual(['error never-true /when']);
    expect(check({ any: [...others, staff('gte', 10), staff('lt', 10)] })).toEqual(['warning always-true /when']);
    expect(check({ all: [...others, staff('gte', 5), staff('lt', 10)] })).toEqual([]);
    const certain: RuleNode = {
      any: [
        { attribute: 'isDemo', operator: 'eq', value: true },
        { attribute: 'isDemo', operator: 'ne', value: true },
      ],
    };
    expect(check({ all: [certain, ...others, staff('gte', 10), staff('lt', 5)] })).toEqual([
      'warning always-true /when/all/0',
      'error never-true /when',
    ]);
  });

  it('is quick on the largest rule', () => {
    const when: RuleNode = { all: Array.from({ length: 199 }, (_, index) => staff('gte', index)) };
    expect(check(when)).toEqual([]);
  });

  it('says in Chinese what is wrong', () => {
    const details = checkRule({ v: 1, when: { any: [staff('lt', 10), staff('gte', 10)] } }, firmRegistry).map((finding) => finding.detail);
    expect(details).toEqual(['只要有数据，这里总是成立']);
  });
});

describe('describeRule', () => {
  it.each<[RuleNode, string, string]>([
    [
      {
        all: [
          { attribute: 'industry', operator: 'startsWith', value: '62' },
          { any: [staff('gte', 10), { attribute: 'tags', operator: 'contains', value: '连锁' }] },
        ],
      },
      '行业属于餐饮业，并且（从业人员不少于 10 人，或者标签包含“连锁”）',
      'Industry is within Catering and (Staff is at least 10 people or Tags has "连锁")',
    ],
    [size('small', 'micro'), '规模为小型、微型之一', 'Size is one of small, micro'],
    [{ attribute: 'size', operator: 'notIn', value: ['small', 'micro'] }, '规模不为小型、微型中任何一项', 'Size is none of small, micro'],
    [{ not: size('small') }, '不符合（规模为小型）', 'not (Size is one of small)'],
    [
      { attribute: 'staff', operator: 'between', value: [10, 1000] },
      '从业人员在 10 人至 1,000 人之间',
      'Staff is between 10 people and 1,000 people',
    ],
    [{ attribute: 'revenue', operator: 'lt', value: 500_000_000 }, '年营业收入少于¥5,000,000.00', 'Annual revenue is under ¥5,000,000.00'],
    [{ attribute: 'foundedOn', operator: 'gte', value: '2026-01-01' }, '成立日期不早于 2026-01-01', 'Founded is on or after 2026-01-01'],
    [{ attribute: 'isDemo', operator: 'eq', value: false }, '演示数据为否', 'Demo data is no'],
    [{ attribute: 'answer', operator: 'isUnknown' }, '第3题未填写', 'Question 3 is not known'],
    [{ all: [] }, '全部对象', 'everyone'],
    [{ all: [{ any: [staff('lt', 3)] }] }, '从业人员少于 3 人', 'Staff is under 3 people'],
  ])('%j', (when, zh, en) => {
    expect(describeRule({ v: 1, when }, firmRegistry, 'zh')).toBe(zh);
    expect(describeRule({ v: 1, when }, firmRegistry, 'en')).toBe(en);
  });
});

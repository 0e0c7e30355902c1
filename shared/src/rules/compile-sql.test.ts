import { describe, expect, it } from '@jest/globals';
import { firmRegistry } from './firm-registry.fixture';
import { attributeRegistry, compileSql, type RuleNode, valuesFromRow } from './index';

const sqlOf = (when: RuleNode, table?: string) => compileSql({ v: 1, when }, firmRegistry, { table });

describe('compileSql', () => {
  it.each<[RuleNode, string, readonly unknown[]]>([
    [{ attribute: 'industry', operator: 'eq', value: '62' }, '"industry_code" = $1::text', ['62']],
    [{ attribute: 'industry', operator: 'startsWith', value: '62' }, '"industry_code" like $1::text', ['62%']],
    [{ attribute: 'industry', operator: 'startsWith', value: '6%_\\' }, '"industry_code" like $1::text', ['6\\%\\_\\\\%']],
    [{ attribute: 'industry', operator: 'in', value: ['61', '62'] }, '"industry_code" = any($1::text[])', [['61', '62']]],
    [{ attribute: 'staff', operator: 'notIn', value: [1, 2] }, '"staff_count" <> all($1::bigint[])', [[1, 2]]],
    [{ attribute: 'staff', operator: 'between', value: [1, 9] }, '("staff_count" >= $1::bigint and "staff_count" <= $2::bigint)', [1, 9]],
    [{ attribute: 'revenue', operator: 'gte', value: 100 }, '"annual_revenue_fen" >= $1::bigint', [100]],
    [{ attribute: 'area', operator: 'lt', value: 2.5 }, '"area" < $1::numeric', [2.5]],
    [{ attribute: 'foundedOn', operator: 'lte', value: '2026-01-01' }, '"founded_on" <= $1::date', ['2026-01-01']],
    [{ attribute: 'isDemo', operator: 'eq', value: false }, '"is_demo" = $1::boolean', [false]],
    [{ attribute: 'tags', operator: 'contains', value: '甲' }, '("tags" @> $1::text[])', [['甲']]],
    [{ attribute: 'tags', operator: 'containsAny', value: ['甲', '乙'] }, '("tags" && $1::text[])', [['甲', '乙']]],
    [{ attribute: 'tags', operator: 'isUnknown' }, '"tags" is null', []],
    [{ all: [] }, 'true', []],
    [{ any: [] }, 'false', []],
  ])('%j', (when, text, values) => {
    expect(sqlOf(when)).toMatchObject({ text, values });
  });

  it.each<[RuleNode, string]>([
    [{ not: { attribute: 'staff', operator: 'gte', value: 5 } }, '"staff_count" < $1::bigint'],
    [{ not: { not: { attribute: 'staff', operator: 'gte', value: 5 } } }, '"staff_count" >= $1::bigint'],
    [
      {
        not: {
          all: [
            { attribute: 'staff', operator: 'eq', value: 5 },
            { attribute: 'tags', operator: 'isKnown' },
          ],
        },
      },
      '("staff_count" <> $1::bigint or "tags" is null)',
    ],
    [{ not: { attribute: 'staff', operator: 'between', value: [1, 2] } }, '("staff_count" < $1::bigint or "staff_count" > $2::bigint)'],
    [{ not: { attribute: 'tags', operator: 'contains', value: '甲' } }, 'not ("tags" @> $1::text[])'],
    [{ not: { attribute: 'industry', operator: 'startsWith', value: '6' } }, '"industry_code" not like $1::text'],
    [{ not: { all: [] } }, 'false'],
  ])('pushes not down: %j', (when, text) => {
    expect(sqlOf(when).text).toBe(text);
  });

  it('numbers its parameters in order, cuts the text at them and qualifies columns', () => {
    const when: RuleNode = {
      all: [
        { attribute: 'staff', operator: 'gt', value: 1 },
        { attribute: 'industry', operator: 'eq', value: 'x' },
      ],
    };
    expect(sqlOf(when, 'e')).toEqual({
      text: '(e."staff_count" > $1::bigint and e."industry_code" = $2::text)'.replaceAll('e."', '"e"."'),
      values: [1, 'x'],
      fragments: ['("e"."staff_count" > ', '::bigint and "e"."industry_code" = ', '::text)'],
    });
    expect(() => sqlOf(when, 'e; drop table enterprise')).toThrow(TypeError);
  });

  it('puts no value and no name of the document into the text', () => {
    const hostile = `'; drop table enterprise; --`;
    expect(sqlOf({ attribute: 'industry', operator: 'eq', value: hostile }).text).not.toContain('drop');
    expect(() => sqlOf({ attribute: `staff"; drop`, operator: 'eq', value: 1 })).toThrow('没有名为');
  });

  it('refuses an attribute without a column', () => {
    expect(() => sqlOf({ attribute: 'answer', operator: 'isKnown' })).toThrow('不能用于筛选名单');
  });
});

describe('attributeRegistry', () => {
  const attribute = { label: { zh: '甲', en: 'A' }, type: 'text', owner: 'x', source: { zh: '源', en: 'source' } } as const;
  it('refuses repeated names and anything that is no identifier', () => {
    expect(() =>
      attributeRegistry([
        { ...attribute, name: 'a' },
        { ...attribute, name: 'a' },
      ]),
    ).toThrow(TypeError);
    expect(() => attributeRegistry([{ ...attribute, name: 'a b' }])).toThrow(TypeError);
    expect(() => attributeRegistry([{ ...attribute, name: 'a', column: 'a"b' }])).toThrow(TypeError);
    expect(() => attributeRegistry([{ ...attribute, name: 'a', column: 'A' }])).toThrow(TypeError);
  });
});

describe('valuesFromRow', () => {
  it('reads a row as the driver gives it', () => {
    const row = {
      industry_code: '62',
      staff_count: 12,
      annual_revenue_fen: '200000000000',
      area: '12.50',
      founded_on: '2020-01-02',
      tags: ['甲'],
      is_demo: true,
    };
    expect(valuesFromRow(row, firmRegistry)).toEqual({
      industry: '62',
      size: null,
      staff: 12,
      revenue: 200_000_000_000,
      area: 12.5,
      foundedOn: '2020-01-02',
      isDemo: true,
      tags: ['甲'],
    });
  });

  it('refuses a column of another type than its attribute', () => {
    expect(() => valuesFromRow({ founded_on: new Date(0) }, firmRegistry)).toThrow('foundedOn');
    expect(() => valuesFromRow({ staff_count: '9007199254740993' }, firmRegistry)).toThrow('staff');
  });
});

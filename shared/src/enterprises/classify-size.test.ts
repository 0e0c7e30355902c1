import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { classifySize, groupsOf, industries, industryGroups, industryLabel, type SizeClass, type SizeFacts, sizeStandards } from './index';

const wan = 1_000_000;
const facts = (given: Partial<SizeFacts>): SizeFacts => ({
  industryCode: null,
  staffCount: null,
  annualRevenueFen: null,
  totalAssetsFen: null,
  ...given,
});
const order: readonly SizeClass[] = ['micro', 'small', 'medium', 'large'];

/** The table of the rule, written out again: code, then large, medium, small as staff, revenue, assets in 万元; - where not asked. */
const table: readonly (readonly [string, readonly (readonly (number | null)[])[]])[] = [
  [
    '51',
    [
      [200, 40000, null],
      [20, 5000, null],
      [5, 1000, null],
    ],
  ],
  [
    '52',
    [
      [300, 20000, null],
      [50, 500, null],
      [10, 100, null],
    ],
  ],
  [
    '54',
    [
      [1000, 30000, null],
      [300, 3000, null],
      [20, 200, null],
    ],
  ],
  [
    '59',
    [
      [200, 30000, null],
      [100, 1000, null],
      [20, 100, null],
    ],
  ],
  [
    '60',
    [
      [1000, 30000, null],
      [300, 2000, null],
      [20, 100, null],
    ],
  ],
  [
    '61',
    [
      [300, 10000, null],
      [100, 2000, null],
      [10, 100, null],
    ],
  ],
  [
    '62',
    [
      [300, 10000, null],
      [100, 2000, null],
      [10, 100, null],
    ],
  ],
  [
    '63',
    [
      [2000, 100000, null],
      [100, 1000, null],
      [10, 100, null],
    ],
  ],
  [
    '64',
    [
      [2000, 100000, null],
      [100, 1000, null],
      [10, 100, null],
    ],
  ],
  [
    '65',
    [
      [300, 10000, null],
      [100, 1000, null],
      [10, 50, null],
    ],
  ],
  [
    '7020',
    [
      [1000, 5000, null],
      [300, 1000, null],
      [100, 500, null],
    ],
  ],
  [
    '06',
    [
      [1000, 40000, null],
      [300, 2000, null],
      [20, 300, null],
    ],
  ],
  [
    '39',
    [
      [1000, 40000, null],
      [300, 2000, null],
      [20, 300, null],
    ],
  ],
  [
    '46',
    [
      [1000, 40000, null],
      [300, 2000, null],
      [20, 300, null],
    ],
  ],
  [
    '47',
    [
      [null, 80000, 80000],
      [null, 6000, 5000],
      [null, 300, 300],
    ],
  ],
  [
    '7010',
    [
      [null, 200000, 10000],
      [null, 1000, 5000],
      [null, 100, 2000],
    ],
  ],
  [
    '72',
    [
      [300, null, 120000],
      [100, null, 8000],
      [10, null, 100],
    ],
  ],
  [
    '05',
    [
      [null, 20000, null],
      [null, 500, null],
      [null, 50, null],
    ],
  ],
  [
    '80',
    [
      [300, null, null],
      [100, null, null],
      [10, null, null],
    ],
  ],
  [
    '70',
    [
      [300, null, null],
      [100, null, null],
      [10, null, null],
    ],
  ],
];
const sizes = ['large', 'medium', 'small'] as const;
const factsAt = (industryCode: string, row: readonly (number | null)[]): SizeFacts => ({
  industryCode,
  staffCount: row[0] ?? null,
  annualRevenueFen: row[1] == null ? null : row[1] * wan,
  totalAssetsFen: row[2] == null ? null : row[2] * wan,
});

describe('classifySize', () => {
  it.each(table)('%s: on the minima the class holds, one below any of them the next', (code, rows) => {
    rows.forEach((row, index) => {
      expect(classifySize(factsAt(code, row)).size).toBe(sizes[index]);
      row.forEach((minimum, measure) => {
        if (minimum === null) return;
        const below = factsAt(code, row);
        const cut =
          measure === 0
            ? { ...below, staffCount: minimum - 1 }
            : measure === 1
              ? { ...below, annualRevenueFen: minimum * wan - 1 }
              : { ...below, totalAssetsFen: minimum * wan - 1 };
        const found = classifySize(cut).size;
        expect(found && order.indexOf(found)).toBeLessThan(order.indexOf(sizes[index] ?? 'micro'));
      });
    });
    expect(classifySize(factsAt(code, rows[2]?.map((minimum) => (minimum === null ? null : 0)) ?? [])).size).toBe('micro');
  });

  it('asks for both minima: many staff with little revenue is the lower class', () => {
    expect(classifySize(facts({ industryCode: '62', staffCount: 500, annualRevenueFen: 150 * wan })).size).toBe('small');
    expect(classifySize(facts({ industryCode: '62', staffCount: 500, annualRevenueFen: 99 * wan })).size).toBe('micro');
  });

  it('takes the longest code, with or without the section letter', () => {
    expect(classifySize(facts({ industryCode: 'H6210', staffCount: 10, annualRevenueFen: 100 * wan })).basis?.id).toBe('catering');
    expect(classifySize(facts({ industryCode: '7020' })).basis?.id).toBe('property-management');
    expect(classifySize(facts({ industryCode: '7040' })).basis?.id).toBe('other');
    expect(classifySize(facts({ industryCode: '07' })).basis?.id).toBe('industry');
  });

  it('says what is missing only where it could change the class', () => {
    expect(classifySize(facts({ industryCode: '62', staffCount: 5 }))).toMatchObject({ size: 'micro' });
    expect(classifySize(facts({ industryCode: '62', staffCount: 5 })).missing).toBeUndefined();
    expect(classifySize(facts({ industryCode: '62', staffCount: 50 }))).toMatchObject({ size: null, missing: ['annualRevenueFen'] });
    expect(classifySize(facts({ industryCode: '62' }))).toMatchObject({ size: null, missing: ['staffCount', 'annualRevenueFen'] });
    expect(classifySize(facts({ industryCode: '47', staffCount: 9 }))).toMatchObject({ missing: ['annualRevenueFen', 'totalAssetsFen'] });
  });

  it.each([null, '', '餐饮', '6', '62100', 'Z62'])('has no class without an industry: %s', (industryCode) => {
    expect(classifySize(facts({ industryCode, staffCount: 5 }))).toEqual({ size: null, basis: null, missing: ['industryCode'] });
  });

  const figure = fc.option(fc.integer({ min: 0, max: 3000 }), { nil: null });
  const money = fc.option(
    fc.integer({ min: 0, max: 300_000 }).map((amount) => amount * wan),
    { nil: null },
  );
  const anyFacts = fc.record({
    industryCode: fc.constantFrom(...table.map(([code]) => code)),
    staffCount: figure,
    annualRevenueFen: money,
    totalAssetsFen: money,
  });

  it('is certain exactly where every way of filling in what is missing gives the same class', () => {
    const fillings = [0, 5, 49, 150, 999, 5_000, 1e15];
    fc.assert(
      fc.property(anyFacts, (given) => {
        const possible = new Set<SizeClass | null>();
        for (const staff of given.staffCount === null ? fillings : [given.staffCount]) {
          for (const revenue of given.annualRevenueFen === null ? [0, ...fillings.map((x) => x * wan)] : [given.annualRevenueFen]) {
            for (const assets of given.totalAssetsFen === null ? [0, ...fillings.map((x) => x * wan)] : [given.totalAssetsFen]) {
              possible.add(classifySize({ ...given, staffCount: staff, annualRevenueFen: revenue, totalAssetsFen: assets }).size);
            }
          }
        }
        const { size } = classifySize(given);
        if (size !== null) expect([...possible]).toEqual([size]);
        else expect(possible.size).toBeGreaterThan(1);
      }),
      { numRuns: 300 },
    );
  });

  it('never falls when a figure grows', () => {
    fc.assert(
      fc.property(anyFacts, fc.nat(1000), (given, more) => {
        const before = classifySize(given).size;
        const after = classifySize({ ...given, staffCount: given.staffCount === null ? null : given.staffCount + more }).size;
        if (before && after) expect(order.indexOf(after)).toBeGreaterThanOrEqual(order.indexOf(before));
      }),
    );
  });
});

describe('industries', () => {
  it('have unique codes and both names, and 35 or more of them', () => {
    expect(new Set(industries.map((item) => item.code)).size).toBe(industries.length);
    expect(industries.length).toBeGreaterThanOrEqual(35);
    for (const item of industries) expect(item.label.zh && item.label.en && /^\d{2}(\d{2})?$/.test(item.code)).toBeTruthy();
  });

  it('are each covered by a standard other than “other”, real estate as a whole excepted', () => {
    const loose = industries.filter((item) => classifySize(facts({ industryCode: item.code })).basis?.id === 'other');
    expect(loose.map((item) => item.code)).toEqual(['70']);
    expect(new Set(sizeStandards.map((standard) => standard.id)).size).toBe(sizeStandards.length);
  });

  it('name a code by its longest known beginning', () => {
    expect(industryLabel('6210', 'zh')).toBe('正餐服务');
    expect(industryLabel('6291', 'zh')).toBe('餐饮业');
    expect(industryLabel('62', 'en')).toBe('Catering');
    expect(industryLabel('99', 'zh')).toBe('99');
  });

  it('fall into the groups that officials speak of', () => {
    expect(groupsOf('6220', []).map((group) => group.id)).toEqual(['catering']);
    expect(groupsOf('6020', []).map((group) => group.id)).toEqual(['logistics']);
    expect(groupsOf('65', ['在线新经济']).map((group) => group.id)).toEqual(['online-economy']);
    expect(groupsOf('7020', []).map((group) => group.id)).toEqual(['real-estate']);
    expect(groupsOf('61', [])).toEqual([]);
    expect(industryGroups.find((group) => group.id === 'logistics')?.codePrefixes).toEqual([
      '53',
      '54',
      '55',
      '56',
      '57',
      '58',
      '59',
      '60',
    ]);
  });
});

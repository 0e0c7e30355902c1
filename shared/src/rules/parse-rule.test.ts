import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseRule, ruleLimits } from './index';

const leaf = { attribute: 'staff', operator: 'gte', value: 10 };
const nested = (depth: number): unknown => (depth <= 1 ? leaf : { not: nested(depth - 1) });
const first = (input: unknown, at?: string) => {
  const parsed = parseRule(input, at);
  return parsed.ok ? null : parsed.errors[0];
};

describe('parseRule', () => {
  it('reads a document and keeps nothing but its own fields', () => {
    const rule = { v: 1, when: { all: [leaf, { any: [{ not: leaf }, { attribute: 'tags', operator: 'isKnown' }] }] } };
    expect(parseRule(rule)).toEqual({ ok: true, rule });
  });

  it.each<[unknown, string, string]>([
    [null, '', '应是一个对象'],
    ['x', '', '应是一个对象'],
    [[], '', '应是一个对象'],
    [{ when: leaf }, '/v', '版本应为 1'],
    [{ v: 2, when: leaf }, '/v', '版本应为 1'],
    [{ v: 1 }, '/when', '缺少规则内容'],
    [{ v: 1, when: leaf, extra: 1 }, '/extra', '没有这个字段'],
    [{ v: 1, when: [leaf] }, '/when', '应是一个对象'],
    [{ v: 1, when: { all: leaf } }, '/when/all', '应是条件的列表'],
    [{ v: 1, when: { all: [leaf, 3] } }, '/when/all/1', '应是一个对象'],
    [{ v: 1, when: { all: [], any: [] } }, '/when/any', '没有这个字段'],
    [{ v: 1, when: { not: undefined } }, '/when/not', '应是一个对象'],
    [{ v: 1, when: { operator: 'eq', value: 1 } }, '/when/attribute', '哪个属性'],
    [{ v: 1, when: { attribute: 'x'.repeat(65), operator: 'eq' } }, '/when/attribute', '过长'],
    [{ v: 1, when: { attribute: 'staff', operator: 'like', value: 1 } }, '/when/operator', '比较方式应为 eq'],
    [{ v: 1, when: { ...leaf, value: null } }, '/when/value', '应是文字、数字或是否'],
    [{ v: 1, when: { ...leaf, value: { $ne: 1 } } }, '/when/value', '应是文字、数字或是否'],
    [{ v: 1, when: { ...leaf, value: Number.NaN } }, '/when/value', '有限'],
    [{ v: 1, when: { ...leaf, value: ['a', ['b']] } }, '/when/value/1', '应是文字'],
    [{ v: 1, when: { ...leaf, value: 'a\0b' } }, '/when/value', '无法保存'],
    [{ v: 1, when: { ...leaf, value: '\ud800' } }, '/when/value', '无法保存'],
    [{ v: 1, when: { ...leaf, value: 'x'.repeat(201) } }, '/when/value', '过长'],
    [{ v: 1, when: { ...leaf, value: Array.from({ length: 1001 }, () => 1) } }, '/when/value', '多于 1000 项'],
    [{ v: 1, when: { ...leaf, 'a/b~': 1 } }, '/when/a~1b~0', '没有这个字段'],
    [JSON.parse('{"v":1,"when":{"all":[],"__proto__":{}}}'), '/when/__proto__', '没有这个字段'],
  ])('%j is refused at %s', (input, pointer, said) => {
    const error = first(input);
    expect(error?.pointer).toBe(pointer);
    expect(error?.detail).toContain(said);
  });

  it('bounds depth and size, once and in time', () => {
    expect(first({ v: 1, when: nested(ruleLimits.depth) })).toBeNull();
    expect(first({ v: 1, when: nested(ruleLimits.depth + 1) })?.detail).toContain('8 层');
    expect(first({ v: 1, when: nested(2000) })?.detail).toContain('8 层');
    expect(first({ v: 1, when: { all: Array.from({ length: 199 }, () => leaf) } })).toBeNull();
    expect(first({ v: 1, when: { all: Array.from({ length: 200 }, () => leaf) } })?.detail).toContain('200 项');
    expect(first({ v: 1, when: { all: Array.from({ length: 100_000 }, () => leaf) } })?.detail).toContain('200 项');
    const wide = { any: Array.from({ length: 100 }, () => ({ all: [leaf, leaf] })) };
    const parsed = parseRule({ v: 1, when: wide });
    expect(parsed.ok ? [] : parsed.errors.map((error) => error.detail)).toEqual(['条件多于 200 项']);
  });

  it('names all faults, up to twenty, from the place where the rule stands', () => {
    const parsed = parseRule({ v: 1, when: { all: Array.from({ length: 30 }, () => 7) } }, '/body/audience');
    expect(parsed.ok ? [] : parsed.errors).toHaveLength(20);
    expect(first({ v: 1, when: 7 }, '/body/audience')?.pointer).toBe('/body/audience/when');
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), fc.anything(), (input, when) => {
        expect(typeof parseRule(input).ok).toBe('boolean');
        expect(typeof parseRule({ v: 1, when }).ok).toBe('boolean');
      }),
      { numRuns: 500 },
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readAmount, readCount, readTags, readText } from './cells';
import { fenPerUnit } from './columns';

const ruleOf = (result: object): string | undefined => ('fault' in result ? (result.fault as { rule: string }).rule : undefined);

describe('readCount', () => {
  it.each([
    ['12', 12],
    ['1,234', 1234],
    ['１２', 12],
    ['12.0', 12],
    [' 0 ', 0],
  ])('%s', (text, value) => {
    expect(readCount(text, '人数', '人')).toEqual({ value });
  });

  it.each([
    ['-5', 'negative'],
    ['12.5', 'not-whole'],
    ['约二十', 'not-a-number'],
    ['1e3', 'not-a-number'],
    ['NaN', 'not-a-number'],
    ['', 'not-a-number'],
    ['999999999', 'out-of-range'],
  ])('%s is %s', (text, rule) => {
    expect(ruleOf(readCount(text, '人数', '人'))).toBe(rule);
  });

  it('repeats at most twelve characters of what it was given', () => {
    const result = readCount('这里有人粘贴了一整段很长的文字进来', '人数', '人');
    expect('fault' in result && result.fault.message).toContain('“这里有人粘贴了一整段很长…”');
  });
});

describe('readAmount', () => {
  it('is exact for every amount with six decimals: no floating point on the way', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_000_000_000 }), fc.integer({ min: 0, max: 999_999 }), (whole, fraction) => {
        const text = `${whole}.${String(fraction).padStart(6, '0')}`;
        const fen = BigInt(whole) * 1_000_000n + BigInt(fraction);
        const result = readAmount(text, '营业收入', fenPerUnit('营业收入（万元）'));
        expect(result).toEqual(fen > BigInt(Number.MAX_SAFE_INTEGER) ? { fault: expect.anything() } : { value: fen.toString() });
      }),
    );
  });

  it.each([
    ['营业收入（万元）', '0.1', '100000'],
    ['营业收入', '1', '1000000'],
    ['营业收入（元）', '1,234.56', '123456'],
    ['资产（亿元）', '2', '20000000000'],
  ])('%s %s', (header, text, value) => {
    expect(readAmount(text, '金额', fenPerUnit(header))).toEqual({ value });
  });

  it.each([
    ['-1', 'negative'],
    ['三百万', 'not-a-number'],
    ['1.2.3', 'not-a-number'],
    ['99999999999', 'out-of-range'],
  ])('%s is %s', (text, rule) => {
    expect(ruleOf(readAmount(text, '营业收入', 1_000_000n))).toBe(rule);
  });
});

describe('readTags and readText', () => {
  it('splits at every common separator and drops repeats', () => {
    expect(readTags('老字号；外卖商户、老字号,专精特新| ')).toEqual({ value: ['老字号', '外卖商户', '专精特新'] });
    expect(ruleOf(readTags('这是一个长达二十一个字以上所以不能作为标签的文字'))).toBe('too-long');
    expect(ruleOf(readTags(Array.from({ length: 21 }, (_, index) => `t${index}`).join(',')))).toBe('too-many');
  });

  it('refuses what cannot be seen', () => {
    expect(readText(' =1+1 ', '企业名称', 10)).toEqual({ value: '=1+1' });
    expect(ruleOf(readText('a\u0000b', '企业名称', 10))).toBe('control-character');
    expect(ruleOf(readText('\ud800', '企业名称', 10))).toBe('control-character');
    expect(readText('👍'.repeat(10), '企业名称', 10)).toEqual({ value: '👍'.repeat(10) });
  });
});

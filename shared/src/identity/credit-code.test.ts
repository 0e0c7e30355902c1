import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkCreditCode, makeCreditCode } from './index';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
/** From GB 32100 vectors: three codes for which both check digits hold. */
const published = ['9144030071526726XG', '91330100799655058B', '91110000802100433B'];

/** A reproducible source for `makeCreditCode`. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}
const made = fc.integer({ min: 0, max: 0xffffffff }).map((seed) => makeCreditCode(randomFrom(seed), '310101'));
const replaceAt = (text: string, index: number, char: string) => text.slice(0, index) + char + text.slice(index + 1);

describe('checkCreditCode', () => {
  it.each(published)('accepts %s', (code) => {
    expect(checkCreditCode(code)).toEqual({ ok: true, value: code });
  });

  it('normalises lower case, spaces, full-width forms and invisible marks', () => {
    expect(checkCreditCode(' ９１44-0300 71526726xg '.replace('-', '')).ok).toBe(true);
    expect(checkCreditCode('\ufeff9144 0300 7152 6726 xg\u200b')).toEqual({ ok: true, value: '9144030071526726XG' });
  });

  it('names the length that it found', () => {
    const checked = checkCreditCode('9144030071526726X');
    expect(checked).toMatchObject({ ok: false, rule: 'length' });
    expect(checked.ok ? '' : checked.detail).toContain('17 位');
    expect(checkCreditCode('')).toMatchObject({ rule: 'length' });
  });

  it.each([
    ['I', '数字 1'],
    ['O', '数字 0'],
    ['S', '数字 5'],
    ['Z', '数字 2'],
    ['V', 'V'],
    ['张', '张'],
  ])('names the wrong letter %s and its place', (char, said) => {
    const checked = checkCreditCode(replaceAt('91330100799655058B', 10, char));
    expect(checked).toMatchObject({ ok: false, rule: 'alphabet' });
    const detail = checked.ok ? '' : checked.detail;
    expect(detail).toContain('第 11 位');
    expect(detail).toContain(`“${char}”`);
    expect(detail).toContain(said);
  });

  it('wants digits in the district', () => {
    const checked = checkCreditCode(replaceAt('91330100799655058B', 4, 'A'));
    expect(checked).toMatchObject({ ok: false, rule: 'alphabet' });
    expect(checked.ok ? '' : checked.detail).toContain('第 5 位应为数字');
  });

  it('tells the inner check from the outer one', () => {
    expect(checkCreditCode(replaceAt('91330100799655058B', 10, '8'))).toMatchObject({ rule: 'inner-check' });
    expect(checkCreditCode(replaceAt('91330100799655058B', 17, 'C'))).toMatchObject({ rule: 'outer-check' });
    expect(checkCreditCode(replaceAt('91330100799655058B', 2, '4'))).toMatchObject({ rule: 'outer-check' });
  });

  it('accepts what makeCreditCode makes, and makes the same from the same sequence', () => {
    fc.assert(
      fc.property(made, (code) => expect(checkCreditCode(code)).toEqual({ ok: true, value: code })),
      { numRuns: 1000 },
    );
    expect(makeCreditCode(randomFrom(7), '310101')).toBe(makeCreditCode(randomFrom(7), '310101'));
    expect(makeCreditCode(randomFrom(7), '310115').slice(2, 8)).toBe('310115');
    expect(() => makeCreditCode(Math.random, '31011')).toThrow(RangeError);
  });

  it('catches every single wrong character', () => {
    fc.assert(
      fc.property(made, fc.nat(17), fc.constantFrom(...alphabet), (code, index, char) => {
        fc.pre(code[index] !== char);
        expect(checkCreditCode(replaceAt(code, index, char)).ok).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  it('catches every swap of two neighbours', () => {
    fc.assert(
      fc.property(made, fc.nat(16), (code, index) => {
        const [one, other] = [code.charAt(index), code.charAt(index + 1)];
        fc.pre(one !== other);
        expect(checkCreditCode(replaceAt(replaceAt(code, index, other), index + 1, one)).ok).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  it('never throws, whatever it is given', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof checkCreditCode(text).ok === 'boolean'));
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { birthDateOf, checkIdNumber } from './index';

const today = '2026-11-24';
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/** An independent sum: the check digit of ISO 7064 MOD 11-2 is the one for which the weighted sum is 1 mod 11. */
function withCheck(first17: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(first17[index]), 0);
  const check = (((1 - sum) % 11) + 11) % 11;
  return first17 + (check === 10 ? 'X' : String(check));
}
const made = fc
  .tuple(
    fc.constantFrom('310199', '810000', '911100', '110105'),
    fc.date({ min: new Date('1920-01-01'), max: new Date('2026-11-24'), noInvalidDate: true }),
    fc.nat(999),
  )
  .map(([region, born, order]) => withCheck(region + born.toISOString().slice(0, 10).replace(/-/g, '') + String(order).padStart(3, '0')));
const replaceAt = (text: string, index: number, char: string) => text.slice(0, index) + char + text.slice(index + 1);

describe('checkIdNumber', () => {
  it('accepts the published vector, in lower case and spaced too', () => {
    expect(checkIdNumber('11010519491231002X', today)).toEqual({ ok: true, value: '11010519491231002X' });
    expect(checkIdNumber(' 110105 19491231 002x', today)).toEqual({ ok: true, value: '11010519491231002X' });
    expect(birthDateOf('11010519491231002X')).toBe('1949-12-31');
  });

  it.each([
    ['1101051949123100', 'length', '16 位'],
    ['1101051949123I002X', 'alphabet', '第 14 位'],
    ['X10105194912310021', 'alphabet', '第 1 位'],
    ['11010519491231002Y', 'alphabet', '数字或 X'],
    [withCheck('11010519490230002'), 'birth-date', '有效'],
    [withCheck('11010519491331002'), 'birth-date', '有效'],
    [withCheck('11010520261125002'), 'birth-date', '晚于今天'],
    ['110105194912310021', 'check', '逐位核对'],
  ])('%s breaks %s', (number, rule, said) => {
    const checked = checkIdNumber(number, today);
    expect(checked).toMatchObject({ ok: false, rule });
    expect(checked.ok ? '' : checked.detail).toContain(said);
  });

  it('accepts 29 February of a leap year alone, and a birth today', () => {
    expect(checkIdNumber(withCheck('31019920000229001'), today).ok).toBe(true);
    expect(checkIdNumber(withCheck('31019919000229001'), today).ok).toBe(false);
    expect(checkIdNumber(withCheck('31019920261124001'), today).ok).toBe(true);
  });

  it('does not judge regions: residence permits have the same format', () => {
    for (const region of ['810000', '820000', '830000', '911100', '310199']) {
      expect(checkIdNumber(withCheck(`${region}19900101001`), today).ok).toBe(true);
    }
  });

  it('accepts made numbers and catches any single wrong digit and any swap of neighbours', () => {
    fc.assert(
      fc.property(made, fc.nat(16), fc.nat(9), (number, index, digit) => {
        expect(checkIdNumber(number, today).ok).toBe(true);
        if (number[index] !== String(digit)) expect(checkIdNumber(replaceAt(number, index, String(digit)), today).ok).toBe(false);
        const [one, other] = [number.charAt(index), number.charAt(index + 1)];
        if (one !== other) expect(checkIdNumber(replaceAt(replaceAt(number, index, other), index + 1, one), today).ok).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });
});

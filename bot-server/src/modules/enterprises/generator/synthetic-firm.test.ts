import { describe, expect, it } from '@jest/globals';
import { checkCreditCode, checkMobile } from '@suiban/shared/identity';
import { seededRandom } from './random';
import { syntheticFirm, syntheticMobile } from './synthetic-firm';

const places = {
  districts: [
    { code: '310101', subdistricts: ['外滩街道'] },
    { code: '310104', subdistricts: [] },
    { code: '310105', subdistricts: [] },
  ],
  mark: '演示',
};
const firms = (seed: number, count: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => syntheticFirm(random, places));
};

describe('syntheticFirm', () => {
  it('the same seed gives the same city, another seed another', () => {
    expect(firms(1, 50)).toEqual(firms(1, 50));
    expect(firms(1, 50)).not.toEqual(firms(2, 50));
  });

  it('every firm has a valid code of its district and says that it is made up', () => {
    const made = firms(3, 3000);
    for (const firm of made) {
      expect(checkCreditCode(firm.creditCode)).toEqual({ ok: true, value: firm.creditCode });
      expect(firm.creditCode.slice(2, 8)).toBe(firm.districtCode);
      expect(firm.name).toMatch(/（演示）$/);
      expect(firm.staffCount).toBeGreaterThan(0);
    }
    expect(new Set(made.map(({ creditCode }) => creditCode)).size).toBe(3000);
    const byDistrict = (code: string) => made.filter(({ districtCode }) => districtCode === code).length;
    expect(byDistrict('310101')).toBeGreaterThan(2 * byDistrict('310105'));
  });

  it('mobiles pass the check of form and lie in a range that nobody has', () => {
    expect(checkMobile(syntheticMobile(99_123_456))).toEqual({ ok: true, value: '14299123456' });
  });
});

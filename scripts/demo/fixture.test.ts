import { describe, expect, it } from '@jest/globals';
import { makeCreditCode } from '@suiban/shared/identity';
import { sandboxAccounts } from '@suiban/shared/sandbox';
import fc from 'fast-check';
import { readFixture } from './fixture';
import { isSoundCreditCode } from './sound-credit-code';

const places = {
  districts: [
    { code: '310101', name: '黄浦区' },
    { code: '310104', name: '徐汇区' },
  ],
  corpIds: sandboxAccounts.wecom.linkedCorps.map(({ corpId }) => corpId),
};
const random = fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));

describe('the second reading of a credit code', () => {
  it('agrees with the first on every code that is made, and on none with one digit changed', () => {
    fc.assert(
      fc.property(random, fc.nat(17), fc.constantFrom(...'0123456789'), (numbers, at, digit) => {
        const code = makeCreditCode(() => numbers.next().value ?? 0, '310101');
        expect(isSoundCreditCode(code)).toBe(true);
        const changed = code.slice(0, at) + digit + code.slice(at + 1);
        expect(isSoundCreditCode(changed)).toBe(changed === code);
      }),
    );
  });

  it.each(['', '91310101MA1M8LXR0', '91310101MA1M8LXR0O', '9131010IMA1M8LXR0U'])('refuses “%s”', (code) => {
    expect(isSoundCreditCode(code)).toBe(false);
  });
});

describe('the list of the demo', () => {
  it('holds what the issue asks of it', () => {
    const { rows, audience, districtCodes } = readFixture(places);
    const only = (way: 'wecom' | 'openid' | 'mobile') =>
      audience.filter((firm) => firm[way] && (['wecom', 'openid', 'mobile'] as const).every((other) => other === way || !firm[other]))
        .length;
    expect(rows).toBe(1000);
    expect([...districtCodes].sort()).toEqual(['310101', '310104']);
    expect(audience.filter(({ wecom }) => wecom).length).toBeGreaterThanOrEqual(200);
    expect(audience.filter(({ openid, credits }) => openid && credits > 0).length).toBeGreaterThanOrEqual(100);
    expect(only('openid')).toBeGreaterThanOrEqual(100);
    expect(only('mobile')).toBeGreaterThanOrEqual(300);
  });

  it('rejects a row of an unknown district or of a corp that has not joined', () => {
    const all = readFixture(places);
    const fewer = readFixture({ ...places, corpIds: [] });
    expect(fewer.kept).toBeLessThan(all.kept);
    expect(fewer.kept + fewer.rejected).toBe(1000);
    expect(readFixture({ ...places, districts: [] }).kept).toBe(0);
  });
});

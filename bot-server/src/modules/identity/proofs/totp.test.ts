import { describe, expect, it } from '@jest/globals';
import { Secret } from 'otpauth';
import { newTotpSecret, totpStep, totpUri } from './totp';

/** The ASCII secret and times of RFC 6238, appendix B (SHA-1); six of its eight digits. */
const secret = Secret.fromUTF8('12345678901234567890').base32;

describe('totpStep', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
  ])('at %i s the code is %s', (sec, code) => {
    expect(totpStep(secret, code, new Date(sec * 1000))).toBe(Math.floor(sec / 30));
  });

  it('one step of drift either way, not two; the step is the one of the code', () => {
    const at = (sec: number) => totpStep(secret, '287082', new Date(sec * 1000));
    expect([at(0), at(29), at(30), at(59), at(60), at(89)]).toEqual([1, 1, 1, 1, 1, 1]);
    expect(at(90)).toBeUndefined();
  });

  it('nothing else is a code', () => {
    for (const text of ['', '28708', '2870822', 'abcdef', '000000']) expect(totpStep(secret, text, new Date(59_000))).toBeUndefined();
  });
});

describe('enrolment', () => {
  it('160 bits, and an address that an authenticator reads', () => {
    const fresh = newTotpSecret();
    expect(Secret.fromBase32(fresh).bytes).toHaveLength(20);
    expect(newTotpSecret()).not.toBe(fresh);
    expect(totpUri(fresh, '随办', 'wang.li')).toBe(
      `otpauth://totp/${encodeURIComponent('随办')}:wang.li?issuer=${encodeURIComponent('随办')}&secret=${fresh}&algorithm=SHA1&digits=6&period=30`,
    );
  });
});

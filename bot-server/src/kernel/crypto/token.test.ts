import { describe, expect, it } from '@jest/globals';
import { constantTimeEqual } from './compare';
import { hashToken, randomDigits, randomToken } from './token';

describe('tokens', () => {
  it('are long, url-safe and never the same', () => {
    const tokens = Array.from({ length: 1_000 }, () => randomToken());
    expect(new Set(tokens).size).toBe(1_000);
    expect(tokens.every((token) => /^[A-Za-z0-9_-]{43}$/.test(token))).toBe(true);
  });

  it('are kept as SHA-256', () => {
    expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('of digits keep their zeros', () => {
    const codes = Array.from({ length: 2_000 }, () => randomDigits(3));
    expect(codes.every((code) => /^\d{3}$/.test(code))).toBe(true);
    expect(codes.some((code) => code.startsWith('0'))).toBe(true);
  });
});

describe('constant-time comparison', () => {
  it('compares texts and bytes of any length', () => {
    expect(constantTimeEqual('a', 'a')).toBe(true);
    expect(constantTimeEqual('a', Buffer.from('a'))).toBe(true);
    expect(constantTimeEqual('a', 'ab')).toBe(false);
    expect(constantTimeEqual('', 'a')).toBe(false);
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { base62Mac, isBase62Mac } from './base62-mac';

const key = Buffer.alloc(32, 7);

describe('base62 mac', () => {
  it('accepts its own and no other', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.integer({ min: 4, max: 20 }), (message, other, length) => {
        const mac = base62Mac(key, message, length);
        expect(mac).toMatch(new RegExp(`^[0-9A-Za-z]{${length}}$`));
        expect(isBase62Mac(key, message, mac, length)).toBe(true);
        expect(isBase62Mac(key, message, `${mac}0`, length)).toBe(false);
        expect(isBase62Mac(Buffer.alloc(32, 8), message, mac, length)).toBe(false);
        if (message !== other) expect(isBase62Mac(key, other, mac, length)).toBe(false);
      }),
    );
  });

  it('stays the same over releases: links that were sent must go on working', () => {
    expect(base62Mac(key, '1-2-1')).toBe('9YIKJGcYVh');
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { linkToken, readLinkToken } from './links';

const key = Buffer.alloc(32, 7);
const target = fc.record({
  campaignId: fc.bigInt({ min: 1n, max: 10n ** 18n - 1n }).map(String),
  seq: fc.integer({ min: 0, max: 80_000_000 }),
  attemptNo: fc.integer({ min: 1, max: 32_000 }),
});

describe('personal links', () => {
  it('lead back to campaign, row and attempt', () => {
    fc.assert(fc.property(target, (given) => expect(readLinkToken(key, linkToken(key, given))).toEqual(given)));
  });

  it('differ for every attempt, and are the same for the same one', () => {
    fc.assert(
      fc.property(target, (given) => {
        expect(linkToken(key, given)).toBe(linkToken(key, given));
        expect(linkToken(key, { ...given, attemptNo: given.attemptNo + 1 })).not.toBe(linkToken(key, given));
      }),
    );
  });

  it('are refused when a character is changed, under another key, and when they are none', () => {
    fc.assert(
      fc.property(target, fc.nat(), (given, at) => {
        const token = linkToken(key, given);
        const index = at % token.length;
        const changed = `${token.slice(0, index)}${token[index] === '1' ? '2' : '1'}${token.slice(index + 1)}`;
        expect(readLinkToken(key, changed)).toBeUndefined();
        expect(readLinkToken(Buffer.alloc(32, 8), token)).toBeUndefined();
      }),
    );
    for (const text of ['', '1-1-1', '1-1-1-', '../../etc', `${'9'.repeat(40)}-1-1-abcdefghij`])
      expect(readLinkToken(key, text)).toBeUndefined();
  });
});

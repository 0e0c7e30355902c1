import { describe, expect, it } from '@jest/globals';
import { maxTries, pauseMsAfter, settledOf, verdictOf } from './verdict';

const refused = (errorClass: 'transient' | 'auth' | 'quota' | 'permanent', retryAfterMs?: number) =>
  ({ ref: '7', outcome: 'refused', class: errorClass, code: 'x', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }) as const;

describe('what an answer means for the row', () => {
  it.each([
    [{ ref: '7', outcome: 'accepted', platformId: 'p' } as const, 1, 'accepted'],
    [{ ref: '7', outcome: 'unknown', code: 'timeout' } as const, 1, 'unknown'],
    [{ ref: '7', outcome: 'unknown', code: 'timeout' } as const, maxTries, 'unknown'],
    [refused('permanent'), 1, 'next'],
    [refused('transient'), 1, 'again'],
    [refused('transient'), maxTries, 'next'],
    [refused('quota'), maxTries - 1, 'again'],
    [refused('quota'), maxTries, 'next'],
    [refused('auth'), 1000, 'again'],
  ] as const)('%j at try %d: %s', (result, tries, verdict) => {
    expect(verdictOf(result, tries)).toBe(verdict);
  });

  it('keeps the code of what failed, and the id of what was taken', () => {
    expect(settledOf(refused('quota'), 3, 1)).toEqual({
      seq: 7,
      attemptNo: 3,
      state: 'refused',
      errorClass: 'quota',
      code: 'x',
      platformId: null,
      awaitsStaff: false,
      verdict: 'again',
    });
    expect(settledOf({ ref: '7', outcome: 'accepted', platformId: '' }, 1, 1)).toMatchObject({ platformId: null, code: null });
    const task = { ref: '7', outcome: 'accepted', platformId: 'msg1', awaits: 'staff' } as const;
    expect(settledOf(task, 1, 1)).toMatchObject({ state: 'accepted', awaitsStaff: true, verdict: 'accepted' });
  });
});

describe('how long a lane rests', () => {
  it('is what the platform asked, else doubles, and ends at five minutes', () => {
    expect(pauseMsAfter([refused('quota', 60_000), refused('transient')], 0)).toBe(60_000);
    expect([0, 1, 2].map((failures) => pauseMsAfter([refused('transient')], failures))).toEqual([1000, 2000, 4000]);
    expect(pauseMsAfter([], 30)).toBe(300_000);
    expect(pauseMsAfter([refused('quota', 10_000_000)], 0)).toBe(300_000);
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createPace } from './create-pace';
import { paceWindow } from './pace';

describe('paceWindow', () => {
  it('lets no minute hold more than the limit, whenever the turns are taken', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 400 }), (perMin, gapsMs) => {
        const { turns, windowSec } = paceWindow(perMin);
        // Fixed windows that begin with their first turn, as the limiter keeps them.
        const taken: number[] = [];
        let [startedAt, used, now] = [Number.NEGATIVE_INFINITY, 0, 0];
        for (const gap of gapsMs) {
          now += gap;
          if (now - startedAt >= windowSec * 1000) [startedAt, used] = [now, 0];
          if (used >= turns) continue;
          used += 1;
          taken.push(now);
        }
        for (const from of taken) expect(taken.filter((at) => at >= from && at < from + 60_000).length).toBeLessThanOrEqual(perMin);
      }),
    );
  });
});

describe('createPace', () => {
  it('gives a person their turns, says when to ask again, and keeps people and names apart', async () => {
    const pace = createPace();
    expect(await pace.take('wecom:default', 30, ['a', 'a', 'a', 'b'])).toEqual([0, 0, 0, 0]);
    const [wait = 0, other] = await pace.take('wecom:default', 30, ['a', 'b']);
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(7000);
    expect(other).toBe(0);
    expect(await pace.take('sms:default', 30, ['a'])).toEqual([0]);
  });
});

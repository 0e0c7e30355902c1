import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ChatReply } from '../chat';
import { encodeSaid } from './chat';
import { personWindow } from './person-window';

const app = { corpId: 'ww1', agentId: 7, secret: 's' };
const text = (words: string): ChatReply => ({ form: 'text', text: words });

describe('a message of a conversation', () => {
  it('is the same bytes for the same ref, with a duplicate check inside what the platform takes', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (ref, words) => {
        const body = encodeSaid(app, { userId: 'u1' }, text(words), ref);
        expect(encodeSaid(app, { userId: 'u1' }, text(words), ref)).toBe(body);
        const { enable_duplicate_check: isChecked, duplicate_check_interval: intervalSec } = JSON.parse(body);
        expect(isChecked).toBe(1);
        expect(intervalSec).toBeGreaterThanOrEqual(1800);
        expect(intervalSec).toBeLessThanOrEqual(14_400);
      }),
    );
  });

  it('is other bytes for another ref, but for one pair in thousands', () => {
    const bodies = Array.from({ length: 100 }, (_, n) => encodeSaid(app, { userId: 'u1' }, text('您好'), `turn-${n}`));
    expect(new Set(bodies).size).toBeGreaterThan(95);
  });
});

describe('the minute of one member', () => {
  it('never holds more than it may, whoever comes when', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('u1', 'U1', 'u2'), fc.integer({ min: 0, max: 9000 })), { maxLength: 200 }), (steps) => {
        const window = personWindow(5);
        const taken: { name: string; at: number }[] = [];
        let nowMs = 0;
        for (const [userId, passedMs] of steps) {
          nowMs += passedMs;
          const name = userId.toLowerCase();
          const held = taken.filter((entry) => entry.name === name && entry.at > nowMs - 60_000).length;
          expect(window.take('ww1', userId, nowMs)).toBe(held < 5);
          if (held < 5) taken.push({ name, at: nowMs });
        }
      }),
    );
  });

  it('counts what campaigns sent, without refusing them', () => {
    const window = personWindow(2);
    for (let n = 0; n < 3; n += 1) window.count('ww1', 'u1', n);
    expect([window.take('ww1', 'u1', 10), window.take('ww2', 'u1', 10), window.take('ww1', 'u1', 60_003)]).toEqual([false, true, true]);
  });
});

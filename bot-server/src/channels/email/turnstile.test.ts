import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { turnstile } from './turnstile';

describe('turnstile', () => {
  it('lets no more through at once than it may, in the order they came, failures too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.array(fc.boolean(), { maxLength: 30 }), async (atOnce, failures) => {
        const inTurn = turnstile(atOnce);
        const begun: number[] = [];
        let running = 0;
        let most = 0;
        const results = await Promise.allSettled(
          failures.map((fails, n) =>
            inTurn(async () => {
              begun.push(n);
              running += 1;
              most = Math.max(most, running);
              await new Promise((resolve) => setImmediate(resolve));
              running -= 1;
              if (fails) throw new Error('no');
              return n;
            }),
          ),
        );
        expect(results.map(({ status }) => status)).toEqual(failures.map((fails) => (fails ? 'rejected' : 'fulfilled')));
        expect(begun).toEqual(failures.map((_, n) => n));
        expect(most).toBe(Math.min(atOnce, failures.length));
      }),
    );
  });
});

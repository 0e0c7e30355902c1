import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Happening, isSuspect, standingOf } from './payments.policy';

const paid = (totalFen: number): Happening => ({ happened: 'paid', totalFen, refundFen: null, refundedTotalFen: null });
const refunded = (totalFen: number, refundFen: number): Happening => ({
  happened: 'refunded',
  totalFen,
  refundFen,
  refundedTotalFen: null,
});
const refundedSoFar = (totalFen: number, refundedTotalFen: number): Happening => ({
  happened: 'refunded',
  totalFen,
  refundFen: null,
  refundedTotalFen,
});
const closed = (totalFen: number): Happening => ({ happened: 'closed', totalFen, refundFen: null, refundedTotalFen: null });
const failed = (totalFen: number): Happening => ({ happened: 'refund-failed', totalFen, refundFen: 100, refundedTotalFen: null });

describe('standingOf', () => {
  it.each<[string, Happening[], ReturnType<typeof standingOf>]>([
    ['paid', [paid(500)], { state: 'paid', totalFen: 500, refundedFen: 0 }],
    ['partly back', [paid(500), refunded(500, 200)], { state: 'part-refunded', totalFen: 500, refundedFen: 200 }],
    ['all back in parts', [paid(500), refunded(500, 200), refunded(500, 300)], { state: 'refunded', totalFen: 500, refundedFen: 500 }],
    ['a sum told twice', [refundedSoFar(500, 200), refundedSoFar(500, 300)], { state: 'part-refunded', totalFen: 500, refundedFen: 300 }],
    ['back before the payment was told', [refunded(500, 500)], { state: 'refunded', totalFen: 500, refundedFen: 500 }],
    ['a refund that failed', [failed(500)], { state: 'paid', totalFen: 500, refundedFen: 0 }],
    ['closed unpaid', [closed(500)], { state: 'closed', totalFen: 500, refundedFen: 0 }],
    ['ended by the platform', [paid(500), closed(500)], { state: 'closed', totalFen: 500, refundedFen: 0 }],
    ['nothing to pay', [paid(0)], { state: 'paid', totalFen: 0, refundedFen: 0 }],
  ])('%s', (_name, happenings, standing) => expect(standingOf(happenings)).toEqual(standing));

  const rank = { paid: 0, 'part-refunded': 1, closed: 2, refunded: 3 };
  const happening = fc.oneof(
    fc.constant(paid(500)),
    fc.constant(closed(500)),
    fc.constant(failed(500)),
    fc.integer({ min: 1, max: 500 }).map((fen) => refunded(500, fen)),
    fc.integer({ min: 1, max: 500 }).map((fen) => refundedSoFar(500, fen)),
  );

  it('is the same whatever the order, and never goes back', () => {
    fc.assert(
      fc.property(fc.array(happening, { minLength: 1, maxLength: 8 }), fc.infiniteStream(fc.nat()), (happenings, dice) => {
        const shuffled = happenings
          .map((each) => ({ each, at: dice.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ each }) => each);
        expect(standingOf(shuffled)).toEqual(standingOf(happenings));
        const ranks = happenings.map((_, index) => rank[standingOf(happenings.slice(0, index + 1)).state]);
        expect([...ranks].sort((a, b) => a - b)).toEqual(ranks);
      }),
    );
  });

  it('is suspect when more came back than was paid, or the totals differ', () => {
    const suspect = (...happenings: Happening[]) => isSuspect(happenings, standingOf(happenings));
    expect(suspect(paid(500), refunded(500, 500))).toBe(false);
    expect(suspect(paid(500), refunded(500, 300), refunded(500, 201))).toBe(true);
    expect(suspect(paid(500), refunded(600, 100))).toBe(true);
  });
});

import type { PaymentNotice } from '../../channels/payment';

/** A platform speaks here, nobody signed in: its signature was the permission. */
export const permissions = {} as const;

export type Happening = Pick<PaymentNotice, 'happened' | 'totalFen'> & {
  readonly refundFen: number | null;
  /** All refunds so far together, where the platform tells that instead. */
  readonly refundedTotalFen: number | null;
};

export interface TradeStanding {
  readonly state: 'paid' | 'part-refunded' | 'closed' | 'refunded';
  readonly totalFen: number;
  readonly refundedFen: number;
}

/*
 * A trade is: paid → part-refunded → refunded, or closed (unpaid in time, or ended by the platform). Later words win over earlier ones
 * whatever order they arrive in, for the standing is worked out of the set of happenings: a late `paid` after `refunded` undoes nothing.
 */

/** @param happenings all of one trade, each once; at least one */
export function standingOf(happenings: readonly Happening[]): TradeStanding {
  const totals = (
    happenings.filter(({ happened }) => happened === 'paid').length > 0
      ? happenings.filter(({ happened }) => happened === 'paid')
      : happenings
  ).map(({ totalFen }) => totalFen);
  const totalFen = Math.max(...totals);
  const refunds = happenings.filter(({ happened }) => happened === 'refunded');
  const summed = refunds.reduce((sum, { refundFen }) => sum + (refundFen ?? 0), 0);
  const refundedFen = Math.max(summed, ...refunds.map(({ refundedTotalFen }) => refundedTotalFen ?? 0));
  return { state: stateOf(happenings, totalFen, refundedFen), totalFen, refundedFen };
}

function stateOf(happenings: readonly Happening[], totalFen: number, refundedFen: number): TradeStanding['state'] {
  if (refundedFen > 0 && refundedFen >= totalFen) return 'refunded';
  if (happenings.some(({ happened }) => happened === 'closed')) return 'closed';
  // A refund that failed presupposes a payment.
  return refundedFen > 0 ? 'part-refunded' : 'paid';
}

/** What of two words about one happening must agree. */
export const contradicts = (
  known: Pick<PaymentNotice, 'totalFen' | 'outTradeNo'> & { refundFen: number | null },
  notice: PaymentNotice,
): boolean =>
  known.totalFen !== notice.totalFen || known.outTradeNo !== notice.outTradeNo || known.refundFen !== (notice.refundFen ?? null);

/** More came back than was paid, or the notices of a trade disagree about its total: a person must look. */
export const isSuspect = (happenings: readonly Happening[], { totalFen, refundedFen }: TradeStanding): boolean =>
  refundedFen > totalFen || happenings.some((each) => each.totalFen !== totalFen);

/** created (`UNOPENED`: nobody opened the cashier, nobody but us knows it) → WAIT_BUYER_PAY → TRADE_SUCCESS → TRADE_FINISHED; TRADE_CLOSED from the first two, or by a full refund. */
export interface Trade {
  readonly outTradeNo: string;
  readonly tradeNo: string;
  readonly totalFen: number;
  readonly subject: string;
  readonly buyer: string;
  readonly notifyUrl: string;
  /** What may not change under the same number. */
  readonly fingerprint: string;
  readonly createdAtMs: number;
  state: 'UNOPENED' | 'WAIT_BUYER_PAY' | 'TRADE_SUCCESS' | 'TRADE_FINISHED' | 'TRADE_CLOSED';
  paidAtMs: number | null;
  /** By `out_request_no`. */
  readonly refunds: Map<string, number>;
}

export const refundedFen = (trade: Trade): number => [...trade.refunds.values()].reduce((sum, fen) => sum + fen, 0);

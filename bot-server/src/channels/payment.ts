/** A verified notice of a payment platform; amounts in integer fen. */
export interface PaymentNotice {
  readonly type: 'payment';
  readonly provider: 'wechat-pay' | 'alipay';
  /** What the platform repeats on every redelivery of this notice. */
  readonly noticeId: string;
  readonly happened: 'paid' | 'closed' | 'refunded' | 'refund-failed' | 'refund-closed';
  readonly merchantId: string;
  readonly appId: string;
  readonly outTradeNo: string;
  /** The platform's number of the trade. */
  readonly tradeNo: string;
  readonly totalFen: number;
  /** Refunds only. */
  readonly outRefundNo?: string;
  readonly refundFen?: number;
  /** Alipay tells all refunds of the trade so far together, instead of this one. */
  readonly refundedTotalFen?: number;
  /** ISO instant, as the platform says. */
  readonly happenedAt: string;
}

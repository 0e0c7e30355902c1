import { X509Certificate } from 'node:crypto';
import type { World } from '../world/world';

/** As `GET …/refunds/{no}` says it. */
export type RefundState = 'PROCESSING' | 'SUCCESS' | 'ABNORMAL' | 'CLOSED';

export interface Refund {
  readonly outRefundNo: string;
  readonly refundId: string;
  readonly refundFen: number;
  readonly reason: string;
  readonly createdAt: string;
  readonly notifyUrl: string | null;
  state: RefundState;
  successAt: string | null;
}

/** An order is: NOTPAY → SUCCESS → REFUND, or NOTPAY → CLOSED. */
export interface Order {
  readonly outTradeNo: string;
  readonly appId: string;
  readonly description: string;
  readonly attach: string | null;
  readonly openid: string;
  readonly notifyUrl: string;
  readonly totalFen: number;
  /** Everything a repeated order must say alike; only the first one sets `time_expire`. */
  readonly fingerprint: string;
  readonly expiresAtMs: number | null;
  prepayId: string;
  prepaidAtMs: number;
  state: 'NOTPAY' | 'SUCCESS' | 'REFUND' | 'CLOSED';
  transactionId: string | null;
  successAt: string | null;
  readonly refunds: Refund[];
}

export interface PayState {
  readonly world: World;
  /** Verifies requests of the merchant. */
  readonly merchant: X509Certificate;
  /** By `out_trade_no`. */
  readonly orders: Map<string, Order>;
  /** Notices sent so far: `mixed` alternates between the signers. */
  noticesSent: number;
}

export function payState(world: World): PayState {
  const state: PayState = {
    world,
    merchant: new X509Certificate(Buffer.from(world.accounts.wechatPay.merchantCertificate, 'base64')),
    orders: new Map(),
    noticesSent: 0,
  };
  world.whenReset(() => {
    state.orders.clear();
    state.noticesSent = 0;
  });
  return state;
}

/** RFC 3339 in Beijing time without a fraction, as every time on this platform. */
export const payTime = (atMs: number): string => `${new Date(atMs + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;

export const refundedFen = (order: Order): number =>
  order.refunds.reduce((sum, { state, refundFen }) => sum + (state === 'SUCCESS' || state === 'PROCESSING' ? refundFen : 0), 0);

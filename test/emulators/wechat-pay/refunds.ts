import type { Exchange } from '../http/router';
import { asText, isObject } from '../world/json-values';
import type { Answer } from '../world/platform-call';
import { bodyOf, requireNotifyUrl } from './orders';
import { answered, PayRefusal, paramError } from './pay-answers';
import { type Order, type PayState, payTime, type Refund, refundedFen } from './pay-emulator';

const MAX_PARTS = 50;
const MAX_AGE_MS = 365 * 24 * 3_600_000;

interface Placed {
  readonly answer: Answer;
  /** A refund that is new. */
  readonly fresh?: { readonly order: Order; readonly refund: Refund };
}

/** "Accepted" only: what comes of it is told by a notice or a query. The same number asks for the same refund. @throws PayRefusal */
export function placeRefund(state: PayState, exchange: Exchange): Placed {
  const body = bodyOf(exchange);
  const order = orderOf(state, body);
  const outRefundNo = asText(body.out_refund_no);
  if (!/^[0-9A-Za-z_|*@-]{1,64}$/.test(outRefundNo)) throw paramError('out_refund_no', '1到64个字符');
  const reason = asText(body.reason);
  if ([...reason].length > 80) throw paramError('reason', '不超过80个字');
  if (body.notify_url !== undefined) requireNotifyUrl(asText(body.notify_url));
  const amount = isObject(body.amount) ? body.amount : {};
  if (amount.currency !== 'CNY') throw paramError('amount/currency', '应为CNY');
  if (amount.total !== order.totalFen) throw new PayRefusal('INVALID_REQUEST', '订单金额或退款金额与之前请求不一致，请核实后再试');
  const refundFen = amount.refund;
  if (typeof refundFen !== 'number' || !Number.isInteger(refundFen) || refundFen < 1)
    throw paramError('amount/refund', '应为正整数，单位分');
  const known = refundNumbered(state, outRefundNo);
  if (known) {
    if (known.order !== order || known.refund.refundFen !== refundFen)
      throw new PayRefusal('INVALID_REQUEST', '订单金额或退款金额与之前请求不一致，请核实后再试');
    return { answer: answered(refundView(known.order, known.refund), order.outTradeNo) };
  }
  requireRefundable(state, order, refundFen);
  const { world } = state;
  const refund: Refund = {
    outRefundNo,
    refundId: `503${world.clock.ms()}${String(order.refunds.length).padStart(4, '0')}`,
    refundFen,
    reason,
    createdAt: payTime(world.clock.ms()),
    notifyUrl: body.notify_url === undefined ? null : asText(body.notify_url),
    state: 'PROCESSING',
    successAt: null,
  };
  order.refunds.push(refund);
  return { answer: answered(refundView(order, refund), order.outTradeNo), fresh: { order, refund } };
}

function orderOf(state: PayState, body: Record<string, unknown>): Order {
  const [outTradeNo, transactionId] = [asText(body.out_trade_no), asText(body.transaction_id)];
  if (outTradeNo === '' && transactionId === '') throw paramError('transaction_id', '与out_trade_no二选一');
  const order = [...state.orders.values()].find((each) =>
    transactionId === '' ? each.outTradeNo === outTradeNo : each.transactionId === transactionId,
  );
  if (!order) throw new PayRefusal('RESOURCE_NOT_EXISTS', '订单不存在');
  return order;
}

function requireRefundable({ world }: PayState, order: Order, refundFen: number): void {
  if (order.successAt === null) throw new PayRefusal('INVALID_REQUEST', '订单未支付，不能退款');
  if (world.clock.ms() - Date.parse(order.successAt) > MAX_AGE_MS) throw new PayRefusal('INVALID_REQUEST', '订单已超过可退款的最大期限');
  if (order.refunds.length >= MAX_PARTS) throw new PayRefusal('INVALID_REQUEST', '同一订单的部分退款不超过50次');
  if (refundedFen(order) + refundFen > order.totalFen) throw new PayRefusal('INVALID_REQUEST', '累计退款金额超过原订单金额');
}

function refundNumbered(state: PayState, outRefundNo: string): { order: Order; refund: Refund } | undefined {
  for (const order of state.orders.values()) {
    const refund = order.refunds.find((each) => each.outRefundNo === outRefundNo);
    if (refund) return { order, refund };
  }
  return undefined;
}

/** @throws PayRefusal */
export function queryRefund(state: PayState, exchange: Exchange): Answer {
  const found = refundNumbered(state, exchange.params.outRefundNo ?? '');
  if (!found) throw new PayRefusal('RESOURCE_NOT_EXISTS', '退款单不存在');
  return answered(refundView(found.order, found.refund), found.order.outTradeNo);
}

function refundView(order: Order, refund: Refund): object {
  return {
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    transaction_id: order.transactionId,
    out_trade_no: order.outTradeNo,
    channel: 'ORIGINAL',
    user_received_account: '支付用户零钱',
    ...(refund.successAt === null ? {} : { success_time: refund.successAt }),
    create_time: refund.createdAt,
    status: refund.state,
    funds_account: 'AVAILABLE',
    amount: {
      total: order.totalFen,
      refund: refund.refundFen,
      payer_total: order.totalFen,
      payer_refund: refund.refundFen,
      settlement_refund: refund.refundFen,
      settlement_total: order.totalFen,
      discount_refund: 0,
      currency: 'CNY',
    },
  };
}

/** What became of a refund. */
export function settleRefund({ world }: PayState, order: Order, refund: Refund, result: Exclude<Refund['state'], 'PROCESSING'>): void {
  refund.state = result;
  if (result !== 'SUCCESS') return;
  refund.successAt = payTime(world.clock.ms());
  order.state = 'REFUND';
}

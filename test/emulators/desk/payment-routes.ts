import type { Exchange, Router } from '../http/router';
import { deliver, isTaken, type PushResult } from '../push/push-sender';
import { buildWechatPayPush, PAY_VARIANTS, type PaySigner, type PayVariant } from '../push/wechat-pay-push';
import { nextSigner, paidNotice, payPushAccount, refundNotice, sendNotice } from '../wechat-pay/notices';
import { closeWhenExpired, payOrder } from '../wechat-pay/orders';
import { type Order, type PayState, payTime } from '../wechat-pay/pay-emulator';
import { settleRefund } from '../wechat-pay/refunds';
import { bodyOf, DeskProblem, desk, numberOf, onlyFields } from './desk-reply';

/** What happens to an order away from us: at the cashier, at the bank. */
export function paymentRoutes(router: Router, state: PayState, prefix: string): void {
  router.on(
    'GET',
    `${prefix}/payments`,
    desk(() => ({ payments: [...state.orders.values()].map((order) => viewOf(state, order)) })),
  );
  const act = (name: string, take: (order: Order, body: Record<string, unknown>) => object): void => {
    router.on(
      'POST',
      `${prefix}/payments/:outTradeNo/${name}`,
      desk((exchange) => take(orderOf(state, exchange), bodyOf(exchange))),
    );
  };
  act('pay', (order, body) => pay(state, order, body));
  act('cancel', (order, body) => cancel(state, order, body));
  act('refund', (order, body) => refund(state, order, body));
}

const orderOf = (state: PayState, { params }: Exchange): Order => {
  const order = state.orders.get(params.outTradeNo ?? '');
  if (!order) throw new DeskProblem(404, 'UNKNOWN_ORDER', '没有这个订单');
  return order;
};

function viewOf(state: PayState, order: Order): object {
  closeWhenExpired(state, order);
  const { outTradeNo, description, totalFen, openid, transactionId, successAt, refunds } = order;
  return { outTradeNo, description, totalFen, openid, transactionId, successAt, tradeState: order.state, refunds };
}

/** `{notifies: false}`: paid, and the platform never tells; only a query finds out. */
function pay(state: PayState, order: Order, body: Record<string, unknown>): object {
  onlyFields(body, ['notifies']);
  const problem = payOrder(state, order);
  if (problem) throw new DeskProblem(409, 'NOT_PAYABLE', problem);
  if (body.notifies !== false) sendNotice(state, paidNotice(state, order), order.outTradeNo);
  return viewOf(state, order);
}

/** The person leaves the cashier: the order stays unpaid, and nobody is told. */
function cancel(state: PayState, order: Order, body: Record<string, unknown>): object {
  onlyFields(body, []);
  closeWhenExpired(state, order);
  if (order.state !== 'NOTPAY') throw new DeskProblem(409, 'NOT_PAYABLE', '订单已支付或已关闭');
  return viewOf(state, order);
}

/** What becomes of a refund that is under way: the newest unless `outRefundNo` names one. */
function refund(state: PayState, order: Order, body: Record<string, unknown>): object {
  onlyFields(body, ['outRefundNo', 'result', 'notifies']);
  const waiting = order.refunds.filter((each) => each.state === 'PROCESSING');
  const found = body.outRefundNo === undefined ? waiting.at(-1) : waiting.find((each) => each.outRefundNo === body.outRefundNo);
  if (!found) throw new DeskProblem(409, 'NO_REFUND', '没有处理中的退款');
  const result = (['SUCCESS', 'ABNORMAL', 'CLOSED'] as const).find((each) => each === (body.result ?? 'SUCCESS'));
  if (!result) throw new DeskProblem(400, 'INVALID_FIELD', 'result 应为 SUCCESS、ABNORMAL 或 CLOSED');
  settleRefund(state, order, found, result);
  if (body.notifies !== false) sendNotice(state, refundNotice(state, order, found), order.outTradeNo);
  return viewOf(state, order);
}

/** `POST /push {platform: 'wechat-pay', event?, variant?, times?, signer?}`: a notice of no order, for tests of the server's gate. */
export async function pushPayment(state: PayState, body: Record<string, unknown>): Promise<object> {
  onlyFields(body, ['platform', 'event', 'variant', 'times', 'signer']);
  const variant = PAY_VARIANTS.find((each) => each === (body.variant ?? 'valid'));
  if (!variant) throw new DeskProblem(400, 'INVALID_FIELD', `variant 应为 ${PAY_VARIANTS.join('、')}`);
  const wanted = body.signer ?? nextSigner(state);
  const signer = (['cert', 'public-key'] as const).find((each) => each === wanted);
  if (!signer) throw new DeskProblem(400, 'INVALID_FIELD', 'signer 应为 cert 或 public-key');
  const { target, timeoutMs } = state.world.script.push;
  if (!target) throw new DeskProblem(409, 'NO_TARGET', '没有设置服务器地址（POST /script {"pushTarget": …}）');
  const times = body.times === undefined ? 1 : numberOf(body.times, 'times', 1, 100);
  const built = build(state, (body.event ?? {}) as Record<string, unknown>, variant, signer);
  const results: PushResult[] = [];
  for (let index = 0; index < times; index += 1) results.push(await deliver(target, built, timeoutMs));
  for (const result of results) log(state, variant, result);
  return { results };
}

/** `{outTradeNo?, totalFen?, noticeId?}`: enough to tell two notices apart. */
function build(state: PayState, event: Record<string, unknown>, variant: PayVariant, signer: PaySigner) {
  const { world } = state;
  const account = payPushAccount(state);
  const outTradeNo = String(event.outTradeNo ?? 'desk-order-1');
  const totalFen = event.totalFen === undefined ? 100 : numberOf(event.totalFen, 'event.totalFen', 0);
  const at = payTime(world.clock.ms());
  const resource = {
    mchid: account.mchId,
    appid: account.appId,
    out_trade_no: outTradeNo,
    transaction_id: `desk-${outTradeNo}`,
    trade_type: 'JSAPI',
    trade_state: 'SUCCESS',
    success_time: at,
    amount: { total: totalFen, payer_total: totalFen, currency: 'CNY', payer_currency: 'CNY' },
  };
  const notice = {
    id: String(event.noticeId ?? world.newId('EV-')),
    createdAt: at,
    eventType: 'TRANSACTION.SUCCESS',
    originalType: 'transaction',
    summary: '支付成功',
    resource,
  } as const;
  return buildWechatPayPush(account, notice, world.clock.sec(), variant, signer);
}

function log({ world }: PayState, variant: PayVariant, result: PushResult): void {
  const outcome = isTaken(result) ? 'pushed' : 'push-failed';
  const { status, tookMs } = result;
  world.requests.add({
    platform: 'wechat-pay',
    action: 'push.payment',
    subject: variant,
    count: 1,
    outcome,
    code: String(status),
    detail: '',
    tookMs,
  });
}

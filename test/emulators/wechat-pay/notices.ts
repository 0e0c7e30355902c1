import { buildWechatPayPush, type PayNotice, type PaySigner, type PayVariant, type WechatPayPushAccount } from '../push/wechat-pay-push';
import { transactionOf } from './orders';
import { type Order, type PayState, payTime, type Refund } from './pay-emulator';

/** Waits after each failed delivery, in seconds: 24 h 4 min in all. Of the payment-notice page of WeChat Pay v3. */
const WAITS_SEC = [15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600];

export function payPushAccount({ world }: PayState): WechatPayPushAccount {
  const { mchId, apiV3Key, platformSerial, publicKeyId } = world.accounts.wechatPay;
  return { name: world.accountName, mchId, appId: world.accounts.wechatMini.appId, apiV3Key, platformSerial, publicKeyId };
}

/** `mixed`: a merchant in migration, whose notices are signed by either. */
export function nextSigner(state: PayState): PaySigner {
  const { paySigner } = state.world.script.push;
  if (paySigner !== 'mixed') return paySigner;
  state.noticesSent += 1;
  return state.noticesSent % 2 === 0 ? 'public-key' : 'cert';
}

export function paidNotice(state: PayState, order: Order): PayNotice {
  return {
    id: state.world.newId('EV-'),
    createdAt: payTime(state.world.clock.ms()),
    eventType: 'TRANSACTION.SUCCESS',
    originalType: 'transaction',
    summary: '支付成功',
    // A notice is of its moment: a refund meanwhile does not change it.
    resource: { ...transactionOf(state, order), trade_state: 'SUCCESS', trade_state_desc: '支付成功' },
    path: new URL(order.notifyUrl).pathname,
  };
}

const REFUND_SUMMARIES = { SUCCESS: '退款成功', ABNORMAL: '退款异常', CLOSED: '退款关闭', PROCESSING: '退款处理中' } as const;

export function refundNotice(state: PayState, order: Order, refund: Refund): PayNotice {
  return {
    id: state.world.newId('EV-'),
    createdAt: payTime(state.world.clock.ms()),
    eventType: `REFUND.${refund.state}`,
    originalType: 'refund',
    summary: REFUND_SUMMARIES[refund.state],
    resource: {
      mchid: state.world.accounts.wechatPay.mchId,
      out_trade_no: order.outTradeNo,
      transaction_id: order.transactionId,
      out_refund_no: refund.outRefundNo,
      refund_id: refund.refundId,
      refund_status: refund.state,
      ...(refund.successAt === null ? {} : { success_time: refund.successAt }),
      user_received_account: '支付用户零钱',
      amount: { total: order.totalFen, refund: refund.refundFen, payer_total: order.totalFen, payer_refund: refund.refundFen },
    },
    path: new URL(refund.notifyUrl ?? order.notifyUrl).pathname,
  };
}

/** Delivered until a 2xx, each time signed anew; before it as many probes as the script says, which must be refused. */
export function sendNotice(state: PayState, notice: PayNotice, subject: string): void {
  const { world } = state;
  const { payProbes, payWaitScale } = world.script.push;
  const build = (variant: PayVariant) => () =>
    buildWechatPayPush(payPushAccount(state), notice, world.clock.sec(), variant, nextSigner(state));
  const push = { platform: 'wechat-pay', action: 'push.payment', subject } as const;
  const isRefused = ({ status }: { status: number }) => status >= 400 && status < 500;
  for (let probe = 0; probe < payProbes; probe += 1)
    world.pushes.enqueue({ ...push, build: build('sign-test'), accepts: isRefused, waitsMs: [] });
  world.pushes.enqueue({ ...push, build: build('valid'), waitsMs: WAITS_SEC.map((sec) => sec * 1000 * payWaitScale) });
}

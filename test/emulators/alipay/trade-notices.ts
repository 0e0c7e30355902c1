import { type AlipayNoticeAccount, buildAlipayNotice } from '../push/alipay-push';
import { type AlipayState, beijingTime } from './alipay-emulator';
import { yuanOf } from './amounts';
import { refundedFen, type Trade } from './trade';

/** Minutes between deliveries until the answer is `success`: eight in all, over 25 hours. */
const TABLE_MINUTES = [4, 10, 10, 60, 120, 360, 900];

/** The address the sandbox's account is told at. */
export const noticeAccountOf = (state: AlipayState): AlipayNoticeAccount => ({
  path: `/callbacks/alipay/${state.world.accountName}`,
  key: state.platformKey,
});

/** One happening, one `notify_id`: every delivery of it is the same bytes. A trade without `notify_url` is told to nobody. */
export function notify(state: AlipayState, trade: Trade, refund?: { requestNo: string; amountFen: number }): void {
  if (trade.notifyUrl === '') return;
  const { world } = state;
  const nowMs = world.clock.ms();
  const { appId, sellerId } = world.accounts.alipay;
  const total = yuanOf(trade.totalFen);
  const fields = {
    gmt_create: beijingTime(trade.createdAtMs),
    charset: 'utf-8',
    subject: trade.subject,
    buyer_open_id: trade.buyer,
    buyer_logon_id: '199******01',
    notify_id: world.newId(beijingTime(nowMs).slice(0, 10).replaceAll('-', '')),
    notify_type: 'trade_status_sync',
    trade_status: trade.state,
    app_id: appId,
    auth_app_id: appId,
    seller_id: sellerId,
    notify_time: beijingTime(nowMs),
    version: '1.0',
    out_trade_no: trade.outTradeNo,
    trade_no: trade.tradeNo,
    total_amount: total,
    ...(trade.paidAtMs === null
      ? {}
      : {
          gmt_payment: beijingTime(trade.paidAtMs),
          receipt_amount: total,
          buyer_pay_amount: total,
          invoice_amount: total,
          point_amount: '0.00',
          fund_bill_list: `[{"amount":"${total}","fundChannel":"ALIPAYACCOUNT"}]`,
        }),
    ...(refund === undefined
      ? {}
      : {
          refund_fee: yuanOf(refundedFen(trade)),
          gmt_refund: `${beijingTime(nowMs)}.000`,
          out_biz_no: refund.requestNo,
        }),
    ...(trade.state === 'TRADE_CLOSED' ? { gmt_close: beijingTime(nowMs) } : {}),
  };
  const push = buildAlipayNotice({ path: new URL(trade.notifyUrl).pathname, key: state.platformKey }, fields);
  const { repeatDelayMs } = world.script.push;
  world.pushes.enqueue({
    platform: 'alipay',
    action: 'push.payment',
    subject: trade.outTradeNo,
    build: () => push,
    accepts: ({ status, body }) => status === 200 && body === 'success',
    waitsMs: TABLE_MINUTES.map((minutes) => Math.round((minutes / 4) * repeatDelayMs)),
  });
}

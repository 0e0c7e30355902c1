import { asText } from '../world/json-values';
import { type AlipayState, beijingTime } from './alipay-emulator';
import { fenOf, yuanOf } from './amounts';
import type { Request } from './gateway';
import { done, type Outcome, refused } from './gateway-answers';
import { refundedFen, type Trade } from './trade';
import { notify } from './trade-notices';

const findTrade = (state: AlipayState, biz: Request['biz']): Trade | undefined =>
  state.trades.get(asText(biz.out_trade_no)) ?? [...state.trades.values()].find(({ tradeNo }) => tradeNo === biz.trade_no);

const facts = (trade: Trade) => ({ out_trade_no: trade.outTradeNo, trade_no: trade.tradeNo });

/** `alipay.trade.create`: the same number with the same parameters is the same trade. */
export function createTrade(state: AlipayState, { biz, params }: Request): Outcome {
  const outTradeNo = asText(biz.out_trade_no);
  const deny = (subCode: string): Outcome => refused(subCode, { subject: outTradeNo });
  const totalFen = fenOf(biz.total_amount);
  const buyer = asText(biz.buyer_open_id) || asText(biz.buyer_id);
  const subject = asText(biz.subject);
  const isWellFormed = /^[0-9A-Za-z_]{1,64}$/.test(outTradeNo) && subject !== '' && [...subject].length <= 256 && (totalFen ?? 0) > 0;
  if (!isWellFormed || totalFen === undefined) return deny('ACQ.INVALID_PARAMETER');
  if (biz.product_code !== undefined && biz.product_code !== 'JSAPI_PAY') return deny('ACQ.INVALID_PARAMETER');
  if (!state.world.people.alipayExists(buyer)) return deny('ACQ.BUYER_NOT_EXIST');
  const fingerprint = [totalFen, buyer, subject, biz.op_app_id].join('\n');
  const known = state.trades.get(outTradeNo);
  if (known) {
    if (known.state === 'TRADE_SUCCESS' || known.state === 'TRADE_FINISHED') return deny('ACQ.TRADE_HAS_SUCCESS');
    if (known.state === 'TRADE_CLOSED') return deny('ACQ.TRADE_HAS_CLOSE');
    return known.fingerprint === fingerprint ? done(facts(known), outTradeNo) : deny('ACQ.CONTEXT_INCONSISTENT');
  }
  const createdAtMs = state.world.clock.ms();
  const day = beijingTime(createdAtMs).slice(0, 10).replaceAll('-', '');
  const trade: Trade = {
    outTradeNo,
    tradeNo: `${day}22001${String(createdAtMs).slice(-9)}${String(state.trades.size).padStart(6, '0')}`,
    totalFen,
    subject,
    buyer,
    notifyUrl: params.notify_url ?? '',
    fingerprint,
    createdAtMs,
    state: 'UNOPENED',
    paidAtMs: null,
    refunds: new Map(),
  };
  state.trades.set(outTradeNo, trade);
  return done(facts(trade), outTradeNo);
}

/** `alipay.trade.query`: before the payer opened the cashier there is no such trade. */
export function queryTrade(state: AlipayState, { biz }: Request): Outcome {
  const trade = findTrade(state, biz);
  if (!trade || trade.state === 'UNOPENED') return refused('ACQ.TRADE_NOT_EXIST', { subject: asText(biz.out_trade_no) });
  const paid = trade.paidAtMs === null ? {} : { send_pay_date: beijingTime(trade.paidAtMs), buyer_pay_amount: yuanOf(trade.totalFen) };
  const body = { ...facts(trade), trade_status: trade.state, total_amount: yuanOf(trade.totalFen), buyer_open_id: trade.buyer, ...paid };
  return done(body, trade.outTradeNo);
}

/** `alipay.trade.close`: only what waits for its payer. */
export function closeTrade(state: AlipayState, { biz }: Request): Outcome {
  const trade = findTrade(state, biz);
  if (!trade || trade.state === 'UNOPENED') return refused('ACQ.TRADE_NOT_EXIST', { subject: asText(biz.out_trade_no) });
  if (trade.state === 'TRADE_CLOSED') return done(facts(trade), trade.outTradeNo);
  if (trade.state !== 'WAIT_BUYER_PAY') return refused('ACQ.REASON_TRADE_STATUS_INVALID', { subject: trade.outTradeNo });
  trade.state = 'TRADE_CLOSED';
  notify(state, trade);
  return done(facts(trade), trade.outTradeNo);
}

/** `alipay.trade.refund`: the same `out_request_no` is the same refund; the whole closes the trade. */
export function refundTrade(state: AlipayState, { biz }: Request): Outcome {
  const trade = findTrade(state, biz);
  const deny = (subCode: string): Outcome => refused(subCode, { subject: trade?.outTradeNo ?? asText(biz.out_trade_no) });
  if (!trade || trade.state === 'UNOPENED') return deny('ACQ.TRADE_NOT_EXIST');
  const amountFen = fenOf(biz.refund_amount);
  const requestNo = asText(biz.out_request_no) || trade.outTradeNo;
  if (!amountFen) return deny('ACQ.INVALID_PARAMETER');
  const answer = (fund_change: 'Y' | 'N') =>
    done({ ...facts(trade), buyer_open_id: trade.buyer, fund_change, refund_fee: yuanOf(refundedFen(trade)) }, trade.outTradeNo);
  const known = trade.refunds.get(requestNo);
  if (known !== undefined) return known === amountFen ? answer('N') : deny('ACQ.CONTEXT_INCONSISTENT');
  if (trade.state !== 'TRADE_SUCCESS') return deny('ACQ.REASON_TRADE_STATUS_INVALID');
  if (refundedFen(trade) + amountFen > trade.totalFen) return deny('ACQ.REFUND_AMT_NOT_EQUAL_TOTAL');
  trade.refunds.set(requestNo, amountFen);
  if (refundedFen(trade) === trade.totalFen) trade.state = 'TRADE_CLOSED';
  notify(state, trade, { requestNo, amountFen });
  return answer('Y');
}

/** `alipay.trade.fastpay.refund.query`. A number nobody refunded under answers without a status. */
export function queryRefund(state: AlipayState, { biz }: Request): Outcome {
  const trade = findTrade(state, biz);
  if (!trade || trade.state === 'UNOPENED') return refused('ACQ.TRADE_NOT_EXIST', { subject: asText(biz.out_trade_no) });
  const requestNo = asText(biz.out_request_no);
  const amountFen = trade.refunds.get(requestNo);
  if (amountFen === undefined) return done({}, trade.outTradeNo);
  const body = { total_amount: yuanOf(trade.totalFen), refund_amount: yuanOf(amountFen), refund_status: 'REFUND_SUCCESS' };
  return done({ ...facts(trade), out_request_no: requestNo, ...body }, trade.outTradeNo);
}

/** What a payer does with the cashier. @returns `resultCode` of `my.tradePay`, or why it cannot be */
export function atCashier(state: AlipayState, trade: Trade, outcome: 'open' | 'pay' | 'cancel'): '9000' | '8000' | '6001' | '4000' {
  if (trade.state === 'UNOPENED') trade.state = 'WAIT_BUYER_PAY';
  if (trade.state !== 'WAIT_BUYER_PAY') return '4000';
  if (outcome === 'cancel') return '6001';
  if (outcome === 'open') return '8000';
  trade.state = 'TRADE_SUCCESS';
  trade.paidAtMs = state.world.clock.ms();
  notify(state, trade);
  return '9000';
}

import type { Exchange } from '../http/router';
import { asText, isObject, parseJson } from '../world/json-values';
import type { Answer } from '../world/platform-call';
import { answered, PayRefusal, paramError } from './pay-answers';
import { type Order, type PayState, payTime } from './pay-emulator';

const PREPAY_LIFE_MS = 2 * 3_600_000;

export function bodyOf(exchange: Exchange): Record<string, unknown> {
  const body = parseJson(exchange.raw);
  if (!body) throw new PayRefusal('PARAM_ERROR', '请求体不是JSON');
  return body;
}

/** Same number and same content while unpaid: the same answer. @throws PayRefusal */
export function placeOrder(state: PayState, exchange: Exchange): Answer {
  const { world } = state;
  const body = bodyOf(exchange);
  const wanted = readOrder(state, body);
  const known = state.orders.get(wanted.outTradeNo);
  if (known) {
    closeWhenExpired(state, known);
    if (known.state === 'CLOSED') throw new PayRefusal('ORDER_CLOSED', '该订单已关闭，请更换商户订单号后重新下单支付');
    if (known.state !== 'NOTPAY') throw new PayRefusal('INVALID_REQUEST', '该订单已支付');
    if (known.fingerprint !== wanted.fingerprint) throw new PayRefusal('OUT_TRADE_NO_USED', '请求重入时，参数与首次请求时不一致');
    if (world.clock.ms() - known.prepaidAtMs >= PREPAY_LIFE_MS) renew(state, known);
    return answered({ prepay_id: known.prepayId }, known.outTradeNo);
  }
  const order: Order = { ...wanted, prepayId: '', prepaidAtMs: 0, state: 'NOTPAY', transactionId: null, successAt: null, refunds: [] };
  renew(state, order);
  state.orders.set(order.outTradeNo, order);
  return answered({ prepay_id: order.prepayId }, order.outTradeNo);
}

function renew({ world }: PayState, order: Order): void {
  order.prepayId = world.newId('wx');
  order.prepaidAtMs = world.clock.ms();
}

function readOrder(state: PayState, body: Record<string, unknown>) {
  const { world } = state;
  requireMerchant(state, body.mchid);
  const appId = asText(body.appid);
  if (appId !== world.accounts.wechatMini.appId) throw new PayRefusal('APPID_MCHID_NOT_MATCH', 'appid和mch_id不匹配');
  const [description, outTradeNo, notifyUrl] = [asText(body.description), asText(body.out_trade_no), asText(body.notify_url)];
  if (description === '' || [...description].length > 127) throw paramError('description', '1到127个字');
  if (!/^[0-9A-Za-z_*-]{6,32}$/.test(outTradeNo)) throw paramError('out_trade_no', '6到32个字符');
  requireNotifyUrl(notifyUrl);
  const attach = body.attach === undefined ? null : asText(body.attach);
  if (attach !== null && [...attach].length > 128) throw paramError('attach', '不超过128个字');
  const amount = isObject(body.amount) ? body.amount : {};
  const totalFen = amount.total;
  if (typeof totalFen !== 'number' || !Number.isInteger(totalFen) || totalFen < 1) throw paramError('amount/total', '应为正整数，单位分');
  if ((amount.currency ?? 'CNY') !== 'CNY') throw paramError('amount/currency', '境内商户号仅支持人民币');
  const openid = isObject(body.payer) ? asText(body.payer.openid) : '';
  if (!world.people.openidExists(openid)) throw new PayRefusal('PARAM_ERROR', '无效的openid');
  const fingerprint = JSON.stringify([appId, description, notifyUrl, attach, totalFen, openid]);
  return {
    outTradeNo,
    appId,
    description,
    attach,
    openid,
    notifyUrl,
    totalFen,
    fingerprint,
    expiresAtMs: expiryOf(state, body.time_expire),
  };
}

function expiryOf({ world }: PayState, value: unknown): number | null {
  if (value === undefined) return null;
  const atMs = Date.parse(asText(value));
  if (Number.isNaN(atMs) || atMs <= world.clock.ms()) throw paramError('time_expire', '应为将来的时间，RFC 3339');
  return atMs;
}

/** NOTE: the real platform takes https only; a sandbox has none on the loopback. */
export function requireNotifyUrl(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isLocal = url?.hostname === 'localhost' || url?.hostname === '127.0.0.1';
  if (!url || text.length > 255 || url.search !== '' || (url.protocol !== 'https:' && !(isLocal && url.protocol === 'http:')))
    throw paramError('notify_url', '应为不带参数的https地址，不超过255个字符');
}

function requireMerchant({ world }: PayState, mchid: unknown): void {
  if (asText(mchid) === '') throw paramError('mchid', '不能为空');
  if (mchid !== world.accounts.wechatPay.mchId) throw new PayRefusal('MCH_NOT_EXISTS', '商户号不存在');
}

export function closeWhenExpired({ world }: PayState, order: Order): void {
  if (order.state === 'NOTPAY' && order.expiresAtMs !== null && order.expiresAtMs <= world.clock.ms()) order.state = 'CLOSED';
}

/** By our number or the platform's. @throws PayRefusal */
export function queryOrder(state: PayState, exchange: Exchange): Answer {
  requireMerchant(state, exchange.query.get('mchid'));
  const { outTradeNo, transactionId } = exchange.params;
  const order = outTradeNo ? state.orders.get(outTradeNo) : [...state.orders.values()].find((each) => each.transactionId === transactionId);
  if (!order) throw new PayRefusal('ORDER_NOT_EXIST', '订单不存在');
  closeWhenExpired(state, order);
  return answered(transactionOf(state, order), order.outTradeNo);
}

const STATE_WORDS: Readonly<Record<Order['state'], string>> = {
  NOTPAY: '订单未支付',
  SUCCESS: '支付成功',
  REFUND: '转入退款',
  CLOSED: '订单已关闭',
};

/** As a query and as a notice tell it. */
export function transactionOf({ world }: PayState, order: Order): Record<string, unknown> {
  const { totalFen } = order;
  const common = {
    mchid: world.accounts.wechatPay.mchId,
    appid: order.appId,
    out_trade_no: order.outTradeNo,
    trade_state: order.state,
    trade_state_desc: STATE_WORDS[order.state],
    ...(order.attach === null ? {} : { attach: order.attach }),
  };
  if (order.transactionId === null) return { ...common, amount: { total: totalFen, currency: 'CNY' } };
  return {
    ...common,
    transaction_id: order.transactionId,
    trade_type: 'JSAPI',
    bank_type: 'OTHERS',
    success_time: order.successAt,
    payer: { openid: order.openid },
    amount: { total: totalFen, payer_total: totalFen, currency: 'CNY', payer_currency: 'CNY' },
  };
}

/** @throws PayRefusal */
export function closeOrder(state: PayState, exchange: Exchange): Answer {
  requireMerchant(state, bodyOf(exchange).mchid);
  const order = state.orders.get(exchange.params.outTradeNo ?? '');
  if (!order) throw new PayRefusal('ORDER_NOT_EXIST', '订单不存在');
  closeWhenExpired(state, order);
  if (order.state === 'CLOSED') throw new PayRefusal('ORDER_CLOSED', '订单已关闭，无需重复调用');
  if (order.state !== 'NOTPAY') throw new PayRefusal('INVALID_REQUEST', '订单已支付');
  order.state = 'CLOSED';
  return answered({}, order.outTradeNo, 204);
}

/** The person pays at the cashier. Returns why not, or null. */
export function payOrder(state: PayState, order: Order): string | null {
  closeWhenExpired(state, order);
  if (order.state === 'CLOSED') return '订单已关闭';
  if (order.state !== 'NOTPAY') return '订单已支付';
  const { clock } = state.world;
  order.state = 'SUCCESS';
  order.transactionId = `42000${clock.ms()}${String(state.orders.size).padStart(10, '0')}`.slice(0, 32);
  order.successAt = payTime(clock.ms());
  return null;
}

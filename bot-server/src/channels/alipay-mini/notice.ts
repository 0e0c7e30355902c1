import type { KeyObject } from 'node:crypto';
import type { AlipayAccount } from '../../config/accounts';
import type { Inbound, InboundEvent, RawPush } from '../channel';
import { equalText } from '../message-crypt';
import type { PaymentNotice } from '../payment';
import { forged, malformed, requireSmall } from '../push-guard';
import { isRsaSignature } from '../rsa-keys';
import { fenOf } from './amounts';
import { signContent } from './signing';

type Fields = Readonly<Record<string, string>>;

/**
 * An asynchronous notice: a form, signed over its decoded values without `sign` and `sign_type` (a few products sign `sign_type` too, so
 * both are tried, always both). No time is signed and none is documented to compare: a repeat has the same `notify_id`, often the very
 * same bytes, and the platform goes on until it reads `success`. So a repeat is answered as the first one, and the inbox keeps one row.
 * @see https://opendocs.alipay.com/open/270/105902 (read 2026-11)
 */
export const receiveNotice =
  (account: AlipayAccount, platformKey: KeyObject) =>
  async (push: RawPush): Promise<Inbound> => {
    requireSmall(push.body);
    const fields = push.method === 'POST' ? fieldsOf(push.body) : forged();
    verify(account, platformKey, fields);
    if (!fields.notify_id) return malformed('通知没有编号');
    return { kind: 'message', messageKey: `n:${fields.notify_id}`, event: eventOf(fields), answer: 'success' };
  };

/** A name that comes twice is read in two ways by two readers: refused. */
function fieldsOf(body: Buffer): Fields {
  const pairs = [...new URLSearchParams(body.toString('utf8'))];
  const fields = Object.fromEntries(pairs);
  return Object.keys(fields).length === pairs.length ? fields : forged();
}

/** @throws DomainError kernel:forged-callback, also for another app's or another seller's notice */
function verify(account: AlipayAccount, platformKey: KeyObject, fields: Fields): void {
  const { sign = '', sign_type: signType, app_id: appId = '', seller_id: sellerId } = fields;
  if (sign === '' || signType !== 'RSA2') forged();
  const verdicts = [['sign', 'sign_type'], ['sign']].map((dropped) => isRsaSignature(platformKey, signContent(fields, dropped), sign));
  if (!verdicts.includes(true)) forged();
  if (!equalText(appId, account.appId)) forged();
  if (sellerId !== undefined && !equalText(sellerId, account.sellerId)) forged();
}

const paid = new Set(['TRADE_SUCCESS', 'TRADE_FINISHED']);

function eventOf(fields: Fields): InboundEvent {
  const { out_trade_no: outTradeNo, trade_status: state = '' } = fields;
  const isTrade = outTradeNo && (paid.has(state) || state === 'TRADE_CLOSED');
  return isTrade ? paymentOf(fields, outTradeNo, state) : { type: 'other', name: state || (fields.notify_type ?? '') };
}

/** A refund comes under the trade's own state: still a success after a part of it, closed after the whole. */
function paymentOf(fields: Fields, outTradeNo: string, state: string): PaymentNotice {
  const isRefund = fields.gmt_refund !== undefined || fields.refund_fee !== undefined;
  const totalFen = fenOf(fields.total_amount ?? '') ?? malformed('通知里的金额无法识别');
  const refundedFen = fields.refund_fee === undefined ? undefined : (fenOf(fields.refund_fee) ?? malformed('通知里的退款金额无法识别'));
  return {
    type: 'payment',
    provider: 'alipay',
    noticeId: fields.notify_id ?? '',
    happened: isRefund ? 'refunded' : paid.has(state) ? 'paid' : 'closed',
    merchantId: fields.seller_id ?? '',
    appId: fields.app_id ?? '',
    outTradeNo,
    tradeNo: fields.trade_no ?? '',
    totalFen,
    ...(isRefund && fields.out_biz_no ? { outRefundNo: fields.out_biz_no } : {}),
    ...(refundedFen === undefined ? {} : { refundedTotalFen: refundedFen }),
    happenedAt: instantOf((isRefund ? fields.gmt_refund : paid.has(state) ? fields.gmt_payment : fields.gmt_close) ?? fields.notify_time),
  };
}

/** Beijing time, with or without milliseconds. */
function instantOf(text: string | undefined): string {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.\d+)?$/.exec(text ?? '') ?? [];
  const at = new Date(`${day}T${time}+08:00`);
  return day === undefined || Number.isNaN(at.getTime()) ? malformed('通知里的时间无法识别') : at.toISOString();
}

import type { Logger } from '../../kernel/log/logger';
import type { Inbound } from '../channel';
import type { PaymentNotice } from '../payment';
import { isNode, type PushNode, parsePush, textOf } from '../push-body';
import { forged, malformed } from '../push-guard';
import { openResource } from './sealed-resource';
import type { VerifiedPush } from './verify';

export interface NoticeKeys {
  readonly apiV3Key: string;
  readonly mchId: string;
  readonly appId: string;
}

/** Refund events have no `trade_state`, no app id, and a time of success only when there was one. */
const happenings: Readonly<Record<string, PaymentNotice['happened']>> = {
  'TRANSACTION.SUCCESS': 'paid',
  'REFUND.SUCCESS': 'refunded',
  'REFUND.ABNORMAL': 'refund-failed',
  'REFUND.CLOSED': 'refund-closed',
};

/**
 * A verified notice as the inbox stores it. The payer's openid stays behind: the order knows who pays.
 * @throws DomainError kernel:forged-callback for what does not open with our key, or is about another merchant's money
 */
export function decode(keys: NoticeKeys, log: Logger): (push: VerifiedPush) => Inbound {
  return (push) => {
    const envelope = parsePush(push.text);
    const noticeId = textOf(envelope, 'id');
    if (noticeId === '' || noticeId.length > 64) return malformed('支付通知缺少编号');
    const opened = openResource(keys.apiV3Key, envelope.resource);
    if (!opened) return forged();
    const resource = parsePush(opened.toString('utf8'));
    requireOwn(keys, resource, { noticeId, log });
    return {
      kind: 'message',
      messageKey: `n:${noticeId}`,
      event: eventOf(keys, envelope, resource),
      nonce: push.nonce,
      answer: '{"code":"SUCCESS","message":"成功"}',
      answerType: 'application/json',
    };
  };
}

/** Signed and sealed for us, and yet about somebody else: nobody but us and the platform holds the key, so somebody is told. */
function requireOwn(keys: NoticeKeys, resource: PushNode, { noticeId, log }: { noticeId: string; log: Logger }): void {
  const appId = textOf(resource, 'appid');
  if (textOf(resource, 'mchid') === keys.mchId && (appId === '' || appId === keys.appId)) return;
  log.error({ noticeId }, 'a payment notice names another merchant or app');
  forged();
}

function eventOf(keys: NoticeKeys, envelope: PushNode, resource: PushNode): PaymentNotice | { type: 'other'; name: string } {
  const name = textOf(envelope, 'event_type');
  const happened = happenings[name];
  if (!happened) return { type: 'other', name };
  if (happened === 'paid' && textOf(resource, 'trade_state') !== 'SUCCESS') return malformed('支付通知的交易状态不是支付成功');
  const amount = isNode(resource.amount) ? resource.amount : {};
  const [outTradeNo, tradeNo, outRefundNo] = ['out_trade_no', 'transaction_id', 'out_refund_no'].map((field) => textOf(resource, field));
  if (!outTradeNo || !tradeNo) return malformed('支付通知缺少订单号');
  if (happened !== 'paid' && !outRefundNo) return malformed('退款通知缺少退款单号');
  return {
    type: 'payment',
    provider: 'wechat-pay',
    noticeId: textOf(envelope, 'id'),
    happened,
    merchantId: keys.mchId,
    appId: keys.appId,
    outTradeNo,
    tradeNo,
    totalFen: fenOf(amount, 'total'),
    ...(happened === 'paid' ? {} : { outRefundNo: outRefundNo ?? '', refundFen: fenOf(amount, 'refund') }),
    happenedAt: instantOf(textOf(resource, 'success_time') || textOf(envelope, 'create_time')),
  };
}

function fenOf(amount: PushNode, field: 'total' | 'refund'): number {
  const fen = amount[field];
  if (typeof fen !== 'number' || !Number.isSafeInteger(fen) || fen < 0) return malformed('支付通知的金额不是整数分');
  if ((amount.currency ?? 'CNY') !== 'CNY') return malformed('支付通知的币种不是人民币');
  return fen;
}

function instantOf(text: string): string {
  const at = Date.parse(text);
  return Number.isNaN(at) ? malformed('支付通知的时间无法识别') : new Date(at).toISOString();
}

import { sandboxAccounts } from '@suiban/shared/sandbox';
import { wechatPayNotices } from '../../../bot-server/src/channels/wechat-pay';
import { buildWechatPayPush, type PayNotice, type WechatPayPushAccount } from '../../emulators/push/wechat-pay-push';
import { testLog } from '../../support/log';
import { accounts } from './sandbox-config';
import type { NoticeSubject } from './subject';

const { mchId, appId, apiV3Key } = accounts.wechatPay;
const { platformSerial, publicKeyId } = sandboxAccounts.wechatPay;

export const payPushAccount: WechatPayPushAccount = { name: 'default', mchId, appId, apiV3Key, platformSerial, publicKeyId };

export const paidNotice: PayNotice = {
  id: 'EV-2026112006300000001',
  createdAt: '2026-11-20T14:30:01+08:00',
  eventType: 'TRANSACTION.SUCCESS',
  originalType: 'transaction',
  summary: '支付成功',
  resource: {
    mchid: mchId,
    appid: appId,
    out_trade_no: 'booking-0001',
    transaction_id: '4200001234202611200000000001',
    trade_type: 'JSAPI',
    trade_state: 'SUCCESS',
    bank_type: 'OTHERS',
    success_time: '2026-11-20T14:30:00+08:00',
    payer: { openid: 'oSandboxPayer00001' },
    amount: { total: 1250, payer_total: 1250, currency: 'CNY', payer_currency: 'CNY' },
  },
};

/** Notices of WeChat Pay: a receiver, no channel. */
export const wechatPay: NoticeSubject = {
  source: 'wechat-pay',
  make: (deps) => wechatPayNotices(deps.config.accounts.wechatPay, { ...deps, log: testLog }),
  build: (nowSec, variant) => buildWechatPayPush(payPushAccount, paidNotice, nowSec, variant),
};

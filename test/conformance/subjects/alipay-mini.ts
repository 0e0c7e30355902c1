import { sandboxAccounts } from '@suiban/shared/sandbox';
import { alipayMiniChannel } from '../../../bot-server/src/channels/alipay-mini';
import type { ChannelBody } from '../../../bot-server/src/channels/channel';
import { privateKeyOf } from '../../emulators/alipay/signing';
import { alipayPlatformPrivateKey } from '../../emulators/keys/platform-keys';
import { buildAlipayNotice } from '../../emulators/push/alipay-push';
import { canaries } from '../../support/canaries';
import type { Subject } from './subject';

const { appId, sellerId, templates } = sandboxAccounts.alipay;
const templateId = templates[0]?.id ?? '';

export const alipayBody: Extract<ChannelBody, { channel: 'alipay-mini' }> = {
  channel: 'alipay-mini',
  templateId,
  page: 'packages/surveys/pages/answer/index',
  data: { keyword1: `${canaries.text}餐饮业经营情况问卷`, keyword2: '市经济信息委', keyword3: '2026年11月27日 18:00' },
};

/** Alipay's begin with a digit. */
export const alipayOpenIdOf = (n: number): string => `0${canaries.openid}${String(n).padStart(10, '0')}`;

/** One happening; its bytes are the same each time, as the platform repeats them. */
export const paidFields = {
  gmt_create: '2026-11-20 14:29:50',
  gmt_payment: '2026-11-20 14:30:00',
  notify_time: '2026-11-20 14:30:01',
  notify_type: 'trade_status_sync',
  notify_id: '20261120002221430000000000000001',
  charset: 'utf-8',
  version: '1.0',
  app_id: appId,
  auth_app_id: appId,
  seller_id: sellerId,
  buyer_open_id: alipayOpenIdOf(1),
  subject: '办事服务费 100%',
  out_trade_no: 'booking_0001',
  trade_no: '2026112022001400000000000001',
  trade_status: 'TRADE_SUCCESS',
  total_amount: '19.99',
  receipt_amount: '19.99',
  fund_bill_list: '[{"amount":"19.99","fundChannel":"ALIPAYACCOUNT"}]',
};

export const noticeAccount = { path: '/callbacks/alipay/default', key: privateKeyOf(alipayPlatformPrivateKey) };

export const alipayMini: Subject = {
  kind: 'alipay-mini',
  make: (deps) => alipayMiniChannel(deps.config.accounts.alipay, deps),
  body: alipayBody,
  broken: [
    ['data/keyword1', { ...alipayBody, data: { ...alipayBody.data, keyword1: '字'.repeat(51) } }],
    ['data/keyword2', { ...alipayBody, data: { ...alipayBody.data, keyword2: '两\n行' } }],
    ['data/keyword3', { ...alipayBody, data: { keyword1: '问卷', keyword2: '市经济信息委' } }],
    ['data/keyword9', { ...alipayBody, data: { ...alipayBody.data, keyword9: '多余' } }],
    ['templateId', { ...alipayBody, templateId: 'nobody-applied-for-it' }],
    ['page', { ...alipayBody, page: ' ' }],
  ],
  sending: {
    platform: 'alipay',
    address: (n) => ({ type: 'openid', account: 'default', openid: alipayOpenIdOf(n) }),
    stranger: { address: { type: 'openid', account: 'default', openid: 'x' }, code: 'USER_ID_INVALID' },
    quotaCode: 'isv.app-call-limited',
    codes: [
      ['isp.unknow-error', 'unknown'],
      ['isp.never-heard-of', 'unknown'],
      ['isv.invalid-signature', 'auth'],
      ['isv.insufficient-isv-permissions', 'auth'],
      ['isv.method-call-limited', 'quota'],
      ['QUERY_CONSUMER_REQEUST_ERROR', 'transient'],
      ['MSG_UNSUBSCRIBED', 'permanent'],
      ['MSG_SINGLE_SD_OVER', 'permanent'],
      ['DATA_SENSITIVE', 'permanent'],
    ],
    grant: (sandbox, n) => sandbox.emulators.alipay.subscriptions.grant(alipayOpenIdOf(n), templateId, 1, false),
  },
  push: {
    source: 'alipay',
    redelivery: 'same-bytes',
    isProofInBody: true,
    // No time is signed: a notice cannot be stale.
    without: ['stale'],
    build: (_nowSec, variant) => buildAlipayNotice(noticeAccount, paidFields, variant),
  },
};

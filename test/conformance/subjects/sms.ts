import { smsChannel } from '../../../bot-server/src/channels/sms';
import { buildSmsPush, signSms } from '../../emulators/push/sms-push';
import { bodies, mobileOf } from '../../support/bodies';
import { accounts } from './sandbox-config';
import type { Subject } from './subject';

const body = bodies.sms;
if (body.channel !== 'sms') throw new Error('body');

export const sms: Subject = {
  kind: 'sms',
  make: (deps) => smsChannel(deps.config.accounts.sms, deps),
  body,
  broken: [
    ['text', { ...body, text: `${'字'.repeat(431)}{link}` }],
    ['text', { ...body, text: '【假签名】您好{link}' }],
    ['text', { ...body, text: '{link}' }],
    ['signName', { ...body, signName: '随' }],
  ],
  sending: {
    platform: 'sms',
    address: (n) => ({ type: 'mobile', account: 'default', mobile: mobileOf(n) }),
    stranger: { address: { type: 'mobile', account: 'default', mobile: '13800000404' }, code: 'BLACKLISTED' },
    quotaCode: 'QUOTA_EXHAUSTED',
    codes: [
      ['INVALID_SIGN', 'permanent'],
      ['INVALID_TEXT', 'permanent'],
      ['BLACKLISTED', 'permanent'],
      ['PER_NUMBER_LIMIT', 'transient'],
      ['BUSY', 'transient'],
      ['QUOTA_EXHAUSTED', 'quota'],
      ['INVALID_KEY', 'auth'],
    ],
  },
  push: {
    source: 'sms',
    build: (nowSec, variant) =>
      buildSmsPush(
        { name: 'default', key: accounts.sms.gatewayKey },
        { messageId: 'm1', reference: 'c1a1s1', result: 'delivered', code: 'DELIVRD', at: '2026-11-20T06:30:00.000Z' },
        nowSec,
        variant,
      ),
    wrap: (text, nowSec) => {
      const [timestamp, nonce] = [String(nowSec), String(Math.random())];
      const headers = {
        'content-type': 'application/json',
        'x-sms-timestamp': timestamp,
        'x-sms-nonce': nonce,
        'x-sms-signature': signSms(accounts.sms.gatewayKey, timestamp, nonce, text),
      };
      return { method: 'POST', path: '/callbacks/sms/default', headers, body: text };
    },
  },
};

import { wechatMiniChannel } from '../../../bot-server/src/channels/wechat-mini';
import { buildWechatPush } from '../../emulators/push/wechat-push';
import { bodies, openidOf, templateId } from '../../support/bodies';
import { accounts, keysOf } from './sandbox-config';
import type { Subject } from './subject';
import { sealedPush } from './wechat-envelope';

const body = bodies['wechat-mini'];
if (body.channel !== 'wechat-mini') throw new Error('body');

export const wechatMini: Subject = {
  kind: 'wechat-mini',
  make: (deps) => wechatMiniChannel(deps.config.accounts.wechatMini, deps, { cityServiceBy: deps.config.accounts.wechatOfficial }),
  body,
  broken: [
    ['data/thing1', { ...body, data: { ...body.data, thing1: '字'.repeat(21) } }],
    ['data/time3', { ...body, data: { ...body.data, time3: '明天' } }],
    ['data/thing1', { ...body, data: { ...body.data, thing1: '两\n行' } }],
    ['data/nothing9', { ...body, data: { nothing9: 'x' } }],
    ['data/phrase2', { ...body, data: { phrase2: '六个字的短语' } }],
  ],
  sending: {
    platform: 'wechat',
    address: (n) => ({ type: 'openid', account: 'default', openid: openidOf(n) }),
    stranger: { address: { type: 'openid', account: 'default', openid: 'x' }, code: '40003' },
    quotaCode: '45009',
    codes: [
      ['-1', 'transient'],
      ['43108', 'transient'],
      ['40001', 'auth'],
      ['40164', 'auth'],
      ['40037', 'permanent'],
      ['43101', 'permanent'],
      ['47003', 'permanent'],
      ['45009', 'quota'],
      ['45011', 'quota'],
    ],
    grant: (sandbox, n) => sandbox.emulators.wechat.credits.grant(openidOf(n), templateId, 1, false),
    revokeTokens: (sandbox) => sandbox.emulators.wechat.tokens.revokeAll(),
  },
  push: {
    source: 'wechat-mini',
    build: (nowSec, variant) =>
      buildWechatPush(
        { ...keysOf(accounts.wechatMini), appId: accounts.wechatMini.appId },
        {
          ToUserName: 'gh_x',
          FromUserName: openidOf(1),
          CreateTime: nowSec,
          MsgType: 'text',
          Content: '金丝雀你好',
          MsgId: '4561255354251345929',
        },
        'json',
        nowSec,
        variant,
      ),
    wrap: (text, nowSec) => sealedPush('wechat-mini', accounts.wechatMini, text, nowSec),
  },
};

import { wechatOfficialChannel } from '../../../bot-server/src/channels/wechat-official';
import { sandboxAccounts } from '../../../shared/src/sandbox';
import { buildWechatPush } from '../../emulators/push/wechat-push';
import { canaries } from '../../support/canaries';
import { accounts, keysOf } from './sandbox-config';
import type { Subject } from './subject';
import { sealedPush } from './wechat-envelope';

const [visit] = sandboxAccounts.wechatOfficial.templates;
/** Of the Official Account: nobody has the same openid in two accounts. */
const openidOf = (n: number): string => `${canaries.openid}official${String(n).padStart(6, '0')}`;

const body = {
  channel: 'wechat-official',
  templateId: visit?.id ?? '',
  page: null,
  data: { thing1: `${canaries.text}餐饮服务问卷`, thing2: '市经济信息化委', time3: '2026年11月27日 18:00' },
} as const;

export const wechatOfficial: Subject = {
  kind: 'wechat-official',
  make: (deps) => wechatOfficialChannel(deps.config.accounts.wechatOfficial, deps),
  body,
  broken: [
    ['data/thing1', { ...body, data: { ...body.data, thing1: '字'.repeat(21) } }],
    ['data/time3', { ...body, data: { ...body.data, time3: '明天' } }],
    ['data/thing2', { ...body, data: { ...body.data, thing2: '两\n行' } }],
    ['data/first', { ...body, data: { first: 'x' } }],
    ['data/const4', { ...body, data: { const4: '长'.repeat(21) } }],
    ['templateId', { ...body, templateId: '' }],
    ['page', { ...body, page: '/pages/index/index' }],
  ],
  sending: {
    platform: 'wechat-official',
    address: (n) => ({ type: 'openid', account: 'default', openid: openidOf(n) }),
    stranger: { address: { type: 'openid', account: 'default', openid: 'x' }, code: '40003' },
    quotaCode: '45009',
    codes: [
      ['-1', 'transient'],
      ['40001', 'auth'],
      ['40164', 'auth'],
      ['40037', 'permanent'],
      ['43004', 'permanent'],
      ['47003', 'permanent'],
      ['48002', 'permanent'],
      ['45009', 'quota'],
      ['45011', 'quota'],
    ],
    revokeTokens: (sandbox) => sandbox.emulators.official.tokens.revokeAll(),
  },
  push: {
    source: 'wechat-official',
    build: (nowSec, variant) =>
      buildWechatPush(
        { ...keysOf(accounts.wechatOfficial), source: 'wechat-official', appId: accounts.wechatOfficial.appId },
        {
          ToUserName: sandboxAccounts.wechatOfficial.userName,
          FromUserName: openidOf(1),
          CreateTime: nowSec,
          MsgType: 'text',
          Content: '金丝雀你好',
          MsgId: 4561255354251345929n,
        },
        'xml',
        nowSec,
        variant,
      ),
    wrap: (text, nowSec) => sealedPush('wechat-official', accounts.wechatOfficial, text, nowSec),
  },
};

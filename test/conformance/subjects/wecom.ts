import { wecomChannel } from '../../../bot-server/src/channels/wecom';
import { MessageCrypt } from '../../emulators/push/message-crypt';
import { buildWecomPush } from '../../emulators/push/wecom-push';
import { bodies } from '../../support/bodies';
import { accounts, keysOf } from './sandbox-config';
import type { Subject } from './subject';

const body = bodies.wecom;
if (body.channel !== 'wecom' || body.form !== 'textcard') throw new Error('body');

export const wecom: Subject = {
  kind: 'wecom',
  make: (deps) => wecomChannel(deps.config.accounts.wecom, deps),
  body,
  broken: [
    ['title', { ...body, title: '长'.repeat(43) }],
    ['description', { ...body, description: '长'.repeat(171) }],
    ['buttonText', { ...body, buttonText: '五个字的字' }],
    ['title', { ...body, title: ' ' }],
  ],
  sending: {
    platform: 'wecom',
    address: (n) => ({ type: 'wecom-member', account: 'default', userId: `u${n}` }),
    stranger: { address: { type: 'wecom-member', account: 'default', userId: 'nobody' }, code: '81013' },
    quotaCode: '45009',
    codes: [
      ['-1', 'transient'],
      ['45033', 'transient'],
      ['40014', 'auth'],
      ['60020', 'auth'],
      ['60011', 'permanent'],
      ['40058', 'permanent'],
      ['45009', 'quota'],
    ],
    revokeTokens: (sandbox) => sandbox.emulators.wecom.tokens.revokeAll(),
  },
  push: {
    source: 'wecom',
    build: (nowSec, variant) =>
      buildWecomPush(
        { ...keysOf(accounts.wecom), corpId: accounts.wecom.corpId, agentId: accounts.wecom.agentId },
        {
          ToUserName: accounts.wecom.corpId,
          FromUserName: 'u1',
          CreateTime: nowSec,
          MsgType: 'text',
          Content: '金丝雀你好',
          MsgId: '4561255354251345929',
        },
        nowSec,
        variant,
      ),
    wrap: (text, nowSec) => {
      const { corpId, callbackToken, encodingAesKey } = accounts.wecom;
      const crypt = new MessageCrypt(callbackToken, encodingAesKey, corpId);
      const [timestamp, nonce, encrypted] = [String(nowSec), String(Math.random()), crypt.encrypt(text)];
      const query = new URLSearchParams({ msg_signature: crypt.sign(timestamp, nonce, encrypted), timestamp, nonce });
      const body = `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
      return { method: 'POST', path: `/callbacks/wecom/default?${query}`, headers: { 'content-type': 'text/xml' }, body };
    },
  },
};

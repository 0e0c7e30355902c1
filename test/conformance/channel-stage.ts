import { accessTokens } from '../../bot-server/src/channels/access-tokens';
import type { Address, Channel, ChannelBody, RawPush } from '../../bot-server/src/channels/channel';
import { smsChannel } from '../../bot-server/src/channels/sms';
import { wechatMiniChannel } from '../../bot-server/src/channels/wechat-mini';
import { wecomChannel } from '../../bot-server/src/channels/wecom';
import { loadConfig } from '../../bot-server/src/config/load-config';
import { aesFieldSealer } from '../../bot-server/src/kernel/crypto/aes-field-sealer';
import { createOutbound } from '../../bot-server/src/kernel/outbound/create-outbound';
import { systemClock } from '../../shared/src/time';
import type { BuiltPush, PushVariant } from '../emulators/push/built-push';
import { buildSmsPush } from '../emulators/push/sms-push';
import { buildWechatPush } from '../emulators/push/wechat-push';
import { buildWecomPush } from '../emulators/push/wecom-push';
import { startEmulators } from '../emulators/start-emulators';
import type { Platform } from '../emulators/world/observation';
import { testDatabase } from '../support/database';
import { bodies, mobileOf, openidOf, type SendingKind, templateId } from '../support/ledger';
import { temporaryFolder } from '../support/process';

/** What the one suite needs to know of a channel. */
export interface Subject {
  readonly kind: SendingKind;
  readonly platform: Platform;
  readonly body: ChannelBody;
  readonly address: (n: number) => Address;
  /** Somebody the platform does not know, and the code it answers. */
  readonly stranger: { readonly address: Address; readonly code: string };
  readonly quotaCode: string;
  /** Bodies that break one field rule each: field → body. */
  readonly broken: readonly (readonly [field: string, body: ChannelBody])[];
  readonly push: (nowSec: number, variant: PushVariant) => BuiltPush;
}

const { wecom, 'wechat-mini': mini, sms } = bodies;
if (wecom.channel !== 'wecom' || wecom.form !== 'textcard' || mini.channel !== 'wechat-mini' || sms.channel !== 'sms')
  throw new Error('bodies');

export async function channelStage() {
  const sandbox = await startEmulators({ port: 0 });
  const config = loadConfig({ DATA_DIR: temporaryFolder('channels'), NODE_ENV: 'test', LOG_LEVEL: 'silent', SANDBOX_URL: sandbox.url });
  const db = await testDatabase({ migrations: [1] });
  const outbound = createOutbound({
    clock: systemClock,
    platformUrls: [config.wecom.baseUrl, config.wechatMini.baseUrl, config.sms.gatewayUrl],
  });
  const deps = { outbound, clock: systemClock, tokens: accessTokens({ db, sealer: aesFieldSealer(config.secrets), clock: systemClock }) };
  const channels: Readonly<Record<SendingKind, Channel>> = {
    wecom: wecomChannel(config.wecom, deps),
    'wechat-mini': wechatMiniChannel(config.wechatMini, deps),
    sms: smsChannel(config.sms, deps),
  };
  return {
    sandbox,
    config,
    channels,
    grant: (from: number, to: number) => {
      for (let n = from; n <= to; n += 1) sandbox.emulators.wechat.credits.grant(openidOf(n), templateId, 1, false);
    },
    close: async () => {
      await outbound.close();
      await db.close();
      await sandbox.close();
    },
  };
}
export type ChannelStage = Awaited<ReturnType<typeof channelStage>>;

const accounts = loadConfig({ DATA_DIR: temporaryFolder('accounts'), NODE_ENV: 'test', SANDBOX_URL: 'http://127.0.0.1:1' });
const keysOf = ({ callbackToken, encodingAesKey }: { callbackToken: string; encodingAesKey: string }) => ({
  name: 'default',
  token: callbackToken,
  encodingAesKey,
});

export const subjects: readonly Subject[] = [
  {
    kind: 'wecom',
    platform: 'wecom',
    body: wecom,
    address: (n) => ({ type: 'wecom-member', account: 'default', userId: `u${n}` }),
    stranger: { address: { type: 'wecom-member', account: 'default', userId: 'nobody' }, code: '81013' },
    quotaCode: '45009',
    broken: [
      ['title', { ...wecom, title: '长'.repeat(43) }],
      ['description', { ...wecom, description: '长'.repeat(171) }],
      ['buttonText', { ...wecom, buttonText: '五个字的字' }],
      ['title', { ...wecom, title: ' ' }],
    ],
    push: (nowSec, variant) =>
      buildWecomPush(
        { ...keysOf(accounts.wecom), corpId: accounts.wecom.corpId, agentId: accounts.wecom.agentId },
        {
          ToUserName: accounts.wecom.corpId,
          FromUserName: 'u1',
          CreateTime: nowSec,
          MsgType: 'text',
          Content: '你好',
          MsgId: '4561255354251345929',
        },
        nowSec,
        variant,
      ),
  },
  {
    kind: 'wechat-mini',
    platform: 'wechat',
    body: mini,
    address: (n) => ({ type: 'openid', account: 'default', openid: openidOf(n) }),
    stranger: { address: { type: 'openid', account: 'default', openid: 'x' }, code: '40003' },
    quotaCode: '45009',
    broken: [
      ['data/thing1', { ...mini, data: { ...mini.data, thing1: '字'.repeat(21) } }],
      ['data/time3', { ...mini, data: { ...mini.data, time3: '明天' } }],
      ['data/thing1', { ...mini, data: { ...mini.data, thing1: '两\n行' } }],
      ['data/nothing9', { ...mini, data: { nothing9: 'x' } }],
      ['data/phrase2', { ...mini, data: { phrase2: '六个字的短语' } }],
    ],
    push: (nowSec, variant) =>
      buildWechatPush(
        { ...keysOf(accounts.wechatMini), appId: accounts.wechatMini.appId },
        {
          ToUserName: 'gh_x',
          FromUserName: openidOf(1),
          CreateTime: nowSec,
          MsgType: 'text',
          Content: '你好',
          MsgId: '4561255354251345929',
        },
        'json',
        nowSec,
        variant,
      ),
  },
  {
    kind: 'sms',
    platform: 'sms',
    body: sms,
    address: (n) => ({ type: 'mobile', account: 'default', mobile: mobileOf(n) }),
    stranger: { address: { type: 'mobile', account: 'default', mobile: '13800000404' }, code: 'BLACKLISTED' },
    quotaCode: 'QUOTA_EXHAUSTED',
    broken: [
      ['text', { ...sms, text: `${'字'.repeat(431)}{link}` }],
      ['text', { ...sms, text: '【假签名】您好{link}' }],
      ['text', { ...sms, text: '{link}' }],
      ['signName', { ...sms, signName: '随' }],
    ],
    push: (nowSec, variant) =>
      buildSmsPush(
        { name: 'default', key: accounts.sms.gatewayKey },
        { messageId: 'm1', reference: 'c1a1s1', result: 'delivered', code: 'DELIVRD', at: '2026-11-20T06:30:00.000Z' },
        nowSec,
        variant,
      ),
  },
];

/** A push on the wire as the server's route hands it to the channel. */
export function rawOf(push: BuiltPush): RawPush {
  const url = new URL(push.path, 'http://server');
  return { method: push.method, headers: push.headers, query: Object.fromEntries(url.searchParams), body: Buffer.from(push.body) };
}

import { sandboxAccounts, sandboxPaths } from '@suiban/shared/sandbox';
import type { PlatformAccounts, PlatformName } from './accounts';
import type { PlatformMode } from './config';
import type { Env } from './env';
import { alipayAccount, emailAccount, wechatOfficialAccount, wechatPayAccount } from './further-accounts';

interface Platforms {
  readonly platforms: Readonly<Record<PlatformName, PlatformMode>>;
  readonly accounts: PlatformAccounts;
}

/** An account is one decision: all of its variables, or none. */
const groups = {
  wecom: ['WECOM_CORP_ID', 'WECOM_AGENT_ID', 'WECOM_SECRET', 'WECOM_TOKEN', 'WECOM_ENCODING_AES_KEY'],
  wechatMini: ['WECHAT_MINI_APP_ID', 'WECHAT_MINI_SECRET', 'WECHAT_MINI_TOKEN', 'WECHAT_MINI_ENCODING_AES_KEY'],
  wechatOfficial: ['WECHAT_OFFICIAL_APP_ID', 'WECHAT_OFFICIAL_SECRET', 'WECHAT_OFFICIAL_TOKEN', 'WECHAT_OFFICIAL_ENCODING_AES_KEY'],
  alipay: ['ALIPAY_APP_ID', 'ALIPAY_APP_PRIVATE_KEY', 'ALIPAY_PUBLIC_KEY', 'ALIPAY_SELLER_ID'],
  wechatPay: ['WECHAT_PAY_MCH_ID', 'WECHAT_PAY_MERCHANT_SERIAL', 'WECHAT_PAY_PRIVATE_KEY', 'WECHAT_PAY_API_V3_KEY'],
  sms: ['SMS_GATEWAY_URL', 'SMS_GATEWAY_KEY'],
  email: ['EMAIL_SMTP_URL', 'EMAIL_FROM'],
} as const satisfies Record<PlatformName, readonly (keyof Env)[]>;

/** In certificate mode the platform's key comes with its certificate. */
const alipayWithCertificates = [
  'ALIPAY_APP_ID',
  'ALIPAY_APP_PRIVATE_KEY',
  'ALIPAY_SELLER_ID',
  'ALIPAY_APP_CERT',
  'ALIPAY_CERT',
  'ALIPAY_ROOT_CERT',
] as const;

const namesOf = (env: Env, platform: string, names: readonly (keyof Env)[]): readonly (keyof Env)[] =>
  platform === 'alipay' && [env.ALIPAY_APP_CERT, env.ALIPAY_CERT, env.ALIPAY_ROOT_CERT].some(Boolean) ? alipayWithCertificates : names;

function modeOf(env: Env, names: readonly (keyof Env)[], problems: string[]): PlatformMode {
  const missing = names.filter((name) => env[name] === undefined);
  if (missing.length === 0) return 'account';
  if (missing.length < names.length) {
    const given = names.filter((name) => env[name] !== undefined);
    for (const name of missing) problems.push(`${name}: required because ${given.join(', ')} is set`);
  }
  return env.SANDBOX_URL === undefined ? 'off' : 'sandbox';
}

function wecomAccount(env: Env, mode: PlatformMode): PlatformAccounts['wecom'] {
  const sandbox = sandboxAccounts.wecom;
  const duplicateCheckSec = env.WECOM_DUPLICATE_CHECK_SEC;
  const own = {
    corpId: env.WECOM_CORP_ID ?? '',
    agentId: env.WECOM_AGENT_ID ?? 0,
    secret: env.WECOM_SECRET ?? '',
    callbackToken: env.WECOM_TOKEN ?? '',
    encodingAesKey: env.WECOM_ENCODING_AES_KEY ?? '',
    linkedCorps: env.WECOM_LINKED_CORPS ?? [],
    robotKey: env.WECOM_ROBOT_KEY ?? null,
  };
  const account = mode === 'sandbox' ? { ...sandbox, callbackToken: sandbox.token } : own;
  const base = mode === 'sandbox' ? `${env.SANDBOX_URL}${sandboxPaths.wecom}` : 'https://qyapi.weixin.qq.com';
  return {
    baseUrl: env.WECOM_API_BASE_URL ?? base,
    authorizeUrl: mode === 'sandbox' ? `${base}/connect/oauth2/authorize` : 'https://open.weixin.qq.com/connect/oauth2/authorize',
    corpId: account.corpId,
    agentId: account.agentId,
    secret: account.secret,
    callbackToken: account.callbackToken,
    encodingAesKey: account.encodingAesKey,
    linkedCorps: account.linkedCorps,
    robotKey: account.robotKey,
    duplicateCheckSec,
  };
}

function wechatMiniAccount(env: Env, mode: PlatformMode): PlatformAccounts['wechatMini'] {
  const sandbox = sandboxAccounts.wechatMini;
  if (mode === 'sandbox') {
    return {
      baseUrl: env.WECHAT_API_BASE_URL ?? `${env.SANDBOX_URL}${sandboxPaths.wechatMini}`,
      appId: sandbox.appId,
      secret: sandbox.secret,
      callbackToken: sandbox.token,
      encodingAesKey: sandbox.encodingAesKey,
    };
  }
  return {
    baseUrl: env.WECHAT_API_BASE_URL ?? 'https://api.weixin.qq.com',
    appId: env.WECHAT_MINI_APP_ID ?? '',
    secret: env.WECHAT_MINI_SECRET ?? '',
    callbackToken: env.WECHAT_MINI_TOKEN ?? '',
    encodingAesKey: env.WECHAT_MINI_ENCODING_AES_KEY ?? '',
  };
}

const smsAccount = (env: Env, mode: PlatformMode): PlatformAccounts['sms'] =>
  mode === 'sandbox'
    ? { gatewayUrl: `${env.SANDBOX_URL}${sandboxPaths.sms}`, gatewayKey: sandboxAccounts.sms.key }
    : { gatewayUrl: env.SMS_GATEWAY_URL ?? '', gatewayKey: env.SMS_GATEWAY_KEY ?? '' };

/** Per platform: the account of the variables, else the sandbox, else off (empty account, no channel is composed). */
export function platformsOf(env: Env, problems: string[]): Platforms {
  const modes = Object.entries(groups).map(([name, variables]) => [name, modeOf(env, namesOf(env, name, variables), problems)] as const);
  const platforms = Object.fromEntries(modes) as Record<PlatformName, PlatformMode>;
  const wechatMini = wechatMiniAccount(env, platforms.wechatMini);
  return {
    platforms,
    accounts: {
      wecom: wecomAccount(env, platforms.wecom),
      wechatMini,
      wechatOfficial: wechatOfficialAccount(env, platforms.wechatOfficial, wechatMini.appId),
      alipay: alipayAccount(env, platforms.alipay),
      wechatPay: wechatPayAccount(env, platforms.wechatPay, wechatMini.appId),
      sms: smsAccount(env, platforms.sms),
      email: emailAccount(env, platforms.email),
    },
  };
}

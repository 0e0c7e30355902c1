import { sandboxAccounts, sandboxPaths } from '@suiban/shared/sandbox';
import type { PlatformMode, SmsAccount, WechatMiniAccount, WecomAccount } from './config';
import type { Env } from './env';

interface Platforms {
  readonly platforms: { readonly wecom: PlatformMode; readonly wechatMini: PlatformMode; readonly sms: PlatformMode };
  readonly wecom: WecomAccount;
  readonly wechatMini: WechatMiniAccount;
  readonly sms: SmsAccount;
}

/** An account is one decision: all of its variables, or none. */
const groups = {
  wecom: ['WECOM_CORP_ID', 'WECOM_AGENT_ID', 'WECOM_SECRET', 'WECOM_TOKEN', 'WECOM_ENCODING_AES_KEY'],
  wechatMini: ['WECHAT_MINI_APP_ID', 'WECHAT_MINI_SECRET', 'WECHAT_MINI_TOKEN', 'WECHAT_MINI_ENCODING_AES_KEY'],
  sms: ['SMS_GATEWAY_URL', 'SMS_GATEWAY_KEY'],
} as const satisfies Record<string, readonly (keyof Env)[]>;

function modeOf(env: Env, names: readonly (keyof Env)[], problems: string[]): PlatformMode {
  const missing = names.filter((name) => env[name] === undefined);
  if (missing.length === 0) return 'account';
  if (missing.length < names.length) {
    const given = names.filter((name) => env[name] !== undefined);
    for (const name of missing) problems.push(`${name}: required because ${given.join(', ')} is set`);
  }
  return env.SANDBOX_URL === undefined ? 'off' : 'sandbox';
}

function wecomAccount(env: Env, mode: PlatformMode): WecomAccount {
  const sandbox = sandboxAccounts.wecom;
  const duplicateCheckSec = env.WECOM_DUPLICATE_CHECK_SEC;
  const own = {
    corpId: env.WECOM_CORP_ID ?? '',
    agentId: env.WECOM_AGENT_ID ?? 0,
    secret: env.WECOM_SECRET ?? '',
    callbackToken: env.WECOM_TOKEN ?? '',
    encodingAesKey: env.WECOM_ENCODING_AES_KEY ?? '',
    linkedCorps: env.WECOM_LINKED_CORPS ?? [],
  };
  const account = mode === 'sandbox' ? { ...sandbox, callbackToken: sandbox.token } : own;
  const base = mode === 'sandbox' ? `${env.SANDBOX_URL}${sandboxPaths.wecom}` : 'https://qyapi.weixin.qq.com';
  return {
    baseUrl: env.WECOM_API_BASE_URL ?? base,
    corpId: account.corpId,
    agentId: account.agentId,
    secret: account.secret,
    callbackToken: account.callbackToken,
    encodingAesKey: account.encodingAesKey,
    linkedCorps: account.linkedCorps,
    duplicateCheckSec,
  };
}

function wechatMiniAccount(env: Env, mode: PlatformMode): WechatMiniAccount {
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

/** Per platform: the account of the variables, else the sandbox, else off (empty account, no channel is composed). */
export function platformsOf(env: Env, problems: string[]): Platforms {
  const platforms = {
    wecom: modeOf(env, groups.wecom, problems),
    wechatMini: modeOf(env, groups.wechatMini, problems),
    sms: modeOf(env, groups.sms, problems),
  };
  return {
    platforms,
    wecom: wecomAccount(env, platforms.wecom),
    wechatMini: wechatMiniAccount(env, platforms.wechatMini),
    sms:
      platforms.sms === 'sandbox'
        ? { gatewayUrl: `${env.SANDBOX_URL}${sandboxPaths.sms}`, gatewayKey: sandboxAccounts.sms.key }
        : { gatewayUrl: env.SMS_GATEWAY_URL ?? '', gatewayKey: env.SMS_GATEWAY_KEY ?? '' },
  };
}

import type { PlatformName } from '../../bot-server/src/config/accounts';
import type { Config } from '../../bot-server/src/config/config';
import { ConfigError } from '../../bot-server/src/config/config-error';
import type { EnvSource } from '../../bot-server/src/config/env';
import { loadConfig } from '../../bot-server/src/config/load-config';

/** What each platform is called, and the variables without which it has no account. */
export const platforms: Readonly<Record<PlatformName, { readonly title: string; readonly variables: readonly string[] }>> = {
  wecom: {
    title: 'WeCom',
    variables: ['WECOM_CORP_ID', 'WECOM_AGENT_ID', 'WECOM_SECRET', 'WECOM_TOKEN', 'WECOM_ENCODING_AES_KEY'],
  },
  wechatMini: {
    title: 'WeChat mini-program',
    variables: ['WECHAT_MINI_APP_ID', 'WECHAT_MINI_SECRET', 'WECHAT_MINI_TOKEN', 'WECHAT_MINI_ENCODING_AES_KEY'],
  },
  wechatOfficial: {
    title: 'Official Account',
    variables: ['WECHAT_OFFICIAL_APP_ID', 'WECHAT_OFFICIAL_SECRET', 'WECHAT_OFFICIAL_TOKEN', 'WECHAT_OFFICIAL_ENCODING_AES_KEY'],
  },
  alipay: {
    title: 'Alipay mini-program',
    variables: ['ALIPAY_APP_ID', 'ALIPAY_APP_PRIVATE_KEY', 'ALIPAY_PUBLIC_KEY', 'ALIPAY_SELLER_ID'],
  },
  wechatPay: {
    title: 'WeChat Pay',
    variables: ['WECHAT_PAY_MCH_ID', 'WECHAT_PAY_MERCHANT_SERIAL', 'WECHAT_PAY_PRIVATE_KEY', 'WECHAT_PAY_API_V3_KEY'],
  },
  sms: { title: 'SMS gateway', variables: ['SMS_GATEWAY_URL', 'SMS_GATEWAY_KEY'] },
  email: { title: 'Email', variables: ['EMAIL_SMTP_URL', 'EMAIL_FROM'] },
};

/** Stands in where a start would make a key: nothing is sealed here, and no file is left behind. */
const noKey = 'smoke-seals-nothing-and-leaves-no-file-behind';

/** Accounts of the environment, never the sandbox. `problems` name variables that are missing or wrong. */
export function readAccounts(source: EnvSource): { readonly config: Config } | { readonly problems: readonly string[] } {
  try {
    return { config: loadConfig({ ...source, SANDBOX_URL: undefined, SUIBAN_SECRET_KEY: noKey }) };
  } catch (error) {
    if (error instanceof ConfigError) return { problems: error.problems };
    throw error;
  }
}

export const withAccount = ({ platforms: modes }: Config): readonly PlatformName[] =>
  (Object.keys(platforms) as PlatformName[]).filter((name) => modes[name] === 'account');

import type { Config } from '../../bot-server/src/config/config';
import { ConfigError } from '../../bot-server/src/config/config-error';
import type { EnvSource } from '../../bot-server/src/config/env';
import { loadCity } from '../../bot-server/src/config/load-city';
import { loadConfig } from '../../bot-server/src/config/load-config';
import { type Finding, fail, ok, reasonOf, warn } from './finding';

/** Stands in where a start would make a key: looking must leave no file behind. */
const lookingKey = 'doctor-looks-and-leaves-nothing-behind';

/** The settings as the server reads them; each broken rule is a finding. */
export function readSettings(source: EnvSource): { config?: Config; findings: readonly Finding[] } {
  try {
    const isProduction = source.NODE_ENV === 'production';
    const config = loadConfig(isProduction || source.SUIBAN_SECRET_KEY ? source : { ...source, SUIBAN_SECRET_KEY: lookingKey });
    const role = `${config.environment}, role ${config.role}`;
    return { config, findings: [ok('settings', role)] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return {
      findings: error.problems.map((problem) => {
        const colon = problem.indexOf(':');
        return fail(problem.slice(0, colon), problem.slice(colon + 1).trim(), 'correct the variable and run this again');
      }),
    };
  }
}

export function checkCity({ cityFile }: Config): Finding {
  try {
    return ok('SUIBAN_CITY', loadCity(cityFile).name);
  } catch (error) {
    return fail('SUIBAN_CITY', reasonOf(error), 'name a profile of bot-server/city, or correct it');
  }
}

/** Phones open links over it, and platforms deliver callbacks to it. */
export function checkPublicUrl({ publicBaseUrl, isProduction, platforms }: Config): Finding {
  const { protocol, hostname } = new URL(publicBaseUrl);
  const isHere = hostname === 'localhost' || hostname === '127.0.0.1';
  if (isProduction && (protocol !== 'https:' || isHere))
    return fail('PUBLIC_BASE_URL', `${publicBaseUrl} cannot be opened by phones`, 'set it to the https address that the public uses');
  if (Object.values(platforms).includes('account') && isHere)
    return warn(
      'PUBLIC_BASE_URL',
      `${publicBaseUrl}: real platforms cannot deliver callbacks there`,
      'set it to an address they can reach',
    );
  return ok('PUBLIC_BASE_URL', publicBaseUrl);
}

const names = {
  wecom: 'WeCom',
  wechatMini: 'WeChat mini-program',
  wechatOfficial: 'WeChat Official Account',
  alipay: 'Alipay mini-program',
  wechatPay: 'WeChat Pay',
  sms: 'SMS',
  email: 'Email',
} as const;
const firstVariable = {
  wecom: 'WECOM_CORP_ID, WECOM_AGENT_ID, WECOM_SECRET, WECOM_TOKEN, WECOM_ENCODING_AES_KEY',
  wechatMini: 'WECHAT_MINI_APP_ID, WECHAT_MINI_SECRET, WECHAT_MINI_TOKEN, WECHAT_MINI_ENCODING_AES_KEY',
  wechatOfficial: 'WECHAT_OFFICIAL_APP_ID, WECHAT_OFFICIAL_SECRET, WECHAT_OFFICIAL_TOKEN, WECHAT_OFFICIAL_ENCODING_AES_KEY',
  alipay: 'ALIPAY_APP_ID, ALIPAY_APP_PRIVATE_KEY, ALIPAY_PUBLIC_KEY, ALIPAY_SELLER_ID',
  wechatPay: 'WECHAT_PAY_MCH_ID, WECHAT_PAY_MERCHANT_SERIAL, WECHAT_PAY_PRIVATE_KEY, WECHAT_PAY_API_V3_KEY',
  sms: 'SMS_GATEWAY_URL, SMS_GATEWAY_KEY',
  email: 'EMAIL_SMTP_URL, EMAIL_FROM',
} as const;

export function checkPlatforms({ platforms }: Config): readonly Finding[] {
  return (Object.keys(names) as (keyof typeof names)[]).map((platform) => {
    const mode = platforms[platform];
    if (mode === 'off')
      return warn(names[platform], 'off: nothing can be sent there', `set ${firstVariable[platform]}, or SANDBOX_URL for the sandbox`);
    return ok(names[platform], mode === 'account' ? 'an account is set' : 'the sandbox stands for it');
  });
}

/** What the platform's page of settings accepts; a key of another shape makes every callback look forged. */
export function checkCallbacks({ platforms, accounts: { wecom, wechatMini, wechatOfficial } }: Config): readonly Finding[] {
  const check = (name: string, token: string, encodingAesKey: string): Finding => {
    if (!/^[A-Za-z0-9]{3,32}$/.test(token))
      return fail(name, 'the callback token must be 3 to 32 letters and digits', 'copy the Token of the platform’s callback settings');
    if (Buffer.from(`${encodingAesKey}=`, 'base64').length !== 32)
      return fail(
        name,
        'the AES key must be 43 characters that stand for 32 bytes',
        'copy the EncodingAESKey of the platform’s callback settings',
      );
    return ok(name, 'token and AES key have the right shape');
  };
  return [
    ...(platforms.wecom === 'account' ? [check('WeCom callbacks', wecom.callbackToken, wecom.encodingAesKey)] : []),
    ...(platforms.wechatMini === 'account' ? [check('WeChat callbacks', wechatMini.callbackToken, wechatMini.encodingAesKey)] : []),
    ...(platforms.wechatOfficial === 'account'
      ? [check('Official Account callbacks', wechatOfficial.callbackToken, wechatOfficial.encodingAesKey)]
      : []),
  ];
}

export async function checkSandbox({ sandboxUrl }: Config): Promise<readonly Finding[]> {
  if (!sandboxUrl) return [];
  const answer = await fetch(`${sandboxUrl}/health`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
  return [
    answer?.ok
      ? ok('SANDBOX_URL', `${sandboxUrl} answers`)
      : fail(
          'SANDBOX_URL',
          `nothing answers at ${sandboxUrl}`,
          'start the sandbox: npx tsx test/emulators/main.ts (npm start does it by itself)',
        ),
  ];
}

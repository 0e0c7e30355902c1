import { sandboxAccounts, sandboxPaths, sandboxSmtpPort } from '@suiban/shared/sandbox';
import type { AlipayAccount, EmailAccount, WechatOfficialAccount, WechatPayAccount } from './accounts';
import type { PlatformMode } from './config';
import type { Env } from './env';

export function wechatOfficialAccount(env: Env, mode: PlatformMode, miniAppId: string): WechatOfficialAccount {
  const sandbox = sandboxAccounts.wechatOfficial;
  if (mode === 'sandbox') {
    const baseUrl = env.WECHAT_API_BASE_URL ?? `${env.SANDBOX_URL}${sandboxPaths.wechatOfficial}`;
    return {
      baseUrl,
      authorizeUrl: `${baseUrl}/connect/oauth2/authorize`,
      appId: sandbox.appId,
      secret: sandbox.secret,
      callbackToken: sandbox.token,
      encodingAesKey: sandbox.encodingAesKey,
      miniAppId,
    };
  }
  return {
    baseUrl: env.WECHAT_API_BASE_URL ?? 'https://api.weixin.qq.com',
    authorizeUrl: 'https://open.weixin.qq.com/connect/oauth2/authorize',
    appId: env.WECHAT_OFFICIAL_APP_ID ?? '',
    secret: env.WECHAT_OFFICIAL_SECRET ?? '',
    callbackToken: env.WECHAT_OFFICIAL_TOKEN ?? '',
    encodingAesKey: env.WECHAT_OFFICIAL_ENCODING_AES_KEY ?? '',
    miniAppId,
  };
}

const certificatesOf = ({ ALIPAY_APP_CERT: app, ALIPAY_CERT: alipay, ALIPAY_ROOT_CERT: root }: Env): Pick<AlipayAccount, 'certificates'> =>
  app && alipay && root ? { certificates: { app, alipay, root } } : {};

export function alipayAccount(env: Env, mode: PlatformMode): AlipayAccount {
  if (mode === 'sandbox') {
    return { baseUrl: env.ALIPAY_API_BASE_URL ?? `${env.SANDBOX_URL}${sandboxPaths.alipay}`, ...sandboxAccounts.alipay };
  }
  return {
    baseUrl: env.ALIPAY_API_BASE_URL ?? 'https://openapi.alipay.com',
    appId: env.ALIPAY_APP_ID ?? '',
    sellerId: env.ALIPAY_SELLER_ID ?? '',
    appPrivateKey: env.ALIPAY_APP_PRIVATE_KEY ?? '',
    alipayPublicKey: env.ALIPAY_PUBLIC_KEY ?? '',
    ...certificatesOf(env),
    templates: env.ALIPAY_TEMPLATES ?? [],
  };
}

export function wechatPayAccount(env: Env, mode: PlatformMode, appId: string): WechatPayAccount {
  const sandbox = sandboxAccounts.wechatPay;
  if (mode === 'sandbox') {
    return {
      baseUrl: env.WECHAT_PAY_API_BASE_URL ?? `${env.SANDBOX_URL}${sandboxPaths.wechatPay}`,
      mchId: sandbox.mchId,
      appId,
      merchantSerial: sandbox.merchantSerial,
      merchantPrivateKey: sandbox.merchantPrivateKey,
      apiV3Key: sandbox.apiV3Key,
      publicKey: { id: sandbox.publicKeyId, key: sandbox.publicKey },
    };
  }
  const { WECHAT_PAY_PUBLIC_KEY_ID: id, WECHAT_PAY_PUBLIC_KEY: key } = env;
  return {
    baseUrl: env.WECHAT_PAY_API_BASE_URL ?? 'https://api.mch.weixin.qq.com',
    mchId: env.WECHAT_PAY_MCH_ID ?? '',
    appId,
    merchantSerial: env.WECHAT_PAY_MERCHANT_SERIAL ?? '',
    merchantPrivateKey: env.WECHAT_PAY_PRIVATE_KEY ?? '',
    apiV3Key: env.WECHAT_PAY_API_V3_KEY ?? '',
    publicKey: id && key ? { id, key } : null,
  };
}

export function emailAccount(env: Env, mode: PlatformMode): EmailAccount {
  if (mode !== 'sandbox') return { smtpUrl: env.EMAIL_SMTP_URL ?? '', from: env.EMAIL_FROM ?? '' };
  const { user, password, from } = sandboxAccounts.email;
  const { hostname, port } = new URL(env.SANDBOX_URL ?? '');
  return { smtpUrl: env.EMAIL_SMTP_URL ?? `smtp://${user}:${password}@${hostname}:${sandboxSmtpPort(Number(port))}`, from };
}

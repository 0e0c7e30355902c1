import { sandboxAccounts } from '@suiban/shared/sandbox';
import { rsaPrivateKey } from '../../bot-server/src/channels/rsa-keys';
import { authorization, merchantSigner } from '../../bot-server/src/channels/wechat-pay/signature';
import type { Json, Sandbox } from './emulator-client';

export const pay = sandboxAccounts.wechatPay;
export const appId = sandboxAccounts.wechatMini.appId;
const key = rsaPrivateKey(pay.merchantPrivateKey);

export interface Asked {
  readonly mchId?: string;
  readonly serial?: string;
  readonly skewSec?: number;
  /** What the signature is made over, when that is not what is sent. */
  readonly signedUrl?: string;
  readonly signedBody?: string;
  readonly headers?: Record<string, string>;
}

const nowSec = (): number => Math.floor((performance.timeOrigin + performance.now()) / 1000);

/** A merchant that speaks to the emulator by hand, and may speak wrongly. */
export const merchantOf =
  (box: Sandbox) =>
  async (method: 'GET' | 'POST', url: string, body = '', asked: Asked = {}) => {
    const signer = merchantSigner(asked.mchId ?? pay.mchId, asked.serial ?? pay.merchantSerial, key);
    const timestamp = String(nowSec() + (asked.skewSec ?? 0));
    const signed = { method, url: asked.signedUrl ?? url, body: asked.signedBody ?? body, timestamp, nonce: 'n0nce' };
    const response = await fetch(`${box.url}/wechat-pay${url}`, {
      method,
      headers: { accept: 'application/json', authorization: authorization(signer, signed), ...asked.headers },
      ...(method === 'POST' ? { body } : {}),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: (text === '' ? {} : JSON.parse(text)) as Json };
  };

export const orderOf = (outTradeNo: string, more: Json = {}): Json => ({
  appid: appId,
  mchid: pay.mchId,
  description: '会议室预约',
  out_trade_no: outTradeNo,
  notify_url: 'https://city.example/callbacks/wechat-pay/default',
  amount: { total: 1250, currency: 'CNY' },
  payer: { openid: 'oSandboxPayer00001' },
  ...more,
});

import type { KeyObject } from 'node:crypto';
import { randomBytes } from 'node:crypto';
import { signRsa } from '../rsa-keys';

/** What WeChat Pay signs, in answers and notices alike; the body is its raw bytes. @see github:wechatpay-apiv3/wechatpay-java WechatPay2Validator */
export const signedByPlatform = (timestamp: string, nonce: string, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), body, Buffer.from('\n')]);

/** An empty body keeps its line. @see github:wechatpay-apiv3/wechatpay-go core/auth/credentials */
export const requestText = (method: string, url: string, timestamp: string, nonce: string, body: string): string =>
  `${method}\n${url}\n${timestamp}\n${nonce}\n${body}\n`;

export interface Signer {
  readonly mchId: string;
  readonly merchantSerial: string;
  sign(text: string): string;
}

interface SignedRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly body: string;
  readonly timestamp: string;
  readonly nonce: string;
}

export function authorization(signer: Signer, { method, url, body, timestamp, nonce }: SignedRequest): string {
  const signature = signer.sign(requestText(method, url, timestamp, nonce, body));
  const fields = { mchid: signer.mchId, nonce_str: nonce, timestamp, serial_no: signer.merchantSerial, signature };
  return `WECHATPAY2-SHA256-RSA2048 ${Object.entries(fields)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',')}`;
}

export const merchantSigner = (mchId: string, merchantSerial: string, key: KeyObject): Signer => ({
  mchId,
  merchantSerial,
  sign: (text) => signRsa(key, text),
});

export const freshNonce = (): string => randomBytes(16).toString('hex');

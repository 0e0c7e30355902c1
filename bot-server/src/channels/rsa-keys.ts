import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** Bare base64 of DER, as payment platforms hand keys out: PKCS#8, or PKCS#1 where the platform's own tool made it. @throws Error when it is no key */
export function rsaPrivateKey(base64: string): KeyObject {
  const der = Buffer.from(base64, 'base64');
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } catch {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs1' });
  }
}

/** Bare base64 of SPKI. @throws Error when it is no key */
export const rsaPublicKey = (base64: string): KeyObject =>
  createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });

/** SHA256withRSA (PKCS#1 v1.5), base64: what Alipay calls RSA2 and WeChat Pay SHA256-RSA2048. */
export const signRsa = (key: KeyObject, content: string | Buffer): string => sign('sha256', Buffer.from(content), key).toString('base64');

export const isRsaSignature = (key: KeyObject, content: string | Buffer, signature: string): boolean =>
  verify('sha256', Buffer.from(content), key, Buffer.from(signature, 'base64'));

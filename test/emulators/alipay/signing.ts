import { createPrivateKey, createPublicKey, createSign, createVerify, type KeyObject } from 'node:crypto';

export type Params = Readonly<Record<string, string>>;

/** A key as Alipay's console shows it: bare base64 of DER, PKCS#8 or PKCS#1. */
export function privateKeyOf(base64: string): KeyObject {
  const key = Buffer.from(base64, 'base64');
  try {
    return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  } catch {
    return createPrivateKey({ key, format: 'der', type: 'pkcs1' });
  }
}

export const publicKeyOf = (base64: string): KeyObject =>
  createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });

/** `k=v` in the order of the keys, values as they are; `dropped` stay out. */
export const signContent = (params: Params, dropped: readonly string[], keepsEmpty = true): string =>
  Object.keys(params)
    .filter((name) => !dropped.includes(name) && (keepsEmpty || params[name] !== ''))
    .sort()
    .map((name) => `${name}=${params[name]}`)
    .join('&');

export const signRsa2 = (text: string, key: KeyObject): string => createSign('RSA-SHA256').update(text, 'utf8').sign(key, 'base64');

export const isSignedBy = (text: string, signature: string, key: KeyObject): boolean =>
  createVerify('RSA-SHA256').update(text, 'utf8').verify(key, signature, 'base64');

/** The platform's own SDK signs empty values, the written rule drops them: either is taken. */
export const isRequestSigned = (params: Params, key: KeyObject): boolean =>
  [true, false].some((keepsEmpty) => isSignedBy(signContent(params, ['sign'], keepsEmpty), params.sign ?? '', key));

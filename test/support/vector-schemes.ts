import { constants, createDecipheriv, createHash, createHmac, createPrivateKey, type KeyObject, privateDecrypt } from 'node:crypto';

/** Schemes that published vectors cover and the server does not use: only their tests know them. */

/** Mini-program open data: AES-128-CBC with the session key; meant for the app its watermark names. undefined: for another, or altered. */
export function openUserData(data: { sessionKey: string; iv: string; encryptedData: string }, appId: string): unknown {
  const decipher = createDecipheriv('aes-128-cbc', Buffer.from(data.sessionKey, 'base64'), Buffer.from(data.iv, 'base64'));
  try {
    const plain = Buffer.concat([decipher.update(Buffer.from(data.encryptedData, 'base64')), decipher.final()]);
    const value = JSON.parse(plain.toString('utf8')) as { watermark?: { appid?: unknown } };
    return value.watermark?.appid === appId ? value : undefined;
  } catch {
    return undefined;
  }
}

export interface SealedCall {
  readonly keyBase64: string;
  readonly ivBase64: string;
  readonly aad: string;
  readonly dataBase64: string;
  readonly authtagBase64: string;
}

/** Optional encryption of WeChat's API payloads: AES-256-GCM whose tag travels in its own field. undefined: altered. */
export function openApiPayload({ keyBase64, ivBase64, aad, dataBase64, authtagBase64 }: SealedCall): string | undefined {
  const tag = Buffer.from(authtagBase64, 'base64');
  if (tag.length !== 16) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(keyBase64, 'base64'), Buffer.from(ivBase64, 'base64'), {
    authTagLength: 16,
  });
  decipher.setAAD(Buffer.from(aad, 'utf8'));
  decipher.setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(Buffer.from(dataBase64, 'base64')), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

/** What a client of WeChat Pay v2 was given, to recognise it: `k=v` sorted, the kind of signature among them, and the key at the end. */
export function legacyPaySignature(params: Readonly<Record<string, string | number>>, key: string, type: 'MD5' | 'HMAC-SHA256'): string {
  const signed: Readonly<Record<string, string | number>> = { ...params, signType: type };
  const pairs = Object.keys(signed)
    .filter((name) => name !== 'sign' && signed[name] !== '')
    .sort()
    .map((name) => `${name}=${signed[name]}`);
  const text = [...pairs, `key=${key}`].join('&');
  const hash = type === 'MD5' ? createHash('md5') : createHmac('sha256', key);
  return hash.update(text, 'utf8').digest('hex').toUpperCase();
}

export const pkcs8Key = (base64: string): KeyObject =>
  createPrivateKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'pkcs8' });

/** RSA-OAEP with SHA-1: sensitive fields of WeChat Pay. @throws Error when altered */
export const openOaep = (key: KeyObject, base64: string): string =>
  privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }, Buffer.from(base64, 'base64')).toString('utf8');

/**
 * RSA with PKCS#1 v1.5 padding, unpadded by hand: `node:crypto` refuses to since CVE-2023-46809, for a server that tells bad padding
 * from good (even by its time, as here) decrypts for an attacker. undefined: altered.
 */
export function openPkcs1(key: KeyObject, base64: string): string | undefined {
  const block = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, Buffer.from(base64, 'base64'));
  const end = block.indexOf(0, 2);
  return block[0] === 0 && block[1] === 2 && end >= 10 ? block.subarray(end + 1).toString('utf8') : undefined;
}

import { createDecipheriv } from 'node:crypto';
import { isNode, textOf } from '../push-body';

const tagBytes = 16;

/**
 * AEAD_AES_256_GCM as WeChat Pay packs it: base64 of ciphertext and, at its end, the tag; `associated_data` may be empty or missing.
 * undefined: wrong key, or one bit is not as it was sealed. By node:crypto, for `decipher_gcm` of wechatpay-node-v3 2.2.1 never asks
 * for the tag.
 */
export function openResource(apiV3Key: string, resource: unknown): Buffer | undefined {
  if (!isNode(resource)) return undefined;
  const sealed = Buffer.from(textOf(resource, 'ciphertext'), 'base64');
  const nonce = Buffer.from(textOf(resource, 'nonce'), 'utf8');
  if (sealed.length < tagBytes || nonce.length === 0) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(apiV3Key, 'utf8'), nonce, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(textOf(resource, 'associated_data'), 'utf8'));
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -tagBytes)), decipher.final()]);
  } catch {
    return undefined;
  }
}

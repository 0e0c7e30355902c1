import { createHmac } from 'node:crypto';
import { constantTimeEqual } from './compare';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const base = BigInt(alphabet.length);

/**
 * A short signature for links in SMS: each character carries 5.95 bits, so 10 (the default) are 59 bits, guessed online only, behind a
 * rate limit.
 */
export function base62Mac(key: Buffer, message: string, length = 10): string {
  let left = BigInt(`0x${createHmac('sha256', key).update(message).digest('hex')}`);
  let text = '';
  while (text.length < length) {
    text += alphabet[Number(left % base)];
    left /= base;
  }
  return text;
}

export const isBase62Mac = (key: Buffer, message: string, mac: string, length = 10): boolean =>
  constantTimeEqual(base62Mac(key, message, length), mac);

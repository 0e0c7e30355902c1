import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const blockBytes = 32;

/**
 * The envelope WeChat and WeCom share: AES-256-CBC, IV = first 16 bytes of the key, over
 * `random(16) + length(4, big-endian, bytes) + message + receiveId`, PKCS#7 to 32-byte blocks: node's own padding knows 16
 * and fails on about half of all messages, so it is done by hand.
 * @see https://developer.work.weixin.qq.com/document/path/90968 (read 2026-11)
 */
export function messageCrypt(encodingAesKey: string, receiveIds: readonly [string, ...string[]]) {
  // NOTE: the 43rd character may carry non-zero spare bits (the official sample does): node tolerates it, strict decoders do not.
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  if (key.length !== 32) throw new Error('an EncodingAESKey stands for 32 bytes');
  const iv = key.subarray(0, 16);
  const receivers = receiveIds.map((receiveId) => Buffer.from(receiveId, 'utf8'));
  return {
    encrypt(message: string, random: Buffer = randomBytes(16)): string {
      const text = Buffer.from(message, 'utf8');
      const length = Buffer.alloc(4);
      length.writeUInt32BE(text.length);
      const plain = Buffer.concat([random, length, text, Buffer.from(receiveIds[0], 'utf8')]);
      const pad = blockBytes - (plain.length % blockBytes);
      const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
      return Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(pad, pad)])), cipher.final()]).toString('base64');
    },
    /** undefined: wrong key, broken padding or length, or meant for somebody else. */
    decrypt(encrypted: string): string | undefined {
      const plain = unpad(decipher(key, iv, Buffer.from(encrypted, 'base64')));
      if (!plain || plain.length < 20) return undefined;
      const end = 20 + plain.readUInt32BE(16);
      if (end > plain.length || !receivers.some((receiver) => equalBytes(plain.subarray(end), receiver))) return undefined;
      return plain.subarray(20, end).toString('utf8');
    },
  };
}

function decipher(key: Buffer, iv: Buffer, bytes: Buffer): Buffer | undefined {
  if (bytes.length === 0 || bytes.length % 16 !== 0) return undefined;
  const stream = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  return Buffer.concat([stream.update(bytes), stream.final()]);
}

function unpad(padded: Buffer | undefined): Buffer | undefined {
  const pad = padded?.at(-1) ?? 0;
  if (!padded || pad < 1 || pad > blockBytes || pad > padded.length) return undefined;
  for (const byte of padded.subarray(padded.length - pad)) if (byte !== pad) return undefined;
  return padded.subarray(0, padded.length - pad);
}

/** SHA-1 over the parts, sorted by bytes and joined: hex. */
export const sha1OfSorted = (parts: readonly string[]): string =>
  createHash('sha1')
    .update([...parts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).join(''))
    .digest('hex');

/** In constant time for equal lengths. */
export function equalBytes(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

export const equalText = (a: string, b: string): boolean => equalBytes(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'));

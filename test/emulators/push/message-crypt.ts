import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const BLOCK_BYTES = 32;

/**
 * The envelope that WeChat and WeCom share: AES-256-CBC over `random(16) + length(4, big-endian) + message + receiver`,
 * padded to 32-byte blocks, signed with SHA-1 over the sorted token, timestamp, nonce and ciphertext.
 * Written apart from the server's, so that a mistake there does not hide behind the same mistake here.
 *
 * @see test/fixtures/platform-vectors/message-envelope.json (published vectors)
 */
export class MessageCrypt {
  private readonly key: Buffer;

  constructor(
    private readonly token: string,
    encodingAesKey: string,
    private readonly receiver: string,
  ) {
    this.key = Buffer.from(`${encodingAesKey}=`, 'base64');
    if (this.key.length !== 32) throw new Error('an EncodingAESKey has 43 characters and stands for 32 bytes');
  }

  sign(timestamp: string, nonce: string, encrypted: string): string {
    return sha1OfSorted([this.token, timestamp, nonce, encrypted]);
  }

  /** The plain `signature` of WeChat's query: it proves the token, not the body. */
  signPlain(timestamp: string, nonce: string): string {
    return sha1OfSorted([this.token, timestamp, nonce]);
  }

  encrypt(message: string, random: Buffer = randomBytes(16)): string {
    const text = Buffer.from(message, 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(text.length);
    const plain = Buffer.concat([random, length, text, Buffer.from(this.receiver, 'utf8')]);
    const pad = BLOCK_BYTES - (plain.length % BLOCK_BYTES);
    const cipher = createCipheriv('aes-256-cbc', this.key, this.key.subarray(0, 16)).setAutoPadding(false);
    return Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(pad, pad)])), cipher.final()]).toString('base64');
  }

  /** @throws Error on a wrong key, broken padding or a foreign receiver */
  decrypt(encrypted: string): string {
    const decipher = createDecipheriv('aes-256-cbc', this.key, this.key.subarray(0, 16)).setAutoPadding(false);
    const padded = Buffer.concat([decipher.update(Buffer.from(encrypted, 'base64')), decipher.final()]);
    const pad = padded.at(-1) ?? 0;
    if (pad < 1 || pad > BLOCK_BYTES || pad >= padded.length) throw new Error('broken padding');
    const plain = padded.subarray(0, padded.length - pad);
    const end = 20 + plain.readUInt32BE(16);
    if (end > plain.length) throw new Error('broken length');
    if (plain.subarray(end).toString('utf8') !== this.receiver) throw new Error('foreign receiver');
    return plain.subarray(20, end).toString('utf8');
  }
}

function sha1OfSorted(parts: readonly string[]): string {
  return createHash('sha1')
    .update([...parts].sort(byBytes).join(''))
    .digest('hex');
}

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { FieldSealer } from './field-sealer';

const algorithm = 'aes-256-gcm';
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const keyIdForm = /^[A-Za-z0-9_-]{1,16}$/;

export interface SealerKeys {
  /** By key id; `current` seals, all open. 32 bytes each. */
  readonly fieldKeys: { readonly current: string; readonly keys: Readonly<Record<string, Buffer>> };
  readonly blindIndexKey: Buffer;
}

/** Sealed form: `<key id>.<base64url(nonce ‖ ciphertext ‖ tag)>`. */
export function aesFieldSealer({ fieldKeys, blindIndexKey }: SealerKeys): FieldSealer {
  const keys = new Map(Object.entries(fieldKeys.keys));
  for (const [id, key] of keys) {
    if (!keyIdForm.test(id)) throw new Error('a field key id has 1 to 16 letters, digits, - or _');
    if (key.length !== keyBytes) throw new Error(`field key ${id} is not ${keyBytes} bytes`);
  }
  if (blindIndexKey.length < keyBytes) throw new Error(`the blind index key is shorter than ${keyBytes} bytes`);
  const current = keys.get(fieldKeys.current);
  if (!current) throw new Error(`there is no field key ${fieldKeys.current}`);
  return {
    seal: (purpose, plain) => `${fieldKeys.current}.${encrypt(current, purpose, plain)}`,
    open(purpose, sealed) {
      const dot = sealed.indexOf('.');
      const key = keys.get(sealed.slice(0, Math.max(dot, 0)));
      if (!key) throw new Error('sealed with an unknown key');
      return decrypt(key, purpose, sealed.slice(dot + 1));
    },
    // The length before the purpose keeps ('ab', 'c') and ('a', 'bc') apart.
    blindIndex: (purpose, plain) => createHmac('sha256', blindIndexKey).update(`${purpose.length}:${purpose}${plain}`).digest('hex'),
  };
}

function encrypt(key: Buffer, purpose: string, plain: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(purpose, 'utf8'));
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url');
}

function decrypt(key: Buffer, purpose: string, encoded: string): string {
  const bytes = Buffer.from(encoded, 'base64url');
  if (bytes.length < nonceBytes + tagBytes) throw new Error('sealed value is too short');
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(purpose, 'utf8'));
  decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, bytes.length - tagBytes)), decipher.final()]).toString('utf8');
}

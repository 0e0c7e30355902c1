import { randomBytes, type ScryptOptions, scrypt } from 'node:crypto';
import { constantTimeEqual } from './compare';

/** OWASP's minimum for scrypt at r = 8: N = 2^17. 128 MB and about 0.3 s each. @see https://cheatsheetseries.owasp.org (read 2026-11) */
const defaults = { logN: 17, r: 8, p: 1 };
const saltBytes = 16;
const hashBytes = 32;
const stored = /^scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$([A-Za-z0-9_-]+)\$([A-Za-z0-9_-]+)$/;

export type ScryptCost = typeof defaults;

/** `scrypt$logN$r$p$salt$hash`: the parameters travel with the hash, so they can be raised later. */
export async function hashPassword(password: string, cost: ScryptCost = defaults): Promise<string> {
  const salt = randomBytes(saltBytes);
  const hash = await derive(password, salt, cost);
  return ['scrypt', cost.logN, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

export async function isPassword(password: string, hashed: string): Promise<boolean> {
  const [, logN, r, p, salt, hash] = stored.exec(hashed) ?? [];
  if (!salt || !hash) return false;
  const found = await derive(password, Buffer.from(salt, 'base64url'), { logN: Number(logN), r: Number(r), p: Number(p) });
  return constantTimeEqual(found, Buffer.from(hash, 'base64url'));
}

/** True when the hash was made with other parameters than today's: hash again at the next good sign-in. */
export function isOutdatedHash(hashed: string, cost: ScryptCost = defaults): boolean {
  const [, logN, r, p] = stored.exec(hashed) ?? [];
  return Number(logN) !== cost.logN || Number(r) !== cost.r || Number(p) !== cost.p;
}

function derive(password: string, salt: Buffer, { logN, r, p }: ScryptCost): Promise<Buffer> {
  // Node's default maxmem (32 MB) is below what N = 2^17 needs: 128 * N * r bytes, and a little.
  const options: ScryptOptions = { N: 2 ** logN, r, p, maxmem: 256 * 2 ** logN * r };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, hashBytes, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

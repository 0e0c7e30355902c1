import { Secret, TOTP } from 'otpauth';

const periodSec = 30;
const secretOf = (text: string): Secret => Secret.fromBase32(text);
const totpOf = (secret: string, issuer: string, label: string): TOTP =>
  new TOTP({ issuer, label, secret: secretOf(secret), algorithm: 'SHA1', digits: 6, period: periodSec });

export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;
export const totpUri = (secret: string, issuer: string, label: string): string => totpOf(secret, issuer, label).toString();

/**
 * The 30-second step this code belongs to, one step of clock drift allowed either way; undefined when it is none.
 * A caller must refuse a step that was used before: a code works once (RFC 6238 §5.2).
 */
export function totpStep(secret: string, code: string, now: Date): number | undefined {
  const delta = totpOf(secret, '', '').validate({ token: code, timestamp: now.getTime(), window: 1 });
  return delta === null ? undefined : Math.floor(now.getTime() / 1000 / periodSec) + delta;
}

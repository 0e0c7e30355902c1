import { createHmac, randomBytes } from 'node:crypto';
import { type BuiltPush, type PushVariant, STALE_SEC } from './built-push';

export interface SmsPushAccount {
  readonly name: string;
  readonly key: string;
}

/** What the gateway tells of one message. It names no number: the message id is enough. */
export interface SmsReceipt {
  readonly messageId: string;
  readonly reference?: string;
  readonly result: 'delivered' | 'failed';
  readonly code: string;
  readonly at: string;
}

/** Hex HMAC-SHA256 over `timestamp\nnonce\nbody`, see sms/README.md. */
export const signSms = (key: string, timestamp: string, nonce: string, body: string): string =>
  createHmac('sha256', key).update(`${timestamp}\n${nonce}\n`).update(body).digest('hex');

/** There is nothing to decrypt here: `plaintext` and `foreign-receiver` are a body without, and with another key's, signature. */
export function buildSmsPush(account: SmsPushAccount, receipt: SmsReceipt, nowSec: number, variant: PushVariant = 'valid'): BuiltPush {
  const body = JSON.stringify(receipt);
  const timestamp = String(variant === 'stale' ? nowSec - STALE_SEC : nowSec);
  const nonce = randomBytes(12).toString('hex');
  const key = variant === 'foreign-receiver' ? `${account.key}-foreign` : account.key;
  const signature = variant === 'bad-signature' ? '0'.repeat(64) : signSms(key, timestamp, nonce, body);
  const isSigned = variant !== 'unsigned' && variant !== 'plaintext';
  return {
    method: 'POST',
    path: `/callbacks/sms/${account.name}`,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'x-sms-timestamp': timestamp,
      'x-sms-nonce': nonce,
      ...(isSigned ? { 'x-sms-signature': signature } : {}),
    },
    body: variant === 'tampered' ? body.replace('"code":"', '"code":"X') : body,
  };
}

import { createHmac } from 'node:crypto';
import type { Clock } from '@suiban/shared/time';
import type { RawPush } from '../channel';
import { equalText } from '../message-crypt';
import { forged, requireFresh, requireSmall } from '../push-guard';

export interface VerifiedPush {
  readonly text: string;
  readonly nonce: string;
}

/** HMAC-SHA256 over `timestamp\nnonce\nraw body` with the account's key. @throws DomainError kernel:forged-callback */
export function verify(key: string, clock: Clock): (push: RawPush) => VerifiedPush {
  return (push) => {
    requireSmall(push.body);
    const timestamp = headerOf(push, 'x-sms-timestamp');
    const nonce = headerOf(push, 'x-sms-nonce');
    const signature = headerOf(push, 'x-sms-signature');
    if (push.method !== 'POST' || key === '' || nonce === '' || signature === '') forged();
    const expected = createHmac('sha256', key).update(`${timestamp}\n${nonce}\n`).update(push.body).digest('hex');
    if (!equalText(expected, signature.toLowerCase())) forged();
    requireFresh(clock, timestamp);
    return { text: push.body.toString('utf8'), nonce: signature.toLowerCase() };
  };
}

const headerOf = (push: RawPush, name: string): string => {
  const value = push.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
};

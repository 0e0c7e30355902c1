import type { KeyObject } from 'node:crypto';
import type { Clock } from '@suiban/shared/time';
import type { WechatPayAccount } from '../../config/accounts';
import type { OutboundAnswer, OutboundClient } from '../../kernel/outbound/outbound';
import { OutboundError } from '../../kernel/outbound/outbound-error';
import { isRsaSignature, rsaPrivateKey } from '../rsa-keys';
import { authorization, freshNonce, merchantSigner, signedByPlatform } from './signature';

export interface PayRequest {
  readonly method: 'GET' | 'POST';
  /** Path and query, as they are signed. */
  readonly url: string;
  /** The exact text that is signed and sent. */
  readonly body?: string;
  readonly timeoutMs?: number;
}

/** `answer`: HTTP 2xx with a signature that holds. `refused`: the platform said no; not every refusal is signed, so nothing but its status is trusted. */
export type PayAnswer =
  | { readonly kind: 'answer'; readonly body: Buffer }
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'not-sent'; readonly code: string }
  /** The platform may have acted on it. */
  | { readonly kind: 'unclear'; readonly code: string };

/** The key of a serial; the body is there for the answer that itself brings the keys. */
export type KeyOf = (serial: string, body: Buffer) => KeyObject | undefined;

export interface PayClient {
  /** Signed with the merchant's key; the answer's signature is verified on its raw bytes. Never throws. */
  call(request: PayRequest, keyOf: KeyOf): Promise<PayAnswer>;
}

export function payClient(account: WechatPayAccount, client: OutboundClient, clock: Clock): PayClient {
  const signer = merchantSigner(account.mchId, account.merchantSerial, rsaPrivateKey(account.merchantPrivateKey));
  return {
    async call({ method, url, body = '', timeoutMs }, keyOf) {
      const timestamp = String(Math.floor(clock.now().getTime() / 1000));
      const headers = {
        accept: 'application/json',
        'user-agent': 'Suiban',
        authorization: authorization(signer, { method, url, body, timestamp, nonce: freshNonce() }),
        ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
        // Asks for an answer signed with the public key instead of a platform certificate.
        ...(account.publicKey ? { 'wechatpay-serial': account.publicKey.id } : {}),
      };
      const sent = method === 'POST' ? { body } : {};
      try {
        const answer = await client.request({ method, path: url, headers, ...sent, ...(timeoutMs ? { timeoutMs } : {}) });
        return readAnswer(answer, keyOf);
      } catch (error) {
        if (!(error instanceof OutboundError)) throw error;
        return { kind: error.mayHaveArrived ? 'unclear' : 'not-sent', code: error.failure };
      }
    },
  };
}

function readAnswer(answer: OutboundAnswer, keyOf: KeyOf): PayAnswer {
  if (answer.status >= 500) return { kind: 'unclear', code: `http-${answer.status}` };
  if (answer.status < 200 || answer.status >= 300) return { kind: 'refused', status: answer.status };
  const [serial, signature] = [headerOf(answer.headers, 'wechatpay-serial'), headerOf(answer.headers, 'wechatpay-signature')];
  const key = keyOf(serial, answer.body);
  const signed = signedByPlatform(
    headerOf(answer.headers, 'wechatpay-timestamp'),
    headerOf(answer.headers, 'wechatpay-nonce'),
    answer.body,
  );
  if (!key || !isRsaSignature(key, signed, signature)) return { kind: 'unclear', code: 'bad-signature' };
  return { kind: 'answer', body: answer.body };
}

export const headerOf = (headers: OutboundAnswer['headers'], name: string): string => {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
};

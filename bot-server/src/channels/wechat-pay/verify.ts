import { DomainError } from '@suiban/shared/errors';
import type { Clock } from '@suiban/shared/time';
import type { Logger } from '../../kernel/log/logger';
import type { RawPush } from '../channel';
import { forged, pushWindowSec, requireSmall } from '../push-guard';
import { isRsaSignature } from '../rsa-keys';
import { headerOf } from './client';
import type { PlatformKeys } from './platform-keys';
import { signedByPlatform } from './signature';

export interface VerifiedPush {
  readonly text: string;
  /** The signature: differs in every delivery, for time and nonce are in it. */
  readonly nonce: string;
}

/** Traffic of the platform's own that must be refused: it tests whether merchants check signatures. */
const probePrefix = 'WECHATPAY/SIGNTEST/';

/**
 * RSA over `timestamp\nnonce\nraw body\n` with the key that `Wechatpay-Serial` names. Exactly five minutes are too many, as with the
 * platform's own SDK. @throws DomainError kernel:forged-callback; kernel:unavailable when the key could not be asked for
 */
export function verify(keys: PlatformKeys, deps: { clock: Clock; log: Logger }): (push: RawPush) => Promise<VerifiedPush> {
  return async ({ method, headers, body }) => {
    requireSmall(body);
    const [timestamp, nonce, serial, signature] = ['timestamp', 'nonce', 'serial', 'signature'].map((name) =>
      headerOf(headers, `wechatpay-${name}`),
    ) as [string, string, string, string];
    if (signature.startsWith(probePrefix)) {
      deps.log.info('WeChat Pay tested whether forged signatures are refused');
      forged();
    }
    if (method !== 'POST' || nonce === '' || !/^\d{9,11}$/.test(timestamp)) forged();
    if (Math.abs(deps.clock.now().getTime() - Number(timestamp) * 1000) >= pushWindowSec * 1000) forged();
    const found = await keys.find(serial);
    if (found === 'unreachable') throw new DomainError('kernel:unavailable', undefined, { retryAfterMs: 1000 });
    if (found === 'unknown' || !isRsaSignature(found.key, signedByPlatform(timestamp, nonce, body), signature)) return forged();
    // Base64 has many spellings of the same bytes: a replay may not hide behind another one.
    return { text: body.toString('utf8'), nonce: Buffer.from(signature, 'base64').toString('base64') };
  };
}

import { type KeyObject, X509Certificate } from 'node:crypto';
import type { Clock } from '@suiban/shared/time';
import type { WechatPayAccount } from '../../config/accounts';
import type { Logger } from '../../kernel/log/logger';
import { isNode, nodesOf, textOf } from '../push-body';
import { rsaPublicKey } from '../rsa-keys';
import type { PayClient } from './client';
import { openResource } from './sealed-resource';

/*
 * A merchant has the public key (`PUB_KEY_ID_…`), platform certificates, or for the week of its migration both: WeChat Pay then
 * signs with either. Certificates are public and kept in memory, by serial number, inside their validity. They are fetched when a serial
 * is not known: once for all who wait, and so seldom that made-up serials cost nothing.
 */

/** `unknown`: there is no such key. `unreachable`: there may be, but the platform did not answer. */
export type FoundKey = { readonly key: KeyObject } | 'unknown' | 'unreachable';

export interface PlatformKeys {
  find(serial: string): Promise<FoundKey>;
}

interface Certificate {
  readonly key: KeyObject;
  readonly fromMs: number;
  readonly untilMs: number;
}

type Certificates = ReadonlyMap<string, Certificate>;

const publicKeyPrefix = 'PUB_KEY_ID_';
const afterAnswerMs = 10 * 60_000;
const afterFailureMs = 15_000;
/** The caller is a notice that wants its answer within a second. */
const fetchMs = 700;

export function platformKeys(account: WechatPayAccount, client: PayClient, deps: { clock: Clock; log: Logger }): PlatformKeys {
  const own = account.publicKey ? { serial: account.publicKey.id, key: rsaPublicKey(account.publicKey.key) } : undefined;
  let certificates: Certificates = new Map();
  let nextFetchMs = 0;
  let isReached = true;
  let running: Promise<void> | undefined;
  const nowMs = () => deps.clock.now().getTime();
  const valid = (known: Certificates, serial: string): KeyObject | undefined => {
    const found = known.get(serial.toUpperCase());
    return found && found.fromMs <= nowMs() && nowMs() < found.untilMs ? found.key : undefined;
  };
  const publicKey = (serial: string): KeyObject | undefined => (own?.serial === serial ? own.key : undefined);

  async function fetchCertificates(): Promise<void> {
    // NOTE: without a public key the answer is signed by a certificate inside it: only who holds the APIv3 key can have sealed that.
    const answer = await client.call({ method: 'GET', url: '/v3/certificates', timeoutMs: fetchMs }, (serial, body) =>
      serial.startsWith(publicKeyPrefix) ? publicKey(serial) : valid(certificatesOf(account.apiV3Key, body), serial),
    );
    // 404: a merchant that has the public key only. Another refusal is our own fault (keys, clock, quota) and says nothing of certificates.
    isReached = answer.kind === 'answer' || (answer.kind === 'refused' && answer.status === 404);
    nextFetchMs = nowMs() + (isReached ? afterAnswerMs : afterFailureMs);
    if (answer.kind === 'answer') certificates = new Map([...certificates, ...certificatesOf(account.apiV3Key, answer.body)]);
    const outcome = answer.kind === 'refused' ? answer.status : 'code' in answer ? answer.code : certificates.size;
    deps.log.info({ kind: answer.kind, outcome }, 'platform certificates of WeChat Pay asked for');
  }

  return {
    async find(serial) {
      const held = publicKey(serial) ?? valid(certificates, serial);
      if (held) return { key: held };
      if (serial.startsWith(publicKeyPrefix) || !/^[0-9A-Fa-f]{8,64}$/.test(serial)) return 'unknown';
      if (nowMs() >= nextFetchMs) {
        running ??= fetchCertificates().finally(() => {
          running = undefined;
        });
        await running;
      }
      const key = valid(certificates, serial);
      return key ? { key } : isReached ? 'unknown' : 'unreachable';
    },
  };
}

/** What cannot be opened or read is not there. */
function certificatesOf(apiV3Key: string, body: Buffer): Certificates {
  const found = new Map<string, Certificate>();
  for (const entry of nodesOf(listOf(body))) {
    const pem = openResource(apiV3Key, entry.encrypt_certificate);
    const certificate = pem && readCertificate(pem);
    const serial = textOf(entry, 'serial_no').toUpperCase();
    if (certificate?.serialNumber !== serial) continue;
    found.set(serial, {
      key: certificate.publicKey,
      fromMs: Date.parse(textOf(entry, 'effective_time')),
      untilMs: Date.parse(textOf(entry, 'expire_time')),
    });
  }
  return found;
}

function listOf(body: Buffer): unknown {
  try {
    const root: unknown = JSON.parse(body.toString('utf8'));
    return isNode(root) ? root.data : undefined;
  } catch {
    return undefined;
  }
}

function readCertificate(pem: Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

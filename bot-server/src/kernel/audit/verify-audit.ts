import type { Hash } from 'node:crypto';
import type { Database } from '../db/database';
import { type Head, listHeads, type SealedEvent, streamSealed } from './audit.repo';
import { hashEvent, noHash } from './audit-hash';
import { startHead } from './daily-head';

export interface BrokenLink {
  /** Null where the row itself is gone. */
  readonly eventId: string | null;
  readonly sealNo: string;
  readonly what: 'content was changed' | 'a row is missing' | 'the chain does not join' | 'the head of a day differs';
}

export interface AuditVerdict {
  readonly checked: number;
  /** The first, in order of sealing; undefined when all holds. */
  readonly broken?: BrokenLink;
}

/** Recomputes every hash, every chain and every daily head. Reads all sealed events once, in constant memory per chain. */
export async function verifyAudit(db: Database): Promise<AuditVerdict> {
  const heads = headChecker(await listHeads(db));
  const chains = new Map<string, { chainNo: bigint; hash: string }>();
  let checked = 0;
  let sealNo = 0n;
  for await (const events of streamSealed(db, 500)) {
    for (const event of events) {
      sealNo += 1n;
      if (BigInt(event.sealNo) !== sealNo) return { checked, broken: { eventId: null, sealNo: String(sealNo), what: 'a row is missing' } };
      const what = checkLink(chains, event) ?? heads.check(event);
      if (what) return { checked, broken: { eventId: event.id, sealNo: event.sealNo, what } };
      checked += 1;
    }
  }
  const missing = heads.missingAfter(sealNo);
  return missing ? { checked, broken: { eventId: null, sealNo: missing, what: 'a row is missing' } } : { checked };
}

function checkLink(chains: Map<string, { chainNo: bigint; hash: string }>, event: SealedEvent): BrokenLink['what'] | undefined {
  const chain = JSON.stringify([event.aggregate, event.aggregateId]);
  const end = chains.get(chain) ?? { chainNo: 0n, hash: noHash };
  if (BigInt(event.chainNo) !== end.chainNo + 1n || event.prevHash !== end.hash) return 'the chain does not join';
  if (hashEvent(event.prevHash, event) !== event.hash) return 'content was changed';
  chains.set(chain, { chainNo: end.chainNo + 1n, hash: event.hash });
  return undefined;
}

function headChecker(heads: readonly Head[]) {
  const waiting = [...heads];
  let prevHash = noHash;
  let running: Hash = startHead(prevHash);
  return {
    check(event: SealedEvent): BrokenLink['what'] | undefined {
      const head = waiting[0];
      if (!head) return undefined;
      running.update(event.hash);
      if (event.sealNo !== head.lastSealNo) return undefined;
      const hash = running.digest('hex');
      if (head.prevHash !== prevHash || head.hash !== hash) return 'the head of a day differs';
      prevHash = hash;
      running = startHead(prevHash);
      waiting.shift();
      return undefined;
    },
    /** A head that covers more than what is there: the end was cut off. */
    missingAfter: (sealNo: bigint): string | undefined => (waiting[0] ? String(sealNo + 1n) : undefined),
  };
}

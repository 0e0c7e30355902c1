import { createHash, type Hash } from 'node:crypto';
import type { Database } from '../db/database';
import { type Head, insertHead, lastHead, listHashesAfter, lockSealer } from './audit.repo';
import { noHash } from './audit-hash';

const pageSize = 5_000;

/** Starts the hash of a day's head: over the head before it and then every seal of the day, in order. */
export const startHead = (prevHash: string): Hash => createHash('sha256').update(prevHash);

/**
 * Writes the head of `day` (a civil date) over everything sealed since the last head. Returns it, or undefined when nothing was sealed, the
 * day has one already, or another process is at it. Send it outside: what was sealed before then cannot be rewritten unseen.
 */
export async function writeDailyHead(db: Database, day: string): Promise<Head | undefined> {
  return db.tx(async (tx) => {
    if (!(await lockSealer(tx))) return undefined;
    const before = await lastHead(tx);
    if (before && before.day >= day) return undefined;
    const prevHash = before?.hash ?? noHash;
    const hash = startHead(prevHash);
    let last = before?.lastSealNo ?? '0';
    for (;;) {
      const seals = await listHashesAfter(tx, last, pageSize);
      for (const one of seals) hash.update(one.hash);
      last = seals.at(-1)?.sealNo ?? last;
      if (seals.length < pageSize) break;
    }
    const firstSealNo = String(BigInt(before?.lastSealNo ?? 0) + 1n);
    if (BigInt(last) < BigInt(firstSealNo)) return undefined;
    const head: Head = { day, firstSealNo, lastSealNo: last, prevHash, hash: hash.digest('hex') };
    await insertHead(tx, head);
    return head;
  });
}

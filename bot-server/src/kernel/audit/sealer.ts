import type { Database, Tx } from '../db/database';
import { lastSealNo, listChainEnds, listSealable, lockSealer, type Seal, writeSeals } from './audit.repo';
import { hashEvent, noHash, type SealedContent } from './audit-hash';

const pageSize = 500;

/**
 * Writes the hashes of events whose order can no longer change. Returns how many. Events of one aggregate are written under its lock, so
 * their ids are in commit order; `seal_no` numbers all seals without a gap, which makes a removed row show.
 */
export async function sealAudit(db: Database, signal?: AbortSignal): Promise<number> {
  let total = 0;
  while (!signal?.aborted) {
    const count = await db.tx(sealPage);
    total += count;
    if (count < pageSize) break;
  }
  return total;
}

async function sealPage(tx: Tx): Promise<number> {
  if (!(await lockSealer(tx))) return 0;
  const events = await listSealable(tx, pageSize);
  if (events.length === 0) return 0;
  const ends = new Map((await listChainEnds(tx, events)).map((end) => [chainOf(end), { chainNo: BigInt(end.chainNo), hash: end.hash }]));
  let sealNo = await lastSealNo(tx);
  const seals: Seal[] = events.map((event) => {
    const end = ends.get(chainOf(event)) ?? { chainNo: 0n, hash: noHash };
    const next = { chainNo: end.chainNo + 1n, hash: hashEvent(end.hash, event) };
    ends.set(chainOf(event), next);
    sealNo += 1n;
    return { id: event.id, sealNo: String(sealNo), chainNo: String(next.chainNo), prevHash: end.hash, hash: next.hash };
  });
  await writeSeals(tx, seals);
  return events.length;
}

const chainOf = ({ aggregate, aggregateId }: Pick<SealedContent, 'aggregate' | 'aggregateId'>): string =>
  JSON.stringify([aggregate, aggregateId]);

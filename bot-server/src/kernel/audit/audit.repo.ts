import { sql } from 'kysely';
import type { Database, Tx } from '../db/database';
import type { SealedContent } from './audit-hash';

export interface ChainEnd {
  readonly aggregate: string;
  readonly aggregateId: string;
  readonly chainNo: string;
  readonly hash: string;
}

export interface Seal {
  readonly id: string;
  readonly sealNo: string;
  readonly chainNo: string;
  readonly prevHash: string;
  readonly hash: string;
}

export type SealedEvent = SealedContent & Omit<Seal, 'id'>;

const content = sql`
  id, aggregate, aggregate_id as "aggregateId", action, actor_kind as "actorKind", actor_id as "actorId", reason, before, after,
  to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`;

const seal = sql`seal_no as "sealNo", chain_no as "chainNo", prev_hash as "prevHash", hash`;

/** One sealer at a time, for this transaction. Spells SEAL. */
export async function lockSealer(tx: Tx): Promise<boolean> {
  const { locked } = await tx.one<{ locked: boolean }>(sql`select pg_try_advisory_xact_lock(${0x5345414c}::bigint) as locked`);
  return locked;
}

/** Every transaction up to that of the event has ended; or the id is one this server has not given out yet: the row came with a dump. */
const isFinal = (event: string) =>
  sql`(${sql.ref(`${event}.xid`)} < pg_snapshot_xmin(pg_current_snapshot()) or ${sql.ref(`${event}.xid`)} >= pg_snapshot_xmax(pg_current_snapshot()))`;

/**
 * Unsealed events that nothing can come before any more. The transaction id alone does not say so: it is given at the first write, before a
 * wait for the lock of the aggregate, so the later of two events may carry the lower one. Hence an event also waits for the earlier ones of
 * its aggregate.
 */
export const listSealable = (tx: Tx, limit: number): Promise<SealedContent[]> =>
  tx.rows(sql<SealedContent>`
    select ${content} from audit_event e
    where seal_no is null and ${isFinal('e')} and not exists (
      select 1 from audit_event o
      where o.aggregate = e.aggregate and o.aggregate_id = e.aggregate_id and o.id < e.id and o.seal_no is null and not ${isFinal('o')})
    order by id limit ${limit}`);

export const listChainEnds = (tx: Tx, events: readonly SealedContent[]): Promise<ChainEnd[]> =>
  tx.rows(sql<ChainEnd>`
    select distinct on (e.aggregate, e.aggregate_id)
      e.aggregate, e.aggregate_id as "aggregateId", e.chain_no as "chainNo", e.hash
    from audit_event e
    join (select distinct * from unnest(${events.map((event) => event.aggregate)}::text[], ${events.map((event) => event.aggregateId)}::text[]))
      as wanted (aggregate, aggregate_id) on wanted.aggregate = e.aggregate and wanted.aggregate_id = e.aggregate_id
    where e.chain_no is not null
    order by e.aggregate, e.aggregate_id, e.chain_no desc`);

export async function lastSealNo(tx: Tx): Promise<bigint> {
  const row = await tx.first<{ sealNo: string }>(
    sql`select seal_no as "sealNo" from audit_event where seal_no is not null order by seal_no desc limit 1`,
  );
  return BigInt(row?.sealNo ?? 0);
}

export const writeSeals = (tx: Tx, seals: readonly Seal[]): Promise<number> =>
  tx.run(sql`
    update audit_event e set seal_no = s.seal_no, chain_no = s.chain_no, prev_hash = s.prev_hash, hash = s.hash
    from unnest(
      ${seals.map((one) => one.id)}::bigint[], ${seals.map((one) => one.sealNo)}::bigint[], ${seals.map((one) => one.chainNo)}::bigint[],
      ${seals.map((one) => one.prevHash)}::text[], ${seals.map((one) => one.hash)}::text[]
    ) as s (id, seal_no, chain_no, prev_hash, hash)
    where e.id = s.id and e.seal_no is null`);

export const streamSealed = (db: Database, chunkSize: number): AsyncIterable<SealedEvent[]> =>
  db.stream(sql<SealedEvent>`select ${content}, ${seal} from audit_event where seal_no is not null order by seal_no`, chunkSize);

export interface Head {
  readonly day: string;
  readonly firstSealNo: string;
  readonly lastSealNo: string;
  readonly prevHash: string;
  readonly hash: string;
}

export const lastHead = (tx: Tx): Promise<Head | undefined> =>
  tx.first(sql<Head>`
    select day, first_seal_no as "firstSealNo", last_seal_no as "lastSealNo", prev_hash as "prevHash", hash
    from audit_head order by last_seal_no desc limit 1`);

export const listHeads = (tx: Tx): Promise<Head[]> =>
  tx.rows(sql<Head>`
    select day, first_seal_no as "firstSealNo", last_seal_no as "lastSealNo", prev_hash as "prevHash", hash
    from audit_head order by last_seal_no`);

export const listHashesAfter = (tx: Tx, sealNo: string, limit: number): Promise<{ sealNo: string; hash: string }[]> =>
  tx.rows(sql<{ sealNo: string; hash: string }>`
    select seal_no as "sealNo", hash from audit_event where seal_no > ${sealNo}::bigint order by seal_no limit ${limit}`);

export const insertHead = (tx: Tx, head: Head): Promise<number> =>
  tx.run(sql`
    insert into audit_head (day, first_seal_no, last_seal_no, prev_hash, hash)
    values (${head.day}::date, ${head.firstSealNo}::bigint, ${head.lastSealNo}::bigint, ${head.prevHash}, ${head.hash})
    on conflict (day) do nothing`);

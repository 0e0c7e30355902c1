import type { ImportMapping } from '@suiban/shared/api/enterprises';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

export interface ImportRunRow {
  readonly id: string;
  readonly state: 'uploaded' | 'running' | 'completed' | 'failed' | 'cancelled';
  readonly file_name: string;
  readonly file_key: string | null;
  readonly size_bytes: string;
  readonly format: 'csv' | 'xlsx';
  readonly encoding: string;
  readonly delimiter: string | null;
  /** `skip`: rows of the file before the header. */
  readonly header: { readonly skip: number; readonly cells: readonly string[] };
  readonly mapping: ImportMapping;
  readonly mark_as_demo: boolean;
  readonly rows_read: number;
  readonly rows_imported: number;
  readonly rows_updated: number;
  readonly rows_rejected: number;
  readonly rows_duplicate: number;
  readonly bytes_read: string;
  readonly checkpoint_row: number;
  readonly failure: string | null;
  readonly created_by: string;
  readonly bureau_id: string;
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
}

const columns =
  sql.raw(`id, state, file_name, file_key, size_bytes::text as size_bytes, format, encoding, delimiter, header, mapping, mark_as_demo,
  rows_read, rows_imported, rows_updated, rows_rejected, rows_duplicate, bytes_read::text as bytes_read, checkpoint_row, failure, created_by,
  bureau_id, created_at, started_at, finished_at`);
const select = (rest: RawBuilder<unknown>): RawBuilder<ImportRunRow> => sql<ImportRunRow>`select ${columns} from import_run ${rest}`;

export const findRun = (tx: Tx, id: string): Promise<ImportRunRow | undefined> => tx.first(select(sql`where id = ${id}::uuid`));

/** `bureauId` null = every bureau's. */
export const listRuns = (
  tx: Tx,
  page: { bureauId: string | null; before: { createdAt: string; id: string } | undefined; limit: number },
): Promise<ImportRunRow[]> =>
  tx.rows(
    select(sql`
      where (${page.bureauId}::text is null or bureau_id = ${page.bureauId}::text)
        and (${page.before?.id ?? null}::uuid is null
          or (created_at, id) < (${page.before?.createdAt ?? null}::timestamptz, ${page.before?.id ?? null}::uuid))
      order by created_at desc, id desc limit ${page.limit}`),
  );

export interface NewRun {
  readonly fileName: string;
  readonly fileKey: string;
  readonly sizeBytes: number;
  readonly format: 'csv' | 'xlsx';
  readonly encoding: string;
  readonly delimiter: string | null;
  readonly header: ImportRunRow['header'];
  readonly mapping: ImportMapping;
  readonly createdBy: string;
  readonly bureauId: string;
}

export const insertRun = (tx: Tx, run: NewRun, now: Date): Promise<ImportRunRow> =>
  tx.one(sql<ImportRunRow>`
    insert into import_run (file_name, file_key, size_bytes, format, encoding, delimiter, header, mapping, created_by, bureau_id, created_at)
    values (${run.fileName}, ${run.fileKey}, ${run.sizeBytes}, ${run.format}, ${run.encoding}, ${run.delimiter},
      ${JSON.stringify(run.header)}::jsonb, ${JSON.stringify(run.mapping)}::jsonb, ${run.createdBy}::uuid, ${run.bureauId}, ${now})
    returning ${columns}`);

/** uploaded → running. Undefined when it is in another state. */
export const startRun = (
  tx: Tx,
  id: string,
  given: { mapping: ImportMapping; markAsDemo: boolean },
  now: Date,
): Promise<ImportRunRow | undefined> =>
  tx.first(sql<ImportRunRow>`
    update import_run set state = 'running', mapping = ${JSON.stringify(given.mapping)}::jsonb, mark_as_demo = ${given.markAsDemo}, started_at = ${now}
    where id = ${id}::uuid and state = 'uploaded' returning ${columns}`);

/** uploaded | running → cancelled. What was taken over stays. */
export const cancelRun = (tx: Tx, id: string, now: Date): Promise<ImportRunRow | undefined> =>
  tx.first(sql<ImportRunRow>`
    update import_run set state = 'cancelled', finished_at = ${now}, lease_token = null, lease_until = null
    where id = ${id}::uuid and state in ('uploaded', 'running') returning ${columns}`);

/** Takes a running run whose lease is free; the token fences whoever had it before. */
export const leaseRun = (tx: Tx, id: string, token: string, now: Date, until: Date): Promise<ImportRunRow | undefined> =>
  tx.first(sql<ImportRunRow>`
    update import_run set lease_token = ${token}::uuid, lease_until = ${until}
    where id = ${id}::uuid and state = 'running' and (lease_until is null or lease_until <= ${now}) returning ${columns}`);

export const releaseRun = (tx: Tx, id: string, token: string): Promise<number> =>
  tx.run(sql`update import_run set lease_token = null, lease_until = null where id = ${id}::uuid and lease_token = ${token}::uuid`);

/** Locks the run for a chunk; false when it was cancelled, or another worker holds it now. */
export async function isStillOurs(tx: Tx, id: string, token: string): Promise<boolean> {
  const row = await tx.first(
    sql`select 1 from import_run where id = ${id}::uuid and state = 'running' and lease_token = ${token}::uuid for update`,
  );
  return row !== undefined;
}

export interface ChunkCounts {
  readonly read: number;
  readonly imported: number;
  readonly updated: number;
  readonly rejected: number;
  readonly duplicate: number;
}

export const advanceRun = (tx: Tx, id: string, counts: ChunkCounts, bytesRead: number, leaseUntil: Date): Promise<number> =>
  tx.run(sql`
    update import_run set
      rows_read = rows_read + ${counts.read}, rows_imported = rows_imported + ${counts.imported}, rows_updated = rows_updated + ${counts.updated},
      rows_rejected = rows_rejected + ${counts.rejected}, rows_duplicate = rows_duplicate + ${counts.duplicate},
      bytes_read = greatest(bytes_read, ${bytesRead}), checkpoint_row = checkpoint_row + ${counts.read}, lease_until = ${leaseUntil}
    where id = ${id}::uuid`);

export async function finishRun(tx: Tx, id: string, token: string, failure: string | null, now: Date): Promise<boolean> {
  const count = await tx.run(sql`
    update import_run set state = ${failure === null ? 'completed' : 'failed'}, failure = ${failure}, finished_at = ${now},
      bytes_read = case when ${failure}::text is null then size_bytes else bytes_read end, lease_token = null, lease_until = null
    where id = ${id}::uuid and state = 'running' and lease_token = ${token}::uuid`);
  if (count === 1) await tx.run(sql`delete from import_seen where run_id = ${id}::uuid`);
  return count === 1;
}

/** After the file of an ended run was removed. */
export const dropFileKey = (tx: Tx, id: string): Promise<number> =>
  tx.run(sql`update import_run set file_key = null where id = ${id}::uuid and state in ('completed', 'failed', 'cancelled')`);

export const listDueRuns = (tx: Tx, now: Date): Promise<{ id: string }[]> =>
  tx.rows(sql<{ id: string }>`
    select id from import_run where state = 'running' and (lease_until is null or lease_until <= ${now}) order by started_at, id limit 20`);

/** Ended runs that still have a file, and uploads nobody started. */
export const listLeftFiles = (tx: Tx, uploadedBefore: Date): Promise<{ id: string; file_key: string; state: string }[]> =>
  tx.rows(sql<{ id: string; file_key: string; state: string }>`
    select id, file_key, state from import_run
    where file_key is not null and (state in ('completed', 'failed', 'cancelled') or (state = 'uploaded' and created_at < ${uploadedBefore}))
    limit 100`);

export interface ImportErrorRow {
  readonly id: string;
  readonly line: number;
  readonly column_name: string | null;
  readonly rule: string;
  readonly message: string;
  readonly row_sealed: string | null;
}

export const listErrorRows = (tx: Tx, runId: string, after: string | undefined, limit: number): Promise<ImportErrorRow[]> =>
  tx.rows(sql<ImportErrorRow>`
    select id::text as id, line, column_name, rule, message, row_sealed from import_error
    where run_id = ${runId}::uuid and id > ${after ?? '0'}::bigint order by import_error.id limit ${limit}`);

export const countErrorRows = async (tx: Tx, runId: string): Promise<number> =>
  (await tx.one<{ count: number }>(sql`select count(*)::int as count from import_error where run_id = ${runId}::uuid`)).count;

import { randomUUID } from 'node:crypto';
import { DomainError } from '@suiban/shared/errors';
import type { Tx } from '../../kernel/db/database';
import type { TaskDefinition } from '../../kernel/tasks/tasks';
import type { Deps } from '../module';
import { type Chunk, writeChunk } from './chunk';
import { importLimits } from './enterprises.policy';
import { dropImportFile, fileOf, placesOf } from './files';
import { analyseFirms } from './firms.repo';
import { type RowChecker, rowChecker } from './imports/check-row';
import { eachRow } from './imports/source';
import type { SourceRow } from './imports/xlsx';
import { advanceRun, finishRun, type ImportRunRow, isStillOurs, leaseRun, listDueRuns, listLeftFiles, releaseRun } from './imports.repo';

/*
 * running: a worker holds the lease and takes the file over in chunks of 500 rows. A chunk's firms, errors, counters and checkpoint are
 * one transaction, so a killed worker loses at most an uncommitted chunk; the next one reads the file again and goes on after the
 * checkpoint. The lease token is checked under a row lock in each chunk: a cancelled run, or a worker that woke up too late, writes nothing.
 */
export const importQueue = 'enterprise-import';

export const importTask = (deps: Deps): TaskDefinition => ({
  queue: importQueue,
  everyMs: deps.config.dispatch.sweepSec * 1000,
  handle: async ({ runId }, { signal }) => {
    if (typeof runId === 'string') return runImport(deps, runId, signal);
    for (const { id } of await listDueRuns(deps.db, deps.clock.now())) {
      if (!signal.aborted) await runImport(deps, id, signal);
    }
    const uploadedBefore = new Date(deps.clock.now().getTime() - importLimits.idleUploadMs);
    for (const left of await listLeftFiles(deps.db, uploadedBefore)) await dropImportFile(deps, left);
  },
});

async function runImport(deps: Deps, runId: string, signal: AbortSignal): Promise<void> {
  const token = randomUUID();
  const run = await leaseRun(deps.db, runId, token, deps.clock.now(), leaseEnd(deps));
  if (!run?.file_key) return;
  let failure: string | null = null;
  try {
    const isWhole = await takeOver(deps, run, token, signal);
    if (!isWhole) {
      await releaseRun(deps.db, runId, token);
      return;
    }
  } catch (error) {
    if (!(error instanceof DomainError) || error.type !== 'enterprises:unreadable-file') {
      await releaseRun(deps.db, runId, token);
      throw error;
    }
    failure = error.message;
  }
  const isFinished = await deps.db.tx((tx) => finish(deps, tx, run, token, failure));
  if (!isFinished) return;
  await analyseFirms(deps.db);
  await dropImportFile(deps, { id: run.id, file_key: run.file_key, state: 'completed' });
}

const leaseEnd = ({ clock, config }: Deps): Date => new Date(clock.now().getTime() + config.dispatch.leaseSec * 1000);

async function finish(deps: Deps, tx: Tx, run: ImportRunRow, token: string, failure: string | null): Promise<boolean> {
  if (!(await finishRun(tx, run.id, token, failure, deps.clock.now()))) return false;
  await deps.audit.record(tx, {
    aggregate: 'import',
    aggregateId: run.id,
    action: failure === null ? 'import.completed' : 'import.failed',
    actor: { kind: 'system', id: 'importer' },
  });
  return true;
}

/** True when the end of the file was reached; false when the run was taken away or the process drains. */
async function takeOver(deps: Deps, run: ImportRunRow, token: string, signal: AbortSignal): Promise<boolean> {
  const check = rowChecker(run.header.cells, run.mapping, placesOf(deps));
  const state = { rowsToSkip: run.header.skip + 1 + run.checkpoint_row, bytesRead: 0, isOurs: true };
  let chunk = emptyChunk();
  const commit = async (): Promise<boolean> => {
    const full = chunk;
    chunk = emptyChunk();
    if (full.rowCount > 0) state.isOurs = await commitChunk(deps, run, token, full, state.bytesRead);
    return state.isOurs && !signal.aborted;
  };
  const options = {
    recordBytes: importLimits.recordBytes,
    onBytes: (read: number) => {
      state.bytesRead = read;
    },
  };
  let isStopped = false;
  const take = async (row: SourceRow): Promise<boolean> => {
    if (state.rowsToSkip > 0) {
      state.rowsToSkip -= 1;
      return true;
    }
    addRow(chunk, check, row);
    if (chunk.rowCount < importLimits.chunkRows) return true;
    isStopped = !(await commit());
    return !isStopped;
  };
  try {
    await eachRow(fileOf(deps, run), sourceOf(run), options, take);
  } catch (error) {
    // The rows before the place that cannot be read are kept.
    if (error instanceof DomainError) await commit();
    throw error;
  }
  if (!isStopped) isStopped = !(await commit()) && !state.isOurs;
  return !isStopped;
}

const emptyChunk = (): Chunk => ({ rowCount: 0, firms: [], rejected: [] });

function addRow(chunk: Chunk, check: RowChecker, row: { line: number; cells: readonly string[] }): void {
  chunk.rowCount += 1;
  const checked = check(row.line, row.cells);
  if ('firm' in checked) chunk.firms.push({ firm: checked.firm, cells: row.cells });
  else chunk.rejected.push({ cells: row.cells, faults: checked.faults });
}

export const sourceOf = (run: ImportRunRow) => ({
  format: run.format,
  encoding: run.encoding,
  delimiter: run.delimiter,
  sizeBytes: Number(run.size_bytes),
});

function commitChunk(deps: Deps, run: ImportRunRow, token: string, chunk: Chunk, bytesRead: number): Promise<boolean> {
  return deps.db.tx(async (tx) => {
    if (!(await isStillOurs(tx, run.id, token))) return false;
    const counts = await writeChunk(deps, tx, run, chunk);
    await advanceRun(tx, run.id, counts, bytesRead, leaseEnd(deps));
    return true;
  });
}

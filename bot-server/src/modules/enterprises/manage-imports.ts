import type { ImportMapping, ImportPreview, ImportRun } from '@suiban/shared/api/enterprises';
import { DomainError } from '@suiban/shared/errors';
import type { OfficialActor } from '../../kernel/http/actor';
import type { Upload } from '../../kernel/http/route';
import type { Deps } from '../module';
import { importLimits, mustOwnImport } from './enterprises.policy';
import { dropImportFile, fileOf } from './files';
import { importQueue, sourceOf } from './importer';
import { fieldOf, findHeader, guessMapping, importColumns, missingColumns } from './imports/columns';
import { eachRow, inspectFile, type OpenFile, type SourceFile } from './imports/source';
import type { SourceRow } from './imports/xlsx';
import { unreadable } from './imports/zip';
import { cancelRun, countErrorRows, findRun, type ImportRunRow, insertRun, listErrorRows, listRuns, startRun } from './imports.repo';
import { cursorOf, readCursor } from './views';

const headerSearchRows = 10;

export const runView = (row: ImportRunRow): ImportRun => ({
  id: row.id,
  state: row.state,
  fileName: row.file_name,
  sizeBytes: Number(row.size_bytes),
  format: row.format,
  encoding: row.encoding,
  markAsDemo: row.mark_as_demo,
  rowsRead: row.rows_read,
  rowsImported: row.rows_imported,
  rowsUpdated: row.rows_updated,
  rowsRejected: row.rows_rejected,
  rowsDuplicate: row.rows_duplicate,
  bytesRead: Number(row.bytes_read),
  failure: row.failure,
  createdAt: row.created_at.toISOString(),
  startedAt: row.started_at?.toISOString() ?? null,
  finishedAt: row.finished_at?.toISOString() ?? null,
});

async function firstRows(open: OpenFile, file: SourceFile, most: number): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  await eachRow(open, file, { recordBytes: importLimits.recordBytes }, (row) => {
    rows.push(row);
    return rows.length < most;
  });
  return rows;
}

/** Only for showing: the file itself is stored under a key of ours. */
const shownName = (fileName: string): string => fileName.replace(/[\p{Cc}\p{Cs}\\/]/gu, '_').slice(-120) || '未命名';

/**
 * Stores the file, judges it by its content and answers with what was understood. Nothing is taken over yet.
 * @throws DomainError kernel:too-large, kernel:unsupported-type, enterprises:unreadable-file; then nothing is kept
 */
export async function uploadImport(deps: Deps, actor: OfficialActor, upload: Upload): Promise<ImportPreview> {
  const { key, sizeBytes } = await deps.files.put(upload.stream, { maxBytes: importLimits.fileBytes });
  const open: OpenFile = () => deps.files.open(key);
  try {
    const facts = await inspectFile(open);
    const file: SourceFile =
      facts.format === 'csv' ? { ...facts, sizeBytes } : { format: 'xlsx', encoding: 'XLSX', delimiter: null, sizeBytes };
    const rows = await firstRows(open, file, headerSearchRows + importLimits.previewRows);
    const skip = findHeader(rows.map(({ cells }) => cells));
    const header = (rows[skip]?.cells ?? []).map((cell) => cell.trim());
    if (header.every((cell) => cell === '')) throw unreadable('文件里没有内容，请核对后重新上传');
    if (header.length > importLimits.columns)
      throw unreadable(`文件有 ${header.length} 列，最多 ${importLimits.columns} 列，请删去无关的列`);
    const run = await deps.db.tx(async (tx) => {
      const inserted = await insertRun(
        tx,
        {
          fileName: shownName(upload.fileName),
          fileKey: key,
          sizeBytes,
          format: file.format,
          encoding: file.encoding,
          delimiter: file.delimiter,
          header: { skip, cells: header },
          mapping: guessMapping(header),
          createdBy: actor.id,
          bureauId: actor.bureauId,
        },
        deps.clock.now(),
      );
      const after = { format: file.format, sizeBytes };
      await deps.audit.record(tx, { aggregate: 'import', aggregateId: inserted.id, action: 'import.uploaded', actor, after });
      return inserted;
    });
    return previewOf(run, rows);
  } catch (error) {
    await deps.files.remove(key);
    throw error;
  }
}

function previewOf(run: ImportRunRow, rows: readonly SourceRow[]): ImportPreview {
  const { skip, cells } = run.header;
  return {
    run: runView(run),
    columns: cells.map((header, index) => ({ index, header, guessed: fieldOf(header) ?? null })),
    mapping: run.mapping,
    missing: missingColumns(run.mapping),
    fields: importColumns.map(({ field, label, isRequired }) => ({ field, label, isRequired })),
    rows: rows.slice(skip + 1, skip + 1 + importLimits.previewRows).map(({ line, cells: row }) => ({ line, cells: [...row] })),
  };
}

async function ownRun(deps: Deps, actor: OfficialActor, id: string): Promise<ImportRunRow> {
  const run = await findRun(deps.db, id);
  mustOwnImport(actor, run);
  if (!run) throw new DomainError('kernel:not-found');
  return run;
}

export async function previewImport(deps: Deps, actor: OfficialActor, id: string): Promise<ImportPreview> {
  const run = await ownRun(deps, actor, id);
  if (run.state !== 'uploaded' || run.file_key === null) throw wrongState(run);
  return previewOf(run, await firstRows(fileOf(deps, run), sourceOf(run), run.header.skip + 1 + importLimits.previewRows));
}

const stateWords = { uploaded: '等待确认', running: '正在导入', completed: '已完成', failed: '已失败', cancelled: '已取消' } as const;
const wrongState = (run: ImportRunRow) =>
  new DomainError('enterprises:import-wrong-state', `该导入${stateWords[run.state]}，不能再执行此操作`);

/**
 * Confirms the columns and begins. @throws DomainError enterprises:missing-columns naming each, enterprises:import-wrong-state,
 * kernel:invalid-request
 */
export async function startImport(
  deps: Deps,
  actor: OfficialActor,
  id: string,
  given: { mapping: ImportMapping; markAsDemo: boolean },
): Promise<ImportRun> {
  const run = await ownRun(deps, actor, id);
  checkMapping(run, given.mapping);
  const started = await deps.db.tx(async (tx) => {
    const row = await startRun(tx, id, given, deps.clock.now());
    if (!row) throw wrongState((await findRun(tx, id)) ?? run);
    await deps.audit.record(tx, {
      aggregate: 'import',
      aggregateId: id,
      action: 'import.started',
      actor,
      after: { mapping: given.mapping, markAsDemo: given.markAsDemo },
    });
    return row;
  });
  await deps.tasks.wake(importQueue, { runId: id }, { key: id });
  return runView(started);
}

function checkMapping(run: ImportRunRow, mapping: ImportMapping): void {
  const missing = missingColumns(mapping);
  if (missing.length > 0) {
    const names = missing.map(({ label }) => `“${label}”`).join('、');
    throw new DomainError('enterprises:missing-columns', `文件缺少必需的列：${names}。请在文件中补上，或为它们选择对应的列`, {
      errors: missing.map(({ field, label, accepted }) => ({
        pointer: `/body/mapping/${field}`,
        detail: `缺少列“${label}”（可用的列名：${accepted.slice(0, 6).join('、')}）`,
      })),
    });
  }
  const used = new Map<number, string>();
  const errors = Object.entries(mapping).flatMap(([field, index]) => {
    const pointer = `/body/mapping/${field}`;
    if (index >= run.header.cells.length) return [{ pointer, detail: `文件没有第 ${index + 1} 列` }];
    const other = used.get(index);
    used.set(index, field);
    return other === undefined ? [] : [{ pointer, detail: `第 ${index + 1} 列已经对应 ${other}，一列只能有一个含义` }];
  });
  if (errors.length > 0) throw new DomainError('kernel:invalid-request', '列的对应关系有误，请核对', { errors });
}

/** What is taken over stays. @throws DomainError enterprises:import-wrong-state */
export async function cancelImport(deps: Deps, actor: OfficialActor, id: string): Promise<ImportRun> {
  const run = await ownRun(deps, actor, id);
  const cancelled = await deps.db.tx(async (tx) => {
    const row = await cancelRun(tx, id, deps.clock.now());
    if (!row) throw wrongState((await findRun(tx, id)) ?? run);
    await deps.audit.record(tx, { aggregate: 'import', aggregateId: id, action: 'import.cancelled', actor });
    return row;
  });
  if (cancelled.file_key !== null) await dropImportFile(deps, { id, file_key: cancelled.file_key, state: 'cancelled' });
  return runView(cancelled);
}

export const readImport = async (deps: Deps, actor: OfficialActor, id: string): Promise<ImportRun> =>
  runView(await ownRun(deps, actor, id));

export async function listImports(deps: Deps, actor: OfficialActor, query: { cursor?: string | undefined; limit: number }) {
  const [createdAt, id] = readCursor(query.cursor, /^[0-9TZ:.-]+\|[0-9a-f-]{36}$/) ?? [];
  const before = createdAt !== undefined && id !== undefined ? { createdAt, id } : undefined;
  const bureauId = actor.roles.includes('system-admin') ? null : actor.bureauId;
  const rows = await listRuns(deps.db, { bureauId, before, limit: query.limit + 1 });
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  const nextCursor = rows.length > query.limit && last ? cursorOf(last.created_at.toISOString(), last.id) : null;
  return { items: items.map(runView), nextCursor, total: null };
}

export async function listImportErrors(
  deps: Deps,
  actor: OfficialActor,
  id: string,
  query: { cursor?: string | undefined; limit: number },
) {
  await ownRun(deps, actor, id);
  const [after] = readCursor(query.cursor, /^\d{1,18}$/) ?? [];
  const rows = await listErrorRows(deps.db, id, after, query.limit + 1);
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return {
    items: items.map((row) => ({ line: row.line, column: row.column_name, rule: row.rule, message: row.message })),
    nextCursor: rows.length > query.limit && last ? cursorOf(last.id) : null,
    total: await countErrorRows(deps.db, id),
  };
}

import { Readable } from 'node:stream';
import { DomainError } from '@suiban/shared/errors';
import type { OfficialActor } from '../../kernel/http/actor';
import type { Download } from '../../kernel/http/route';
import type { Deps } from '../module';
import { errorRowPurpose } from './chunk';
import { mustOwnImport } from './enterprises.policy';
import { importColumns } from './imports/columns';
import { byteOrderMark, csvLine } from './imports/inert';
import { findRun, type ImportErrorRow, listErrorRows } from './imports.repo';

const pageSize = 500;
const csv = 'text/csv; charset=utf-8';

/** The rejected rows as they were, with 行号 before and 错误说明 behind; constant memory, no cell runs in a spreadsheet. */
export async function downloadErrors(deps: Deps, actor: OfficialActor, id: string): Promise<Download> {
  const run = await findRun(deps.db, id);
  mustOwnImport(actor, run);
  if (!run) throw new DomainError('kernel:not-found');
  const name = run.file_name.replace(/\.[^.]*$/, '');
  return { fileName: `${name}-错误行.csv`, mimeType: csv, stream: Readable.from(errorLines(deps, id, run.header.cells)) };
}

async function* errorLines(deps: Deps, runId: string, header: readonly string[]): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(['行号', ...header, '错误说明']);
  let after: string | undefined;
  let open: { cells: readonly string[]; line: number; faults: string[] } | undefined;
  for (;;) {
    const rows = await listErrorRows(deps.db, runId, after, pageSize);
    for (const row of rows) {
      if (row.row_sealed !== null) {
        if (open) yield lineOf(open, header.length);
        open = { cells: JSON.parse(deps.sealer.open(errorRowPurpose, row.row_sealed)) as string[], line: row.line, faults: [] };
      }
      open?.faults.push(faultText(row));
    }
    after = rows.at(-1)?.id;
    if (rows.length < pageSize) break;
  }
  if (open) yield lineOf(open, header.length);
}

const faultText = (row: ImportErrorRow): string => (row.column_name === null ? row.message : `${row.column_name}：${row.message}`);

function lineOf({ cells, line, faults }: { cells: readonly string[]; line: number; faults: readonly string[] }, width: number): string {
  const padded = Array.from({ length: Math.max(width, cells.length) }, (_, index) => cells[index] ?? '');
  return csvLine([String(line), ...padded, faults.join('；')]);
}

/** The header alone: an example row would be imported by someone. */
export async function downloadTemplate(): Promise<Download> {
  const text = byteOrderMark + csvLine(importColumns.map(({ label }) => label));
  return { fileName: '企业名单模板.csv', mimeType: csv, stream: Readable.from([text]) };
}

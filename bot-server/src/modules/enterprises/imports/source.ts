import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { csvRows, type TextEncoding } from './csv';
import { checkWorkbookParts, type FileFacts, inspectContent } from './inspect';
import { type SourceRow, xlsxRows } from './xlsx';
import { openZip, type Zip } from './zip';

/** Opens a stored file from its first byte. */
export type OpenFile = () => Promise<Readable>;

export interface SourceFile {
  readonly format: 'csv' | 'xlsx';
  readonly encoding: string;
  readonly delimiter: string | null;
  readonly sizeBytes: number;
}

/** A zip is read from its end, so it needs a file that can be jumped in; the copy goes whatever happens. */
async function withZip<T>(open: OpenFile, work: (zip: Zip) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'suiban-xlsx-'));
  try {
    const file = path.join(folder, 'book');
    await pipeline(await open(), createWriteStream(file, { mode: 0o600 }));
    const zip = await openZip(file);
    try {
      return await work(zip);
    } finally {
      zip.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a file is, by its content. @throws DomainError kernel:unsupported-type, enterprises:unreadable-file */
export async function inspectFile(open: OpenFile): Promise<FileFacts> {
  const facts = await inspectContent(open);
  if (facts.format === 'xlsx') await withZip(open, async (zip) => checkWorkbookParts(zip.names));
  return facts;
}

/**
 * Hands every row, header and titles included, to `take` until it answers false. `onBytes` hears how much of the stored file is read.
 * @throws DomainError enterprises:unreadable-file
 */
export async function eachRow(
  open: OpenFile,
  file: SourceFile,
  options: { recordBytes: number; onBytes?: (read: number) => void },
  take: (row: SourceRow) => Promise<boolean> | boolean,
): Promise<void> {
  const onBytes = options.onBytes ?? (() => undefined);
  if (file.format === 'xlsx') {
    const scaled = (unpacked: number, total: number) =>
      onBytes(Math.min(file.sizeBytes, Math.round((file.sizeBytes * unpacked) / Math.max(1, total))));
    await withZip(open, (zip) => takeUntil(xlsxRows(zip, scaled), take));
    return;
  }
  const stream = await open();
  const { recordBytes } = options;
  const rows = csvRows({ stream, encoding: file.encoding as TextEncoding, delimiter: file.delimiter ?? ',', recordBytes, onBytes });
  await takeUntil(rows, take);
}

async function takeUntil(rows: AsyncGenerator<SourceRow>, take: (row: SourceRow) => Promise<boolean> | boolean): Promise<void> {
  for await (const row of rows) if (!(await take(row))) return;
}

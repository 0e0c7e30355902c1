import { pipeline, type Readable, Transform } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { DomainError } from '@suiban/shared/errors';
import { type Entry, open, type ZipFile } from 'yauzl';

/** Beyond these an archive is taken for a bomb. A real sheet of a million rows unpacks to some 300 MB at 10 : 1. */
const zipLimits = { entries: 2000, unpackedBytes: 1024 * 1024 * 1024, ratio: 100, ratioFromBytes: 20 * 1024 * 1024 } as const;

export interface Zip {
  readonly names: ReadonlySet<string>;
  sizeOf(name: string): number;
  /** @throws DomainError enterprises:unreadable-file when there is no such part */
  stream(name: string): Promise<Readable>;
  close(): void;
}

export const unreadable = (detail: string): DomainError => new DomainError('enterprises:unreadable-file', detail);

/** Reads the directory only; names are compared, never used as paths. @throws DomainError for a broken archive or a bomb */
export async function openZip(file: string): Promise<Zip> {
  const zip = await opened(file);
  try {
    const entries = await directory(zip);
    return {
      names: new Set(entries.keys()),
      sizeOf: (name) => entries.get(name)?.uncompressedSize ?? 0,
      stream: (name) => partOf(zip, entries, name),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

const opened = (file: string): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    open(file, { lazyEntries: true, autoClose: false, validateEntrySizes: true, strictFileNames: true }, (error, zip) =>
      error ? reject(unreadable('文件已损坏：这不是完整的 ZIP/XLSX 压缩包，请重新另存后上传')) : resolve(zip),
    );
  });

function directory(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > zipLimits.entries) throw bomb();
  const entries = new Map<string, Entry>();
  let unpacked = 0;
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry) => {
      unpacked += entry.uncompressedSize;
      const isTooDense =
        entry.uncompressedSize > zipLimits.ratioFromBytes && entry.uncompressedSize > zipLimits.ratio * Math.max(1, entry.compressedSize);
      if (unpacked > zipLimits.unpackedBytes || isTooDense) return reject(bomb());
      if ((entry.generalPurposeBitFlag & 1) === 1) return reject(unreadable('文件已加密，请取消密码保护后重新上传'));
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', () => reject(unreadable('文件已损坏，或压缩包内的文件名不合规，请重新另存后上传')));
    zip.readEntry();
  });
}

const bomb = () => unreadable('压缩包解开后过大，已停止读取；请拆分成较小的文件，或另存为 CSV 上传');

function partOf(zip: ZipFile, entries: ReadonlyMap<string, Entry>, name: string): Promise<Readable> {
  const entry = entries.get(name);
  if (!entry) throw unreadable(`文件不完整：缺少 ${name}，请在 Excel 中重新另存为 .xlsx`);
  return new Promise((resolve, reject) => {
    // Compressed bytes as they are: yauzl's own inflating stream, once it fails, tells nobody (2.10 replaces its `destroy`).
    const options = entry.compressionMethod === 8 ? { decompress: false } : {};
    zip.openReadStream(entry, options, (error, stream) => (error ? reject(broken()) : resolve(unpacked(stream, entry))));
  });
}

const broken = () => unreadable('文件已损坏，请重新另存后上传');

/** Inflates and holds the part to the size that the directory declares: the limits were judged by it. */
function unpacked(stream: Readable, entry: Entry): Readable {
  let size = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      done(size > entry.uncompressedSize ? broken() : null, chunk);
    },
    flush: (done) => done(size === entry.uncompressedSize ? null : broken()),
  });
  const parts = entry.compressionMethod === 8 ? [stream, createInflateRaw(), meter] : [stream, meter];
  pipeline(parts, (error) => {
    if (error && !meter.destroyed) meter.destroy(broken());
  });
  return meter;
}

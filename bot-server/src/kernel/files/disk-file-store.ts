import { randomBytes } from 'node:crypto';
import { constants, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DomainError } from '@suiban/shared/errors';
import type { FileStore } from './file-store';

const keyForm = /^[0-9a-f]{32}$/;

/** Under `<folder>/<first two of key>/<key>`. A file appears under its key only when it is whole. */
export function diskFileStore(folder: string): FileStore {
  const fileOf = (key: string): string => {
    if (!keyForm.test(key)) throw new DomainError('kernel:not-found', '没有找到这个文件');
    return path.join(folder, key.slice(0, 2), key);
  };
  return {
    async put(stream, { maxBytes }) {
      const key = randomBytes(16).toString('hex');
      const file = fileOf(key);
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      const partial = `${file}.partial`;
      try {
        const sizeBytes = await write(stream, partial, maxBytes);
        await rename(partial, file);
        return { key, sizeBytes };
      } catch (error) {
        await rm(partial, { force: true });
        throw error;
      }
    },
    async open(key) {
      const file = fileOf(key);
      try {
        // NOTE: opened before it is returned, so that a missing file is an answer and not an error in the middle of a download.
        const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
        return handle.createReadStream();
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new DomainError('kernel:not-found', '没有找到这个文件');
        throw error;
      }
    },
    async remove(key) {
      await rm(fileOf(key), { force: true });
    },
  };
}

async function write(stream: Readable, file: string, maxBytes: number): Promise<number> {
  let sizeBytes = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sizeBytes += chunk.length;
      if (sizeBytes <= maxBytes) return done(null, chunk);
      done(new DomainError('kernel:too-large', `文件超过 ${sizeText(maxBytes)}，请压缩或拆分后重新上传`));
    },
  });
  await pipeline(stream, meter, createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true }));
  return sizeBytes;
}

function sizeText(bytes: number): string {
  if (bytes >= 1024 * 1024) return `${Math.floor(bytes / (1024 * 1024))} MB`;
  return bytes >= 1024 ? `${Math.floor(bytes / 1024)} KB` : `${bytes} 字节`;
}

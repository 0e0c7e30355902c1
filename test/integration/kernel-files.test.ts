import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { diskFileStore } from '../../bot-server/src/kernel/files/disk-file-store';
import type { FileStore } from '../../bot-server/src/kernel/files/file-store';
import { temporaryFolder } from '../support/process';

let folder: string;
let files: FileStore;

beforeEach(() => {
  folder = path.join(temporaryFolder('files'), 'files');
  files = diskFileStore(folder);
});

const stored = async (): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
};

describe('the file store', () => {
  it('gives back what was put, under a key that says nothing', async () => {
    const body = Buffer.from('附件内容'.repeat(10_000));
    const { key, sizeBytes } = await files.put(Readable.from([body.subarray(0, 7), body.subarray(7)]), { maxBytes: body.length });
    expect(key).toMatch(/^[0-9a-f]{32}$/);
    expect(sizeBytes).toBe(body.length);
    expect((await buffer(await files.open(key))).equals(body)).toBe(true);
  });

  it('stops at the limit, names it, and leaves nothing', async () => {
    async function* endless() {
      for (;;) yield Buffer.alloc(64 * 1024);
    }
    await expect(files.put(Readable.from(endless()), { maxBytes: 1024 * 1024 })).rejects.toMatchObject({
      type: 'kernel:too-large',
      message: expect.stringContaining('1 MB'),
    });
    expect(await stored()).toEqual([]);
  });

  it('leaves nothing when the sender goes away', async () => {
    async function* broken() {
      yield Buffer.alloc(1000);
      throw new Error('gone');
    }
    await expect(files.put(Readable.from(broken()), { maxBytes: 10_000 })).rejects.toThrow('gone');
    expect(await stored()).toEqual([]);
  });

  it('removes, and removes again', async () => {
    const { key } = await files.put(Readable.from([Buffer.from('x')]), { maxBytes: 10 });
    await files.remove(key);
    await files.remove(key);
    await expect(files.open(key)).rejects.toMatchObject({ type: 'kernel:not-found' });
  });

  it.each(['../../../etc/passwd', '..%2f', 'a\0b', '', 'A'.repeat(32), '0'.repeat(31)])('refuses the key %j', async (key) => {
    await expect(files.open(key)).rejects.toMatchObject({ type: 'kernel:not-found' });
    await expect(files.remove(key)).rejects.toMatchObject({ type: 'kernel:not-found' });
  });
});

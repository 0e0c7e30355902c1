import type { Readable } from 'node:stream';

/** Files outside the web root, by opaque key. Names given by people never reach the file system. */
export interface FileStore {
  /** Writes to the end or nothing; stops at `maxBytes` with kernel:too-large naming the limit. */
  put(stream: Readable, options: { maxBytes: number }): Promise<{ key: string; sizeBytes: number }>;
  open(key: string): Promise<Readable>;
  remove(key: string): Promise<void>;
}

/** The part of yauzl 2.10 that is used here; the package ships no types. */
declare module 'yauzl' {
  import type { Readable } from 'node:stream';

  export interface Entry {
    readonly fileName: string;
    readonly compressedSize: number;
    readonly uncompressedSize: number;
    readonly generalPurposeBitFlag: number;
    readonly compressionMethod: number;
  }

  export interface ZipFile {
    readonly entryCount: number;
    readEntry(): void;
    close(): void;
    openReadStream(entry: Entry, options: { decompress?: boolean }, callback: (error: Error | null, stream: Readable) => void): void;
    on(event: 'entry', listener: (entry: Entry) => void): this;
    on(event: 'end', listener: () => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
  }

  export function open(
    path: string,
    options: { lazyEntries: boolean; autoClose: boolean; validateEntrySizes: boolean; strictFileNames: boolean },
    callback: (error: Error | null, zip: ZipFile) => void,
  ): void;
}

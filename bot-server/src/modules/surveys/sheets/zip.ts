import { Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

/**
 * A zip written front to back in the memory of one chunk: sizes follow each file (bit 3 of its flags), the directory comes last.
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT 4.3 (read 2026-11)
 */
export interface ZipPart {
  readonly name: string;
  readonly content: AsyncIterable<string> | Iterable<string>;
}

interface Written {
  readonly name: Buffer;
  readonly offset: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly plainBytes: number;
}

const number16 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, at) => {
    bytes.writeUInt16LE(value, at * 2);
  });
  return bytes;
};
const number32 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, at) => {
    bytes.writeUInt32LE(value, at * 4);
  });
  return bytes;
};

/** Version 2.0, sizes after the data and names in UTF-8, deflate, 1 January 1980: the same answers give the same bytes. */
const common = number16(20, 0x0808, 8, 0, 0x21);

const localHeader = (name: Buffer): Buffer =>
  Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, number32(0, 0, 0), number16(name.length, 0), name]);

const descriptor = ({ crc, packedBytes, plainBytes }: Written): Buffer =>
  Buffer.concat([Buffer.from('PK\x07\x08', 'latin1'), number32(crc, packedBytes, plainBytes)]);

const directoryEntry = ({ name, offset, crc, packedBytes, plainBytes }: Written): Buffer =>
  Buffer.concat([
    Buffer.from('PK\x01\x02', 'latin1'),
    number16(20),
    common,
    number32(crc, packedBytes, plainBytes),
    number16(name.length, 0, 0, 0, 0),
    number32(0, offset),
    name,
  ]);

async function* packed(part: ZipPart, offset: number): AsyncGenerator<Buffer, Written> {
  const name = Buffer.from(part.name);
  const sums = { crc: 0, packedBytes: 0, plainBytes: 0 };
  async function* plain() {
    for await (const text of part.content) {
      const bytes = Buffer.from(text);
      sums.crc = crc32(bytes, sums.crc);
      sums.plainBytes += bytes.length;
      yield bytes;
    }
  }
  yield localHeader(name);
  const source = Readable.from(plain(), { objectMode: false });
  const deflate = source.pipe(createDeflateRaw({ level: 6 }));
  source.once('error', (error) => deflate.destroy(error));
  try {
    for await (const bytes of deflate as AsyncIterable<Buffer>) {
      sums.packedBytes += bytes.length;
      yield bytes;
    }
  } finally {
    // A reader that went away: the source, perhaps a database cursor, is ended too.
    source.destroy();
  }
  const written = { name, offset, ...sums };
  yield descriptor(written);
  return written;
}

/** `parts` is asked for one part after the other: a later one may depend on what was written before. */
export async function* zipOf(parts: AsyncIterable<ZipPart>): AsyncGenerator<Buffer> {
  const all: Written[] = [];
  let offset = 0;
  for await (const part of parts) {
    const bytes = packed(part, offset);
    for (let next = await bytes.next(); ; next = await bytes.next()) {
      if (next.done) {
        all.push(next.value);
        break;
      }
      offset += next.value.length;
      yield next.value;
    }
  }
  const directory = Buffer.concat(all.map(directoryEntry));
  yield directory;
  yield Buffer.concat([
    Buffer.from('PK\x05\x06', 'latin1'),
    number16(0, 0, all.length, all.length),
    number32(directory.length, offset),
    number16(0),
  ]);
}

import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

const MODULES = 29;
const SCALE = 8;
const KEYWORD = 'sandbox-code';

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/**
 * A picture for what a platform would draw as its own code, which only its own app can read: squares that differ with the content, and
 * the content itself as text of the PNG, for the simulator's camera. Same content, same bytes.
 */
export function codePng(content: string): Buffer {
  const seed = createHash('sha512').update(content).digest();
  const isDark = (row: number, column: number): boolean => {
    const [y, x] = [Math.floor(row / SCALE), Math.floor(column / SCALE)];
    const bit = (y * MODULES + x) % (seed.length * 8);
    const isCorner = [y, MODULES - 1 - y].some((edge) => edge < 7) && [x, MODULES - 1 - x].some((edge) => edge < 7);
    return isCorner ? Math.max(Math.abs((y % 22) - 3), Math.abs((x % 22) - 3)) !== 2 : (((seed[bit >> 3] ?? 0) >> (bit & 7)) & 1) === 1;
  };
  const side = MODULES * SCALE;
  const rows = Buffer.alloc(side * (side / 8 + 1));
  for (let row = 0; row < side; row += 1)
    for (let column = 0; column < side; column += 1)
      if (!isDark(row, column)) {
        const at = row * (side / 8 + 1) + 1 + (column >> 3);
        rows[at] = (rows[at] ?? 0) | (0x80 >> (column & 7));
      }
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('tEXt', Buffer.from(`${KEYWORD}\0${encodeURI(content)}`, 'latin1')),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** What `codePng` was drawn for; undefined for any other picture. */
export function contentOfCode(png: Buffer): string | undefined {
  const at = png.indexOf(`tEXt${KEYWORD}\0`, 0, 'latin1');
  if (at < 4) return undefined;
  const length = png.readUInt32BE(at - 4);
  return decodeURI(png.subarray(at + 4 + KEYWORD.length + 1, at + 4 + length).toString('latin1'));
}

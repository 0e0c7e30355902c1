/** Length in UTF-8, as WeCom counts; half a surrogate pair counts as the replacement character (3), which is what is sent. */
export function utf8ByteLength(text: string): number {
  let bytes = 0;
  for (const char of text) bytes += bytesOf(char);
  return bytes;
}

function bytesOf(char: string): number {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

/** Length in characters, as WeChat's fields count: an emoji outside the basic plane is one. */
export function characterCount(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Columns on a terminal or in a fixed table: Chinese, Japanese, Korean, full-width forms and emoji take two, joining marks none. */
export function displayWidth(text: string): number {
  let columns = 0;
  for (const char of text) columns += columnsOf(char.codePointAt(0) ?? 0);
  return columns;
}

/** Inclusive ranges of East Asian Width W and F, joined where the gaps hold nothing that is printed. */
const wideRanges: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1faff],
  [0x20000, 0x3fffd],
];
const emptyRanges: readonly (readonly [number, number])[] = [
  [0x0000, 0x001f],
  [0x007f, 0x009f],
  [0x0300, 0x036f],
  [0x200b, 0x200f],
  [0xfe00, 0xfe0f],
];

const isIn = (ranges: readonly (readonly [number, number])[], code: number): boolean =>
  ranges.some(([from, to]) => code >= from && code <= to);

function columnsOf(code: number): number {
  if (isIn(emptyRanges, code)) return 0;
  return isIn(wideRanges, code) ? 2 : 1;
}

const ellipsis = '…';

/** The text, or as much of its beginning as fits with an ellipsis; never cuts a character in two. */
export const truncateToBytes = (text: string, maxBytes: number): string => truncate(text, maxBytes, bytesOf);

/** As `truncateToBytes`, in characters. */
export const truncateToCharacters = (text: string, maxCharacters: number): string => truncate(text, maxCharacters, () => 1);

function truncate(text: string, limit: number, sizeOf: (char: string) => number): string {
  const mark = sizeOf(ellipsis) <= limit ? ellipsis : '';
  let size = 0;
  let kept = '';
  let keptWithMark = '';
  for (const char of text) {
    size += sizeOf(char);
    if (size > limit) return keptWithMark + mark;
    kept += char;
    if (size + (mark ? sizeOf(mark) : 0) <= limit) keptWithMark = kept;
  }
  return kept;
}

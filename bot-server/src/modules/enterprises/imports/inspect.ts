import type { Readable } from 'node:stream';
import { DomainError } from '@suiban/shared/errors';
import { decoderOf, guessDelimiter, type TextEncoding } from './csv';

export type FileFacts =
  | { readonly format: 'xlsx' }
  | { readonly format: 'csv'; readonly encoding: TextEncoding; readonly delimiter: ',' | '\t' | ';' };

const wanted = '请上传 CSV 或 XLSX 文件';
const unsupported = (found: string): DomainError =>
  new DomainError('kernel:unsupported-type', `这是${found}，不是企业名单。${wanted}`, {
    errors: [{ pointer: '/file', detail: `识别为${found}` }],
  });

/** First bytes, read as Latin-1. */
const magics: readonly (readonly [string, string])[] = [
  ['PDF 文档', '%PDF'],
  ['PNG 图片', '\x89PNG'],
  ['JPEG 图片', '\xff\xd8\xff'],
  ['GIF 图片', 'GIF8'],
  ['旧版 Office 文件（.xls、.doc 等，请另存为 .xlsx）', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['RAR 压缩包', 'Rar!'],
  ['7z 压缩包', '7z\xbc\xaf'],
  ['GZIP 压缩包', '\x1f\x8b'],
  ['可执行程序', 'MZ'],
  ['可执行程序', '\x7fELF'],
];

/** A zip is told apart by the parts in it. @throws DomainError kernel:unsupported-type */
export function checkWorkbookParts(names: ReadonlySet<string>): void {
  if (names.has('[Content_Types].xml') && names.has('xl/workbook.xml')) return;
  const has = (start: string) => [...names].some((name) => name.startsWith(start));
  if (has('word/')) throw unsupported(' Word 文档');
  if (has('ppt/')) throw unsupported(' PowerPoint 文档');
  if (names.has('content.xml')) throw unsupported(' OpenDocument 文件');
  throw unsupported(' ZIP 压缩包');
}

/** Judges by content, never by name: first bytes, then the whole text. @throws DomainError kernel:unsupported-type naming what was found */
export async function inspectContent(open: () => Promise<Readable>): Promise<FileFacts> {
  const head = await firstBytes(await open(), 65_536);
  if (head.length === 0) throw unsupported('空文件');
  const start = head.subarray(0, 16).toString('latin1');
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) return { format: 'xlsx' };
  const found = magics.find(([, magic]) => start.startsWith(magic));
  if (found) throw unsupported(` ${found[0]}`);
  const encoding = await encodingOf(await open(), head);
  const text = decoderOf(encoding)
    .write(head)
    .replace(/^[\s\ufeff]+/, '');
  if (/^(<!doctype html|<html)/i.test(text)) throw unsupported('网页（HTML）');
  if (text.startsWith('<?xml')) throw unsupported(' XML 文件');
  if (/^(\{\s*"|\[\s*[{["])/.test(text)) throw unsupported(' JSON 文件');
  return { format: 'csv', encoding, delimiter: guessDelimiter(text) };
}

async function firstBytes(stream: Readable, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= most) break;
  }
  stream.destroy();
  return Buffer.concat(chunks).subarray(0, most);
}

/** The whole file is read: a list in GB18030 may begin with a thousand rows of plain ASCII. */
async function encodingOf(stream: Readable, head: Buffer): Promise<TextEncoding> {
  const marked = markedEncoding(head);
  if (marked) {
    stream.destroy();
    return marked;
  }
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const gb = decoderOf('GB18030');
  let isUtf8 = true;
  let isGb = true;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (chunk.includes(0)) throw unsupported('二进制文件');
    isUtf8 &&= isValid(() => utf8.decode(chunk, { stream: true }));
    isGb &&= !gb.write(chunk).includes('\ufffd');
    if (!isUtf8 && !isGb) break;
  }
  stream.destroy();
  if (isUtf8 && isValid(() => utf8.decode())) return 'UTF-8';
  if (isGb && !gb.end().includes('\ufffd')) return 'GB18030';
  throw unsupported('无法识别编码的文件（既不是 UTF-8 也不是 GB18030）');
}

function markedEncoding(head: Buffer): TextEncoding | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'UTF-16LE';
  return head[0] === 0xfe && head[1] === 0xff ? 'UTF-16BE' : undefined;
}

function isValid(decode: () => string): boolean {
  try {
    decode();
    return true;
  } catch {
    return false;
  }
}

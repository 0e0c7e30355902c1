import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { SourceRow } from './xlsx';
import { unreadable } from './zip';

export type TextEncoding = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'GB18030';

interface Decoder {
  write(chunk: Buffer): string;
  end(): string;
}

/**
 * Takes a byte order mark away; bytes that fit nothing become U+FFFD. The platform's decoder, for iconv-lite 0.7 loses a four-byte
 * character of GB18030 that is cut by the end of a chunk (csv.test.ts cuts at every byte).
 */
export function decoderOf(encoding: TextEncoding): Decoder {
  const decoder = new TextDecoder(encoding);
  return { write: (chunk) => decoder.decode(chunk, { stream: true }), end: () => decoder.decode() };
}

async function* decoded(stream: Readable, encoding: TextEncoding, onBytes: (read: number) => void): AsyncGenerator<string> {
  const decoder = decoderOf(encoding);
  let read = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    read += chunk.length;
    onBytes(read);
    yield decoder.write(chunk);
  }
  yield decoder.end();
}

/** The separator that the first line has most of. */
export function guessDelimiter(head: string): ',' | '\t' | ';' {
  const line = (/^[^\r\n]*/.exec(head.replace(/^[\s\ufeff]+/, ''))?.[0] ?? '').replace(/"[^"]*"/g, '');
  const counts = ([',', '\t', ';'] as const).map((mark) => ({ mark, count: line.split(mark).length }));
  return counts.reduce((best, each) => (each.count > best.count ? each : best)).mark;
}

interface CsvSource {
  readonly stream: Readable;
  readonly encoding: TextEncoding;
  readonly delimiter: string;
  readonly recordBytes: number;
  readonly onBytes: (read: number) => void;
}

/** @throws DomainError enterprises:unreadable-file naming the line of a quote that is never closed or a record that never ends */
export async function* csvRows({ stream, encoding, delimiter, recordBytes, onBytes }: CsvSource): AsyncGenerator<SourceRow> {
  const parser = parse({
    delimiter,
    bom: true,
    // The text of each record, blank lines before it included: lines are counted from it, for `info.lines` counts a CRLF inside quotes twice.
    raw: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: recordBytes,
  });
  const text = Readable.from(decoded(stream, encoding, onBytes));
  text.on('error', (error) => parser.destroy(error));
  text.pipe(parser);
  let nextLine = 1;
  try {
    for await (const { record, raw } of parser as AsyncIterable<{ record: string[]; raw: string }>) {
      const blank = breaksIn(/^[\r\n]*/.exec(raw)?.[0] ?? '');
      yield { line: nextLine + blank, cells: record };
      nextLine += breaksIn(raw);
    }
  } catch (error) {
    if (error instanceof CsvError) throw unreadable(`第 ${nextLine} 行起无法读取：引号没有成对，或一行过长。请检查该行的双引号后重新上传`);
    throw error;
  } finally {
    text.destroy();
    stream.destroy();
  }
}

const breaksIn = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0;

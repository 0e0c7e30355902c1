import type { Readable } from 'node:stream';
import { SaxesParser } from 'saxes';
import { unreadable, type Zip } from './zip';

export interface SourceRow {
  /** As a text editor or Excel counts; the first is 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

const limits = { sharedTextChars: 60_000_000, cellChars: 32_767, columns: 200 } as const;

type Attributes = Readonly<Record<string, string>>;
interface Handlers {
  readonly open: (name: string, attributes: Attributes) => void;
  readonly close: (name: string) => void;
  readonly text: (text: string) => void;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Feeds XML in pieces; a DTD is refused, so no entity is ever defined. Yields after each piece, so that rows can be taken. */
async function* parseXml(stream: Readable, handlers: Handlers): AsyncGenerator<number> {
  const parser = new SaxesParser();
  let failure: Error | undefined;
  parser.on('error', (error) => {
    failure ??= error;
  });
  parser.on('doctype', () => {
    failure ??= new Error('doctype');
  });
  parser.on('opentag', ({ name, attributes }) => handlers.open(localName(name), attributes));
  parser.on('closetag', ({ name }) => handlers.close(localName(name)));
  parser.on('text', handlers.text);
  parser.on('cdata', handlers.text);
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    parser.write(decoder.decode(chunk, { stream: true }));
    if (failure) throw unreadable('表格内容不是有效的 XML，请在 Excel 中重新另存为 .xlsx');
    yield chunk.length;
  }
  parser.write(decoder.decode()).close();
  if (failure) throw unreadable('表格内容不完整，请在 Excel 中重新另存为 .xlsx');
}

async function readAll(stream: Readable, handlers: Handlers): Promise<void> {
  for await (const size of parseXml(stream, handlers)) void size;
}

/** Path of the first visible sheet inside the archive. */
async function firstSheet(zip: Zip): Promise<string> {
  const sheets: { relation: string; isHidden: boolean }[] = [];
  const targets = new Map<string, string>();
  const ignore = () => undefined;
  await readAll(await zip.stream('xl/workbook.xml'), {
    open: (name, attributes) => {
      if (name === 'sheet') sheets.push({ relation: attributes['r:id'] ?? '', isHidden: (attributes.state ?? 'visible') !== 'visible' });
    },
    close: ignore,
    text: ignore,
  });
  await readAll(await zip.stream('xl/_rels/workbook.xml.rels'), {
    open: (name, attributes) => {
      if (name === 'Relationship') targets.set(attributes.Id ?? '', attributes.Target ?? '');
    },
    close: ignore,
    text: ignore,
  });
  const chosen = sheets.find(({ isHidden }) => !isHidden) ?? sheets[0];
  const target = chosen === undefined ? undefined : targets.get(chosen.relation);
  if (target === undefined) throw unreadable('工作簿里没有工作表');
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

async function sharedStrings(zip: Zip): Promise<readonly string[]> {
  if (!zip.names.has('xl/sharedStrings.xml')) return [];
  const strings: string[] = [];
  let current = '';
  let total = 0;
  let depth = 0;
  let isPhonetic = false;
  await readAll(await zip.stream('xl/sharedStrings.xml'), {
    open: (name) => {
      if (name === 'si') current = '';
      if (name === 't') depth += 1;
      if (name === 'rPh') isPhonetic = true;
    },
    close: (name) => {
      if (name === 't') depth -= 1;
      if (name === 'rPh') isPhonetic = false;
      if (name === 'si') strings.push(current.slice(0, limits.cellChars));
    },
    text: (text) => {
      if (depth === 0 || isPhonetic) return;
      total += text.length;
      if (total > limits.sharedTextChars) throw unreadable('工作簿的文字过多，请拆分成较小的文件，或另存为 CSV 上传');
      current += text;
    },
  });
  return strings;
}

/** `AB12` → 27. */
function columnOf(reference: string): number {
  let column = 0;
  for (const char of reference.replace(/\d+$/, '')) column = column * 26 + (char.charCodeAt(0) - 64);
  return column - 1;
}

class SheetReader implements Handlers {
  readonly rows: SourceRow[] = [];
  private cells: string[] = [];
  private line = 0;
  private column = -1;
  private kind = 'n';
  private value = '';
  private isValue = false;

  constructor(private readonly strings: readonly string[]) {}

  readonly open = (name: string, attributes: Attributes): void => {
    if (name === 'row') {
      this.line = Number(attributes.r) || this.line + 1;
      this.cells = [];
      this.column = -1;
    } else if (name === 'c') {
      this.column = attributes.r === undefined ? this.column + 1 : columnOf(attributes.r);
      this.kind = attributes.t ?? 'n';
      this.value = '';
    } else if (name === 'v' || name === 't') {
      this.isValue = true;
    }
  };

  readonly text = (text: string): void => {
    if (this.isValue && this.value.length < limits.cellChars) this.value += text;
  };

  readonly close = (name: string): void => {
    if (name === 'v' || name === 't') this.isValue = false;
    if (name === 'c' && this.column >= 0 && this.column < limits.columns) {
      while (this.cells.length < this.column) this.cells.push('');
      this.cells[this.column] = this.shown();
    }
    if (name === 'row' && this.cells.some((cell) => cell !== '')) this.rows.push({ line: this.line, cells: this.cells });
  };

  /** Formulas give their stored result; a long number written as 1.3812E10 its digits. */
  private shown(): string {
    if (this.kind === 's') return this.strings[Number(this.value)] ?? '';
    if (this.kind === 'b') return this.value === '1' ? 'TRUE' : 'FALSE';
    if (this.kind !== 'n' || !/[eE]/.test(this.value)) return this.value;
    const number = Number(this.value);
    return Number.isSafeInteger(number) ? String(number) : this.value;
  }
}

/** Rows of the first visible sheet, in constant memory but for the shared strings. `onBytes` hears how much of the sheet was unpacked. */
export async function* xlsxRows(zip: Zip, onBytes: (unpacked: number, total: number) => void): AsyncGenerator<SourceRow> {
  const sheet = await firstSheet(zip);
  const reader = new SheetReader(await sharedStrings(zip));
  let unpacked = 0;
  for await (const size of parseXml(await zip.stream(sheet), reader)) {
    unpacked += size;
    onBytes(unpacked, zip.sizeOf(sheet));
    yield* reader.rows.splice(0);
  }
  yield* reader.rows.splice(0);
}

import type { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import exceljs from '@protobi/exceljs';
import { type Cell, type SheetLimits, xlsxOf } from './xlsx';

async function* inChunks(rows: readonly (readonly Cell[])[], size = 3) {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
}

async function bytesOf(stream: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** What another program reads: per sheet its name and its rows, the header first. */
async function read(bytes: Buffer): Promise<{ name: string; rows: unknown[][] }[]> {
  const book = new exceljs.Workbook();
  await book.xlsx.load(bytes as never);
  return book.worksheets.map((sheet) => {
    const rows: unknown[][] = [];
    sheet.eachRow({ includeEmpty: true }, (row) => rows.push((row.values as unknown[]).slice(1)));
    return { name: sheet.name, rows };
  });
}

const write = (rows: readonly (readonly Cell[])[], limits?: SheetLimits) => bytesOf(xlsxOf(['甲', '乙'], inChunks(rows), '答卷', limits));

describe('a workbook', () => {
  it('gives another program the same cells', async () => {
    const rows = [
      ['=1+1', 7],
      ['@SUM(A1)', -1.5],
      ['a & b <c> "d" \'e\'', 0],
      ['两行\n文字\t和制表符', 1e21],
      ['  前后空格  ', 3],
      ['😀', 4],
    ];
    expect(await read(await write(rows))).toEqual([{ name: '答卷', rows: [['甲', '乙'], ...rows] }]);
  });

  it('leaves out what XML cannot hold, and keeps empty cells empty', async () => {
    const [sheet] = await read(
      await write([
        ['a\u0001b\u000bc\ud800d\uffff', ''],
        ['', Number.NaN],
        ['x', 1],
      ]),
    );
    expect(sheet?.rows.slice(1).map((cells) => [cells[0] ?? null, cells[1] ?? null])).toEqual([
      ['abcd', null],
      [null, null],
      ['x', 1],
    ]);
  });

  it('of no rows has its header', async () => {
    expect(await read(await write([]))).toEqual([{ name: '答卷', rows: [['甲', '乙']] }]);
  });

  it.each([
    ['rows', { rows: 4, characters: 1e9 }],
    ['characters', { rows: 1e6, characters: 300 }],
  ])('goes on in another sheet beyond the limit of %s, and loses none', async (_, limits) => {
    const rows = Array.from({ length: 10 }, (_each, index) => [`第${index}行`, index]);
    const sheets = await read(await write(rows, limits));
    expect(sheets.length).toBeGreaterThan(1);
    expect(sheets.map(({ name }) => name).slice(0, 2)).toEqual(['答卷', '答卷 2']);
    expect(sheets.every((sheet) => sheet.rows[0]?.[0] === '甲')).toBe(true);
    expect(sheets.flatMap((sheet) => sheet.rows.slice(1))).toEqual(rows);
  });

  it('exactly full makes no empty sheet', async () => {
    const rows = Array.from({ length: 8 }, (_each, index) => ['x', index]);
    expect(await read(await write(rows, { rows: 4, characters: 1e9 }))).toHaveLength(2);
  });

  it('the same rows are the same bytes', async () => {
    expect((await write([['a', 1]])).equals(await write([['a', 1]]))).toBe(true);
  });

  it('a source that fails breaks the file, and a reader that leaves ends the source', async () => {
    async function* failing() {
      yield [['a', 1]];
      throw new Error('the database went away');
    }
    await expect(bytesOf(xlsxOf(['甲'], failing(), '答卷'))).rejects.toThrow('the database went away');
    let isEnded = false;
    async function* endless() {
      try {
        for (;;) yield Array.from({ length: 500 }, () => [String(Math.random()), 1]);
      } finally {
        isEnded = true;
      }
    }
    const stream = xlsxOf(['甲'], endless(), '答卷');
    for await (const part of stream) if ((part as Buffer).length > 0) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(isEnded).toBe(true);
  });
});

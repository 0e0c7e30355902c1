import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encode } from 'iconv-lite';
import { csvRows, guessDelimiter, type TextEncoding } from './csv';

async function rowsOf(bytes: Buffer, encoding: TextEncoding, chunkSize = 7, delimiter = ',') {
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunkSize) }, (_, index) =>
    bytes.subarray(index * chunkSize, (index + 1) * chunkSize),
  );
  let read = 0;
  const onBytes = (count: number) => {
    read = count;
  };
  const rows = [];
  for await (const row of csvRows({ stream: Readable.from(chunks), encoding, delimiter, recordBytes: 65_536, onBytes })) rows.push(row);
  expect(read).toBe(bytes.length);
  return rows;
}

describe('csvRows', () => {
  it('gives the same rows however the bytes are cut, in every encoding', async () => {
    const text = '代码,名称\r\n1,"甲，""乙"""\r\n2,😀\r\n';
    const expected = [
      { line: 1, cells: ['代码', '名称'] },
      { line: 2, cells: ['1', '甲，"乙"'] },
      { line: 3, cells: ['2', '😀'] },
    ];
    for (const chunkSize of [1, 2, 3, 5, 1000]) {
      expect(await rowsOf(Buffer.from(`\ufeff${text}`), 'UTF-8', chunkSize)).toEqual(expected);
      expect(await rowsOf(encode(text, 'gb18030'), 'GB18030', chunkSize)).toEqual(expected);
      expect(await rowsOf(encode(text, 'utf16le', { addBOM: true }), 'UTF-16LE', chunkSize)).toEqual(expected);
      expect(await rowsOf(encode(text, 'utf16be', { addBOM: true }), 'UTF-16BE', chunkSize)).toEqual(expected);
    }
  });

  it('names the line at which each row begins', async () => {
    const cell = fc.constantFrom('a', '"x\ny"', '"p\r\nq\r\nr"', '""');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), cell, cell), { minLength: 1, maxLength: 12 }), async (parts) => {
        let text = '';
        const lines: number[] = [];
        for (const [blank, one, other] of parts) {
          text += '\n'.repeat(blank);
          lines.push(text.split('\n').length);
          text += `${one},${other}\n`;
        }
        expect((await rowsOf(Buffer.from(text), 'UTF-8')).map(({ line }) => line)).toEqual(lines);
      }),
      { numRuns: 60 },
    );
  });

  it('a quote that is never closed is told with its line', async () => {
    await expect(rowsOf(Buffer.from('a,b\n1,2\n3,"4\n5,6\n'), 'UTF-8')).rejects.toMatchObject({
      type: 'enterprises:unreadable-file',
      message: expect.stringContaining('第 3 行'),
    });
  });

  it('a record that never ends does not fill the memory', async () => {
    await expect(rowsOf(Buffer.from(`a\n"${'x'.repeat(200_000)}`), 'UTF-8', 65_536)).rejects.toMatchObject({
      type: 'enterprises:unreadable-file',
    });
  });
});

describe('guessDelimiter', () => {
  it.each([
    ['a,b,c\n1;2;3', ','],
    ['a\tb\tc', '\t'],
    ['a;b;c', ';'],
    ['"a;b;c;d",e', ','],
    ['one', ','],
  ])('%j', (head, mark) => {
    expect(guessDelimiter(head)).toBe(mark);
  });
});

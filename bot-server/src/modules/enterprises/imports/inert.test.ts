import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvCell, csvLine } from './inert';

describe('csvCell', () => {
  it('whatever the cells hold, they come back as they were, and none begins like a formula', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 6 }),
        fc.constantFrom('', '=', '+', '-', '@', '\t', '\r', '=\n'),
        (texts, start) => {
          const cells = texts.map((text) => start + text);
          const [read = []] = parse(csvLine(cells), { relax_column_count: true, skip_empty_lines: false }) as string[][];
          expect(read.map((cell) => cell.replace(/^'(?=[=+\-@\t\r])/, ''))).toEqual(cells);
          for (const cell of read) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
        },
      ),
    );
  });

  it('leaves plain text alone', () => {
    expect(csvCell('云禾饭店（演示）')).toBe('云禾饭店（演示）');
    expect(csvCell('a,b')).toBe('"a,b"');
  });
});

/** Excel takes a file without it for the system's own encoding. */
const byteOrderMark = '\ufeff';

/**
 * A cell that a spreadsheet shows and never runs: a text that begins like a formula gets an apostrophe in front.
 * @see https://owasp.org/www-community/attacks/CSV_Injection (read 2026-11)
 */
const inert = (text: string): string => (/^\s*[=+\-@]|^[\t\r]/.test(text) ? `'${text}` : text);

function cell(value: string | number): string {
  const text = typeof value === 'number' ? String(value) : inert(value);
  return /[",\r\n;\t']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const line = (cells: readonly (string | number)[]): string => `${cells.map(cell).join(',')}\r\n`;

export async function* csvOf(
  header: readonly string[],
  chunks: AsyncIterable<readonly (readonly (string | number)[])[]>,
): AsyncGenerator<string> {
  yield byteOrderMark + line(header);
  for await (const rows of chunks) yield rows.map(line).join('');
}

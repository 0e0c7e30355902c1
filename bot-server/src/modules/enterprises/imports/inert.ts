/**
 * One CSV cell that a spreadsheet shows and never runs: a text that begins like a formula gets an apostrophe, and is quoted.
 * @see https://owasp.org/www-community/attacks/CSV_Injection (read 2026-11)
 */
export function csvCell(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n;\t']/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;
/** Excel takes a file without it for the system's own encoding. */
export const byteOrderMark = '\ufeff';

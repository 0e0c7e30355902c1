/** 1234567.5 → 1,234,567.5; exact. */
export function groupDigits(value: number): string {
  const [whole = '0', fraction] = plainDecimal(value).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

const plainDecimal = (value: number): string =>
  Math.abs(value) >= 1e21 || (value !== 0 && Math.abs(value) < 1e-6) ? value.toFixed(6).replace(/\.?0+$/, '') : String(value);

/**
 * A count for the screen: exact and grouped below 10,000; above, in 万 and 亿 with one decimal, rounded half up, in Chinese.
 * English stays exact.
 */
export function formatCount(count: number, lang: 'zh' | 'en' = 'zh'): string {
  if (lang === 'en' || Math.abs(count) < 10_000) return groupDigits(count);
  const tenthsOfWan = Math.round(Math.abs(count) / 1_000);
  const sign = count < 0 ? '-' : '';
  if (tenthsOfWan < 100_000) return `${sign}${groupDigits(tenthsOfWan / 10)} 万`;
  return `${sign}${groupDigits(Math.round(Math.abs(count) / 10_000_000) / 10)} 亿`;
}

/** Fen as yuan: ¥10.00, ¥-1,234.50. @throws {RangeError} where the amount is no whole number of fen */
export function formatFen(amountFen: number): string {
  if (!Number.isSafeInteger(amountFen)) throw new RangeError(`not a whole number of fen: ${amountFen}`);
  const fen = Math.abs(amountFen);
  return `¥${amountFen < 0 ? '-' : ''}${groupDigits(Math.floor(fen / 100))}.${String(fen % 100).padStart(2, '0')}`;
}

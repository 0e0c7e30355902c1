/** `12.5` → 1250; undefined for what is no amount of yuan. Digits only, so that nothing is rounded. */
export function fenOf(yuan: unknown): number | undefined {
  const [, whole, part = ''] = typeof yuan === 'string' ? (/^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(yuan) ?? []) : [];
  return whole === undefined ? undefined : Number(`${whole}${part.padEnd(2, '0')}`);
}

export const yuanOf = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;

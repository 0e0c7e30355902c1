/** `12.50` yuan in whole fen, digit by digit: a float would make 19.99 into 1998. Undefined for what is no such amount. */
export function fenOf(yuan: string): number | undefined {
  const [, whole, part = ''] = /^(\d{1,11})(?:\.(\d{1,2}))?$/.exec(yuan) ?? [];
  return whole === undefined ? undefined : Number(`${whole}${part.padEnd(2, '0')}`);
}

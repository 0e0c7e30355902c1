/** `Chrome · Windows`: enough to recognise one's own browser, too little to follow a person. */
export function deviceLabel(userAgent: string): string {
  const first = (kinds: readonly (readonly [RegExp, string])[]): string =>
    kinds.find(([pattern]) => pattern.test(userAgent))?.[1] ?? '其他';
  const browser = first([
    [/MicroMessenger/, '微信'],
    [/Edg\//, 'Edge'],
    [/Firefox\//, 'Firefox'],
    [/Chrome\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ]);
  const system = first([
    [/Windows/, 'Windows'],
    [/Android/, 'Android'],
    [/iPhone|iPad/, 'iOS'],
    [/Mac OS X/, 'macOS'],
    [/Linux/, 'Linux'],
  ]);
  return `${browser} · ${system}`;
}

/** What a token of ours looks like: anything else is answered without asking the database. */
export const isTokenShaped = (token: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(token);

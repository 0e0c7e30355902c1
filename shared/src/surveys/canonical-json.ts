function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each: unknown) => (each === undefined ? null : sorted(each)));
  if (typeof value !== 'object' || value === null) return value;
  const result: [string, unknown][] = [];
  for (const key of Object.keys(value).sort()) {
    const each = (value as Record<string, unknown>)[key];
    if (each !== undefined) result.push([key, sorted(each)]);
  }
  return Object.fromEntries(result);
}

/**
 * One text per value, whatever the order of its keys: what is hashed and compared. Fields that are `undefined` do not count.
 * Keys are sorted by UTF-16 code unit, except that JavaScript puts whole-number keys first, always in the same order.
 */
export const canonicalJson = (value: unknown): string => JSON.stringify(sorted(value)) ?? 'null';

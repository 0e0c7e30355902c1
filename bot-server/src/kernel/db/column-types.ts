import pg from 'pg';

const dateOid = 1082;
const dateArrayOid = 1182;

/**
 * What both databases hand over: bigint and numeric as string (JS numbers lose digits), `date` as `YYYY-MM-DD` (a civil date has no
 * zone; pg's own parser makes local midnight of it), timestamptz as Date, json parsed.
 */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === dateOid) return (value: string) => value;
    if (oid === dateArrayOid) return parseDateArray;
    return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
  }) as pg.CustomTypesConfig['getTypeParser'],
};

/** `{2026-01-01,NULL}`: dates need no quotes in an array literal. */
function parseDateArray(literal: string): (string | null)[] {
  const inner = literal.slice(1, -1);
  return inner === '' ? [] : inner.split(',').map((item) => (item === 'NULL' ? null : item));
}

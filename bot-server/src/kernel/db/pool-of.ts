import type { PGlite } from '@electric-sql/pglite';
import type pg from 'pg';
import type { Database } from './database';

/** What stands behind a Database: for the task engine, which speaks to pg itself, and for cloning in tests. Nobody else asks. */
export type Behind = { readonly pool: pg.Pool } & ({ readonly engine: PGlite } | { readonly databaseUrl: string });

const behind = new WeakMap<Database, Behind>();

export const rememberPool = (db: Database, given: Behind): void => {
  behind.set(db, given);
};

export function poolOf(db: Database): Behind {
  const found = behind.get(db);
  if (!found) throw new Error('this Database was not made by openDatabase');
  return found;
}

import type { RawBuilder } from 'kysely';
import type pg from 'pg';
import { compile } from './compile';
import type { Database } from './database';
import { translateSqlError } from './sql-state';
import { refuseInsideTransaction } from './transaction-scope';

let opened = 0;

/**
 * Rows in chunks, in the memory of one chunk.
 * PostgreSQL: a cursor inside a read-only transaction on a connection of its own.
 * PGlite: its only connection must not wait for a slow reader of a download, so the cursor is WITH HOLD (the result is stored once, in a
 * temporary file when large) and the connection is given back between chunks.
 */
export async function* openCursor<T>(pool: pg.Pool, kind: Database['kind'], query: RawBuilder<T>, chunkSize: number): AsyncGenerator<T[]> {
  refuseInsideTransaction('a stream');
  opened += 1;
  const name = `stream_${opened}`;
  const isHeld = kind === 'pglite';
  const { text, values } = compile(query);
  const client = isHeld ? undefined : await pool.connect().catch(rethrow);
  const on: Pick<pg.Pool | pg.PoolClient, 'query'> = client ?? pool;
  let isBroken = false;
  try {
    if (client) await client.query('begin transaction read only');
    await on.query(`declare ${name} no scroll cursor ${isHeld ? 'with hold' : 'without hold'} for ${text}`, values).catch(rethrow);
    for (;;) {
      const { rows } = await on.query(`fetch ${Math.trunc(chunkSize)} from ${name}`).catch(rethrow);
      if (rows.length > 0) yield rows as T[];
      if (rows.length < chunkSize) return;
    }
  } finally {
    const end = isHeld ? `close ${name}` : 'rollback';
    await on.query(end).catch(() => {
      isBroken = true;
    });
    client?.release(isBroken);
  }
}

function rethrow(error: unknown): never {
  throw translateSqlError(error);
}

import pg from 'pg';
import type { Logger } from '../log/logger';
import { columnTypes } from './column-types';
import type { Database } from './database';
import { rememberPool } from './pool-of';
import { pooledDatabase } from './pooled-database';

export interface PostgresOptions {
  readonly databaseUrl: string;
  readonly log: Logger;
  readonly maxConnections: number;
}

const statementTimeoutMs = 15_000;
/** A request that finds no free connection in this time is answered 503 (check 8: within 2 s). */
const connectionTimeoutMs = 1_500;
const idleInTransactionMs = 60_000;

/** Connects at the first query, so a server that is away makes that query throw kernel:unavailable. */
export function openPostgres({ databaseUrl, log, maxConnections }: PostgresOptions): Database {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'suiban',
    max: maxConnections,
    connectionTimeoutMillis: connectionTimeoutMs,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    options: '-c timezone=UTC -c search_path=public',
    types: columnTypes,
  });
  pool.on('error', (error) => log.warn({ err: error }, 'database connection lost'));
  // NOTE: a client that is checked out emits 'error' too when the server goes away; unheard, it ends the process.
  pool.on('connect', (client) => client.on('error', (error) => log.warn({ err: error }, 'database connection lost')));
  let closing: Promise<void> | undefined;
  const db = pooledDatabase(pool, 'postgres', () => {
    closing ??= pool.end();
    return closing;
  });
  rememberPool(db, { pool, databaseUrl });
  return db;
}

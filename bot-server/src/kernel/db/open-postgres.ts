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

/** Of those who wait at the door: few, for their statements are short, and on no account queued behind a slow page. */
const urgentConnections = 4;
const urgentMs = 800;

function openPool({ databaseUrl, log }: PostgresOptions, max: number, waitMs: number, timeoutMs: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'suiban',
    max,
    connectionTimeoutMillis: waitMs,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: timeoutMs,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    options: '-c timezone=UTC -c search_path=public',
    types: columnTypes,
  });
  pool.on('error', (error) => log.warn({ err: error }, 'database connection lost'));
  // NOTE: a client that is checked out emits 'error' too when the server goes away; unheard, it ends the process.
  pool.on('connect', (client) => client.on('error', (error) => log.warn({ err: error }, 'database connection lost')));
  return pool;
}

/** Connects at the first query, so a server that is away makes that query throw kernel:unavailable. */
export function openPostgres(options: PostgresOptions): Database {
  const pool = openPool(options, options.maxConnections, connectionTimeoutMs, statementTimeoutMs);
  const urgentPool = openPool(options, urgentConnections, urgentMs, urgentMs);
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= Promise.all([pool.end(), urgentPool.end()]).then(() => undefined);
    return closing;
  };
  const db = pooledDatabase(pool, 'postgres', close, urgentPool);
  rememberPool(db, { pool, databaseUrl: options.databaseUrl });
  return db;
}

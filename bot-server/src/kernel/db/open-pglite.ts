import { mkdirSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import pg from 'pg';
import type { Logger } from '../log/logger';
import { columnTypes } from './column-types';
import type { Database } from './database';
import { lockDirectory } from './directory-lock';
import { startVacuum } from './pglite-vacuum';
import { rememberPool } from './pool-of';
import { pooledDatabase } from './pooled-database';

export interface PgliteOptions {
  /** Absent: in memory. */
  readonly folder?: string;
  /** Outside the folder: PGlite owns everything inside. Required with a folder. */
  readonly lockPath?: string;
  readonly log: Logger;
  /** A dump of `dumpDataDir('none')` to start from (tests). */
  readonly template?: Blob;
}

/**
 * One embedded PostgreSQL behind a real pg.Pool of one connection; more than one crashes it ("unexpected commandComplete"). Callers queue
 * in the pool, first come first served. A waiter gives up after `queueTimeoutMs` with kernel:unavailable.
 */
const queueTimeoutMs = 20_000;

export async function openPglite(options: PgliteOptions): Promise<Database> {
  const unlock = options.lockPath ? lockDirectory(options.lockPath) : () => undefined;
  try {
    if (options.folder) mkdirSync(options.folder, { recursive: true });
    const engine = await PGlite.create({
      ...(options.folder ? { dataDir: options.folder } : {}),
      ...(options.template ? { loadDataDir: options.template } : {}),
    });
    await engine.exec(`set timezone = 'UTC'; set search_path = public`);
    return overEngine(engine, options.log, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

const clientNumbers = new WeakMap<pg.PoolClient, number>();
let clients = 0;

/** A client that was thrown away leaves its prepared statements in the one session there is: the next one's have names of their own. */
function named(client: pg.PoolClient, query: pg.QueryConfig): pg.QueryConfig {
  const number = clientNumbers.get(client) ?? ++clients;
  clientNumbers.set(client, number);
  return query.name === undefined ? query : { ...query, name: `${query.name}_${number}` };
}

/**
 * `pool.query` of pg throws its client away after any error, before the rest of the answer was read. Every client here speaks over PGlite's
 * one connection, so the next query would be handed what was left: an error, or rows, that are not its own. The client goes back instead.
 */
const keepingClient = (pool: pg.Pool): pg.Pool =>
  Object.assign(pool, {
    query: async (text: string | pg.QueryConfig, values?: unknown[]) => {
      const client = await pool.connect();
      try {
        return await (typeof text === 'string' ? client.query(text, values) : client.query(named(client, text)));
      } finally {
        client.release();
      }
    },
  });

/**
 * PGlite answers in microtasks, so queries that follow each other leave no turn to sockets and timers: 3000 of them in a row, and half a
 * second of nothing else; a busy queue, and a callback waited 16 s. A turn every few milliseconds costs 2 %.
 */
const turnMs = 5;

function givingTurns(): (client: pg.PoolClient) => void {
  let turnedAt = performance.now();
  const turn = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    turnedAt = performance.now();
  };
  return (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    const patient = (...args: unknown[]): unknown => {
      const [first] = args;
      const isCursor = typeof first === 'object' && first !== null && 'submit' in first;
      // Cursors are handed out at once.
      if (isCursor || performance.now() - turnedAt < turnMs) return query(...args);
      return turn().then(() => query(...args));
    };
    Object.assign(client, { query: patient });
  };
}

function overEngine(engine: PGlite, log: Logger, unlock: () => void): Database {
  const pool = keepingClient(
    new pg.Pool({
      ...createPgConfig(engine),
      max: 1,
      idleTimeoutMillis: 0,
      connectionTimeoutMillis: queueTimeoutMs,
      types: columnTypes,
    } as pg.PoolConfig),
  );
  pool.on('connect', givingTurns());
  pool.on('error', (error) => log.error({ err: error }, 'embedded database'));
  let closing: Promise<void> | undefined;
  let stopVacuum = async (): Promise<void> => undefined;
  const close = async () => {
    await stopVacuum();
    await pool.end();
    await engine.close();
    unlock();
  };
  const db = pooledDatabase(pool, 'pglite', () => {
    closing ??= close();
    return closing;
  });
  rememberPool(db, { pool, engine });
  stopVacuum = startVacuum(db, log);
  return db;
}

import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RawBuilder } from 'kysely';
import type pg from 'pg';
import { collectAfterCommit } from './after-commit';
import { compile } from './compile';
import { openCursor } from './cursor';
import type { Database, Tx } from './database';
import { isRetryable, translateSqlError } from './sql-state';
import { refuseInsideTransaction, runInScope, type TransactionScope } from './transaction-scope';

type Queryable = Pick<pg.Pool | pg.PoolClient, 'query'>;

const maxTries = 6;
const firstWaitMs = 10;

async function send(on: Queryable, query: RawBuilder<unknown>): Promise<pg.QueryResult> {
  const { text, values } = compile(query);
  const result: pg.QueryResult | pg.QueryResult[] = await on.query(text, values);
  // NOTE: several statements in one text answer with one result each; the last one speaks for all.
  return Array.isArray(result) ? (result.at(-1) ?? { rows: [], rowCount: 0, command: '', oid: 0, fields: [] }) : result;
}

const preparedNames = new Map<string, string>();

/** Planned once per connection: half the time of a statement with many parts. For few, fixed texts only. */
function sendPrepared(on: Queryable, query: RawBuilder<unknown>): Promise<pg.QueryResult> {
  const { text, values } = compile(query);
  const name = preparedNames.get(text) ?? createHash('sha256').update(text).digest('hex').slice(0, 20);
  preparedNames.set(text, name);
  return on.query({ name, text, values: values ?? [] });
}

/** The four ways to ask, over anything that runs a statement. */
export function txOver(run: (query: RawBuilder<unknown>) => Promise<pg.QueryResult>): Tx {
  return {
    rows: async <T>(query: RawBuilder<T>) => (await run(query)).rows as T[],
    first: async <T>(query: RawBuilder<T>) => (await run(query)).rows[0] as T | undefined,
    one: async <T>(query: RawBuilder<T>) => {
      const { rows } = await run(query);
      if (rows.length !== 1) throw new Error(`expected one row, got ${rows.length}: ${compile(query).text}`);
      return rows[0] as T;
    },
    run: async (query) => (await run(query)).rowCount ?? 0,
  };
}

/** One try. Rolls back on any error; a client whose ROLLBACK fails is thrown away. */
async function tryTransaction<T>(pool: pg.Pool, begin: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  const scope: TransactionScope = { isOpen: true };
  let isBroken = false;
  const tx = txOver((query) => {
    if (!scope.isOpen) throw new Error('this transaction is over: await every query inside it');
    return send(client, query);
  });
  const runAfterCommit = collectAfterCommit(tx);
  let isCommitted = false;
  try {
    await client.query(begin);
    const result = await runInScope(scope, () => work(tx));
    const { command } = await client.query('commit');
    // NOTE: COMMIT of a transaction in which a statement failed answers ROLLBACK and no error.
    if (command !== 'COMMIT') throw new Error('a failed statement was swallowed inside the transaction: it was rolled back');
    isCommitted = true;
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {
      isBroken = true;
    });
    throw error;
  } finally {
    scope.isOpen = false;
    client.release(isBroken);
    if (isCommitted) runAfterCommit();
  }
}

/** The one code path for both databases: PGlite is a pool of one connection. */
export function pooledDatabase(pool: pg.Pool, kind: Database['kind'], close: () => Promise<void>, urgentPool = pool): Database {
  const askOn = (on: pg.Pool, by: typeof send) => async (query: RawBuilder<unknown>) => {
    refuseInsideTransaction('a query on the database');
    try {
      return await by(on, query);
    } catch (error) {
      throw translateSqlError(error);
    }
  };
  return {
    kind,
    ...txOver(askOn(pool, send)),
    urgent: txOver(askOn(urgentPool, sendPrepared)),
    async tx(work, options) {
      refuseInsideTransaction('a transaction');
      const timeoutMs = options?.statementTimeoutMs;
      const begin = timeoutMs === undefined ? 'begin' : `begin; set local statement_timeout = ${Math.max(0, Math.trunc(timeoutMs))}`;
      for (let count = 1; ; count += 1) {
        try {
          return await tryTransaction(pool, begin, work);
        } catch (error) {
          if (!isRetryable(error) || count === maxTries) throw translateSqlError(error);
          await sleep(firstWaitMs * 2 ** count * (0.5 + Math.random()));
        }
      }
    },
    stream: (query, chunkSize) => openCursor(pool, kind, query, chunkSize),
    close,
  };
}

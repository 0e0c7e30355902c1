import type { RawBuilder } from 'kysely';

/** Runs SQL. Repositories take a `Tx` as first argument and never open transactions themselves. */
export interface Tx {
  /** All rows. bigint arrives as string, timestamptz as Date, date as `YYYY-MM-DD`, jsonb parsed. */
  rows<T>(query: RawBuilder<T>): Promise<T[]>;
  /** The first row, or undefined. */
  first<T>(query: RawBuilder<T>): Promise<T | undefined>;
  /** Exactly one row; none is a bug and throws. */
  one<T>(query: RawBuilder<T>): Promise<T>;
  /** Number of rows written. */
  run(query: RawBuilder<unknown>): Promise<number>;
}

export interface Database extends Tx {
  readonly kind: 'pglite' | 'postgres';
  /**
   * One transaction around SQL only: no outbound call inside. Retries serialization failures and deadlocks (40001, 40P01).
   * On PGlite the pool has one connection: inside `work` use only the given `tx`, else it deadlocks (guarded: throws in tests).
   */
  tx<T>(work: (tx: Tx) => Promise<T>, options?: { statementTimeoutMs?: number }): Promise<T>;
  /**
   * Single statements that end within 800 ms or fail, each a transaction of its own, on connections that no other work takes: for
   * those who wait at the door. Prepared: use fixed texts. On PGlite the one connection there is, and no limit but the caller's.
   */
  readonly urgent: Tx;
  /** Streams rows in chunks through a cursor (exports). */
  stream<T>(query: RawBuilder<T>, chunkSize: number): AsyncIterable<T[]>;
  close(): Promise<void>;
}

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
  /** Streams rows in chunks through a cursor (exports). */
  stream<T>(query: RawBuilder<T>, chunkSize: number): AsyncIterable<T[]>;
  close(): Promise<void>;
}

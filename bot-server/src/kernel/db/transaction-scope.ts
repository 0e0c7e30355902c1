import { AsyncLocalStorage } from 'node:async_hooks';

/** Open from BEGIN to the end of COMMIT. Work started inside and not awaited keeps the context, hence the flag. */
export interface TransactionScope {
  isOpen: boolean;
}

const storage = new AsyncLocalStorage<TransactionScope>();

export const runInScope = <T>(scope: TransactionScope, work: () => Promise<T>): Promise<T> => storage.run(scope, work);

/**
 * Throws when called inside an open transaction. PGlite has one connection, so a second query there waits for ever; on PostgreSQL the
 * same code holds two connections and exhausts the pool under load. Both refuse, so that a test on either finds it.
 */
export function refuseInsideTransaction(what: string): void {
  if (storage.getStore()?.isOpen) throw new Error(`${what} inside an open transaction: use the given tx, or do it after commit`);
}

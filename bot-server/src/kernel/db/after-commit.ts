import type { Tx } from './database';

const pending = new WeakMap<Tx, Set<() => void>>();

/** Runs once after the commit of `tx`; never on rollback; the same function added twice runs once. It must not throw. */
export function afterCommit(tx: Tx, callback: () => void): void {
  const callbacks = pending.get(tx);
  if (!callbacks) throw new Error('afterCommit needs the tx of an open transaction');
  callbacks.add(callback);
}

/** For the database only: begins to collect for `tx`. The returned function runs what was collected. */
export function collectAfterCommit(tx: Tx): () => void {
  const callbacks = new Set<() => void>();
  pending.set(tx, callbacks);
  return () => {
    for (const callback of callbacks) callback();
  };
}

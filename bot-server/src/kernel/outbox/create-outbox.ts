import { sql } from 'kysely';
import { afterCommit } from '../db/after-commit';
import type { Outbox } from './outbox';

/**
 * `wake` runs once after each commit that added events; it may fail or be lost: the sweep of the dispatcher repairs.
 * Writers of one key hold a lock on its aggregate until they commit, so ids are in commit order per key.
 */
export function createOutbox(wake: () => void): Outbox {
  return {
    async add(tx, { topic, key, payload }) {
      await tx.run(sql`insert into outbox (topic, key, payload) values (${topic}, ${key}, ${JSON.stringify(payload)}::jsonb)`);
      afterCommit(tx, wake);
    },
  };
}

import { DomainError } from '@suiban/shared/errors';
import { sql } from 'kysely';
import type { Inbox } from './inbox';

/** Platforms repeat a push that is not answered in 5 s; 800 ms leaves room for the way there and back. */
const deadlineMs = 800;

/** `wake` runs after a new message is stored; it may fail or be lost: the sweep of the inbox repairs. */
export function createInbox(wake: () => void): Inbox {
  return {
    async accept(db, { source, messageKey, payload }) {
      const stored = db.tx(
        (tx) =>
          tx.run(sql`
            insert into inbox (source, message_key, payload) values (${source}, ${messageKey}, ${JSON.stringify(payload)}::jsonb)
            on conflict (source, message_key) do nothing`),
        { statementTimeoutMs: deadlineMs },
      );
      const isNew = (await withinDeadline(stored)) === 1;
      if (isNew) wake();
      return isNew;
    },
  };
}

/**
 * The statement timeout does not cover waiting for a connection. A write that ends after the deadline stays: the platform is told 503,
 * repeats the push, and the unique key makes it one.
 */
async function withinDeadline<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new DomainError('kernel:unavailable', undefined, { retryAfterMs: 1000 })), deadlineMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}

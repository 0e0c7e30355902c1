import { DomainError } from '@suiban/shared/errors';
import type { Database } from '../db/database';
import { type DeliveryBatches, deliveryBatches } from './delivery-batches';
import type { Acceptance, Delivery, Inbox } from './inbox';
import { forgetNonce } from './inbox.repo';

/** Platforms repeat a push that is not answered in 5 s; 800 ms leaves room for the way there and back. */
const deadlineMs = 800;

/** `wake` runs after a new message is stored; it may fail or be lost: the sweep of the inbox repairs. */
export function createInbox(wake: () => void): Inbox {
  const batches = new WeakMap<Database, DeliveryBatches>();
  const batchesOf = (db: Database): DeliveryBatches => {
    const made = batches.get(db) ?? deliveryBatches(db);
    batches.set(db, made);
    return made;
  };
  return {
    async accept(db, delivery) {
      const acceptance = await withinDeadline(db, delivery, batchesOf(db));
      if (acceptance === 'stored') wake();
      return acceptance;
    },
  };
}

const unavailable = (): DomainError => new DomainError('kernel:unavailable', undefined, { retryAfterMs: 1000 });

/**
 * The statement timeout does not cover waiting for a connection, nor the commit. A write that ends after the deadline stays: the platform is
 * told 503 and repeats the push, whose unique keys make it one; only its signature is forgotten, for it may come with the same again.
 */
async function withinDeadline(db: Database, delivery: Delivery, batches: DeliveryBatches): Promise<Acceptance> {
  const { source, nonceHash } = delivery;
  const work = batches.add(delivery);
  let timer: NodeJS.Timeout | undefined;
  let isLate = false;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      isLate = !batches.withdraw(delivery);
      reject(unavailable());
    }, deadlineMs);
  });
  work
    .then((acceptance) => (isLate && nonceHash !== undefined && acceptance !== 'replay' ? forgetNonce(db, source, nonceHash) : 0))
    .catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    throw error instanceof DomainError ? error : unavailable();
  } finally {
    clearTimeout(timer);
  }
}

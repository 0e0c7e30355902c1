import { DomainError } from '@suiban/shared/errors';
import type { Database } from '../db/database';
import type { Acceptance, Delivery } from './inbox';
import { insertDeliveries, type Written } from './inbox.repo';

/*
 * Group commit. A delivery that finds the store idle is written at once; what arrives meanwhile waits together and is written by the next
 * statement: under load one round, one plan and one commit for dozens of pushes, at rest no wait at all.
 */

const mostAtOnce = 50;
/** A statement that hangs longer (its own limit is 800 ms) no longer holds back the next. */
const stuckMs = 1000;

interface Waiting {
  readonly delivery: Delivery;
  readonly resolve: (acceptance: Acceptance) => void;
  readonly reject: (error: unknown) => void;
}

export interface DeliveryBatches {
  add(delivery: Delivery): Promise<Acceptance>;
  /** True: it had not been begun, and will not be. */
  withdraw(delivery: Delivery): boolean;
}

export function deliveryBatches(db: Database): DeliveryBatches {
  const waiting: Waiting[] = [];
  let isWriting = false;

  const pump = (): void => {
    if (isWriting || waiting.length === 0) return;
    isWriting = true;
    const batch = takeBatch(waiting);
    let timer: NodeJS.Timeout | undefined;
    const stuck = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, stuckMs);
    });
    void Promise.race([write(db, batch), stuck]).then(() => {
      clearTimeout(timer);
      isWriting = false;
      pump();
    });
  };
  return {
    add: (delivery) =>
      new Promise((resolve, reject) => {
        waiting.push({ delivery, resolve, reject });
        pump();
      }),
    withdraw(delivery) {
      const at = waiting.findIndex((one) => one.delivery === delivery);
      if (at >= 0) waiting.splice(at, 1);
      return at >= 0;
    },
  };
}

/** The longest waiting, but of one signature only the first: whether the next is a replay is known when that one is written. */
function takeBatch(waiting: Waiting[]): Waiting[] {
  const taken: Waiting[] = [];
  const left: Waiting[] = [];
  const signatures = new Set<string>();
  for (const one of waiting) {
    const { source, nonceHash } = one.delivery;
    const signature = `${source} ${nonceHash}`;
    const isTaken = taken.length < mostAtOnce && (nonceHash === undefined || !signatures.has(signature));
    if (isTaken) signatures.add(signature);
    (isTaken ? taken : left).push(one);
  }
  waiting.splice(0, waiting.length, ...left);
  return taken;
}

/** Settles every one of the batch; never throws. */
async function write(db: Database, batch: readonly Waiting[]): Promise<void> {
  try {
    const written = await insertDeliveries(
      db.urgent,
      batch.map(({ delivery }) => delivery),
    );
    const acceptances = acceptancesOf(batch, written);
    for (const [index, { resolve }] of batch.entries()) resolve(acceptances[index] ?? 'known');
  } catch (error) {
    const isAway = error instanceof DomainError;
    if (isAway || batch.length === 1) for (const { reject } of batch) reject(error);
    // One of them cannot be written: it alone is refused.
    else for (const one of batch) await write(db, [one]);
  }
}

/** A message that was written belongs to the first of the batch that brought it. */
function acceptancesOf(batch: readonly Waiting[], { nonces, messages }: Written): Acceptance[] {
  const fresh = new Set(nonces.map(({ source, key }) => `${source} ${key}`));
  const stored = new Set(messages.map(({ source, key }) => `${source} ${key}`));
  return batch.map(({ delivery: { source, nonceHash, messages: own } }) => {
    if (nonceHash !== undefined && !fresh.has(`${source} ${nonceHash}`)) return 'replay';
    const isNew = own.map(({ messageKey }) => stored.delete(`${source} ${messageKey}`)).some(Boolean);
    return isNew ? 'stored' : 'known';
  });
}

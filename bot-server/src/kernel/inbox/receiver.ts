import type { Clock } from '@suiban/shared/time';
import type { Database } from '../db/database';
import type { Logger } from '../log/logger';
import type { TaskDefinition } from '../tasks/tasks';
import type { InboxHandler } from './inbox';
import { type ClaimedMessage, claimDue, deleteHandledBefore, markDead, markHandled, markRetry } from './inbox.repo';

/*
 * A message is: pending → handled | dead. A claim moves next_at forward by the lease, so a message whose process died is due again when the
 * lease ends. Messages of one source run in order of arrival within a claim; a failed one does not hold back the others: handlers are
 * idempotent and their states monotone.
 */

export const inboxQueue = 'inbox';
const everyMs = 5_000;
const pageSize = 50;
const leaseMs = 60_000;
const maxAttempts = 10;
const firstWaitMs = 2_000;
const longestWaitMs = 10 * 60_000;
const keepHandledMs = 30 * 24 * 3_600_000;

export interface ReceiverOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  /** By `payload.type`. One module per type; what nobody listens to is done when it arrives. */
  readonly handlers: Readonly<Record<string, InboxHandler>>;
}

/** The sweep that hands stored pushes to their module; woken when one is stored. */
export function inboxTask(options: ReceiverOptions): TaskDefinition {
  return {
    queue: inboxQueue,
    everyMs,
    async handle(_payload, { signal }) {
      await receiveMessages(options, signal);
      await deleteHandledBefore(options.db, new Date(options.clock.now().getTime() - keepHandledMs), 1_000);
    },
  };
}

/** Handles everything that is due. Returns how many messages were handled. */
export async function receiveMessages(options: ReceiverOptions, signal?: AbortSignal): Promise<number> {
  const { db, clock } = options;
  let handled = 0;
  while (!signal?.aborted) {
    const now = clock.now();
    const messages = await db.tx((tx) => claimDue(tx, now, new Date(now.getTime() + leaseMs), pageSize));
    const heard = messages.filter((message) => handlerOf(options, message));
    const unheard = messages.filter((message) => !handlerOf(options, message));
    if (unheard.length > 0) handled += await markHandled(db, idsOf(unheard), now);
    for (const message of heard) if (await receive(options, message)) handled += 1;
    if (messages.length < pageSize) break;
  }
  return handled;
}

const handlerOf = ({ handlers }: ReceiverOptions, { payload }: ClaimedMessage): InboxHandler | undefined => handlers[String(payload.type)];
const idsOf = (messages: readonly ClaimedMessage[]): readonly string[] => messages.map(({ id }) => id);

async function receive(options: ReceiverOptions, claimed: ClaimedMessage): Promise<boolean> {
  const { db, clock, log } = options;
  const { id, attempts, ...message } = claimed;
  try {
    await handlerOf(options, claimed)?.(message);
    await markHandled(db, [id], clock.now());
    return true;
  } catch (error) {
    const now = clock.now();
    const reason = error instanceof Error ? error.message : String(error);
    const isDead = attempts >= maxAttempts;
    if (isDead) await markDead(db, id, now, reason);
    else await markRetry(db, id, new Date(now.getTime() + Math.min(longestWaitMs, firstWaitMs * 2 ** (attempts - 1))), reason);
    log[isDead ? 'error' : 'warn']({ err: error, messageId: id, source: message.source, isDead }, 'push was not handled');
    return false;
  }
}

/** One handler per type of event, from all modules. @throws Error when two modules want the same type. */
export function inboxHandlers(
  modules: readonly { name: string; onInbox?: Readonly<Record<string, InboxHandler>> }[],
): Record<string, InboxHandler> {
  const handlers: Record<string, InboxHandler> = {};
  for (const { name, onInbox = {} } of modules) {
    for (const [type, handle] of Object.entries(onInbox)) {
      if (handlers[type]) throw new Error(`module ${name}: pushes of type ${type} already have a handler`);
      handlers[type] = handle;
    }
  }
  return handlers;
}

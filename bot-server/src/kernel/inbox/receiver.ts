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
  /** By channel kind, the part of `source` before the colon. One module per kind. */
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
  const { db, clock, handlers } = options;
  let handled = 0;
  while (!signal?.aborted) {
    const now = clock.now();
    const messages = await db.tx((tx) => claimDue(tx, Object.keys(handlers), now, new Date(now.getTime() + leaseMs), pageSize));
    for (const message of messages) if (await receive(options, message)) handled += 1;
    if (messages.length < pageSize) break;
  }
  return handled;
}

async function receive({ db, clock, log, handlers }: ReceiverOptions, claimed: ClaimedMessage): Promise<boolean> {
  const { id, attempts, ...message } = claimed;
  const handle = handlers[message.source.split(':', 1)[0] ?? ''];
  if (!handle) return false;
  try {
    await handle(message);
    await markHandled(db, id, clock.now());
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

/** One handler per channel kind, from all modules. @throws Error when two modules want the same kind. */
export function inboxHandlers(
  modules: readonly { name: string; onInbox?: Readonly<Record<string, InboxHandler>> }[],
): Record<string, InboxHandler> {
  const handlers: Record<string, InboxHandler> = {};
  for (const { name, onInbox = {} } of modules) {
    for (const [kind, handle] of Object.entries(onInbox)) {
      if (handlers[kind]) throw new Error(`module ${name}: pushes of ${kind} already have a handler`);
      handlers[kind] = handle;
    }
  }
  return handlers;
}

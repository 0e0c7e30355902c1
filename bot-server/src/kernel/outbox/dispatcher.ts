import type { Clock } from '@suiban/shared/time';
import type { Database } from '../db/database';
import type { Logger } from '../log/logger';
import type { TaskDefinition } from '../tasks/tasks';
import type { EventHandler, OutboxEvent } from './outbox';
import { claimPair, deleteDoneBefore, hasEarlierUnfinished, listPending, lockEvent, markDone, markFailed } from './outbox.repo';
import type { Subscriber } from './subscriber';

/*
 * A pair (event, subscriber) is: absent → handled | retrying → handled | dead. `handled` commits together with the handler's SQL, so a crash
 * leaves it absent or retrying and the pair runs again. An event is done when all its pairs are handled or dead. Per subscriber, events of
 * one key run in order: a retrying pair holds back the later ones of its key, for that subscriber alone; a dead one lets them pass.
 */

export const outboxQueue = 'outbox';
const everyMs = 5_000;
const pageSize = 200;
const maxAttempts = 12;
const firstWaitMs = 1_000;
const longestWaitMs = 10 * 60_000;
const keepDoneMs = 7 * 24 * 3_600_000;
/** Keys handled at once on PostgreSQL; PGlite has one connection. */
const width = 4;

export interface DispatcherOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly subscribers: readonly Subscriber[];
}

interface Pair {
  readonly event: OutboxEvent;
  readonly subscriber: string;
  readonly topics: readonly string[];
  readonly handle: EventHandler;
}

/** The sweep that delivers events; woken after each commit that added some. */
export function outboxTask(options: DispatcherOptions): TaskDefinition {
  return {
    queue: outboxQueue,
    everyMs,
    async handle(_payload, { signal }) {
      await deliverEvents(options, signal);
      await deleteDoneBefore(options.db, new Date(options.clock.now().getTime() - keepDoneMs), 1_000);
    },
  };
}

/** Delivers everything that is due. Returns how many pairs were handled. */
export async function deliverEvents(options: DispatcherOptions, signal?: AbortSignal): Promise<number> {
  let handled = 0;
  let afterId = '0';
  while (!signal?.aborted) {
    const events = await listPending(options.db, afterId, pageSize);
    handled += await deliverPage(options, events, signal);
    const last = events.at(-1);
    if (!last || events.length < pageSize) break;
    afterId = last.id;
  }
  return handled;
}

async function deliverPage(options: DispatcherOptions, events: readonly OutboxEvent[], signal?: AbortSignal): Promise<number> {
  const waiting = [...groupByKey(events).values()];
  let handled = 0;
  const lane = async () => {
    for (let group = waiting.shift(); group && !signal?.aborted; group = waiting.shift()) {
      for (const event of group) for (const pair of pairsOf(options.subscribers, event)) if (await deliver(options, pair)) handled += 1;
    }
  };
  await Promise.all(Array.from({ length: options.db.kind === 'postgres' ? width : 1 }, lane));
  await markDone(
    options.db,
    events.map((event) => ({ eventId: event.id, subscribers: pairsOf(options.subscribers, event).map(({ subscriber }) => subscriber) })),
    options.clock.now(),
  );
  return handled;
}

/** One pair, in one transaction with its record. True when the handler ran and committed. */
async function deliver({ db, clock, log }: DispatcherOptions, { event, subscriber, topics, handle }: Pair): Promise<boolean> {
  try {
    return await db.tx(async (tx) => {
      if (!(await lockEvent(tx, event.id))) return false;
      if (await hasEarlierUnfinished(tx, event, subscriber, topics)) return false;
      if (!(await claimPair(tx, event.id, subscriber, clock.now()))) return false;
      await handle(tx, event);
      return true;
    });
  } catch (error) {
    const now = clock.now();
    const reason = error instanceof Error ? error.message : String(error);
    const nextAt = (attempts: number) => new Date(now.getTime() + Math.min(longestWaitMs, firstWaitMs * 2 ** (attempts - 1)));
    const isDead = await db.tx((tx) => markFailed(tx, { eventId: event.id, subscriber, reason, now, maxAttempts, nextAt }));
    log[isDead ? 'error' : 'warn']({ err: error, eventId: event.id, topic: event.topic, subscriber, isDead }, 'event was not handled');
    return false;
  }
}

function pairsOf(subscribers: readonly Subscriber[], event: OutboxEvent): Pair[] {
  return subscribers.flatMap(({ name, onEvent = {} }) => {
    const handle = Object.hasOwn(onEvent, event.topic) ? onEvent[event.topic] : undefined;
    return handle ? [{ event, subscriber: name, topics: Object.keys(onEvent), handle }] : [];
  });
}

function groupByKey(events: readonly OutboxEvent[]): Map<string, OutboxEvent[]> {
  const groups = new Map<string, OutboxEvent[]>();
  for (const event of events) groups.set(event.key, [...(groups.get(event.key) ?? []), event]);
  return groups;
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@suiban/shared/time';
import type { JobsOptions, Queue, Worker } from 'bullmq';
import type { Database } from '../db/database';
import { refuseInsideTransaction } from '../db/transaction-scope';
import type { Logger } from '../log/logger';
import { openBackend } from './backend';
import { startSweep } from './sweeps';
import type { TaskDefinition, Tasks } from './tasks';
import { startWorker } from './worker';

export interface TaskEngine extends Tasks {
  /** Begins to run tasks. A process that only wakes never calls it. */
  start(definitions: readonly TaskDefinition[]): Promise<void>;
  /** Takes no new task, aborts the signal of the running ones, waits for them until the deadline, closes. */
  drain(deadlineMs: number): Promise<void>;
  /** Wake-ups that could not be stored since the start; sweeps repair them. For /metrics and /ready. */
  lostWakes(): number;
  /** Whether wake-ups can be stored now. */
  isReady(): boolean;
}

export interface TaskEngineOptions {
  /** Given: Redis keeps the wake-ups; else the database does. */
  readonly redisUrl?: string | undefined;
  readonly database: Database;
  readonly log: Logger;
  readonly clock: Clock;
  /** How long a killed process keeps a task before another may take it. Default 15 s; tests use less. */
  readonly lockMs?: number;
}

/** A caller never waits longer for a wake-up to be stored. */
const wakeTimeoutMs = 2_000;
/** The worker counts tries itself: the limit belongs to the definition, which a waking process may not know. */
const endlessAttempts = 1_000_000;

/*
 * A keyed wake-up is: waiting → running → done. Asked for again while waiting: one task. Asked for while running: exactly one more run
 * after it (BullMQ's keepLastIfActive), so nothing that was committed before the wake is missed. A delayed wake-up has a key space of its
 * own, or it would swallow the ones that mean now.
 */
export async function createTasks(options: TaskEngineOptions): Promise<TaskEngine> {
  const { log, database, clock, lockMs = 15_000 } = options;
  const backend = await openBackend(options);
  const queues = new Map<string, Queue>();
  const workers = new Set<Worker>();
  const stops: (() => void)[] = [];
  const draining = new AbortController();
  let lost = 0;
  let isClosed = false;

  const queueOf = (name: string): Queue => {
    const found = queues.get(name) ?? backend.queue(name);
    if (!queues.has(name)) found.on('error', (error) => log.debug({ err: error, queue: name }, 'queue'));
    queues.set(name, found);
    return found;
  };
  const add = async (queue: string, name: 'wake' | 'sweep', payload: object, given: JobsOptions) => {
    try {
      if (isClosed || !backend.isReady()) throw new Error('the task store is away');
      await withTimeout(queueOf(queue).add(name, payload, given));
    } catch (error) {
      lost += 1;
      log.warn({ err: error, queue }, 'wake-up lost: the sweep repairs it');
    }
  };
  const sweep = (queue: string, everyMs: number) =>
    startSweep(queue, everyMs, (slot) => {
      const keepSec = Math.ceil((2 * everyMs) / 1000);
      void add(
        queue,
        'sweep',
        {},
        {
          jobId: `sweep-${slot}`,
          deduplication: { id: 'sweep' },
          removeOnComplete: { age: keepSec, count: 2 },
          removeOnFail: { age: keepSec, count: 2 },
        },
      );
    });

  /**
   * NOTE: BullMQ keeps the failure of a connection that broke while it was being made, and the worker asks it again at once, for ever:
   * a loop of microtasks that stops the process (6.7.0, Redis ended within 100 ms of the start). Such a worker is replaced.
   */
  const begin = (definition: TaskDefinition): void => {
    const worker = startWorker({ backend, definition, database, clock, log, lockMs, draining: draining.signal });
    workers.add(worker);
    const isReached = () => (definition.runsAtStart ? wake(definition.queue, {}, { key: 'start' }) : undefined);
    worker.waitUntilReady().then(isReached, () => {
      if (!workers.delete(worker)) return;
      worker.close(true).catch(() => undefined);
      const timer = setTimeout(() => {
        if (!draining.signal.aborted) begin(definition);
      }, 1_000);
      stops.push(() => clearTimeout(timer));
    });
  };

  const wake: Tasks['wake'] = async (queue, payload, { key, delayMs = 0 } = {}) => {
    refuseInsideTransaction('tasks.wake');
    const deduplication = key === undefined ? undefined : { id: delayMs > 0 ? `later-${key}` : `now-${key}`, keepLastIfActive: true };
    await add(queue, 'wake', payload, {
      attempts: endlessAttempts,
      backoff: { type: 'custom' },
      removeOnComplete: true,
      removeOnFail: true,
      ...(deduplication ? { deduplication } : {}),
      ...(delayMs > 0 ? { delay: delayMs } : {}),
    });
  };

  return {
    wake,
    async start(definitions) {
      for (const definition of definitions) {
        begin(definition);
        if (definition.everyMs !== undefined) stops.push(sweep(definition.queue, definition.everyMs));
      }
    },
    async drain(deadlineMs) {
      if (draining.signal.aborted) return;
      for (const stop of stops) stop();
      draining.abort();
      const closing = Promise.all([...workers].map((worker) => worker.close()));
      const isDone = await Promise.race([closing.then(() => true), sleep(deadlineMs, false, { ref: false })]);
      if (!isDone) log.warn('tasks did not stop in time: another process takes them when their lock ends');
      isClosed = true;
      await Promise.race([Promise.all([...queues.values()].map((queue) => queue.close())), sleep(1_000, undefined, { ref: false })]);
      await backend.close();
    },
    lostWakes: () => lost,
    isReady: () => !isClosed && backend.isReady(),
  };
}

async function withTimeout(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the task store did not answer in time')), wakeTimeoutMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}

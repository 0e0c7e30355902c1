import type { Clock } from '@suiban/shared/time';
import { type Job, UnrecoverableError, type Worker } from 'bullmq';
import type { Database } from '../db/database';
import { taskSeconds } from '../health/metrics';
import type { Logger } from '../log/logger';
import { withLogContext } from '../log/request-context';
import type { Backend } from './backend';
import { insertDeadTask } from './dead-tasks.repo';
import type { TaskDefinition, TaskPayload } from './tasks';

const defaultMaxAttempts = 20;
const firstWaitMs = 500;
const longestWaitMs = 60_000;
/** Times a task may be found without its process before it counts as what kills it. BullMQ's own 1 is below a few deploys. */
const maxStalledCount = 20;
const stalledCheckMs = 5_000;
/** After the store was away; BullMQ's 15 s is longer than a restart should be felt. */
const storeRetryMs = 1_000;

export interface WorkerGiven {
  readonly backend: Backend;
  readonly definition: TaskDefinition;
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly lockMs: number;
  readonly draining: AbortSignal;
}

/** Runs the tasks of one queue: counts tries, waits longer after each, and lists a task that failed too often as dead. */
export function startWorker({ backend, definition, database, clock, log, lockMs, draining }: WorkerGiven): Worker {
  const { queue, maxAttempts = defaultMaxAttempts } = definition;
  const bury = (job: Job, attempts: number, reason: string) =>
    insertDeadTask(database, { queue, payload: job.data as TaskPayload, attempts, reason, diedAt: clock.now() });

  const run = async (job: Job, _token?: string, lockLost?: AbortSignal) => {
    const attempt = job.attemptsMade + 1;
    const signal = lockLost ? AbortSignal.any([draining, lockLost]) : draining;
    const measured = taskSeconds.startTimer({ queue });
    try {
      await withLogContext({ task: queue }, () => definition.handle(job.data as TaskPayload, { signal, attempt }));
      measured({ outcome: 'done' });
    } catch (error) {
      measured({ outcome: 'failed' });
      const isSweep = job.name === 'sweep';
      const isDead = !isSweep && attempt >= maxAttempts;
      log[isDead || isSweep ? 'error' : 'warn']({ err: error, queue, attempt, isDead }, 'task failed');
      if (!isDead) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      await bury(job, attempt, reason);
      throw new UnrecoverableError(reason);
    }
  };

  const worker = backend.worker(queue, run, {
    concurrency: definition.concurrency ?? 1,
    lockDuration: lockMs,
    stalledInterval: Math.min(stalledCheckMs, lockMs),
    maxStalledCount,
    runRetryDelay: storeRetryMs,
    settings: { backoffStrategy: (attemptsMade) => Math.min(longestWaitMs, firstWaitMs * 2 ** (attemptsMade - 1)) },
  });
  worker.on('error', (error) => log.debug({ err: error, queue }, 'worker'));
  worker.on('failed', (job, error) => {
    // A task that ended its process every time never reaches the catch above.
    if (!job || !/stalled more than allowable limit/.test(error.message)) return;
    log.error({ queue, payload: job.data }, 'task ends its process: given up');
    bury(job, maxStalledCount, error.message).catch((failure: unknown) => log.error({ err: failure, queue }, 'dead task was not listed'));
  });
  return worker;
}

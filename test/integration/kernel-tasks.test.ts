import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { createClient } from 'redis';
import type { Database } from '../../bot-server/src/kernel/db/database';
import { openPostgres } from '../../bot-server/src/kernel/db/open-postgres';
import { createTasks, type TaskEngine } from '../../bot-server/src/kernel/tasks/create-tasks';
import { listDeadTasks } from '../../bot-server/src/kernel/tasks/dead-tasks.repo';
import type { TaskDefinition, TaskPayload } from '../../bot-server/src/kernel/tasks/tasks';
import { testClock } from '../support/clock';
import { testBackend, testDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { testLog } from '../support/log';
import { startPostgres } from '../support/postgres';
import { type RedisServer, startRedis } from '../support/redis';

let database: Database;
let redis: RedisServer;
const engines: TaskEngine[] = [];
const clock = testClock();

beforeAll(async () => {
  [database, redis] = await Promise.all([testDatabase({ migrations: [1] }), startRedis()]);
}, 60_000);
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.drain(5_000)));
});
afterAll(async () => {
  await redis.stop();
  await database.close();
});

async function engine(store: string): Promise<TaskEngine> {
  const made = await createTasks({
    database,
    log: testLog,
    clock,
    lockMs: 2_000,
    ...(store === 'redis' ? { redisUrl: redis.url } : {}),
  });
  engines.push(made);
  if (store === 'redis') await eventually(() => made.isReady());
  return made;
}

let queues = 0;
const newQueue = (): string => {
  queues += 1;
  return `test.${process.pid}.${queues}`;
};

/** A task that notes each run and lasts as long as the test says. */
function recording(queue: string, work: (run: number, signal: AbortSignal) => Promise<void> = async () => undefined) {
  const runs: TaskPayload[] = [];
  const definition: TaskDefinition = {
    queue,
    async handle(payload, { signal }) {
      runs.push(payload);
      await work(runs.length, signal);
    },
  };
  return { runs, definition };
}

describe.each(['database', 'redis'])('tasks kept in %s', (store) => {
  it('runs the handler with the payload', async () => {
    const tasks = await engine(store);
    const { runs, definition } = recording(newQueue());
    await tasks.start([definition]);
    await tasks.wake(definition.queue, { campaignId: '7', batch: 3 });
    await eventually(() => runs.length === 1);
    expect(runs).toEqual([{ campaignId: '7', batch: 3 }]);
  });

  it('runs once at the start what asks for it, as soon as the store is reached', async () => {
    const made = await createTasks({ database, log: testLog, clock, ...(store === 'redis' ? { redisUrl: redis.url } : {}) });
    engines.push(made);
    const { runs, definition } = recording(newQueue());
    // Not waited for: nothing can be stored in a Redis that is not reached yet.
    await made.start([{ ...definition, everyMs: 3_600_000, runsAtStart: true }]);
    await eventually(() => runs.length === 1);
  });

  it('makes one task of wake-ups with one key while they wait, and runs again when woken after the end', async () => {
    const tasks = await engine(store);
    const { runs, definition } = recording(newQueue());
    for (let count = 0; count < 5; count += 1) await tasks.wake(definition.queue, { count }, { key: 'one' });
    await tasks.wake(definition.queue, { other: 1 }, { key: 'two' });
    await tasks.start([definition]);
    await eventually(() => runs.length === 2);
    await sleep(300);
    expect(runs).toEqual([{ count: 0 }, { other: 1 }]);
    await tasks.wake(definition.queue, { count: 9 }, { key: 'one' });
    await eventually(() => runs.length === 3);
  });

  it('runs exactly once more when woken while running', async () => {
    const tasks = await engine(store);
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { runs, definition } = recording(newQueue(), (run) => (run === 1 ? gate : Promise.resolve()));
    await tasks.start([definition]);
    await tasks.wake(definition.queue, { n: 1 }, { key: 'k' });
    await eventually(() => runs.length === 1);
    for (let n = 2; n < 6; n += 1) await tasks.wake(definition.queue, { n }, { key: 'k' });
    await sleep(200);
    expect(runs).toHaveLength(1);
    release();
    await eventually(() => runs.length === 2);
    await sleep(300);
    expect(runs).toHaveLength(2);
  });

  it('does not let a delayed wake-up swallow one that means now', async () => {
    const tasks = await engine(store);
    const { runs, definition } = recording(newQueue());
    await tasks.start([definition]);
    await tasks.wake(definition.queue, { when: 'later' }, { key: 'k', delayMs: 900 });
    await tasks.wake(definition.queue, { when: 'now' }, { key: 'k' });
    await eventually(() => runs.length === 1);
    expect(runs).toEqual([{ when: 'now' }]);
    await eventually(() => runs.length === 2);
  });

  it('tries again after a failure and lists a task as dead, with the reason, after the last', async () => {
    const tasks = await engine(store);
    const { runs, definition } = recording(newQueue(), () => Promise.reject(new Error('no such batch')));
    await tasks.start([{ ...definition, maxAttempts: 2 }]);
    await tasks.wake(definition.queue, { batch: 1 }, { key: 'poison' });
    const dead = async () => (await listDeadTasks(database, 50)).filter(({ queue }) => queue === definition.queue);
    await eventually(async () => (await dead()).length === 1);
    expect(runs).toHaveLength(2);
    expect(await dead()).toEqual([
      expect.objectContaining({ payload: { batch: 1 }, attempts: 2, reason: 'no such batch', diedAt: clock.now() }),
    ]);
    await sleep(300);
    expect(runs).toHaveLength(2);
    await tasks.wake(definition.queue, { batch: 1 }, { key: 'poison' });
    await eventually(() => runs.length === 3);
  });

  it('sweeps every so often, never twice at once over two engines', async () => {
    const [first, second] = [await engine(store), await engine(store)];
    const queue = newQueue();
    let running = 0;
    let most = 0;
    const work = async () => {
      running += 1;
      most = Math.max(most, running);
      await sleep(250);
      running -= 1;
    };
    const [one, two] = [recording(queue, work), recording(queue, work)];
    await Promise.all([first.start([{ ...one.definition, everyMs: 200 }]), second.start([{ ...two.definition, everyMs: 200 }])]);
    await eventually(() => one.runs.length + two.runs.length >= 4);
    expect(most).toBe(1);
    expect([...one.runs, ...two.runs].every((payload) => Object.keys(payload).length === 0)).toBe(true);
  });

  it('drains: aborts the signal, waits for the handler, takes nothing new', async () => {
    const tasks = await engine(store);
    let isFinished = false;
    const { runs, definition } = recording(newQueue(), async (_run, signal) => {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      await sleep(100);
      isFinished = true;
    });
    await tasks.start([definition]);
    await tasks.wake(definition.queue, { n: 1 });
    await eventually(() => runs.length === 1);
    await tasks.wake(definition.queue, { n: 2 });
    await tasks.drain(5_000);
    expect(isFinished).toBe(true);
    expect(runs).toHaveLength(1);
    const again = await engine(store);
    const next = recording(definition.queue);
    await again.start([next.definition]);
    await eventually(() => next.runs.length === 1);
    expect(next.runs).toEqual([{ n: 2 }]);
  });

  it('refuses to wake inside a transaction', async () => {
    const tasks = await engine(store);
    await expect(database.tx(() => tasks.wake(newQueue(), {}))).rejects.toThrow('tasks.wake inside an open transaction');
  });

  it('keeps going beside long transactions', async () => {
    const tasks = await engine(store);
    const queue = newQueue();
    let handled = 0;
    await tasks.start([
      {
        queue,
        concurrency: 4,
        async handle() {
          await database.tx(async (tx) => {
            await tx.run(sql`select 1`);
            await sleep(30);
            await tx.run(sql`select 2`);
          });
          handled += 1;
        },
      },
    ]);
    await Promise.all(Array.from({ length: 20 }, (_, n) => tasks.wake(queue, { n })));
    await database.tx(async (tx) => {
      await sleep(500);
      await tx.run(sql`select 3`);
    });
    await eventually(() => handled === 20);
  });
});

describe('a store that forgets', () => {
  it('is repaired by the sweep: FLUSHALL loses nothing but time', async () => {
    const tasks = await engine('redis');
    const { runs, definition } = recording(newQueue());
    await tasks.start([{ ...definition, everyMs: 300 }]);
    await eventually(() => runs.length > 0);
    const client = createClient({ url: redis.url });
    await client.connect();
    await client.flushAll();
    await client.close();
    const before = runs.length;
    await eventually(() => runs.length >= before + 2, 4_000);
    await tasks.wake(definition.queue, { n: 1 }, { key: 'k' });
    await eventually(() => runs.some(({ n }) => n === 1), 4_000);
  }, 20_000);
});

if (testBackend === 'postgres') {
  describe('a PostgreSQL server that restarts', () => {
    it('is used again by itself', async () => {
      const server = await startPostgres();
      const own = openPostgres({ databaseUrl: server.url, log: testLog, maxConnections: 2 });
      const tasks = await createTasks({ database: own, log: testLog, clock, lockMs: 2_000 });
      const { runs, definition } = recording(newQueue());
      await tasks.start([{ ...definition, everyMs: 500 }]);
      await eventually(() => runs.length > 0);
      await server.restart();
      await tasks.wake(definition.queue, { n: 1 });
      await eventually(() => runs.some(({ n }) => n === 1) || tasks.lostWakes() > 0, 6_000);
      const before = runs.length;
      await eventually(() => runs.length >= before + 2, 6_000);
      const startedAt = performance.now();
      await tasks.wake(definition.queue, { n: 2 });
      await eventually(() => runs.some(({ n }) => n === 2));
      // Well under the 5 s of a poll: the listener is back.
      expect(performance.now() - startedAt).toBeLessThan(1_500);
      await tasks.drain(5_000);
      await own.close();
      await server.stop();
    }, 30_000);
  });
}

describe('without Redis', () => {
  it('loses wake-ups, counted, without an error, and recovers by itself within 5 s', async () => {
    await redis.halt();
    const tasks = await createTasks({ database, log: testLog, clock, redisUrl: redis.url });
    engines.push(tasks);
    const { runs, definition } = recording(newQueue());
    await tasks.start([{ ...definition, everyMs: 500 }]);
    await tasks.wake(definition.queue, { n: 1 }, { key: 'k' });
    expect(tasks.lostWakes()).toBeGreaterThan(0);
    expect(tasks.isReady()).toBe(false);
    await redis.start();
    await eventually(() => tasks.isReady() && runs.length > 0, 5_000);
    await redis.halt();
    await eventually(() => !tasks.isReady());
    await tasks.wake(definition.queue, { n: 2 });
    await redis.start();
    const before = runs.length;
    await eventually(() => runs.length > before, 5_000);
  }, 30_000);
});

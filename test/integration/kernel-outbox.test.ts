import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { createOutbox } from '../../bot-server/src/kernel/outbox/create-outbox';
import { outboxQueue, outboxTask } from '../../bot-server/src/kernel/outbox/dispatcher';
import type { OutboxEvent } from '../../bot-server/src/kernel/outbox/outbox';
import type { Subscriber } from '../../bot-server/src/kernel/outbox/subscriber';
import { createTasks } from '../../bot-server/src/kernel/tasks/create-tasks';
import { type TestDeps, testDeps } from '../support/deps';
import { eventually } from '../support/eventually';

let deps: TestDeps;

beforeAll(async () => {
  deps = await testDeps({ migrations: [1] });
  await deps.db.run(sql`create table effect (subscriber text, event_id text, n int)`);
}, 60_000);
afterAll(() => deps.close());
beforeEach(async () => {
  await deps.db.run(sql`truncate outbox, outbox_handled, effect`);
  deps.tasks.forget();
});

const add = (key: string, n: number, topic = 'test.happened') => deps.db.tx((tx) => deps.outbox.add(tx, { topic, key, payload: { n } }));

/** Writes its effect in SQL; `fail` decides which events it refuses. */
const writing = (name: string, fail: (event: OutboxEvent) => boolean = () => false): Subscriber => ({
  name,
  onEvent: {
    'test.happened': async (tx, event) => {
      await tx.run(sql`insert into effect values (${name}, ${event.id}, ${event.payload.n}::int)`);
      if (fail(event)) throw new Error(`${name} refuses`);
    },
  },
});

const effects = async (name: string): Promise<number[]> =>
  (await deps.db.rows<{ n: number }>(sql`select n from effect where subscriber = ${name} order by ctid`)).map(({ n }) => n);
const pending = async (): Promise<number> =>
  (await deps.db.one<{ count: number }>(sql`select count(*)::int as count from outbox where done_at is null`)).count;

describe('outbox', () => {
  it('hands an event to every module that named its topic, once, and wakes the dispatcher after the commit', async () => {
    await add('1', 1);
    await add('1', 2);
    await add('2', 3, 'test.unheard');
    expect(deps.tasks.woken.map(({ queue, key }) => [queue, key])).toEqual([
      ['outbox', 'outbox'],
      ['outbox', 'outbox'],
      ['outbox', 'outbox'],
    ]);
    const subscribers = [writing('a'), writing('b'), { name: 'c' }];
    expect(await deps.deliver(subscribers)).toBe(4);
    expect(await deps.deliver(subscribers)).toBe(0);
    expect(await effects('a')).toEqual([1, 2]);
    expect(await effects('b')).toEqual([1, 2]);
    expect(await pending()).toBe(0);
  });

  it('neither stores nor wakes when the transaction rolls back', async () => {
    const failed = deps.db.tx(async (tx) => {
      await deps.outbox.add(tx, { topic: 'test.happened', key: '1', payload: {} });
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await pending()).toBe(0);
    expect(deps.tasks.woken).toEqual([]);
  });

  it('writes nothing of a handler that fails, tries again with growing waits, and holds back later events of that key and module only', async () => {
    let isBroken = true;
    const subscribers = [writing('a', ({ payload }) => isBroken && payload.n === 1), writing('b')];
    await add('k', 1);
    await add('k', 2);
    await add('other', 3);
    await deps.deliver(subscribers);
    expect(await effects('a')).toEqual([3]);
    // Keys run beside each other: only 1 before 2 is promised.
    expect((await effects('b')).filter((n) => n !== 3)).toEqual([1, 2]);
    expect(await deps.deliver(subscribers)).toBe(0);
    expect(await deps.db.rows(sql`select subscriber, state, attempts, reason from outbox_handled where state <> 'handled'`)).toEqual([
      { subscriber: 'a', state: 'retrying', attempts: 1, reason: 'a refuses' },
    ]);
    deps.clock.advance(1_000);
    await deps.deliver(subscribers);
    expect(await deps.db.one(sql`select attempts from outbox_handled where state = 'retrying'`)).toEqual({ attempts: 2 });
    deps.clock.advance(1_000);
    expect(await deps.deliver(subscribers)).toBe(0);
    isBroken = false;
    deps.clock.advance(1_000);
    expect(await deps.deliver(subscribers)).toBe(2);
    expect(await effects('a')).toEqual([3, 1, 2]);
    expect(await pending()).toBe(0);
  });

  it('gives up in the end, with the reason, and lets the next events of the key pass', async () => {
    const subscribers = [writing('a', ({ payload }) => payload.n === 1)];
    await add('k', 1);
    await add('k', 2);
    for (let count = 0; count < 15; count += 1) {
      await deps.deliver(subscribers);
      deps.clock.advance(600_000);
    }
    expect(await deps.db.rows(sql`select state, attempts, reason from outbox_handled order by event_id`)).toEqual([
      { state: 'dead', attempts: 12, reason: 'a refuses' },
      { state: 'handled', attempts: 1, reason: null },
    ]);
    expect(await effects('a')).toEqual([2]);
    expect(await pending()).toBe(0);
  });

  it('has each effect exactly once, in order per key, with several dispatchers at work', async () => {
    const keys = ['p', 'q', 'r'];
    for (let n = 0; n < 60; n += 1) await add(keys[n % 3] ?? 'p', n);
    const flaky = new Set<string>();
    const subscribers = ['a', 'b'].map((name) =>
      writing(name, (event) => {
        if (Number(event.id) % 7 !== 0 || flaky.has(name + event.id)) return false;
        flaky.add(name + event.id);
        return true;
      }),
    );
    for (let round = 0; round < 40 && (await pending()) > 0; round += 1) {
      await Promise.all([deps.deliver(subscribers), deps.deliver(subscribers), deps.deliver(subscribers)]);
      deps.clock.advance(5_000);
    }
    expect(flaky.size).toBeGreaterThan(0);
    for (const name of ['a', 'b']) {
      const seen = await effects(name);
      expect([...seen].sort((x, y) => x - y)).toEqual(Array.from({ length: 60 }, (_, n) => n));
      for (let rest = 0; rest < 3; rest += 1) {
        const ofKey = seen.filter((n) => n % 3 === rest);
        expect(ofKey).toEqual([...ofKey].sort((x, y) => x - y));
      }
    }
  });

  it('goes through the task engine: the commit wakes it, and the sweep finds what no wake-up told', async () => {
    const tasks = await createTasks({ database: deps.db, log: deps.log, clock: deps.clock });
    const outbox = createOutbox(() => void tasks.wake(outboxQueue, {}, { key: 'outbox' }));
    const subscribers = [writing('engine')];
    await tasks.start([{ ...outboxTask({ ...deps, subscribers }), everyMs: 1_000 }]);
    await sleep(100);
    await deps.db.tx((tx) => outbox.add(tx, { topic: 'test.happened', key: '1', payload: { n: 1 } }));
    await eventually(async () => (await effects('engine')).length === 1);
    await deps.db.run(sql`insert into outbox (topic, key, payload) values ('test.happened', '1', '{"n": 2}')`);
    await eventually(async () => (await effects('engine')).length === 2);
    await tasks.drain(5_000);
  }, 20_000);
});

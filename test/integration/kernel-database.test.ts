import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { afterCommit } from '../../bot-server/src/kernel/db/after-commit';
import type { Database, Tx } from '../../bot-server/src/kernel/db/database';
import { openDatabase } from '../../bot-server/src/kernel/db/open-database';
import { openPostgres } from '../../bot-server/src/kernel/db/open-postgres';
import { vacuumChanged } from '../../bot-server/src/kernel/db/pglite-vacuum';
import { brokenConstraint } from '../../bot-server/src/kernel/db/sql-state';
import { testBackend, testDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { testLog } from '../support/log';
import { type PostgresServer, startPostgres } from '../support/postgres';
import { temporaryFolder } from '../support/process';

let db: Database;

beforeAll(async () => {
  db = await testDatabase({ migrations: [1] });
  await db.run(sql`create table counter (name text primary key, value int not null check (value >= 0))`);
}, 60_000);
afterAll(() => db.close());
beforeEach(async () => {
  await db.run(sql`truncate counter`);
  await db.run(sql`insert into counter values ('a', 1), ('b', 2)`);
});

const counterOf = async (on: Tx, name: string): Promise<number> =>
  (await on.one<{ value: number }>(sql`select value from counter where name = ${name}`)).value;

describe('types', () => {
  it('are the same on both databases', async () => {
    const row = await db.one(sql`
      select 9007199254740993::bigint as big, date '2026-02-28' as day, array[date '2026-01-02', null] as days, '{}'::date[] as none,
        1.50::numeric as amount, '{"a":[1]}'::jsonb as document, array['x','y'] as tags, array[1,2]::bigint[] as bigs,
        timestamptz '2026-06-10 10:00:00+08' as instant, true as flag, null as nothing`);
    expect(row).toEqual({
      big: '9007199254740993',
      day: '2026-02-28',
      days: ['2026-01-02', null],
      none: [],
      amount: '1.50',
      document: { a: [1] },
      tags: ['x', 'y'],
      bigs: ['1', '2'],
      instant: new Date('2026-06-10T02:00:00Z'),
      flag: true,
      nothing: null,
    });
  });

  it('count what was written', async () => {
    expect(await db.run(sql`update counter set value = value + 1`)).toBe(2);
    expect(await db.first(sql`select 1 from counter where name = 'none'`)).toBeUndefined();
    await expect(db.one(sql`select 1 from counter`)).rejects.toThrow('expected one row, got 2');
  });

  it('work in UTC', async () => {
    expect(await db.one(sql`select current_setting('timezone') as zone`)).toEqual({ zone: 'UTC' });
  });
});

describe('transactions', () => {
  it('write all or nothing', async () => {
    const broken = db.tx(async (tx) => {
      await tx.run(sql`update counter set value = 10 where name = 'a'`);
      throw new Error('no');
    });
    await expect(broken).rejects.toThrow('no');
    expect(await counterOf(db, 'a')).toBe(1);
    await db.tx((tx) => tx.run(sql`update counter set value = 10 where name = 'a'`));
    expect(await counterOf(db, 'a')).toBe(10);
  });

  it('repeat the work after a serialization failure, and give up in the end', async () => {
    let tries = 0;
    const failing = (times: number) =>
      db.tx(async (tx) => {
        tries += 1;
        await tx.run(sql`update counter set value = value + 1 where name = 'a'`);
        if (tries <= times) await tx.run(sql.raw(`do $$ begin raise exception 'again' using errcode = '40001'; end $$`));
        return tries;
      });
    expect(await failing(2)).toBe(3);
    expect(await counterOf(db, 'a')).toBe(2);
    tries = 0;
    await expect(failing(100)).rejects.toMatchObject({ code: '40001' });
    expect(tries).toBe(6);
    expect(await counterOf(db, 'a')).toBe(2);
  });

  it('name the constraint that broke', async () => {
    const error: unknown = await db.run(sql`update counter set value = -1`).catch((caught: unknown) => caught);
    expect(brokenConstraint(error)).toBe('counter_value_check');
    expect(brokenConstraint(new Error('x'))).toBeUndefined();
  });

  it('refuse to commit when a failed statement was swallowed', async () => {
    const swallowed = db.tx(async (tx) => {
      await tx.run(sql`update counter set value = 10 where name = 'a'`);
      await tx.run(sql`select 1 / 0`).catch(() => undefined);
    });
    await expect(swallowed).rejects.toThrow('swallowed');
    expect(await counterOf(db, 'a')).toBe(1);
  });

  it('refuse a query on the database, a second transaction and a stream inside, instead of waiting for ever', async () => {
    await expect(db.tx(() => db.rows(sql`select 1`))).rejects.toThrow('a query on the database inside an open transaction');
    await expect(db.tx(() => db.tx(async () => undefined))).rejects.toThrow('a transaction inside an open transaction');
    await expect(db.tx(async () => db.stream(sql`select 1`, 1)[Symbol.asyncIterator]().next())).rejects.toThrow('a stream inside');
    expect(await counterOf(db, 'a')).toBe(1);
  });

  it('refuse a query after their end', async () => {
    let leaked: Tx | undefined;
    await db.tx(async (tx) => {
      leaked = tx;
    });
    await expect(Promise.resolve().then(() => leaked?.rows(sql`select 1`))).rejects.toThrow('this transaction is over');
  });

  it('queue, and lose no update', async () => {
    const increment = () => db.tx((tx) => tx.run(sql`update counter set value = value + 1 where name = 'a'`));
    await Promise.all(Array.from({ length: 40 }, increment));
    expect(await counterOf(db, 'a')).toBe(41);
  });

  it('run what waits for the commit once, after it, and not after a rollback', async () => {
    const seen: number[] = [];
    const note = () => seen.push(1);
    await db.tx(async (tx) => {
      afterCommit(tx, note);
      afterCommit(tx, note);
      await tx.run(sql`select 1`);
      expect(seen).toEqual([]);
    });
    expect(seen).toEqual([1]);
    const failed = db.tx(async (tx) => {
      afterCommit(tx, note);
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(seen).toEqual([1]);
  });
});

describe('streams', () => {
  it('give all rows in chunks, with parameters', async () => {
    const sizes: number[] = [];
    const found: number[] = [];
    for await (const rows of db.stream(sql<{ n: number }>`select n from generate_series(1, ${2_500}::int) n order by n`, 1_000)) {
      sizes.push(rows.length);
      found.push(...rows.map(({ n }) => n));
    }
    expect(sizes).toEqual([1_000, 1_000, 500]);
    expect(found).toEqual(Array.from({ length: 2_500 }, (_, index) => index + 1));
  });

  it('let others work between chunks, and end when the reader stops', async () => {
    for await (const rows of db.stream(sql`select n from generate_series(1, 30) n`, 10)) {
      expect(rows).toHaveLength(10);
      await db.tx((tx) => tx.run(sql`update counter set value = value + 1 where name = 'a'`));
      break;
    }
    expect(await counterOf(db, 'a')).toBe(2);
    expect(await db.rows(sql`select name from pg_cursors`)).toEqual([]);
  });

  it('throw what the query throws', async () => {
    await expect(db.stream(sql`select no_such_column`, 10)[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: '42703' });
    expect(await counterOf(db, 'a')).toBe(1);
  });
});

if (testBackend === 'pglite') {
  describe('the embedded database', () => {
    it('keeps what was written, and its directory to itself', async () => {
      const dataDir = temporaryFolder('embedded');
      const first = await openDatabase({ dataDir, log: testLog });
      await first.run(sql`create table kept (n int)`);
      await first.run(sql`insert into kept values (7)`);
      await expect(openDatabase({ dataDir, log: testLog })).rejects.toThrow('already open in this process');
      await first.close();
      const second = await openDatabase({ dataDir, log: testLog });
      expect(await second.rows(sql`select n from kept`)).toEqual([{ n: 7 }]);
      await second.close();
    }, 60_000);

    it('leaves turns to timers while queries follow each other, also inside a transaction', async () => {
      const longestGapMs = async (work: () => Promise<unknown>) => {
        let longest = 0;
        let last = performance.now();
        const tick = () => {
          longest = Math.max(longest, performance.now() - last);
          last = performance.now();
        };
        const timer = setInterval(tick, 1);
        const startedAt = performance.now();
        await work();
        const tookMs = performance.now() - startedAt;
        tick();
        clearInterval(timer);
        expect(tookMs).toBeGreaterThan(100);
        return longest / tookMs;
      };
      const many = async (tx: Tx) => {
        for (let count = 0; count < 1500; count += 1) await tx.one(sql`select ${count}::int as n`);
      };
      expect(await longestGapMs(() => many(db))).toBeLessThan(0.5);
      expect(await longestGapMs(() => db.tx(many))).toBeLessThan(0.5);
    });

    it('vacuums tables that changed', async () => {
      await db.run(sql`create table churn as select n from generate_series(1, 20000) n`);
      await db.run(sql`update churn set n = n + 1`);
      expect(await vacuumChanged(db)).toContain('public.churn');
      expect(await vacuumChanged(db)).toEqual([]);
    });
  });
}

if (testBackend === 'postgres') {
  describe('a PostgreSQL server', () => {
    let server: PostgresServer;
    let client: Database;
    beforeEach(async () => {
      server = await startPostgres();
      client = openPostgres({ databaseUrl: server.url, log: testLog, maxConnections: 2 });
    }, 30_000);
    afterEach(async () => {
      await client.close();
      await server.stop();
    });

    it('answers kernel:unavailable within 2 s when the pool is exhausted, and recovers', async () => {
      const slow = [client.run(sql`select pg_sleep(3)`), client.run(sql`select pg_sleep(3)`)];
      await sleep(100);
      const startedAt = performance.now();
      await expect(client.rows(sql`select 1`)).rejects.toMatchObject({ type: 'kernel:unavailable', httpStatus: 503, retryAfterMs: 1000 });
      expect(performance.now() - startedAt).toBeLessThan(2_000);
      await Promise.all(slow);
      expect(await client.rows(sql`select 1 as one`)).toEqual([{ one: 1 }]);
    }, 30_000);

    it('answers kernel:unavailable while the server restarts, and recovers by itself', async () => {
      await client.run(sql`create table kept (n int)`);
      const cut = client.tx(async (tx) => {
        await tx.run(sql`insert into kept values (1)`);
        await sleep(800);
        await tx.run(sql`insert into kept values (2)`);
      });
      const outcome = expect(cut).rejects.toMatchObject({ type: 'kernel:unavailable' });
      await sleep(100);
      await server.restart();
      await outcome;
      await eventually(async () => (await client.rows(sql`select 1`).catch(() => [])).length === 1, 5_000);
      expect(await client.rows(sql`select * from kept`)).toEqual([]);
    }, 30_000);

    it('cancels a statement that takes too long', async () => {
      await expect(db.tx((tx) => tx.run(sql`select pg_sleep(5)`), { statementTimeoutMs: 100 })).rejects.toMatchObject({
        type: 'kernel:unavailable',
      });
    });
  });
}

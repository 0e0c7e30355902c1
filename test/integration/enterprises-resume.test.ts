import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import type { Database } from '../../bot-server/src/kernel/db/database';
import { enterprisesModule } from '../../bot-server/src/modules/enterprises';
import { type Caller, startApp, type TestApp } from '../support/app';
import { type TestDeps, testDeps } from '../support/deps';
import { creditCode, listHeader } from '../support/imports';

jest.setTimeout(60_000);

let deps: TestDeps;
let app: TestApp;
let drafter: Caller;

beforeAll(async () => {
  deps = await testDeps({ migrations: [1, 2, 3, 15, 16] });
  app = await startApp(deps);
  drafter = await app.official({ roles: ['drafter'] });
});
afterAll(() => app.close());

const rows = 2300;
function list(): string {
  const lines = Array.from(
    { length: rows },
    (_, index) => `${creditCode()},第${index}家（演示）,62,310101,${index % 100 === 7 ? -1 : 5},1,,`,
  );
  // The last repeats the first: over five chunks and three workers, it is still told.
  return [listHeader, ...lines, lines[0]].join('\n');
}

async function started(content: string): Promise<string> {
  const preview = await drafter.upload('/api/enterprise-imports', 'long.csv', content);
  const { id } = preview.body.run as { id: string };
  await drafter.post(`/api/enterprise-imports/${id}/start`, { mapping: preview.body.mapping });
  deps.tasks.forget();
  return id;
}

/** A worker whose database goes away in the chunk after `chunks`: it neither commits that one nor gives back its lease. */
function dyingWorker(chunks: number) {
  let left = chunks;
  const db: Database = Object.create(deps.db, {
    tx: {
      value: (work: Parameters<Database['tx']>[0]) =>
        deps.db.tx(async (tx) => {
          const result = await work(tx);
          left -= 1;
          if (left < 0) throw new Error('killed');
          return result;
        }),
    },
    run: { value: (query: Parameters<Database['run']>[0]) => (left < 0 ? Promise.reject(new Error('killed')) : deps.db.run(query)) },
  });
  const [task] = enterprisesModule({ ...deps, db }).tasks ?? [];
  if (!task) throw new Error('no task');
  return task;
}

const context = { signal: new AbortController().signal, attempt: 1 };
const runOf = async (id: string) => (await drafter.get(`/api/enterprise-imports/${id}`)).body;
const firms = async () => (await deps.db.one<{ count: number }>(sql`select count(*)::int as count from enterprise`)).count;

describe('an import whose worker is killed', () => {
  it('goes on after the checkpoint, twice, and ends with every row counted once', async () => {
    const id = await started(list());
    await expect(dyingWorker(2).handle({ runId: id }, context)).rejects.toThrow('killed');
    expect(await runOf(id)).toMatchObject({ state: 'running', rowsRead: 1000 });
    expect(await firms()).toBe(990);

    // The lease is still held: a second worker that looks at once leaves the run alone.
    await deps.tasks.sweep('enterprise-import');
    expect(await runOf(id)).toMatchObject({ state: 'running', rowsRead: 1000 });

    deps.clock.advance(61_000);
    await expect(dyingWorker(1).handle({}, context)).rejects.toThrow('killed');
    expect(await runOf(id)).toMatchObject({ rowsRead: 1500 });

    deps.clock.advance(61_000);
    await deps.tasks.sweep('enterprise-import');
    expect(await runOf(id)).toMatchObject({
      state: 'completed',
      rowsRead: rows + 1,
      rowsImported: rows - 23,
      rowsUpdated: 0,
      rowsRejected: 24,
      rowsDuplicate: 1,
    });
    expect(await firms()).toBe(rows - 23);
    const errors = (await drafter.get(`/api/enterprise-imports/${id}/errors?limit=200`)).body;
    expect(errors.total).toBe(24);
    expect((errors.items as { line: number; message: string }[]).at(-1)).toMatchObject({
      line: rows + 2,
      message: expect.stringContaining('第 2 行'),
    });
  });

  it('a worker that wakes up after its lease was taken writes nothing', async () => {
    const id = await started(list());
    const before = await firms();
    let isStolen = false;
    const db: Database = Object.create(deps.db, {
      tx: {
        value: async (work: Parameters<Database['tx']>[0]) => {
          if (!isStolen) {
            isStolen = true;
            await deps.db.run(sql`update import_run set lease_token = gen_random_uuid() where id = ${id}::uuid`);
          }
          return deps.db.tx(work);
        },
      },
    });
    const [task] = enterprisesModule({ ...deps, db }).tasks ?? [];
    await task?.handle({ runId: id }, context);
    expect(await firms()).toBe(before);
    expect(await runOf(id)).toMatchObject({ state: 'running', rowsRead: 0 });
  });

  it('a cancelled run stops, keeps what was taken over, and its file goes', async () => {
    const id = await started(list());
    await expect(dyingWorker(1).handle({ runId: id }, context)).rejects.toThrow('killed');
    const cancelled = await drafter.post(`/api/enterprise-imports/${id}/cancellation`);
    expect(cancelled.body).toMatchObject({ state: 'cancelled', rowsRead: 500 });
    deps.clock.advance(61_000);
    await deps.tasks.sweep('enterprise-import');
    expect(await runOf(id)).toMatchObject({ state: 'cancelled', rowsRead: 500 });
    expect(await deps.db.one(sql`select file_key from import_run where id = ${id}::uuid`)).toEqual({ file_key: null });
    expect((await drafter.post(`/api/enterprise-imports/${id}/cancellation`)).status).toBe(409);
  });

  it('an upload that nobody starts goes after a day', async () => {
    const preview = await drafter.upload('/api/enterprise-imports', 'idle.csv', `${listHeader}\n`);
    const { id } = preview.body.run as { id: string };
    deps.clock.advance(25 * 3_600_000);
    await deps.tasks.sweep('enterprise-import');
    expect(await deps.db.one(sql`select state, file_key from import_run where id = ${id}::uuid`)).toEqual({
      state: 'cancelled',
      file_key: null,
    });
  });
});

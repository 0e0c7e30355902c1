import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Database } from '../../bot-server/src/kernel/db/database';
import { migrate, pendingMigrations } from '../../bot-server/src/kernel/db/migrate';
import { readMigrations } from '../../bot-server/src/kernel/db/migration-files';
import { dumpSchema } from '../../bot-server/src/kernel/db/schema-dump';
import { createTasks } from '../../bot-server/src/kernel/tasks/create-tasks';
import { testClock } from '../support/clock';
import { migrationsFolder, testDatabase } from '../support/database';
import { testLog } from '../support/log';
import { temporaryFolder } from '../support/process';

let db: Database;
let folder: string;
const log = testLog;
const write = (name: string, text: string) => writeFile(path.join(folder, name), text);

beforeAll(async () => {
  db = await testDatabase({ migrations: [] });
}, 60_000);
afterAll(() => db.close());
beforeEach(async () => {
  await db.run(sql`drop schema public cascade`);
  await db.run(sql`create schema public`);
  folder = temporaryFolder('migrations');
  await write('0001-first.sql', 'create table first (id int primary key); insert into first values (1);');
  await write('0002-second.sql', 'alter table first add column name text;');
});

describe('migrate', () => {
  it('applies what is missing, once, in order', async () => {
    expect(await pendingMigrations(db, folder)).toEqual(['0001-first', '0002-second']);
    expect(await migrate(db, { folder, log })).toEqual(['0001-first', '0002-second']);
    expect(await db.rows(sql`select * from first`)).toEqual([{ id: 1, name: null }]);
    expect(await pendingMigrations(db, folder)).toEqual([]);
    expect(await migrate(db, { folder, log })).toEqual([]);
    await write('0003-third.sql', 'create table third (id int);');
    expect(await migrate(db, { folder, log })).toEqual(['0003-third']);
  });

  it('lets one of several processes do it', async () => {
    const done = await Promise.all([migrate(db, { folder, log }), migrate(db, { folder, log }), migrate(db, { folder, log })]);
    expect(done.flat().sort()).toEqual(['0001-first', '0002-second']);
  });

  it('leaves nothing of a migration that fails', async () => {
    await write('0003-broken.sql', 'create table half (id int); select no_such_thing;');
    await expect(migrate(db, { folder, log })).rejects.toMatchObject({ code: '42703' });
    expect(await db.one(sql`select to_regclass('half') as half`)).toEqual({ half: null });
    expect(await pendingMigrations(db, folder)).toEqual(['0003-broken']);
  });

  it('refuses a file that was changed or taken away after it was applied', async () => {
    await migrate(db, { folder, log });
    await write('0002-second.sql', 'alter table first add column title text;');
    await expect(migrate(db, { folder, log })).rejects.toThrow('0002-second was changed after it was applied');
    await expect(pendingMigrations(db, folder)).rejects.toThrow('0002-second was changed');
    await rm(path.join(folder, '0002-second.sql'));
    await expect(migrate(db, { folder, log })).rejects.toThrow('has migration 0002-second, which this version does not know');
    await write('0002-other.sql', 'select 1;');
    await expect(migrate(db, { folder, log })).rejects.toThrow('has migration 0002-second where this version has 0002-other');
  });

  it('refuses gaps, numbers used twice and other names', async () => {
    await write('0004-fourth.sql', 'select 1;');
    await expect(readMigrations(folder)).rejects.toThrow('0004-fourth leaves out 0003');
    await rm(path.join(folder, '0004-fourth.sql'));
    await write('0002-twice.sql', 'select 1;');
    await expect(readMigrations(folder)).rejects.toThrow('0002-twice is used twice');
    await rm(path.join(folder, '0002-twice.sql'));
    await write('three.sql', 'select 1;');
    await expect(readMigrations(folder)).rejects.toThrow('three.sql is not named');
  });
});

describe('the schema', () => {
  it('is what schema.txt says, on this database', async () => {
    await migrate(db, { folder: migrationsFolder, log });
    const dump = await dumpSchema(db);
    expect(dump).toBe(await readFile(path.join(migrationsFolder, 'schema.txt'), 'utf8'));
  });

  it('shows each kind of change in the dump', async () => {
    await cp(path.join(migrationsFolder, '0001-kernel.sql'), path.join(folder, '0001-kernel.sql'));
    await rm(path.join(folder, '0001-first.sql'));
    await rm(path.join(folder, '0002-second.sql'));
    await migrate(db, { folder, log });
    let before = await dumpSchema(db);
    for (const change of [
      'alter table outbox add column extra int',
      'alter table outbox alter column extra set not null',
      'alter table outbox alter column extra set default 5',
      'alter table outbox add constraint extra_check check (extra > 0)',
      'create index outbox_extra on outbox (extra)',
      'create view outbox_view as select id from outbox',
      'drop trigger audit_event_guard on audit_event',
      `create function added() returns int language sql as 'select 1'`,
      `create type mood as enum ('good', 'bad')`,
      'create table parted (id int) partition by hash (id)',
      'create table parted_0 partition of parted for values with (modulus 2, remainder 0)',
    ]) {
      await db.run(sql.raw(change));
      const after = await dumpSchema(db);
      expect({ change, isSeen: after !== before }).toEqual({ change, isSeen: true });
      before = after;
    }
  });

  it('has no table with a name that the task engine uses: on the embedded database both are on one search path', async () => {
    await migrate(db, { folder: migrationsFolder, log });
    const tasks = await createTasks({ database: db, log, clock: testClock() });
    const shared = await db.rows(sql`
      select relname from pg_class where relnamespace in ('public'::regnamespace, 'bullmq'::regnamespace)
      group by relname having count(*) > 1`);
    const sharedFunctions = await db.rows(sql`
      select proname from pg_proc where pronamespace in ('public'::regnamespace, 'bullmq'::regnamespace)
      group by proname having count(distinct pronamespace) > 1`);
    await tasks.drain(1_000);
    expect([...shared, ...sharedFunctions]).toEqual([]);
  });
});

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { Database } from '../../bot-server/src/kernel/db/database';
import { applyMigrations } from '../../bot-server/src/kernel/db/migrate';
import { type Migration, readMigrationFiles } from '../../bot-server/src/kernel/db/migration-files';
import { openPglite } from '../../bot-server/src/kernel/db/open-pglite';
import { openPostgres } from '../../bot-server/src/kernel/db/open-postgres';
import { poolOf, rememberPool } from '../../bot-server/src/kernel/db/pool-of';
import { testLog } from './log';
import { type PostgresServer, startPostgres } from './postgres';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
export const migrationsFolder = path.join(root, 'bot-server', 'migrations');
const cacheFolder = path.join(root, '.cache');

export interface TestDatabaseOptions {
  /** Numbers of the migrations to apply; default all. A module's tests name those it stands on, and do not wait for the others. */
  readonly migrations?: readonly number[];
}

/** `pglite` (default) or `postgres`, by TEST_BACKEND. */
export const testBackend: Database['kind'] = process.env.TEST_BACKEND === 'postgres' ? 'postgres' : 'pglite';

/**
 * A fresh, migrated database of one's own on the chosen backend; `close()` removes it. On PGlite it is a clone of a cached dump (1 s), on
 * PostgreSQL a copy of a template; the server is that of TEST_DATABASE_URL, else one is started for this test file.
 */
export async function testDatabase(options: TestDatabaseOptions = {}): Promise<Database> {
  const all = await readMigrationFiles(migrationsFolder);
  const wanted = options.migrations;
  const migrations = wanted ? all.filter(({ number }) => wanted.includes(number)) : all;
  return testBackend === 'postgres' ? postgresCopy(migrations) : pgliteClone(migrations);
}

const keyOf = (migrations: readonly Migration[]): string =>
  createHash('sha256')
    .update(JSON.stringify(migrations.map(({ number, checksum }) => [number, checksum])))
    .digest('hex')
    .slice(0, 16);

async function pgliteClone(migrations: readonly Migration[]): Promise<Database> {
  const file = path.join(cacheFolder, `pglite-${keyOf(migrations)}.tar`);
  if (!existsSync(file)) await buildTemplate(file, migrations);
  return openPglite({ log: testLog, template: new Blob([new Uint8Array(await readFile(file))]) });
}

async function buildTemplate(file: string, migrations: readonly Migration[]): Promise<void> {
  const db = await openPglite({ log: testLog });
  try {
    await applyMigrations(db, migrations, testLog);
    const behind = poolOf(db);
    if (!('engine' in behind)) throw new Error('not PGlite');
    const dump = await behind.engine.dumpDataDir('none');
    await mkdir(cacheFolder, { recursive: true });
    // Several test processes may build at once: each writes its own file, the rename is atomic.
    const own = `${file}.${process.pid}`;
    await writeFile(own, new Uint8Array(await dump.arrayBuffer()));
    await rename(own, file);
    await prune();
  } finally {
    await db.close();
  }
}

/** A dump is 40 MB and a new one comes with every change of a migration: the newest few stay. */
async function prune(): Promise<void> {
  const files = (await readdir(cacheFolder)).filter((file) => file.startsWith('pglite-')).map((file) => path.join(cacheFolder, file));
  const dated = await Promise.all(files.map(async (file) => ({ file, at: (await stat(file)).mtimeMs })));
  dated.sort((a, b) => b.at - a.at);
  for (const { file } of dated.slice(12)) await rm(file, { force: true });
}

let server: Promise<PostgresServer> | undefined;
let openCopies = 0;
let copies = 0;

async function serverUrl(): Promise<string> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return given;
  server ??= startPostgres();
  return (await server).url;
}

async function postgresCopy(migrations: readonly Migration[]): Promise<Database> {
  openCopies += 1;
  copies += 1;
  const url = await serverUrl();
  const template = `template_${keyOf(migrations)}`;
  const name = `test_${process.pid}_${copies}`;
  await administer(url, async (client) => {
    await client.query('select pg_advisory_lock(4242)');
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [template]);
    if (rowCount === 0) await buildPostgresTemplate(client, url, template, migrations);
    await client.query(`create database ${name} template ${template}`);
  });
  const db = openPostgres({ databaseUrl: databaseUrlOf(url, name), log: testLog, maxConnections: 10 });
  const copy: Database = {
    ...db,
    async close() {
      await db.close();
      await administer(url, (client) => client.query(`drop database if exists ${name} with (force)`));
      openCopies -= 1;
      if (openCopies > 0 || !server) return;
      const own = await server;
      server = undefined;
      await own.stop();
    },
  };
  rememberPool(copy, poolOf(db));
  return copy;
}

async function buildPostgresTemplate(client: pg.Client, url: string, template: string, migrations: readonly Migration[]): Promise<void> {
  await client.query(`drop database if exists ${template}_building with (force)`);
  await client.query(`create database ${template}_building`);
  const db = openPostgres({ databaseUrl: databaseUrlOf(url, `${template}_building`), log: testLog, maxConnections: 2 });
  try {
    await applyMigrations(db, migrations, testLog);
  } finally {
    await db.close();
  }
  await client.query(`alter database ${template}_building rename to ${template}`);
}

async function administer(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function databaseUrlOf(url: string, name: string): string {
  const parsed = new URL(url);
  parsed.pathname = `/${name}`;
  return parsed.href;
}

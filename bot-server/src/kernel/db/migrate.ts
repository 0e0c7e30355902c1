import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '@suiban/shared/errors';
import { sql } from 'kysely';
import type { Logger } from '../log/logger';
import type { Database, Tx } from './database';
import { type Migration, readMigrations } from './migration-files';

interface Applied {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
}

/** Spells SUIB; any number that nothing else on the server uses. */
const lockKey = 0x53554942;
const lockTries = 20;

/**
 * Brings the database to the newest migration, each in a transaction of its own, one process at a time. Returns the names applied.
 * @throws Error when an applied file was changed or is missing, or the files have gaps.
 */
export async function migrate(db: Database, options: { folder: string; log: Logger }): Promise<string[]> {
  return applyMigrations(db, await readMigrations(options.folder), options.log);
}

export async function applyMigrations(db: Database, migrations: readonly Migration[], log: Logger): Promise<string[]> {
  await db.tx(
    async (tx) => {
      await tx.run(sql`select pg_advisory_xact_lock(${lockKey}::bigint)`);
      await tx.run(sql`
        create table if not exists schema_migration (
          number int primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())`);
    },
    { statementTimeoutMs: 0 },
  );
  const done: string[] = [];
  for (const migration of migrations) {
    if (!(await applyPatiently(db, migrations, migration))) continue;
    const label = labelOf(migration);
    log.info({ migration: label }, 'migrated');
    done.push(label);
  }
  return done;
}

/** Names of migrations not applied yet. @throws as {@link migrate}; changes nothing. */
export async function pendingMigrations(db: Database, folder: string): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const { found } = await db.one<{ found: boolean }>(sql`select to_regclass('public.schema_migration') is not null as found`);
  const applied = found ? await appliedMigrations(db) : [];
  refuseChanged(migrations, applied);
  return migrations.slice(applied.length).map(labelOf);
}

/**
 * A migration waits at most 3 s for a lock (old code is still running, and everything queues behind a waiting ALTER TABLE), lets
 * others pass, and tries again.
 */
async function applyPatiently(db: Database, all: readonly Migration[], migration: Migration): Promise<boolean> {
  for (let count = 1; ; count += 1) {
    try {
      return await db.tx((tx) => apply(tx, all, migration), { statementTimeoutMs: 0 });
    } catch (error) {
      if (!(error instanceof DomainError) || count === lockTries) throw error;
      await sleep(500);
    }
  }
}

async function apply(tx: Tx, all: readonly Migration[], migration: Migration): Promise<boolean> {
  await tx.run(sql`select pg_advisory_xact_lock(${lockKey}::bigint)`);
  const applied = await appliedMigrations(tx);
  refuseChanged(all, applied);
  if (applied.some(({ number }) => number === migration.number)) return false;
  await tx.run(sql`set local lock_timeout = '3s'`);
  await tx.run(sql.raw(migration.text));
  await tx.run(sql`
    insert into schema_migration (number, name, checksum)
    values (${migration.number}, ${migration.name}, ${migration.checksum})`);
  return true;
}

const appliedMigrations = (tx: Tx): Promise<Applied[]> =>
  tx.rows(sql<Applied>`select number, name, checksum from schema_migration order by number`);

function refuseChanged(migrations: readonly Migration[], applied: readonly Applied[]): void {
  for (const [index, row] of applied.entries()) {
    const file = migrations[index];
    if (!file)
      throw new Error(`the database has migration ${labelOf(row)}, which this version does not know: it is older than the database`);
    if (file.number !== row.number || file.name !== row.name) {
      throw new Error(`the database has migration ${labelOf(row)} where this version has ${labelOf(file)}`);
    }
    if (file.checksum !== row.checksum)
      throw new Error(`migration ${labelOf(file)} was changed after it was applied: write a new one instead`);
  }
}

const labelOf = ({ number, name }: { number: number; name: string }): string => `${String(number).padStart(4, '0')}-${name}`;

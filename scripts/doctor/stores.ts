import { existsSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { createClient } from 'redis';
import type { Config } from '../../bot-server/src/config/config';
import { packageDir } from '../../bot-server/src/config/paths';
import type { Database } from '../../bot-server/src/kernel/db/database';
import { pendingMigrations } from '../../bot-server/src/kernel/db/migrate';
import { openDatabase } from '../../bot-server/src/kernel/db/open-database';
import { createLogger } from '../../bot-server/src/kernel/log/create-logger';
import { type Finding, fail, ok, reasonOf, warn } from './finding';
import { lockHolder } from './machine';

const leastPostgres = 15;
const leastRedis = 7;

async function checkMigrations(db: Database, config: Config): Promise<Finding> {
  const pending = await pendingMigrations(db, path.join(packageDir, 'migrations'));
  if (pending.length === 0) return ok('migrations', 'none pending');
  const text = `pending: ${pending.join(', ')}`;
  return config.migratesAtStart
    ? ok('migrations', `${text} (the server applies them at its start)`)
    : fail('migrations', text, 'npm run migrate');
}

async function checkPostgres(db: Database, config: Config): Promise<readonly Finding[]> {
  const { version } = await db.one<{ version: string }>(sql`select current_setting('server_version') as version`);
  const isNew = Number.parseInt(version, 10) >= leastPostgres;
  const server = isNew
    ? ok('DATABASE_URL', `PostgreSQL ${version} answers`)
    : fail('DATABASE_URL', `PostgreSQL ${version} is too old`, `use PostgreSQL ${leastPostgres} or later`);
  return [server, await checkMigrations(db, config)];
}

/** The configured database: does it answer, is it new enough, is it up to date. Changes nothing. */
export async function checkDatabase(config: Config): Promise<readonly Finding[]> {
  if (!config.databaseUrl) {
    if (lockHolder(config.dataDir) !== undefined) return [ok('migrations', 'the running server has applied its own')];
    if (!existsSync(path.join(config.dataDir, 'pg'))) return [ok('database', 'embedded; made at the first start')];
  }
  const db = await openDatabase({ databaseUrl: config.databaseUrl, dataDir: config.dataDir, log: createLogger({ level: 'silent' }) });
  try {
    return config.databaseUrl ? await checkPostgres(db, config) : [await checkMigrations(db, config)];
  } catch (error) {
    const todo = config.databaseUrl
      ? 'check host, port, user, password and database name in DATABASE_URL'
      : 'keep a copy of DATA_DIR, then look at the message';
    return [fail(config.databaseUrl ? 'DATABASE_URL' : 'database', reasonOf(error), todo)];
  } finally {
    await db.close();
  }
}

const infoOf = (text: string, name: string): string => new RegExp(`^${name}:(.*)$`, 'm').exec(text)?.[1]?.trim() ?? '';

/** Wake-ups must not be evicted, and should survive a restart of Redis. */
export async function checkRedis({ redisUrl, databaseUrl, role }: Config): Promise<readonly Finding[]> {
  if (!redisUrl) {
    const text = 'not set: tasks wait in the database';
    return [
      databaseUrl && role === 'all'
        ? warn('REDIS_URL', text, 'needed for several processes; one process works without')
        : ok('REDIS_URL', text),
    ];
  }
  const client = createClient({ url: redisUrl, socket: { connectTimeout: 2000, reconnectStrategy: false } });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const info = await client.info();
    const version = infoOf(info, 'valkey_version') || infoOf(info, 'redis_version');
    const findings = [
      Number.parseInt(version, 10) >= leastRedis
        ? ok('REDIS_URL', `Redis ${version} answers`)
        : fail('REDIS_URL', `Redis ${version} is too old`, `use Redis ${leastRedis} or Valkey`),
    ];
    const policy = infoOf(info, 'maxmemory_policy');
    findings.push(
      policy === 'noeviction'
        ? ok('Redis memory', 'noeviction')
        : fail('Redis memory', `maxmemory-policy is ${policy}: wake-ups could vanish`, 'set maxmemory-policy noeviction'),
    );
    const isKept = infoOf(info, 'aof_enabled') === '1';
    findings.push(
      isKept
        ? ok('Redis persistence', 'append-only file is on')
        : warn('Redis persistence', 'append-only file is off: after its restart tasks wait for the next sweep', 'set appendonly yes'),
    );
    return findings;
  } catch (error) {
    return [fail('REDIS_URL', reasonOf(error), 'check host, port, user and password in REDIS_URL')];
  } finally {
    if (client.isOpen) client.destroy();
  }
}

import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { createClient } from 'redis';
import { startPostgres } from '../../test/support/postgres';
import { startRedis } from '../../test/support/redis';

export interface Stores {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  close(): Promise<void>;
}

/** Tests keep their keys in database 0. */
const redisDatabase = 9;

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

/** An empty database and an empty Redis: on the servers that TEST_DATABASE_URL and TEST_REDIS_URL name, else on servers of its own. */
export async function openStores(): Promise<Stores> {
  const own = process.env.TEST_DATABASE_URL ? undefined : await startPostgres();
  const ownRedis = process.env.TEST_REDIS_URL ? undefined : await startRedis();
  const serverUrl = own?.url ?? process.env.TEST_DATABASE_URL ?? '';
  const name = `demo_${randomBytes(6).toString('hex')}`;
  await onServer(serverUrl, `create database ${name}`);
  const database = new URL(serverUrl);
  database.pathname = `/${name}`;
  const redisUrl = `${ownRedis?.url ?? process.env.TEST_REDIS_URL}/${redisDatabase}`;
  const client = createClient({ url: redisUrl });
  await client.connect();
  await client.flushDb();
  await client.close();
  return {
    databaseUrl: database.href,
    redisUrl,
    async close() {
      if (!own) await onServer(serverUrl, `drop database ${name} with (force)`);
      await Promise.all([own?.stop(), ownRedis?.stop()]);
    },
  };
}

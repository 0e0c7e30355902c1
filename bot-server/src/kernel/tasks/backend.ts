import { createNodeRedisClient, createPostgresBackend, Queue, type QueueOptions, runMigrations, Worker, type WorkerOptions } from 'bullmq';
import pg from 'pg';
import { createClient } from 'redis';
import type { Database } from '../db/database';
import { poolOf } from '../db/pool-of';
import type { Logger } from '../log/logger';
import { EnginePool } from './engine-pool';
import { type Notifications, ServerNotifications, SessionNotifications } from './notifications';

const keyPrefix = 'suiban';
const schema = 'bullmq';

/** Where the wake-ups are kept. */
export interface Backend {
  readonly kind: 'redis' | 'postgres' | 'pglite';
  /** False: a wake-up would only wait in memory. */
  isReady(): boolean;
  queue(name: string): Queue;
  worker(name: string, run: ConstructorParameters<typeof Worker>[1], options: Omit<WorkerOptions, 'connection'>): Worker;
  /** Owned connections; queues and workers were closed before. */
  close(): Promise<void>;
}

const queueOptions: Omit<QueueOptions, 'connection'> = {
  prefix: keyPrefix,
  // Nobody reads the event stream; BullMQ keeps 10,000 per queue by default.
  streams: { events: { maxLen: 100 } },
};

export async function openBackend(options: { redisUrl?: string | undefined; database: Database; log: Logger }): Promise<Backend> {
  return options.redisUrl ? openRedis(options.redisUrl, options.log) : openSql(options.database, options.log);
}

function openRedis(url: string, log: Logger): Backend {
  const raw = createClient({
    url,
    // Retries for ever: Redis may be away at the start too.
    socket: { connectTimeout: 2_000, reconnectStrategy: (retries) => Math.min(100 * (retries + 1), 1_000) },
  });
  let isKnownDown = false;
  raw.on('error', (error: Error) => {
    if (!isKnownDown) log.warn({ err: error }, 'redis is away: tasks wait for the sweeps');
    isKnownDown = true;
  });
  raw.on('ready', () => {
    if (isKnownDown) log.info('redis is back');
    isKnownDown = false;
  });
  const connection = createNodeRedisClient(raw);
  // NOTE: BullMQ's adapter repeats the error of the client; unheard (no queue or worker yet, as in a web process) it ends the process.
  connection.on('error', () => undefined);
  return {
    kind: 'redis',
    isReady: () => raw.isReady,
    queue: (name) => new Queue(name, { connection, ...queueOptions }),
    worker: (name, run, given) => new Worker(name, run, { connection, prefix: keyPrefix, ...given }),
    async close() {
      raw.removeAllListeners('error').on('error', () => undefined);
      if (raw.isOpen) raw.destroy();
    },
  };
}

async function openSql(database: Database, log: Logger): Promise<Backend> {
  const behind = poolOf(database);
  const isEmbedded = 'engine' in behind;
  const real = isEmbedded ? behind.pool : serverPool(behind.databaseUrl, log);
  const notifications: Notifications = isEmbedded ? new SessionNotifications(real) : new ServerNotifications(behind.databaseUrl);
  const connection = new EnginePool(real, notifications);
  const client = await connection.connect();
  await runMigrations(client, schema).finally(() => client.release());
  // NOTE: BullMQ cannot set the path of a pool it did not make. Ours comes first: no table of ours may have a name of BullMQ's (tested).
  if (isEmbedded) {
    await real.query(`set search_path = public, ${schema}`);
    // No other process can be running these: let the stalled check take them now, not when the lock of a killed process ends.
    await real.query(`update ${schema}.job set locked_until_ms = 0 where state = 'active'`);
  }
  return {
    kind: isEmbedded ? 'pglite' : 'postgres',
    isReady: () => true,
    queue: (name) => new Queue(name, { connection, ...queueOptions }, createPostgresBackend) as unknown as Queue,
    worker: (name, run, given) => new Worker(name, run, { ...given, connection }, createPostgresBackend) as unknown as Worker,
    async close() {
      await notifications.close();
      if (!isEmbedded) await real.end();
    },
  };
}

function serverPool(databaseUrl: string, log: Logger): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'suiban-tasks',
    options: `-c search_path=${schema}`,
    max: 5,
    connectionTimeoutMillis: 2_000,
    statement_timeout: 15_000,
    keepAlive: true,
  });
  pool.on('error', (error) => log.warn({ err: error }, 'task connection lost'));
  pool.on('connect', (client) => client.on('error', (error) => log.warn({ err: error }, 'task connection lost')));
  return pool;
}

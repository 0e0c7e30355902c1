import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../bot-server/src/kernel/db/database';
import { migrate } from '../../bot-server/src/kernel/db/migrate';
import { openDatabase } from '../../bot-server/src/kernel/db/open-database';
import { type Program, startServer } from '../../scripts/support/processes';
import { type RunningEmulators, startEmulators } from '../emulators/start-emulators';
import { migrationsFolder, testBackend } from './database';
import { logFileOf, testLog } from './log';
import { type PostgresServer, startPostgres } from './postgres';
import { freePort, temporaryFolder } from './process';
import { type RedisServer, startRedis } from './redis';

/** The server as it is started in production, in a process of its own on a store of the chosen backend. */
export interface ServerStage {
  readonly sandbox: RunningEmulators;
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  /** A connection of one's own to the store; on PGlite only while no server runs. */
  withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T>;
  start(): Promise<Program>;
  close(): Promise<void>;
}

export async function serverStage(name: string, given: Readonly<Record<string, string>> = {}): Promise<ServerStage> {
  const sandbox = await startEmulators({ port: 0 });
  const dataDir = temporaryFolder('server');
  let postgres: PostgresServer | undefined;
  let redis: RedisServer | undefined;
  if (testBackend === 'postgres') [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env: Record<string, string> = {
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    PUBLIC_BASE_URL: url,
    DATA_DIR: dataDir,
    SUIBAN_SECRET_KEY: '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
    SUIBAN_RATE_FACTOR: '100',
    SANDBOX_URL: sandbox.url,
    ...(postgres && redis ? { DATABASE_URL: postgres.url, REDIS_URL: redis.url } : {}),
    ...given,
  };
  const open = () => openDatabase({ databaseUrl: env.DATABASE_URL, dataDir, log: testLog });
  const programs: Program[] = [];
  const withDatabase: ServerStage['withDatabase'] = async (work) => {
    const db = await open();
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  };
  const close = async () => {
    for (const program of programs) await program.kill();
    // The kernel needs a moment to free the lock of a killed process.
    await sleep(50);
    await sandbox.close();
    await postgres?.stop();
    await redis?.stop();
  };
  await withDatabase((db) => migrate(db, { folder: migrationsFolder, log: testLog })).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return {
    sandbox,
    url,
    env,
    withDatabase,
    async start() {
      const program = await startServer(port, env, logFileOf(name));
      programs.push(program);
      return program;
    },
    close,
  };
}

import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../../bot-server/src/config/load-config';
import { aesFieldSealer } from '../../bot-server/src/kernel/crypto/aes-field-sealer';
import type { Database } from '../../bot-server/src/kernel/db/database';
import { migrate } from '../../bot-server/src/kernel/db/migrate';
import { openDatabase } from '../../bot-server/src/kernel/db/open-database';
import { type RunningEmulators, startEmulators } from '../emulators/start-emulators';
import { migrationsFolder, testBackend } from './database';
import { duplicatesOf as countDuplicates } from './duplicates';
import { logFileOf, testLog } from './log';
import { type PostgresServer, startPostgres } from './postgres';
import { temporaryFolder } from './process';
import { type RedisServer, startRedis } from './redis';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Emulators, a store of the chosen backend, and dispatchers that can be killed. */
export interface FaultStage {
  readonly sandbox: RunningEmulators;
  readonly env: Readonly<Record<string, string>>;
  /** On PGlite only while no dispatcher runs. */
  withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T>;
  start(): Promise<ChildProcess>;
  close(): Promise<void>;
}

export interface StageOptions {
  readonly env?: Readonly<Record<string, string>>;
}

/** Leases of two seconds: what lasts a minute in production lasts two seconds here. */
export async function faultStage({ env: given = {} }: StageOptions = {}): Promise<FaultStage> {
  const sandbox = await startEmulators({ port: 0 });
  const dataDir = temporaryFolder('faults');
  let postgres: PostgresServer | undefined;
  let redis: RedisServer | undefined;
  if (testBackend === 'postgres') [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  const env: Record<string, string> = {
    NODE_ENV: 'test',
    DATA_DIR: dataDir,
    SUIBAN_SECRET_KEY: '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
    SANDBOX_URL: sandbox.url,
    DISPATCH_LEASE_SEC: '2',
    DISPATCH_HEARTBEAT_SEC: '1',
    DISPATCH_SWEEP_SEC: '1',
    ...(postgres && redis ? { DATABASE_URL: postgres.url, REDIS_URL: redis.url } : {}),
    ...given,
  };
  const open = () => openDatabase({ databaseUrl: env.DATABASE_URL, dataDir, log: testLog });
  const children: ChildProcess[] = [];
  const db = await open();
  await migrate(db, { folder: migrationsFolder, log: testLog });
  await db.close();
  return {
    sandbox,
    env,
    async withDatabase(work) {
      const own = await open();
      try {
        return await work(own);
      } finally {
        await own.close();
      }
    },
    async start() {
      const child = await startDispatcher(env);
      children.push(child);
      return child;
    },
    async close() {
      for (const child of children) child.kill('SIGKILL');
      await sandbox.close();
      await postgres?.stop();
      await redis?.stop();
    },
  };
}

export const stageSealer = (stage: FaultStage) => aesFieldSealer(loadConfig(stage.env).secrets);

async function startDispatcher(env: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const script = path.join(root, 'test', 'support', 'dispatcher-process.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createWriteStream(logFileOf('dispatcher'), { flags: 'a' });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`dispatcher ended with ${code} before it was ready: ${errors.slice(-2000)}`)));
    // Its log and the word come on the same stream.
    child.stdout?.on('data', (chunk: Buffer) => {
      log.write(chunk);
      if (chunk.toString().split('\n').includes('ready')) resolve();
    });
  });
  return child;
}

export const exited = (child: ChildProcess): Promise<number | null> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve(child.exitCode)
    : new Promise((resolve) => child.once('exit', (code) => resolve(code)));

/** Resolves when no new message reached a phone for so long. */
export async function quiet(stage: FaultStage, forMs: number, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  let last = -1;
  let since = performance.now();
  while (performance.now() < deadline) {
    const received = stage.sandbox.world.observation.totals.received;
    if (received !== last) {
      last = received;
      since = performance.now();
    }
    if (performance.now() - since > forMs) return;
    await sleep(50);
  }
  throw new Error(`still sending after ${timeoutMs} ms`);
}

export const duplicatesOf = (stage: FaultStage): number => countDuplicates(stage.sandbox.world);

/** Persons who were shown something. */
export const shownTo = (stage: FaultStage): Set<string> =>
  new Set(
    [...stage.sandbox.world.observation.after(0)].filter(({ deduped, dropped }) => !deduped && !dropped).map(({ recipient }) => recipient),
  );

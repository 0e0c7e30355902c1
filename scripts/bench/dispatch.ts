import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig } from '../../bot-server/src/config/load-config';
import { aesFieldSealer } from '../../bot-server/src/kernel/crypto/aes-field-sealer';
import type { Database } from '../../bot-server/src/kernel/db/database';
import { migrate } from '../../bot-server/src/kernel/db/migrate';
import { openDatabase } from '../../bot-server/src/kernel/db/open-database';
import { migrationsFolder } from '../../test/support/database';
import { insertFirms, insertRunningCampaign, statesOf, stepsOf } from '../../test/support/ledger';
import { testLog } from '../../test/support/log';
import { startPostgres } from '../../test/support/postgres';
import { temporaryFolder } from '../../test/support/process';
import { startRedis } from '../../test/support/redis';
import { root } from '../support/processes';
import { type BenchResult, median } from './report';

const recipients = 12_000;
const rounds = 3;
/** Below this the machine was busy with something else: the run is void. */
const leastRawPerSec = 12_000;

type Store = 'pglite' | 'postgres+redis';

interface Sink {
  readonly url: string;
  reset(): Promise<void>;
  stats(): Promise<{ count: number; seconds: number; duplicates: number }>;
  stop(): void;
}

const node = (file: string, args: readonly string[], env: Readonly<Record<string, string>>) =>
  spawn(process.execPath, ['--import', 'tsx', path.join(root, file), ...args], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });

async function startSink(): Promise<Sink> {
  const child = node('scripts/bench/sink.ts', [], {});
  const port = await new Promise<string>((resolve) => child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim())));
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    reset: async () => void (await fetch(`${url}/reset`, { method: 'POST' })),
    stats: async () => (await fetch(`${url}/stats`)).json() as ReturnType<Sink['stats']>,
    stop: () => child.kill('SIGKILL'),
  };
}

async function untilCount(sink: Sink, count: number): Promise<{ perSec: number; duplicates: number }> {
  for (const until = performance.now() + 120_000; performance.now() < until; await sleep(100)) {
    const stats = await sink.stats();
    if (stats.count >= count) return { perSec: count / stats.seconds, duplicates: stats.duplicates };
  }
  throw new Error(`the sink did not see ${count} recipients within two minutes`);
}

async function runSender(file: string, sink: Sink, env: Readonly<Record<string, string>>): Promise<number> {
  await sink.reset();
  const child = node(file, [sink.url, String(recipients)], env);
  const { perSec } = await untilCount(sink, recipients);
  await new Promise((resolve) => (child.exitCode === null ? child.once('exit', resolve) : resolve(undefined)));
  return perSec;
}

interface Ours {
  perSec: number;
  lost: number;
  duplicates: number;
}

/** One campaign through our ledger and dispatcher, a process of its own. */
async function runOurs(
  sink: Sink,
  env: Readonly<Record<string, string>>,
  withDatabase: <T>(work: (db: Database) => Promise<T>) => Promise<T>,
): Promise<Ours> {
  const campaignId = await withDatabase((db) => insertRunningCampaign(db, stepsOf(['sms'])));
  await sink.reset();
  const child = node('test/support/dispatcher-process.ts', [], { ...env, TEST_RECIPIENTS_PER_SEC: '1000000' });
  const { perSec, duplicates } = await untilCount(sink, recipients);
  await sleep(1500);
  child.kill('SIGTERM');
  await new Promise((resolve) => child.once('exit', resolve));
  const states = await withDatabase((db) => statesOf(db, campaignId));
  return { perSec, duplicates, lost: recipients - (states.accepted ?? 0) };
}

/** ours ÷ one raw undici Pool, and ÷ one BullMQ job per recipient, in alternating rounds. */
export async function benchDispatch(store: Store): Promise<BenchResult> {
  const sink = await startSink();
  const dataDir = temporaryFolder('bench');
  const [postgres, redis] = store === 'pglite' ? [] : await Promise.all([startPostgres({ fsync: true }), startRedis({ appendOnly: true })]);
  const env: Record<string, string> = {
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATA_DIR: dataDir,
    SUIBAN_SECRET_KEY: '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
    SANDBOX_URL: sink.url,
    SMS_GATEWAY_URL: sink.url,
    SMS_GATEWAY_KEY: 'bench',
    ...(postgres && redis ? { DATABASE_URL: postgres.url, REDIS_URL: redis.url } : {}),
  };
  const withDatabase = async <T>(work: (db: Database) => Promise<T>): Promise<T> => {
    const db = await openDatabase({ databaseUrl: env.DATABASE_URL, dataDir, log: testLog });
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  };
  const figures = { raw: [] as number[], bullmq: [] as number[], ours: [] as Ours[] };
  try {
    await withDatabase(async (db) => {
      await migrate(db, { folder: migrationsFolder, log: testLog });
      const sealer = aesFieldSealer(loadConfig(env).secrets);
      for (let from = 1; from <= recipients; from += 2000) await insertFirms(db, sealer, 2000, ['sms'], from);
    });
    const bullmqEnv = { ...env, DATA_DIR: temporaryFolder('bench-bullmq') };
    for (let round = 0; round < rounds; round += 1) {
      figures.raw.push(await runSender('scripts/bench/senders/raw.ts', sink, env));
      figures.ours.push(await runOurs(sink, env, withDatabase));
      figures.bullmq.push(await runSender('scripts/bench/senders/bullmq.ts', sink, bullmqEnv));
    }
  } finally {
    sink.stop();
    await Promise.all([postgres?.stop(), redis?.stop()]);
  }
  const ours = median(figures.ours.map(({ perSec }) => perSec));
  const raw = median(figures.raw);
  const sum = (of: (run: Ours) => number) => figures.ours.reduce((total, run) => total + of(run), 0);
  return {
    bench: 'dispatch',
    rounds,
    backend: store,
    ours: { median: Math.round(ours), unit: 'sends/s' },
    ratios: { limit: ours / raw, bullmq: ours / median(figures.bullmq) },
    facts: { lost: sum((run) => run.lost), duplicates: sum((run) => run.duplicates), recipients, rawPerSec: Math.round(raw) },
    isVoid: raw < leastRawPerSec,
  };
}

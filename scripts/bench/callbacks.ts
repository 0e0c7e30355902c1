import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { Pool } from 'undici';
import type { Database } from '../../bot-server/src/kernel/db/database';
import { migrate } from '../../bot-server/src/kernel/db/migrate';
import { openDatabase } from '../../bot-server/src/kernel/db/open-database';
import { accounts, keysOf } from '../../test/conformance/subjects/sandbox-config';
import type { BuiltPush } from '../../test/emulators/push/built-push';
import { buildWecomPush } from '../../test/emulators/push/wecom-push';
import { migrationsFolder } from '../../test/support/database';
import { testLog } from '../../test/support/log';
import { startPostgres } from '../../test/support/postgres';
import { freePort, temporaryFolder } from '../../test/support/process';
import { startRedis } from '../../test/support/redis';
import { root, startServer } from '../support/processes';
import { type BenchResult, median } from './report';

const rounds = 3;
const warmUpMs = 1500;
const roundMs = 5000;
const slowMs = 8000;
const atOnce = 32;
/** Below this the machine was busy with something else: the run is void. */
const leastRawPerSec = { pglite: 150, 'postgres+redis': 600 } as const;

type Store = keyof typeof leastRawPerSec;

/** An event of one member each, encrypted and signed as WeCom does; nobody answers it, and nobody waits for it. */
function pushes(): () => BuiltPush {
  const account = { ...keysOf(accounts.wecom), corpId: accounts.wecom.corpId, agentId: accounts.wecom.agentId };
  const seconds = (): number => Math.floor((performance.timeOrigin + performance.now()) / 1000);
  let n = 0;
  return () => {
    n += 1;
    const event = {
      ToUserName: account.corpId,
      FromUserName: `u${n}`,
      CreateTime: seconds(),
      MsgType: 'event',
      Event: 'view',
      EventKey: 'x',
    };
    return buildWecomPush(account, event, seconds());
  };
}

interface Round {
  readonly perSec: number;
  readonly tookMs: readonly number[];
  readonly refused: number;
}

/** Keeps `atOnce` requests open for so long; whoever is asked pays for nothing of the building of pushes but their time. */
async function drive(url: string, next: () => BuiltPush, forMs: number): Promise<Round> {
  const pool = new Pool(url, { connections: atOnce, pipelining: 1 });
  const tookMs: number[] = [];
  let refused = 0;
  const startedAt = performance.now();
  const lane = async (): Promise<void> => {
    while (performance.now() - startedAt < forMs) {
      const { path: target, headers, body } = next();
      const sentAt = performance.now();
      const answer = await pool.request({ method: 'POST', path: target, headers, body });
      await answer.body.text();
      tookMs.push(performance.now() - sentAt);
      if (answer.statusCode !== 200) refused += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  const perSec = ((tookMs.length - refused) * 1000) / (performance.now() - startedAt);
  await pool.close();
  return { perSec, tookMs, refused };
}

async function startRaw(env: Readonly<Record<string, string>>): Promise<{ url: string; stop: () => void }> {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(root, 'scripts/bench/senders/koa-row.ts')], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<string>((resolve) => child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim())));
  return { url: `http://127.0.0.1:${port}`, stop: () => child.kill('SIGKILL') };
}

/** From now on every statement that stores pushes takes so long: longer than the door's patience; PGlite stops its whole process with it. */
const slowDown = (db: Database, store: Store) =>
  db.run(
    sql.raw(`
      create function bench_wait() returns trigger language plpgsql as $$ begin perform pg_sleep(${store === 'pglite' ? 0.1 : 2}); return null; end $$;
      create trigger bench_wait before insert on inbox for each statement execute function bench_wait()`),
  );

const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

/** Verified, decrypted, stored callbacks of our server ÷ a bare route that stores one row, in alternating rounds; and the answers of a slow store. */
export async function benchCallbacks(store: Store): Promise<BenchResult> {
  const dataDir = temporaryFolder('bench');
  const [postgres, redis] = store === 'pglite' ? [] : await Promise.all([startPostgres({ fsync: true }), startRedis()]);
  const port = await freePort();
  const stores: Record<string, string> = postgres && redis ? { DATABASE_URL: postgres.url, REDIS_URL: redis.url } : {};
  const env = {
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    LOG_LEVEL: 'warn',
    DATA_DIR: dataDir,
    SUIBAN_SECRET_KEY: '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
    SUIBAN_RATE_FACTOR: '1000',
    // Nobody listens there: nothing is sent.
    SANDBOX_URL: 'http://127.0.0.1:9',
    SUIBAN_ROLE: postgres ? 'web' : 'all',
    ...stores,
  };
  const withDatabase = async (work: (db: Database) => Promise<unknown>): Promise<void> => {
    const db = await openDatabase({ databaseUrl: stores.DATABASE_URL, dataDir, log: testLog });
    await work(db).finally(() => db.close());
  };
  const raw = { perSec: [] as number[] };
  const ours = { perSec: [] as number[], tookMs: [] as number[], refused: 0 };
  const next = pushes();
  try {
    await withDatabase((db) => migrate(db, { folder: migrationsFolder, log: testLog }));
    const bare = await startRaw({ ...stores, DATA_DIR: temporaryFolder('bench-raw') });
    let server = await startServer(port, env);
    for (const url of [bare.url, server.url]) await drive(url, next, warmUpMs);
    for (let round = 0; round < rounds; round += 1) {
      raw.perSec.push((await drive(bare.url, next, roundMs)).perSec);
      const own = await drive(server.url, next, roundMs);
      ours.perSec.push(own.perSec);
      ours.tookMs.push(...own.tookMs);
      ours.refused += own.refused;
      await sleep(300);
    }
    bare.stop();
    await server.stop();
    await withDatabase((db) => slowDown(db, store));
    server = await startServer(port, env);
    const slow = await drive(server.url, next, slowMs);
    await server.kill();
    const limit = median(raw.perSec);
    return {
      bench: 'callbacks',
      rounds,
      backend: store,
      ours: { median: Math.round(median(ours.perSec)), unit: 'callbacks/s' },
      ratios: { limit: median(ours.perSec) / limit },
      facts: {
        rawPerSec: Math.round(limit),
        p99Ms: Math.round(percentile(ours.tookMs, 0.99)),
        refused: ours.refused,
        p99SlowMs: Math.round(percentile(slow.tookMs, 0.99)),
        slowAnswers: slow.tookMs.length,
        slowRefused: slow.refused,
      },
      isVoid: limit < leastRawPerSec[store],
    };
  } finally {
    await Promise.all([postgres?.stop(), redis?.stop()]);
  }
}

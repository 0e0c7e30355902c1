import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import pg from 'pg';
import { loadConfig } from '../../bot-server/src/config/load-config';
import { aesFieldSealer } from '../../bot-server/src/kernel/crypto/aes-field-sealer';
import { nowSec } from '../conformance/push-promises';
import { accounts } from '../conformance/subjects/sandbox-config';
import { buildSmsPush } from '../emulators/push/sms-push';
import { type CallbackStage, callbackStage, pushSources, sendPush } from '../support/callback-stage';
import { testBackend } from '../support/database';
import { eventually } from '../support/eventually';
import { insertFirms, insertRunningCampaign, stepsOf } from '../support/ledger';
import { type ServerStage, serverStage } from '../support/server-stage';

const answerWithinMs = 1000;
/** What the gateway allows an account, and so what the channel sends: see its limits. */
const perSec = 200;
const shareKept = 0.95;
const windowMs = 10_000;
const firms = 6_000;

interface Round {
  readonly latencyMs: number;
  readonly rate: number;
  readonly slowestMs: number;
  readonly callbacks: number;
  readonly idleMs: number;
}

describe('a platform that answers in 5 s, then in 30 s, while another channel sends 200 a second', () => {
  let stage: ServerStage;
  beforeAll(async () => {
    stage = await serverStage('slow-platform');
    await stage.withDatabase(async (db) => {
      const sealer = aesFieldSealer(loadConfig(stage.env).secrets);
      for (let from = 1; from <= firms; from += 2000) await insertFirms(db, sealer, 2000, ['sms', 'wecom'], from);
      await db.run(sql`analyze`);
      await insertRunningCampaign(db, stepsOf(['sms']));
      await insertRunningCampaign(db, stepsOf(['wecom']));
    });
  }, 120_000);
  afterAll(() => stage.close());

  /** Callbacks at an even pace; how long each answer took. */
  async function callbacksFor(forMs: number): Promise<number[]> {
    const took: Promise<number>[] = [];
    for (const until = performance.now() + forMs; performance.now() < until; await sleep(50)) {
      const id = `m${took.length}-${Math.random()}`;
      const receipt = { messageId: id, result: 'delivered', code: 'DELIVRD', at: '2026-11-20T06:30:00.000Z' } as const;
      const push = buildSmsPush({ name: 'default', key: accounts.sms.gatewayKey }, receipt, nowSec());
      took.push(
        sendPush(stage.url, push).then(({ status, tookMs }) => {
          expect(status).toBe(200);
          return tookMs;
        }),
      );
    }
    return Promise.all(took);
  }

  /** The oldest transaction that waits for its client, in milliseconds; a call of 5 s inside one would be seen. */
  async function oldestIdleMs(client: pg.Client): Promise<number> {
    const { rows } = await client.query<{ ms: number }>(
      `select coalesce(max(extract(epoch from clock_timestamp() - state_change)) * 1000, 0)::float8 as ms
       from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
    );
    return rows[0]?.ms ?? 0;
  }

  it('answers callbacks within a second, holds no connection, and takes nothing from the other channel', async () => {
    const { world } = stage.sandbox;
    const shown = () => world.observation.totalsByPlatform.sms ?? 0;
    const server = await stage.start();
    const client = testBackend === 'postgres' ? new pg.Client({ connectionString: stage.env.DATABASE_URL }) : undefined;
    await client?.connect();
    try {
      await eventually(() => shown() > perSec, 30_000);
      const rounds: Round[] = [];
      for (const latencyMs of [5000, 30_000]) {
        world.script.platforms.wecom.latencyMs = { min: latencyMs, max: latencyMs };
        await sleep(1500);
        const before = shown();
        const startedAt = performance.now();
        let idleMs = 0;
        const watching = setInterval(() => void (client && oldestIdleMs(client).then((ms) => (idleMs = Math.max(idleMs, ms)))), 100);
        const took = await callbacksFor(windowMs);
        clearInterval(watching);
        const rate = ((shown() - before) * 1000) / (performance.now() - startedAt);
        rounds.push({
          latencyMs,
          rate: Math.round(rate),
          slowestMs: Math.round(Math.max(...took)),
          callbacks: took.length,
          idleMs: Math.round(idleMs),
        });
      }
      process.stdout.write(`09 ${JSON.stringify({ backend: testBackend, rounds })}\n`);
      for (const { rate, slowestMs, callbacks, idleMs } of rounds) {
        expect(callbacks).toBeGreaterThan(50);
        expect(slowestMs).toBeLessThanOrEqual(answerWithinMs);
        expect(rate).toBeGreaterThanOrEqual(perSec * shareKept);
        expect(idleMs).toBeLessThan(1000);
      }
    } finally {
      await client?.end();
      await server.kill();
    }
  }, 120_000);
});

describe('a store that cannot take the row in 800 ms', () => {
  let stage: CallbackStage;
  beforeAll(async () => {
    stage = await callbackStage();
  }, 120_000);
  afterAll(() => stage.close());

  /** Nobody gets at the inbox for so long: a lock, or on PGlite the one connection. */
  const blockFor = (ms: number) =>
    stage.deps.db.tx(async (tx) => {
      await tx.run(sql`lock table inbox in access exclusive mode`);
      await sleep(ms);
    });

  it.each(pushSources)(
    '$source: 503 within a second, nothing is remembered, and the same bytes are taken later',
    async (subject) => {
      await stage.forget();
      const push = subject.build(nowSec() - 30, 'valid');
      const blocked = blockFor(1800);
      await sleep(50);
      const answered = await stage.send(push);
      expect(answered.status).toBe(503);
      expect(answered.tookMs).toBeLessThanOrEqual(answerWithinMs);
      await blocked;
      // A write that ended after the deadline stays; its signature does not.
      await eventually(async () => (await stage.count('callback_nonce')) === 0);
      expect((await stage.send(push)).status).toBe(200);
      expect(await stage.count('inbox')).toBe(1);
    },
    20_000,
  );
});

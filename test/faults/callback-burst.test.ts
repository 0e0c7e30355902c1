import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { nowSec } from '../conformance/push-promises';
import { accounts, keysOf } from '../conformance/subjects/sandbox-config';
import { buildWecomPush } from '../emulators/push/wecom-push';
import { sendPush } from '../support/callback-stage';
import { testBackend } from '../support/database';
import { type ServerStage, serverStage } from '../support/server-stage';

const pushes = 2000;
const atOnce = 40;

/** An event of one member each, signed and encrypted, that nobody answers: what is measured is the door, not the conversation behind it. */
const pushOf = (n: number) =>
  buildWecomPush(
    { ...keysOf(accounts.wecom), corpId: accounts.wecom.corpId, agentId: accounts.wecom.agentId },
    {
      ToUserName: accounts.wecom.corpId,
      FromUserName: `u${n}`,
      CreateTime: nowSec(),
      MsgType: 'event',
      Event: 'view',
      EventKey: 'https://city.example/m/',
      AgentID: accounts.wecom.agentId,
    },
    nowSec(),
  );

describe('kill -9 right behind the last answer of a burst of 2,000 callbacks', () => {
  let stage: ServerStage;
  beforeAll(async () => {
    stage = await serverStage('callback-burst');
  }, 120_000);
  afterAll(() => stage.close());

  it('every 200 is a row', async () => {
    const server = await stage.start();
    const statuses: number[] = [];
    let next = 0;
    const startedAt = performance.now();
    const sender = async (): Promise<void> => {
      for (let n = next++; n < pushes; n = next++) statuses.push((await sendPush(stage.url, pushOf(n))).status);
    };
    await Promise.all(Array.from({ length: atOnce }, sender));
    await server.kill();
    const tookMs = performance.now() - startedAt;
    const rows = await stage.withDatabase(async (db) => ({
      stored: (await db.one<{ n: number }>(sql`select count(*)::int as n from inbox`)).n,
      different: (await db.one<{ n: number }>(sql`select count(distinct message_key)::int as n from inbox`)).n,
    }));
    const given = statuses.filter((status) => status === 200).length;
    const others = statuses.filter((status) => status !== 200);
    process.stdout.write(
      `callback-burst ${JSON.stringify({ backend: testBackend, given, ...rows, others: others.length, perSec: Math.round((pushes * 1000) / tookMs) })}\n`,
    );
    expect(statuses).toHaveLength(pushes);
    expect(given).toBeGreaterThan(0);
    // A row that was stored after its push had been answered 503 would be one more: the platform would repeat it.
    expect(others).toEqual([]);
    expect(rows).toEqual({ stored: given, different: given });
  }, 120_000);
});

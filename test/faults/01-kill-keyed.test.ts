import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Channel, SendResult } from '../../bot-server/src/channels/channel';
import { channelRegistry } from '../../bot-server/src/channels/registry';
import { loadConfig } from '../../bot-server/src/config/load-config';
import { dispatchModule } from '../../bot-server/src/modules/dispatch';
import { type TestDeps, testDeps } from '../support/deps';
import { duplicatesOf, exited, type FaultStage, faultStage, quiet, shownTo, stageSealer } from '../support/dispatch-fault';
import { eventually } from '../support/eventually';
import { countersOf, insertFirms, insertRunningCampaign, statesOf, stepsOf } from '../support/ledger';
import { temporaryFolder } from '../support/process';

const messages = 3000;
const kills = 6;

it('takes over within a minute by default, with fifty in flight where a repeat would be a second message', () => {
  const { dispatch } = loadConfig({ DATA_DIR: temporaryFolder('defaults'), NODE_ENV: 'test' });
  expect(dispatch.leaseSec + dispatch.sweepSec).toBeLessThanOrEqual(60);
  expect(dispatch.heartbeatSec * 2).toBeLessThanOrEqual(dispatch.leaseSec);
  expect(dispatch).toMatchObject({ batchSize: 500, windowSize: 50 });
});

describe('a repeat that is told "busy"', () => {
  let deps: TestDeps;
  const asked: string[] = [];
  /** Loses the first answer of each call, then is busy until it is told to be well. */
  let isWell = false;
  const channel: Channel = {
    kind: 'wecom',
    account: 'default',
    limits: { recipientsPerCall: 1, recipientsPerSec: 100_000, perPersonPerMin: 1000 },
    receipts: false,
    dedupe: { by: 'request', windowSec: 1800 },
    check: () => [],
    plan: (recipients, content) => recipients.map((recipient) => ({ recipients: [recipient], content })),
    async sendCall({ recipients }): Promise<readonly SendResult[]> {
      const [{ ref } = { ref: '' }] = recipients;
      const isRepeat = asked.includes(ref);
      asked.push(ref);
      if (!isRepeat) return [{ ref, outcome: 'unknown', code: 'timeout' }];
      if (isWell) return [{ ref, outcome: 'accepted', platformId: `m${ref}`, deduped: true }];
      return [{ ref, outcome: 'refused', class: 'transient', code: '-1' }];
    },
  };
  beforeAll(async () => {
    deps = await testDeps({ channels: channelRegistry([channel]) });
    await insertFirms(deps.db, deps.sealer, 3, ['wecom']);
  }, 60_000);
  afterAll(() => deps.close());

  it('says nothing about the first: the row stays open until a yes or a final no', async () => {
    const campaignId = await insertRunningCampaign(deps.db, stepsOf(['wecom']));
    const attempts = async () =>
      (
        await deps.db.rows<{ state: string }>(
          sql`select distinct state from attempt where campaign_id = ${campaignId}::bigint order by state`,
        )
      ).map(({ state }) => state);
    const task = dispatchModule(deps).tasks?.find(({ queue }) => queue === 'dispatch.wecom.default');
    const run = () => task?.handle({}, { signal: new AbortController().signal, attempt: 1 });
    await run();
    expect(await attempts()).toEqual(['marked']);
    isWell = true;
    await deps.db.run(sql`update batch_lane set not_before = now() where campaign_id = ${campaignId}::bigint`);
    await run();
    expect(await statesOf(deps.db, campaignId)).toEqual({ accepted: 3 });
    expect(await attempts()).toEqual(['accepted']);
  }, 30_000);
});

describe('kill -9 of the dispatcher six times in 3000 messages, on a channel that recognises repeats', () => {
  let stage: FaultStage;
  let campaignId = '';

  beforeAll(async () => {
    stage = await faultStage({ env: { TEST_RECIPIENTS_PER_SEC: '600' } });
    stage.sandbox.world.script.platforms.wecom.latencyMs = { min: 5, max: 40 };
    campaignId = await stage.withDatabase(async (db) => {
      await insertFirms(db, stageSealer(stage), messages, ['wecom']);
      return insertRunningCampaign(db, stepsOf(['wecom']));
    });
  }, 120_000);
  afterAll(() => stage.close());

  it('loses none, shows none twice, and goes on within the lease', async () => {
    const { observation } = stage.sandbox.world;
    const resumedMs: number[] = [];
    let child = await stage.start();
    for (let kill = 1; kill <= kills; kill += 1) {
      await eventually(() => observation.totals.shown >= (messages * kill) / (kills + 1), 60_000);
      child.kill('SIGKILL');
      await exited(child);
      const killedAt = performance.now();
      const before = observation.totals.received;
      child = await stage.start();
      const startMs = performance.now() - killedAt;
      await eventually(() => observation.totals.received > before, 60_000);
      resumedMs.push(Math.round(performance.now() - killedAt - startMs));
    }
    await eventually(() => observation.totals.shown >= messages, 120_000);
    await quiet(stage, 3500, 60_000);
    child.kill('SIGTERM');
    expect(await exited(child)).toBe(0);
    const report = await stage.withDatabase(async (db) => ({
      states: await statesOf(db, campaignId),
      counters: await countersOf(db, campaignId),
      leased: (await db.one<{ n: number }>(sql`select count(*)::int as n from batch_lane where state = 'leased'`)).n,
      marked: (await db.one<{ n: number }>(sql`select count(*)::int as n from attempt where state = 'marked'`)).n,
    }));
    const facts = {
      ...report,
      shown: shownTo(stage).size,
      duplicates: duplicatesOf(stage),
      swallowed: observation.totals.deduped,
      resumedMs,
    };
    process.stdout.write(`01 ${JSON.stringify(facts)}\n`);
    expect(report.states).toEqual({ accepted: messages });
    expect(report.counters).toMatchObject({ planned: messages, accepted: messages, waiting: 0, unknown: 0 });
    expect(facts).toMatchObject({ shown: messages, duplicates: 0, leased: 0, marked: 0 });
    // A lease of 2 s and a sweep each second; the rest is for a busy machine.
    for (const resumed of resumedMs) expect(resumed).toBeLessThan(2000 + 1000 + 2000);
    // The repeats are what the test is about: without them it would prove nothing.
    expect(facts.swallowed).toBeGreaterThan(0);
  }, 240_000);
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { loadConfig } from '../../bot-server/src/config/load-config';
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

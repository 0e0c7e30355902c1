import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Call, Channel, SendResult } from '../../bot-server/src/channels/channel';
import { channelRegistry } from '../../bot-server/src/channels/registry';
import { dispatchModule } from '../../bot-server/src/modules/dispatch';
import { testBackend } from '../support/database';
import { type TestDeps, testDeps } from '../support/deps';
import { duplicatesOf, exited, type FaultStage, faultStage, quiet, shownTo, stageSealer } from '../support/dispatch-fault';
import { eventually } from '../support/eventually';
import { countersOf, insertFirms, insertRunningCampaign, statesOf, stepsOf } from '../support/ledger';

/** Answers when told to; what it was asked is the observation. */
function heldChannel(): { channel: Channel; calls: Call[]; hold: () => () => void } {
  const calls: Call[] = [];
  let gate = Promise.resolve();
  const channel: Channel = {
    kind: 'sms',
    account: 'default',
    limits: { recipientsPerCall: 1, recipientsPerSec: 100_000, perPersonPerMin: 100 },
    receipts: false,
    dedupe: 'none',
    check: () => [],
    plan: (recipients, content) => recipients.map((recipient) => ({ recipients: [recipient], content })),
    async sendCall(call): Promise<readonly SendResult[]> {
      calls.push(call);
      await gate;
      return call.recipients.map(({ ref }) => ({ ref, outcome: 'accepted', platformId: `p${ref}` }));
    },
  };
  return {
    channel,
    calls,
    /** Calls from now on wait for the returned release. */
    hold: () => {
      let release = (): void => undefined;
      gate = new Promise((resolve) => {
        release = resolve;
      });
      return release;
    },
  };
}

describe('a dispatcher that outlives its lease', () => {
  let deps: TestDeps;
  const held = heldChannel();
  beforeAll(async () => {
    deps = await testDeps({ channels: channelRegistry([held.channel]) });
    await insertFirms(deps.db, deps.sealer, 20, ['sms']);
  }, 60_000);
  afterAll(() => deps.close());

  it('writes nothing when its answers come after another took the lane', async () => {
    const campaignId = await insertRunningCampaign(deps.db, stepsOf(['sms']));
    const task = dispatchModule(deps).tasks?.find(({ queue }) => queue === 'dispatch.sms.default');
    const run = () => task?.handle({}, { signal: new AbortController().signal, attempt: 1 });
    const release = held.hold();
    const stale = run();
    await eventually(() => held.calls.length === 20);
    // As after a SIGSTOP: the lease is over, and nobody renewed it.
    await deps.db.run(sql`update batch_lane set leased_until = now() - interval '1 second' where campaign_id = ${campaignId}::bigint`);
    await run();
    expect(await statesOf(deps.db, campaignId)).toEqual({ unknown: 20 });
    release();
    await stale;
    expect(await statesOf(deps.db, campaignId)).toEqual({ unknown: 20 });
    expect(await countersOf(deps.db, campaignId)).toMatchObject({ planned: 20, unknown: 20, accepted: 0, waiting: 0 });
    expect(held.calls).toHaveLength(20);
    const { fence } = await deps.db.one<{ fence: string }>(sql`select fence from batch_lane where campaign_id = ${campaignId}::bigint`);
    expect(Number(fence)).toBe(2);
  }, 30_000);

  it('sends nothing more either, while the other is at work in the same lane', async () => {
    await insertFirms(deps.db, deps.sealer, 100, ['sms'], 21);
    const campaignId = await insertRunningCampaign(deps.db, stepsOf(['sms']));
    const task = dispatchModule(deps).tasks?.find(({ queue }) => queue === 'dispatch.sms.default');
    const run = () => task?.handle({}, { signal: new AbortController().signal, attempt: 1 });
    const before = held.calls.length;
    const made = () => held.calls.length - before;
    const releaseStale = held.hold();
    const stale = run();
    await eventually(() => made() === 50);
    const releaseOther = held.hold();
    await deps.db.run(sql`update batch_lane set leased_until = now() - interval '1 second' where campaign_id = ${campaignId}::bigint`);
    const other = run();
    await eventually(() => made() === 100);
    releaseStale();
    await stale;
    await sleep(300);
    expect(made()).toBe(100);
    releaseOther();
    await other;
    expect(made()).toBe(120);
    expect(await statesOf(deps.db, campaignId)).toEqual({ accepted: 70, unknown: 50 });
  }, 30_000);
});

// The embedded database has one process; four are a matter of PostgreSQL.
if (testBackend === 'postgres') {
  describe('four dispatchers, one stopped past its lease', () => {
    const messages = 2000;
    let stage: FaultStage;
    let campaignId = '';
    beforeAll(async () => {
      stage = await faultStage({ env: { TEST_RECIPIENTS_PER_SEC: '300', DISPATCH_CONCURRENCY: '1' } });
      stage.sandbox.world.script.platforms.wecom.latencyMs = { min: 20, max: 60 };
      campaignId = await stage.withDatabase(async (db) => {
        await insertFirms(db, stageSealer(stage), messages, ['wecom']);
        return insertRunningCampaign(db, stepsOf(['wecom']), { batchSize: 250 });
      });
    }, 120_000);
    afterAll(() => stage.close());

    it('delivers each once; the others take over; the late one changes nothing', async () => {
      const { observation } = stage.sandbox.world;
      const children = await Promise.all([stage.start(), stage.start(), stage.start(), stage.start()]);
      await eventually(() => observation.totals.shown > 200, 60_000);
      const [stopped, ...others] = children;
      stopped?.kill('SIGSTOP');
      await sleep(4000);
      stopped?.kill('SIGCONT');
      await eventually(() => observation.totals.shown >= messages, 120_000);
      await quiet(stage, 3500, 60_000);
      for (const child of children) child.kill('SIGTERM');
      expect(await Promise.all(children.map(exited))).toEqual([0, 0, 0, 0]);
      const report = await stage.withDatabase(async (db) => ({
        states: await statesOf(db, campaignId),
        counters: await countersOf(db, campaignId),
        takeovers: (
          await db.one<{ n: number }>(
            sql`select count(*)::int as n from batch_lane where campaign_id = ${campaignId}::bigint and fence > 1`,
          )
        ).n,
      }));
      const facts = { ...report, shown: shownTo(stage).size, duplicates: duplicatesOf(stage), others: others.length };
      process.stdout.write(`04 ${JSON.stringify(facts)}\n`);
      expect(facts).toMatchObject({ states: { accepted: messages }, shown: messages, duplicates: 0 });
      expect(report.counters).toMatchObject({ planned: messages, accepted: messages, waiting: 0 });
      expect(report.takeovers).toBeGreaterThan(0);
    }, 240_000);
  });
}

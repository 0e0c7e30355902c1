import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { mobileOf, openidOf, type SendingKind, templateId } from '../support/bodies';
import { duplicatesOf, exited, type FaultStage, faultStage, quiet, shownTo, stageSealer } from '../support/dispatch-fault';
import { eventually } from '../support/eventually';
import { countersOf, insertFirms, insertRunningCampaign, statesOf, stepsOf } from '../support/ledger';

const messages = 3000;
const kills = 6;
const windowSize = 50;
const concurrency = 2;

describe.each([
  ['sms', mobileOf],
  ['wechat-mini', openidOf],
] as const)('kill -9 of the dispatcher six times in 3000 messages on %s, which recognises no repeat', (kind: SendingKind, addressOf) => {
  let stage: FaultStage;
  let campaignId = '';

  beforeAll(async () => {
    stage = await faultStage({
      env: { TEST_RECIPIENTS_PER_SEC: '800', DISPATCH_WINDOW_SIZE: String(windowSize), DISPATCH_CONCURRENCY: String(concurrency) },
    });
    const { world, emulators } = stage.sandbox;
    world.script.platforms[kind === 'sms' ? 'sms' : 'wechat'].latencyMs = { min: 5, max: 60 };
    for (let n = 1; n <= messages; n += 1) emulators.wechat.credits.grant(openidOf(n), templateId, 1, false);
    campaignId = await stage.withDatabase(async (db) => {
      await insertFirms(db, stageSealer(stage), messages, [kind]);
      return insertRunningCampaign(db, stepsOf([kind]));
    });
  }, 120_000);
  afterAll(() => stage.close());

  it('shows none twice, loses none in silence, and lists what it does not know', async () => {
    const { observation } = stage.sandbox.world;
    let child = await stage.start();
    for (let kill = 1; kill <= kills; kill += 1) {
      const before = observation.totals.shown;
      await eventually(() => observation.totals.shown >= before + messages / (kills + 3), 60_000);
      child.kill('SIGKILL');
      await exited(child);
      child = await stage.start();
    }
    await quiet(stage, 4500, 120_000);
    child.kill('SIGTERM');
    expect(await exited(child)).toBe(0);
    const report = await stage.withDatabase(async (db) => ({
      states: await statesOf(db, campaignId),
      counters: await countersOf(db, campaignId),
      listed: await db.rows<{ seq: number; address: { openid?: string; mobileSealed?: string } }>(sql`
        select d.seq, a.address from delivery d join delivery_address a on a.campaign_id = d.campaign_id and a.seq = d.seq
        where d.campaign_id = ${campaignId}::bigint and d.state = 'unknown' order by d.seq`),
    }));
    const shown = shownTo(stage);
    const sealer = stageSealer(stage);
    const doubtful = new Set(
      report.listed.map(({ address }) => address.openid ?? sealer.open('enterprise_contact.mobile', address.mobileSealed ?? '')),
    );
    const lost = Array.from({ length: messages }, (_, index) => addressOf(index + 1)).filter((to) => !shown.has(to) && !doubtful.has(to));
    const bound = kills * windowSize * concurrency;
    const facts = { states: report.states, shown: shown.size, duplicates: duplicatesOf(stage), lost: lost.length, bound };
    process.stdout.write(`02 ${kind} ${JSON.stringify(facts)}\n`);
    expect(facts).toMatchObject({ duplicates: 0, lost: 0 });
    expect(report.counters).toMatchObject({
      planned: messages,
      waiting: 0,
      refused: 0,
      accepted: report.states.accepted,
      unknown: report.listed.length,
    });
    expect(report.listed.length).toBeLessThanOrEqual(bound);
    // Kills that fall between two windows leave nothing open; six of them do not.
    expect(report.listed.length).toBeGreaterThan(0);
  }, 240_000);
});

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { FrozenStep } from '../../bot-server/src/modules/dispatch';
import { sandboxAccounts } from '../../shared/src/sandbox';
import { confirmTask } from '../emulators/wecom/external-contacts';
import { duplicatesOf, exited, type FaultStage, faultStage, shownTo } from '../support/dispatch-fault';
import { eventually } from '../support/eventually';
import { insertCustomers } from '../support/further-addresses';
import { countersOf, insertRunningCampaign, statesOf } from '../support/ledger';

const customers = Array.from({ length: 240 }, (_, n) => `wm-customer-${n + 1}`);
const kills = 2;
const windowSize = 20;
const concurrency = 2;
const staff = 'u-staff';
const step: FrozenStep = { channel: 'wecom', account: 'default', body: { channel: 'wecom', form: 'contact', text: '请填写问卷：{link}' } };

/**
 * App messages of WeCom are swallowed when repeated, tasks for customers are not: of one channel, what may be sent again after a
 * crash depends on the content.
 */
describe('kill -9 of the dispatcher twice in 240 messages to customers of a member', () => {
  let stage: FaultStage;
  let campaignId = '';
  beforeAll(async () => {
    stage = await faultStage({
      env: { TEST_RECIPIENTS_PER_SEC: '150', DISPATCH_WINDOW_SIZE: String(windowSize), DISPATCH_CONCURRENCY: String(concurrency) },
    });
    stage.sandbox.world.script.platforms.wecom.latencyMs = { min: 20, max: 80 };
    campaignId = await stage.withDatabase(async (db) => {
      await insertCustomers(db, 1, staff, customers);
      return insertRunningCampaign(db, [step], { isOnePerPerson: false });
    });
  }, 120_000);
  afterAll(() => stage.close());

  const tasks = () => stage.sandbox.emulators.wecom.contacts.of(sandboxAccounts.wecom.corpId, staff);

  it('makes no second task, loses none in silence, and lists what it does not know', async () => {
    let child = await stage.start();
    for (let kill = 1; kill <= kills; kill += 1) {
      const before = tasks().length;
      await eventually(() => tasks().length >= before + customers.length / (kills + 3), 60_000);
      child.kill('SIGKILL');
      await exited(child);
      child = await stage.start();
    }
    for (let count = -1; count !== tasks().length; await sleep(4500)) count = tasks().length;
    child.kill('SIGTERM');
    expect(await exited(child)).toBe(0);
    expect(shownTo(stage).size).toBe(0);
    for (const task of tasks()) confirmTask(stage.sandbox.emulators.wecom, task);
    const report = await stage.withDatabase(async (db) => ({
      states: await statesOf(db, campaignId),
      counters: await countersOf(db, campaignId),
      listed: await db.rows<{ customer: string }>(sql`
        select a.address ->> 'externalUserId' as customer from delivery d
        join delivery_address a on a.campaign_id = d.campaign_id and a.seq = d.seq
        where d.campaign_id = ${campaignId}::bigint and d.state = 'unknown'`),
    }));
    const shown = shownTo(stage);
    const doubtful = new Set(report.listed.map(({ customer }) => customer));
    const lost = customers.filter((customer) => !shown.has(customer) && !doubtful.has(customer));
    process.stdout.write(`02 contacts ${JSON.stringify({ states: report.states, shown: shown.size })}\n`);
    expect({ duplicates: duplicatesOf(stage), lost }).toEqual({ duplicates: 0, lost: [] });
    expect(report.counters).toMatchObject({ planned: customers.length, waiting: 0, refused: 0, unknown: report.listed.length });
    expect(report.listed.length).toBeGreaterThan(0);
    expect(report.listed.length).toBeLessThanOrEqual(kills * windowSize * concurrency);
  }, 240_000);
});

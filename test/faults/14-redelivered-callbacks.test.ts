import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { inboxHandlers, receiveMessages } from '../../bot-server/src/kernel/inbox/receiver';
import { campaignsModule } from '../../bot-server/src/modules/campaigns';
import { dispatchModule } from '../../bot-server/src/modules/dispatch';
import { nowSec } from '../conformance/push-promises';
import { accounts } from '../conformance/subjects/sandbox-config';
import { buildSmsPush, type SmsReceipt } from '../emulators/push/sms-push';
import { type CallbackStage, callbackStage, pushSources } from '../support/callback-stage';
import { insertFirms, insertRunningCampaign, stepsOf } from '../support/ledger';

let stage: CallbackStage;
beforeAll(async () => {
  stage = await callbackStage();
}, 120_000);
afterAll(() => stage.close());

describe.each(pushSources)('a push of $source that comes three times', (subject) => {
  beforeEach(() => stage.forget());
  const again = subject.redelivery === 'same-bytes' ? 0 : 1;

  it('is answered 200 three times, stored once, and has one effect', async () => {
    const at = nowSec();
    for (let delivery = 0; delivery < 3; delivery += 1) {
      expect((await stage.send(subject.build(at + delivery * again, 'valid'))).status).toBe(200);
    }
    const effects: string[] = [];
    await stage.work(async ({ messageKey }) => void effects.push(messageKey));
    await stage.work(async ({ messageKey }) => void effects.push(messageKey));
    expect(effects).toHaveLength(1);
    expect(await stage.count('inbox')).toBe(1);
  });

  it('has one effect when all three come at once, and when one comes after the work was done', async () => {
    const at = nowSec() + 3;
    const pushes = [0, 1, 2].map((delivery) => subject.build(at + delivery * again, 'valid'));
    const answers = await Promise.all(pushes.map((push) => stage.send(push)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const effects: string[] = [];
    await stage.work(async ({ messageKey }) => void effects.push(messageKey));
    expect((await stage.send(subject.build(at + 3 * again, 'valid'))).status).toBe(200);
    await stage.work(async ({ messageKey }) => void effects.push(messageKey));
    expect(effects).toHaveLength(1);
  });
});

describe('receipts of one message, out of order', () => {
  let campaignId = '';
  beforeAll(async () => {
    await stage.forget();
    const { deps } = stage;
    await insertFirms(deps.db, deps.sealer, 6, ['sms']);
    campaignId = await insertRunningCampaign(deps.db, stepsOf(['sms']));
    const lane = dispatchModule(deps).tasks?.find(({ queue }) => queue === 'dispatch.sms.default');
    await lane?.handle({}, { signal: new AbortController().signal, attempt: 1 });
  }, 60_000);

  const receipt = (seq: number, result: SmsReceipt['result'], code: string): SmsReceipt => ({
    messageId: `m${seq}`,
    reference: `c${campaignId}a1s${seq}`,
    result,
    code,
    at: '2026-11-20T06:30:00.000Z',
  });
  const deliver = async (list: readonly SmsReceipt[]) => {
    const { db, log, clock } = stage.deps;
    for (const [index, each] of list.entries()) {
      const push = buildSmsPush({ name: 'default', key: accounts.sms.gatewayKey }, each, nowSec() + index);
      expect((await stage.send(push)).status).toBe(200);
    }
    clock.set(new Date((nowSec() + 30) * 1000));
    await receiveMessages({ db, log, clock, handlers: inboxHandlers([campaignsModule(stage.deps)]) });
  };
  const told = async (seq: number) =>
    (
      await stage.deps.db.one<{ receipt: string | null; code: string | null }>(
        sql`select receipt, receipt_code as code from attempt where campaign_id = ${campaignId}::bigint and seq = ${seq}`,
      )
    ).receipt;
  const delivered = async () =>
    (await stage.deps.db.one<{ n: number }>(sql`select sum(delivered)::int as n from batch where campaign_id = ${campaignId}::bigint`)).n;

  it('a delivery stays one, whatever is told before, after or again', async () => {
    const before = await delivered();
    const [good, bad] = [receipt(1, 'delivered', 'DELIVRD'), receipt(1, 'failed', 'EXPIRED')];
    await deliver([good, bad, good, good]);
    expect([await told(1), (await delivered()) - before]).toEqual(['delivered', 1]);
    await deliver([receipt(1, 'failed', 'UNDELIV'), good]);
    expect([await told(1), (await delivered()) - before]).toEqual(['delivered', 1]);
  });

  it('a failure that was told first gives way to the delivery, once', async () => {
    const before = await delivered();
    const [good, bad] = [receipt(2, 'delivered', 'DELIVRD'), receipt(2, 'failed', 'EXPIRED')];
    await deliver([bad, bad, good, bad, good]);
    expect([await told(2), (await delivered()) - before]).toEqual(['delivered', 1]);
  });

  it('a failure alone stays one failure', async () => {
    const before = await delivered();
    await deliver(Array(3).fill(receipt(3, 'failed', 'REJECTD')));
    expect([await told(3), (await delivered()) - before]).toEqual(['failed', 0]);
  });
});

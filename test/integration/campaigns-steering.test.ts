import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Call, Channel, SendResult } from '../../bot-server/src/channels/channel';
import { launchCampaign, reviewCampaign, saveCampaign } from '../../bot-server/src/modules/campaigns';
import { listDeliveries } from '../../bot-server/src/modules/campaigns/board/list-deliveries';
import { proveCampaign } from '../../bot-server/src/modules/campaigns/board/prove-campaign';
import { exportDeliveries } from '../../bot-server/src/modules/campaigns/export-deliveries';
import { readCampaign } from '../../bot-server/src/modules/campaigns/read-campaign';
import { resolveUnknown } from '../../bot-server/src/modules/campaigns/resolve-unknown';
import { retryFailed } from '../../bot-server/src/modules/campaigns/retry-failed';
import { sendTest } from '../../bot-server/src/modules/campaigns/send-test';
import { steerCampaign } from '../../bot-server/src/modules/campaigns/steer-campaign';
import { recordReceipt } from '../../bot-server/src/modules/dispatch';
import type { CampaignDraft } from '../../shared/src/api/campaigns';
import { type CampaignStage, campaignStage, draftOf, exempt, plans, publishForm } from '../support/campaign-stage';
import { insertFirms } from '../support/ledger';

type Answer = (ref: string, call: Call) => SendResult;
const accept: Answer = (ref) => ({ ref, outcome: 'accepted', platformId: `p${ref}` });
/** What the SMS gateway says in this test. */
let answer: Answer = accept;
let beforeAnswer: () => Promise<void> = async () => undefined;
let sent = 0;

const scripted = (real: Channel): Channel => ({
  ...real,
  async sendCall(call) {
    sent += 1;
    await beforeAnswer();
    return call.recipients.map(({ ref }) => answer(ref, call));
  },
});

let stage: CampaignStage;
const firms = 120;
beforeAll(async () => {
  stage = await campaignStage({ channels: (real) => real.map((channel) => (channel.kind === 'sms' ? scripted(channel) : channel)) });
  await insertFirms(stage.deps.db, stage.deps.sealer, firms, ['sms']);
}, 120_000);
afterAll(() => stage.close());
beforeEach(() => {
  answer = accept;
  beforeAnswer = async () => undefined;
  sent = 0;
});

async function launched(change: Partial<CampaignDraft> = {}): Promise<string> {
  const { deps, drafter, signatory } = stage;
  const made = await saveCampaign(deps, drafter, draftOf(null, { plan: [plans.sms], ...change }));
  await reviewCampaign(deps, drafter, made.id, { action: 'submit', contentHash: made.contentHash });
  await reviewCampaign(deps, signatory, made.id, { action: 'approve', contentHash: made.contentHash });
  await launchCampaign(deps, drafter, made.id);
  return made.id;
}
const read = (id: string) => readCampaign(stage.deps, stage.drafter, id);

describe('steering a campaign', () => {
  it('pauses within one window, goes on, and cancels what is left', async () => {
    const { deps, drafter } = stage;
    const id = await launched();
    beforeAnswer = async () => {
      beforeAnswer = async () => undefined;
      await steerCampaign(deps, drafter, id, { action: 'pause' });
    };
    await stage.settle();
    expect(sent).toBe(50);
    expect(await read(id)).toMatchObject({ state: 'paused', counts: { accepted: 50, waiting: 70 } });
    beforeAnswer = async () => {
      beforeAnswer = async () => undefined;
      await steerCampaign(deps, drafter, id, { action: 'pause' });
    };
    await steerCampaign(deps, drafter, id, { action: 'resume' });
    await stage.settle();
    expect(await read(id)).toMatchObject({ state: 'paused', counts: { accepted: 100, waiting: 20 } });
    const cancelled = await steerCampaign(deps, drafter, id, { action: 'cancel', reason: '内容有误' });
    expect(cancelled).toMatchObject({ state: 'cancelled', counts: { accepted: 100, cancelled: 20, waiting: 0 } });
    expect(await proveCampaign(deps, id)).toMatchObject({ holds: true, isFinal: true });
  });

  it('retries only what may pass now, as a new attempt', async () => {
    const { deps, drafter } = stage;
    const id = await launched();
    answer = (ref) => {
      if (Number(ref) <= 10) return { ref, outcome: 'refused', class: 'permanent', code: 'BLACKLISTED' };
      return Number(ref) <= 30 ? { ref, outcome: 'refused', class: 'quota', code: 'QUOTA_EXHAUSTED' } : accept(ref, {} as Call);
    };
    // The lane rests between tries; the test does not.
    for (let tries = 0; tries < 8; tries += 1) {
      await stage.settle();
      await deps.db.run(sql`update batch_lane set not_before = null`);
      await deps.tasks.sweep('dispatch-sweep');
    }
    expect(await read(id)).toMatchObject({ state: 'completed', counts: { accepted: 90, refused: 30 } });
    answer = accept;
    expect(await retryFailed(deps, drafter, id, ['BLACKLISTED'])).toEqual({ retried: 0 });
    expect(await retryFailed(deps, drafter, id, undefined)).toEqual({ retried: 20 });
    await stage.settle();
    expect(await read(id)).toMatchObject({ state: 'completed', counts: { accepted: 110, refused: 10, waiting: 0 } });
    expect(await proveCampaign(deps, id)).toMatchObject({ holds: true, isFinal: true });
  }, 30_000);

  it('keeps unknown results as they are until a receipt or a person settles them', async () => {
    const { deps, drafter } = stage;
    const id = await launched();
    answer = (ref) => (Number(ref) <= 6 ? { ref, outcome: 'unknown', code: 'timeout' } : accept(ref, {} as Call));
    await stage.settle();
    expect(await read(id)).toMatchObject({ state: 'completed', counts: { accepted: 114, unknown: 6 } });
    const receipt = (seq: number, result: 'delivered' | 'failed') =>
      deps.db.tx((tx) =>
        recordReceipt(tx, 'sms', 'default', {
          type: 'receipt',
          platformId: `late${seq}`,
          result,
          code: result === 'delivered' ? 'DELIVRD' : 'UNDELIV',
          reference: `c${id}a1s${seq}`,
        }),
      );
    await receipt(1, 'delivered');
    await receipt(1, 'delivered');
    await receipt(1, 'failed');
    await receipt(2, 'failed');
    await receipt(100, 'failed');
    await receipt(100, 'delivered');
    expect((await read(id)).counts).toMatchObject({ accepted: 115, refused: 1, unknown: 4, delivered: 2 });
    expect(await resolveUnknown(deps, drafter, id, { seqs: [3], outcome: 'refused', reason: '网关后台查无此条' })).toEqual({ resolved: 1 });
    expect(await resolveUnknown(deps, drafter, id, { outcome: 'accepted', reason: '网关后台已逐条核对' })).toEqual({ resolved: 3 });
    expect((await read(id)).counts).toMatchObject({ accepted: 118, refused: 2, unknown: 0 });
    expect(await proveCampaign(deps, id)).toMatchObject({ holds: true, attempts: { resolved: 6 } });
  });

  it('stops by itself when the account is shut out, and costs no row a try', async () => {
    const { deps, drafter, modules } = stage;
    const id = await launched();
    answer = (ref) => ({ ref, outcome: 'refused', class: 'auth', code: 'INVALID_KEY' });
    for (let tries = 0; tries < 4; tries += 1) {
      await deps.db.run(sql`update batch_lane set not_before = null`);
      await deps.tasks.sweep('dispatch-sweep');
      await deps.tasks.runAll();
      await deps.deliver(modules);
    }
    expect(await read(id)).toMatchObject({
      state: 'halted',
      stateReason: expect.stringContaining('INVALID_KEY'),
      counts: { waiting: firms },
    });
    answer = accept;
    await deps.db.run(sql`update batch_lane set not_before = now() + interval '5 minutes' where campaign_id = ${id}::bigint`);
    await steerCampaign(deps, drafter, id, { action: 'resume' });
    await stage.settle();
    expect(await read(id)).toMatchObject({ state: 'completed', counts: { accepted: firms } });
  });

  it('waits for its time, and ends with its window', async () => {
    const { deps } = stage;
    const id = await launched({
      window: { startAt: '2026-06-11T02:00:00.000Z', notAfterAt: '2026-06-12T02:00:00.000Z', closesAt: '2026-06-20T10:00:00.000Z' },
    });
    await stage.settle();
    expect(await read(id)).toMatchObject({ state: 'scheduled', snapshot: null });
    deps.clock.set('2026-06-11T02:00:01.000Z');
    beforeAnswer = async () => {
      beforeAnswer = async () => undefined;
      deps.clock.set('2026-06-12T03:00:00.000Z');
      await deps.tasks.sweep('campaigns-sweep');
    };
    await deps.tasks.sweep('campaigns-sweep');
    await stage.settle();
    await deps.tasks.sweep('campaigns-sweep');
    expect(await read(id)).toMatchObject({ state: 'completed', counts: { accepted: 50, cancelled: 70 } });
    deps.clock.set('2026-06-10T02:00:00.000Z');
  });

  it('writes down what a killed dispatcher left, even of a cancelled campaign', async () => {
    const { deps, drafter } = stage;
    const id = await launched();
    // As a kill -9 leaves it: marked, leased, and nobody renews the lease.
    const died = new Error('killed');
    beforeAnswer = () => Promise.reject(died);
    await expect(deps.tasks.runAll()).rejects.toThrow('killed');
    beforeAnswer = async () => undefined;
    await steerCampaign(deps, drafter, id, { action: 'cancel', reason: '停止' });
    expect((await read(id)).counts).toMatchObject({ cancelled: 70, waiting: 50 });
    await deps.db.run(sql`update batch_lane set leased_until = now() - interval '1 second' where campaign_id = ${id}::bigint`);
    await deps.tasks.sweep('dispatch-sweep');
    await stage.settle();
    expect(await read(id)).toMatchObject({ state: 'cancelled', counts: { cancelled: 70, unknown: 50, waiting: 0 } });
    expect(await proveCampaign(deps, id)).toMatchObject({ holds: true, isFinal: true });
  });

  it('repairs a lane that says it has nothing to do, and a lost wake-up', async () => {
    const { deps } = stage;
    const id = await launched();
    deps.tasks.forget();
    await deps.db.run(sql`update batch_lane set state = 'idle' where campaign_id = ${id}::bigint`);
    await deps.tasks.sweep('dispatch-sweep');
    await stage.settle();
    expect(await read(id)).toMatchObject({ state: 'completed', counts: { accepted: firms } });
  });
});

describe('before a launch', () => {
  it('is held until the heading is filled or the signatory records that none is needed', async () => {
    const { deps, drafter, signatory } = stage;
    const questionnaire = await publishForm(stage, (form) => form);
    const made = await saveCampaign(deps, drafter, draftOf(questionnaire, { plan: [plans.sms] }));
    await reviewCampaign(deps, drafter, made.id, { action: 'submit', contentHash: made.contentHash });
    const approve = { action: 'approve', contentHash: made.contentHash } as const;
    await expect(reviewCampaign(deps, signatory, made.id, approve)).rejects.toMatchObject({ type: 'campaigns:heading-missing' });
    const approved = await reviewCampaign(deps, signatory, made.id, { ...approve, headingExemptionReason: '内部满意度了解，无需备案' });
    expect(approved.heading).toMatchObject({ isComplete: false, exemptionReason: '内部满意度了解，无需备案' });
    expect((await launchCampaign(deps, drafter, made.id)).state).toBe('running');
    await stage.settle();
  });

  it('refuses content that a platform would refuse, naming field and rule', async () => {
    const { deps, drafter } = stage;
    const questionnaire = await publishForm(stage, exempt);
    const plan: CampaignDraft['plan'] = [
      {
        account: 'default',
        body: { channel: 'wechat-mini', templateId: 't', data: { thing1: '一二三四五六七八九十一二三四五六七八九十一', bad1: 'x' } },
      },
      {
        account: 'default',
        body: { channel: 'wecom', form: 'textcard', title: '长'.repeat(60), description: '说明', buttonText: '现在就去填写' },
      },
    ];
    const made = await saveCampaign(deps, drafter, draftOf(questionnaire, { plan }));
    const refused = await reviewCampaign(deps, drafter, made.id, { action: 'submit', contentHash: made.contentHash }).catch(
      (error: unknown) => error,
    );
    expect(refused).toMatchObject({ type: 'campaigns:content-not-sendable' });
    expect((refused as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer).sort()).toEqual([
      '/plan/0/body/data/bad1',
      '/plan/0/body/data/thing1',
      '/plan/1/body/buttonText',
      '/plan/1/body/title',
    ]);
  });

  it('refuses an unknown attribute and an empty audience', async () => {
    const { deps, drafter, signatory } = stage;
    const wrong = { v: 1, when: { attribute: 'nothing', operator: 'eq', value: 1 } };
    await expect(saveCampaign(deps, drafter, draftOf(null, { audience: wrong }))).rejects.toMatchObject({
      type: 'campaigns:invalid-audience',
    });
    const nobody = { v: 1, when: { attribute: 'industryCode', operator: 'startsWith', value: '99' } };
    const made = await saveCampaign(deps, drafter, draftOf(null, { audience: nobody, plan: [plans.sms] }));
    await reviewCampaign(deps, drafter, made.id, { action: 'submit', contentHash: made.contentHash });
    await reviewCampaign(deps, signatory, made.id, { action: 'approve', contentHash: made.contentHash });
    await expect(launchCampaign(deps, drafter, made.id)).rejects.toMatchObject({ type: 'campaigns:empty-audience' });
    expect((await read(made.id)).state).toBe('approved');
  });

  it('sends a test that no ledger knows', async () => {
    const { deps, drafter } = stage;
    const made = await saveCampaign(deps, drafter, draftOf(null, { plan: [plans.sms] }));
    expect(await sendTest(deps, drafter, made.id, { step: 0, to: { type: 'mobile', mobile: '13900000001' } })).toEqual({
      outcome: 'accepted',
      code: null,
      codeLabel: null,
    });
    await expect(sendTest(deps, drafter, made.id, { step: 0, to: { type: 'openid', openid: 'oTest1234' } })).rejects.toMatchObject({
      type: 'campaigns:wrong-address',
    });
    expect((await read(made.id)).counts.planned).toBe(0);
  });
});

describe('the export', () => {
  it('is a CSV whose cells are inert, with every row of the ledger', async () => {
    const { deps, drafter } = stage;
    await deps.db.run(sql`update enterprise set name = '=cmd(),"x"' where name = '测试企业7'`);
    const id = await launched();
    await stage.settle();
    const { stream } = await exportDeliveries(deps, drafter, id, undefined);
    let text = '';
    for await (const chunk of stream) text += chunk;
    expect(text.startsWith('\uFEFF序号,企业名称')).toBe(true);
    expect(text.trimEnd().split('\r\n')).toHaveLength(firms + 1);
    expect(text).toContain(`"'=cmd(),""x"""`);
    expect((await listDeliveries(deps, id, { q: '=cmd', limit: 5 })).items).toHaveLength(1);
  });
});

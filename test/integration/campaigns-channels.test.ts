import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Channel } from '../../bot-server/src/channels/channel';
import { launchCampaign, reviewCampaign, saveCampaign } from '../../bot-server/src/modules/campaigns';
import { listDeliveries } from '../../bot-server/src/modules/campaigns/board/list-deliveries';
import { proveCampaign } from '../../bot-server/src/modules/campaigns/board/prove-campaign';
import { readDelivery } from '../../bot-server/src/modules/campaigns/board/read-delivery';
import { checkCampaign } from '../../bot-server/src/modules/campaigns/check-campaign';
import { previewAudience } from '../../bot-server/src/modules/campaigns/preview-audience';
import { readCampaign } from '../../bot-server/src/modules/campaigns/read-campaign';
import { sendTest } from '../../bot-server/src/modules/campaigns/send-test';
import { recordReceipt } from '../../bot-server/src/modules/dispatch';
import { reachableToday } from '../../bot-server/src/modules/subscriptions';
import type { CampaignDraft } from '../../shared/src/api/campaigns';
import { campaignsApi } from '../../shared/src/api/campaigns';
import { alipayTemplateId, type CampaignStage, campaignStage, draftOf, plans } from '../support/campaign-stage';
import { insertCustomers, insertEmails, insertOpenids } from '../support/further-addresses';

/** What happens right after a call went out: the process may be killed before it hears the answer. */
let afterCall: () => Promise<void> = async () => undefined;
const mortal = (channel: Channel): Channel => ({
  ...channel,
  async sendCall(call, signal) {
    const results = await channel.sendCall(call, signal);
    await afterCall();
    return results;
  },
});

let stage: CampaignStage;
const staff = 'u9001';
const openids = ['0TestAlipay000000000001', '0TestAlipay000000000002', '0TestAlipay000000000003', '0TestAlipay000000000004'];
beforeAll(async () => {
  stage = await campaignStage({ channels: (real) => real.map(mortal) });
  const { db, sealer } = stage.deps;
  await insertEmails(db, sealer, 1, ['one@firm.example', 'two@firm.example', 'gone0404@firm.example']);
  await insertCustomers(db, 11, staff, ['wmCustomer01', 'wmCustomer02', 'wmLeft0404']);
  await insertOpenids(db, 'alipay-mini', 21, openids);
  await insertOpenids(db, 'wechat-official', 31, ['oTestOfficial00000000000001', 'oTestOfficial00000000000002']);
  // One message each for the first two, long-term for the third, nothing for the last.
  await db.run(sql`
    insert into subscription_credit (channel, account, openid, template_id, credits, is_long_term)
    select 'alipay-mini', 'default', t.openid, ${alipayTemplateId}, t.credits, t.long
    from unnest(${openids.slice(0, 3)}::text[], ${[1, 1, 0]}::int[], ${[false, false, true]}::boolean[]) as t (openid, credits, long)`);
}, 120_000);
afterAll(() => stage.close());

async function approved(plan: CampaignDraft['plan']): Promise<string> {
  const { deps, drafter, signatory } = stage;
  const made = await saveCampaign(deps, drafter, draftOf(null, { plan }));
  await reviewCampaign(deps, drafter, made.id, { action: 'submit', contentHash: made.contentHash });
  await reviewCampaign(deps, signatory, made.id, { action: 'approve', contentHash: made.contentHash });
  return made.id;
}

async function launched(plan: CampaignDraft['plan']): Promise<string> {
  const id = await approved(plan);
  await launchCampaign(stage.deps, stage.drafter, id);
  await stage.settle();
  return id;
}

/** The process dies after the platform took the first window and before anything is written down; another one takes over. */
async function launchedAndKilled(plan: CampaignDraft['plan']): Promise<string> {
  const id = await approved(plan);
  await launchCampaign(stage.deps, stage.drafter, id);
  afterCall = () => Promise.reject(new Error('killed'));
  await expect(stage.deps.tasks.runAll()).rejects.toThrow('killed');
  afterCall = async () => undefined;
  await stage.deps.db.run(sql`update batch_lane set leased_until = now() where campaign_id = ${id}::bigint and state = 'leased'`);
  await stage.deps.tasks.sweep('dispatch-sweep');
  await stage.settle();
  return id;
}
const read = (id: string) => readCampaign(stage.deps, stage.drafter, id);
const messages = () => [...stage.sandbox.world.observation.after(0)];
const rowsOf = async (id: string, state: 'accepted' | 'refused') => (await listDeliveries(stage.deps, id, { state, limit: 50 })).items;

describe('mail', () => {
  it('goes to sealed addresses with the personal link, once, and is shown masked', async () => {
    const id = await launched([plans.email]);
    expect(await read(id)).toMatchObject({ state: 'completed', counts: { accepted: 2, unknown: 0 } });
    const mails = messages().filter(({ platform }) => platform === 'email');
    expect(mails.map(({ recipient }) => recipient).sort()).toEqual(['one@firm.example', 'two@firm.example']);
    expect(new Set(mails.map(({ link }) => link)).size).toBe(2);
    expect(mails[0]?.link).toContain('/s/');
    const [row] = await rowsOf(id, 'accepted');
    const timeline = campaignsApi.getDelivery.response.parse(await readDelivery(stage.deps, id, row?.seq ?? 0));
    expect(timeline.addresses[0]?.label).toMatch(/^[a-z]\*\*\*@firm\.example$/);
    expect(timeline.events.map(({ textEn }) => textEn)).toEqual(['Put on the list', 'Try 1: sent by Email', 'Accepted by the platform']);
    expect(await proveCampaign(stage.deps, id)).toMatchObject({ holds: true });
  });

  it('can be tried on one address, and is previewed as mail', async () => {
    const { deps, drafter } = stage;
    const made = await saveCampaign(deps, drafter, draftOf(null, { plan: [plans.email] }));
    const checked = campaignsApi.checkCampaign.response.parse(await checkCampaign(deps, drafter, made.id));
    expect(checked.previews[0]).toMatchObject({ form: 'mail', title: '【市商务委】餐饮企业经营情况快问' });
    const to = { type: 'email', email: 'tester@firm.example' } as const;
    expect(await sendTest(deps, drafter, made.id, { step: 0, to })).toMatchObject({ outcome: 'accepted' });
    await expect(sendTest(deps, drafter, made.id, { step: 0, to: { type: 'mobile', mobile: '13900000000' } })).rejects.toMatchObject({
      type: 'campaigns:wrong-address',
    });
  });
});

describe('the service account', () => {
  it('sends template messages and hears of their delivery by message id', async () => {
    const { deps } = stage;
    const id = await launched([plans.official]);
    expect(await read(id)).toMatchObject({ state: 'completed', counts: { accepted: 2, delivered: 0 } });
    const sent = messages().filter(({ platform }) => platform === 'wechat-official');
    expect(sent.map(({ kind, link }) => [kind, link?.includes('/s/')])).toEqual(Array(2).fill(['template', true]));
    const [one, other] = sent.map(({ messageId }) => messageId ?? '');
    const tell = (platformId: string, result: 'delivered' | 'failed', code: string) =>
      deps.db.tx((tx) => recordReceipt(tx, 'wechat-official', 'default', { type: 'receipt', platformId, result, code }));
    expect(await tell(one ?? '', 'delivered', 'success')).toBe(true);
    expect(await tell(one ?? '', 'delivered', 'success')).toBe(true);
    expect(await tell(other ?? '', 'failed', 'failed:user block')).toBe(true);
    expect(await tell('1', 'delivered', 'success')).toBe(false);
    expect((await read(id)).counts).toMatchObject({ accepted: 2, delivered: 1 });
  });

  it('is asked again after a crash, under the same key, and nobody gets it twice', async () => {
    const before = messages().length;
    const id = await launchedAndKilled([plans.official]);
    expect((await read(id)).counts).toMatchObject({ accepted: 2, unknown: 0 });
    const seen = messages().slice(before);
    expect(seen.filter(({ deduped }) => !deduped)).toHaveLength(2);
    expect(seen.filter(({ deduped }) => deduped).length).toBeGreaterThan(0);
  });
});

describe('customers of our members', () => {
  let id = '';
  const awaiting = async () => (await rowsOf(id, 'accepted')).filter(({ awaitsStaff }) => awaitsStaff).length;
  /** The member's turn comes after a minute. */
  const ask = async () => {
    await stage.deps.db.run(sql`update staff_confirmation set ask_at = now()`);
    await stage.deps.tasks.sweep('dispatch-staff');
  };

  it('are accepted and wait for the member of staff', async () => {
    id = await launched([plans.contact]);
    expect(await read(id)).toMatchObject({ state: 'completed', counts: { accepted: 3, awaitingStaff: 3, delivered: 0 } });
    expect(messages().filter(({ kind }) => kind === 'contact-text')).toEqual([]);
    await ask();
    expect(await awaiting()).toBe(3);
    const [row] = await rowsOf(id, 'accepted');
    const { events } = campaignsApi.getDelivery.response.parse(await readDelivery(stage.deps, id, row?.seq ?? 0));
    expect(events.at(-1)).toMatchObject({ kind: 'awaiting-staff', text: '平台已受理 · 待服务专员确认' });
  });

  it('are settled when the member confirmed: sent is delivered, left is failed, and nothing is sent again', async () => {
    const { sandbox, deps } = stage;
    const response = await fetch(`${sandbox.url}/personas/wecom:${sandbox.world.accounts.wecom.corpId}%2F${staff}/confirm-task`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(response.status).toBe(200);
    await ask();
    expect(await read(id)).toMatchObject({ counts: { accepted: 3, awaitingStaff: 0, delivered: 2 } });
    expect(await awaiting()).toBe(0);
    const receipts = await deps.db.rows<{ receipt: string; code: string; n: number }>(sql`
      select receipt, receipt_code as code, count(*)::int as n from attempt where campaign_id = ${id}::bigint group by 1, 2 order by 1`);
    expect(receipts).toEqual([
      { receipt: 'delivered', code: '0', n: 2 },
      { receipt: 'failed', code: 'not-customer', n: 1 },
    ]);
    expect(messages().filter(({ kind }) => kind === 'contact-text')).toHaveLength(2);
    const { n } = await deps.db.one<{ n: number }>(sql`select count(*)::int as n from staff_confirmation`);
    expect(n).toBe(0);
  });

  it('are never asked twice after a crash: a repeat would be a second task', async () => {
    const { deps, sandbox } = stage;
    const tasks = async () => {
      const response = await fetch(`${sandbox.url}/personas/wecom:${sandbox.world.accounts.wecom.corpId}%2F${staff}`);
      return ((await response.json()) as { tasks: unknown[] }).tasks.length;
    };
    const before = await tasks();
    const killed = await launchedAndKilled([plans.contact]);
    expect((await read(killed)).counts).toMatchObject({ accepted: 0, unknown: 3, awaitingStaff: 0 });
    expect(await tasks()).toBe(before + 3);
    expect(await proveCampaign(deps, killed)).toMatchObject({ holds: true });
  });

  it('are no addresses for a body to members, and the other way round', async () => {
    const { deps, drafter } = stage;
    const draft = draftOf(null, { plan: [plans.wecom, plans.contact] });
    const { reach } = await previewAudience(deps, drafter, draft);
    expect(reach.map(({ addressed }) => addressed)).toEqual([0, 3]);
    const made = await saveCampaign(deps, drafter, draft);
    expect((await checkCampaign(deps, drafter, made.id)).findings).toEqual([]);
    const twice = await saveCampaign(deps, drafter, draftOf(null, { plan: [plans.contact, plans.contact] }));
    expect((await checkCampaign(deps, drafter, twice.id)).findings).toEqual([
      expect.objectContaining({ field: 'plan/1', rule: 'twice', detailEn: 'Each channel may appear only once' }),
    ]);
  });
});

describe('Alipay', () => {
  it('says who can be sent the template today, and why not the others', async () => {
    const { deps, drafter, sandbox } = stage;
    for (const openid of openids.slice(0, 2)) {
      await fetch(`${sandbox.url}/personas/alipay:${openid}/alipay-subscribe`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ templateIds: [alipayTemplateId], accept: true }),
      });
    }
    const preview = campaignsApi.previewAudience.response.parse(
      await previewAudience(deps, drafter, draftOf(null, { plan: [plans.alipay, plans.email] })),
    );
    expect(preview.reach).toMatchObject([
      { step: 0, channel: 'alipay-mini', addressed: 4, reachable: 3, longTerm: 1, gone: 0, first: 3 },
      { step: 1, channel: 'email', addressed: 3, reachable: 3, longTerm: 0, gone: 0, first: 3 },
    ]);
    for (const firm of preview.sample) expect(firm.channels.length).toBeLessThanOrEqual(1);
    const source = { channel: 'alipay-mini', account: 'default', templateId: alipayTemplateId } as const;
    expect(await reachableToday(deps.db, source, [...openids, openids[0] ?? ''])).toEqual({
      reachable: 3,
      longTerm: 1,
      usedUp: 0,
      gone: 0,
      unasked: 1,
    });
  });

  it('uses one credit per accepted message, and none of a person the platform refuses', async () => {
    const id = await launched([plans.alipay]);
    const { counts } = await read(id);
    expect(counts).toMatchObject({ accepted: 2, unknown: 0, waiting: 0 });
    const left = await stage.deps.db.rows<{ openid: string; credits: number }>(
      sql`select openid, credits from subscription_credit where channel = 'alipay-mini' order by openid`,
    );
    expect(left.map(({ credits }) => credits)).toEqual([0, 0, 0]);
  });
});

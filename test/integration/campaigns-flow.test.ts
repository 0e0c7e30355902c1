import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { launchCampaign, resolveCard, reviewCampaign, saveCampaign } from '../../bot-server/src/modules/campaigns';
import { listDeliveries } from '../../bot-server/src/modules/campaigns/board/list-deliveries';
import { proveCampaign } from '../../bot-server/src/modules/campaigns/board/prove-campaign';
import { readDelivery } from '../../bot-server/src/modules/campaigns/board/read-delivery';
import { checkCampaign } from '../../bot-server/src/modules/campaigns/check-campaign';
import { openLink } from '../../bot-server/src/modules/campaigns/open-link';
import { previewAudience } from '../../bot-server/src/modules/campaigns/preview-audience';
import { readCampaign } from '../../bot-server/src/modules/campaigns/read-campaign';
import { readProgress } from '../../bot-server/src/modules/campaigns/watch-campaign';
import { campaignsApi } from '../../shared/src/api/campaigns';
import { openidOf, templateId } from '../support/bodies';
import { type CampaignStage, campaignStage, draftOf, official, plans, publishForm } from '../support/campaign-stage';
import { duplicatesOf as duplicates } from '../support/duplicates';
import { insertFirms } from '../support/ledger';

let stage: CampaignStage;
beforeAll(async () => {
  stage = await campaignStage();
  const { deps, sandbox } = stage;
  await insertFirms(deps.db, deps.sealer, 40, ['wecom', 'sms'], 1);
  await insertFirms(deps.db, deps.sealer, 30, ['wechat-mini', 'sms'], 41);
  await insertFirms(deps.db, deps.sealer, 50, ['sms'], 71);
  await insertFirms(deps.db, deps.sealer, 5, [], 121);
  for (let n = 41; n <= 70; n += 1) sandbox.emulators.wechat.credits.grant(openidOf(n), templateId, 1, false);
  await deps.db.run(sql`update enterprise set is_suppressed = true, suppressed_reason = '企业来电要求' where name = '测试企业1'`);
}, 120_000);
afterAll(() => stage.close());

describe('a cloud visit from draft to proof', () => {
  let id = '';
  it('previews whom it reaches, with reasons', async () => {
    const { deps, drafter } = stage;
    const draft = draftOf(null, { plan: [plans.mini, plans.wecom, plans.sms] });
    const preview = await previewAudience(deps, drafter, { ...draft, audience: draft.audience });
    expect(preview).toMatchObject({ matched: 125, planned: 125, sendable: 119, unreachable: 5 });
    expect(preview.suppressed).toEqual([{ reason: 'firm-suppressed', label: '企业已设为不发送', count: 1 }]);
    expect(preview.reach.map(({ channel, first }) => [channel, first])).toEqual([
      ['wechat-mini', 30],
      ['wecom', 39],
      ['sms', 50],
    ]);
    expect(preview.sample).toHaveLength(10);
    expect(preview.sample[0]?.reasons.length).toBeGreaterThan(0);
  });

  it('is checked, submitted over a hash, and approved by another official only', async () => {
    const { deps, drafter, signatory } = stage;
    const questionnaire = await publishForm(stage);
    const made = await saveCampaign(deps, drafter, draftOf(questionnaire, { plan: [plans.mini, plans.wecom, plans.sms] }));
    id = made.id;
    expect(campaignsApi.getCampaign.response.parse(made).actions).toEqual(expect.arrayContaining(['submit', 'edit', 'test-send']));
    const checked = campaignsApi.checkCampaign.response.parse(await checkCampaign(deps, drafter, id));
    expect(checked.findings).toEqual([]);
    expect(checked.previews.find(({ channel }) => channel === 'sms')?.text).toMatch(/^【随办】请填写《经营情况快问（2 题）》：http/);
    await expect(reviewCampaign(deps, drafter, id, { action: 'submit', contentHash: '0'.repeat(64) })).rejects.toMatchObject({
      type: 'campaigns:hash-changed',
    });
    await reviewCampaign(deps, drafter, id, { action: 'submit', contentHash: made.contentHash });
    const both = { ...official(['drafter', 'signatory']), id: drafter.id };
    await expect(reviewCampaign(deps, both, id, { action: 'approve', contentHash: made.contentHash })).rejects.toMatchObject({
      type: 'campaigns:same-person',
    });
    const stranger = official(['signatory'], 'other');
    await expect(reviewCampaign(deps, stranger, id, { action: 'approve', contentHash: made.contentHash })).rejects.toMatchObject({
      type: 'kernel:not-allowed',
    });
    const approved = await reviewCampaign(deps, signatory, id, { action: 'approve', contentHash: made.contentHash });
    expect(approved).toMatchObject({ state: 'approved', approvedHash: made.contentHash });
  });

  it('loses its approval with any change', async () => {
    const { deps, drafter, signatory } = stage;
    const before = await readCampaign(deps, drafter, id);
    const draft = draftOf(before.questionnaire && { questionnaireId: before.questionnaire.questionnaireId, version: 1 }, {
      plan: [plans.mini, plans.wecom, plans.sms],
      title: '餐饮企业经营情况快问（二）',
    });
    const changed = await saveCampaign(deps, drafter, draft, { campaignId: id, revision: before.revision });
    expect(changed).toMatchObject({ state: 'draft', approvedHash: null, changedSinceReview: ['title'] });
    await expect(launchCampaign(deps, drafter, id)).rejects.toMatchObject({ type: 'campaigns:wrong-state' });
    await reviewCampaign(deps, drafter, id, { action: 'submit', contentHash: changed.contentHash });
    await reviewCampaign(deps, signatory, id, { action: 'approve', contentHash: changed.contentHash });
  });

  it('sends each firm once on its best channel, fails over, and completes', async () => {
    const { deps, drafter, sandbox } = stage;
    // Two credits we believe in are gone at the platform: these firms go on to SMS.
    sandbox.emulators.wechat.credits.refuse(openidOf(41), templateId);
    sandbox.emulators.wechat.credits.refuse(openidOf(42), templateId);
    const launched = await launchCampaign(deps, drafter, id);
    expect(launched).toMatchObject({ state: 'running', snapshot: { matched: 125, planned: 125 } });
    await launchCampaign(deps, drafter, id);
    await stage.settle();
    const done = await readCampaign(deps, drafter, id);
    expect(done.state).toBe('completed');
    expect(done.counts).toMatchObject({ planned: 125, accepted: 119, refused: 5, unknown: 0, suppressed: 1, cancelled: 0, waiting: 0 });
    expect(sandbox.world.observation.totalsByPlatform).toEqual({ wecom: 39, wechat: 28, sms: 52 });
    expect(duplicates(sandbox.world)).toBe(0);
    const credit = await deps.db.one<{ credits: number }>(sql`select credits from subscription_credit where openid = ${openidOf(50)}`);
    expect(credit.credits).toBe(0);
  });

  it('proves it, shows it by state and by firm, and says what each code means', async () => {
    const { deps } = stage;
    const proof = campaignsApi.getCampaignProof.response.parse(await proveCampaign(deps, id));
    expect(proof).toMatchObject({ holds: true, isFinal: true });
    expect(proof.equation).toBe('应发 125 = 平台已受理 119 + 发送失败 5 + 结果待核实 0 + 按规则不发 1 + 已取消 0');
    const progress = campaignsApi.getCampaignProgress.response.parse(await readProgress(deps, id));
    expect(progress.errors).toEqual(
      expect.arrayContaining([
        // Both went on to SMS: nobody stands refused with it.
        expect.objectContaining({ channel: 'wechat-mini', code: '43101', count: 0, attempts: 2, canRetry: false }),
        expect.objectContaining({ channel: null, code: 'no-address', count: 5 }),
      ]),
    );
    const refused = await listDeliveries(deps, id, { state: 'refused', limit: 3 });
    expect(refused.items.map(({ code, isInboxOnly }) => [code, isInboxOnly])).toEqual(Array(3).fill(['no-address', true]));
    const rest = await listDeliveries(deps, id, { state: 'refused', limit: 3, cursor: refused.nextCursor ?? '' });
    expect(rest.items).toHaveLength(2);
    const [firm] = (await listDeliveries(deps, id, { q: '测试企业41', limit: 5 })).items;
    const timeline = campaignsApi.getDelivery.response.parse(await readDelivery(deps, id, firm?.seq ?? 0));
    expect(timeline.events.map(({ kind, channel }) => `${kind}:${channel ?? ''}`)).toEqual([
      'frozen:',
      'marked:wechat-mini',
      'refused:wechat-mini',
      'marked:sms',
      'accepted:sms',
    ]);
  });

  it('wrote to the message centre once per firm, and its links open the answer page and count', async () => {
    const { deps, sandbox } = stage;
    const { n } = await deps.db.one<{ n: number }>(sql`select count(*)::int as n from message where campaign_id = ${id}::bigint`);
    expect(n).toBe(124);
    const message = [...sandbox.world.observation.after(0)].find(({ platform }) => platform === 'sms');
    const token = message?.link?.split('/s/')[1] ?? '';
    const answer = await openLink(deps, token);
    expect(answer).toMatchObject({ status: 302, headers: { location: `/m/packages/surveys/pages/answer/index?link=${token}` } });
    await openLink(deps, token);
    expect((await readProgress(deps, id)).counts.opened).toBe(1);
    await expect(openLink(deps, `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).rejects.toMatchObject({
      type: 'campaigns:broken-link',
    });
  });

  it('counts an answer once, however often it is told', async () => {
    const { deps, modules } = stage;
    const { enterprise_id: enterpriseId } = await deps.db.one<{ enterprise_id: string }>(
      sql`select enterprise_id from delivery where campaign_id = ${id}::bigint and seq = 1`,
    );
    for (let count = 0; count < 2; count += 1) {
      await deps.db.tx((tx) =>
        deps.outbox.add(tx, { topic: 'surveys.submitted', key: id, payload: { campaignId: id, enterpriseId, submissionId: 'x' } }),
      );
    }
    await deps.deliver(modules);
    expect((await readProgress(deps, id)).counts.answered).toBe(1);
  });
});

describe('a short form as a card in the chat', () => {
  it('is one call for all, one card per person, and its answer leads back to the firm', async () => {
    const { deps, drafter, signatory, sandbox } = stage;
    // One person stands for two firms: the second is not sent.
    await deps.db.run(sql`
      update enterprise_agent set user_id = 'u2' where kind = 'wecom' and enterprise_id = (select id from enterprise where name = '测试企业3')`);
    const made = await saveCampaign(deps, drafter, draftOf(await publishForm(stage), { plan: [plans.card] }));
    await reviewCampaign(deps, drafter, made.id, { action: 'submit', contentHash: made.contentHash });
    await reviewCampaign(deps, signatory, made.id, { action: 'approve', contentHash: made.contentHash });
    const before = { calls: sandbox.world.requests.last, seq: sandbox.world.observation.last };
    await launchCampaign(deps, drafter, made.id);
    await stage.settle();
    const done = await readCampaign(deps, drafter, made.id);
    expect(done.counts).toMatchObject({ planned: 125, accepted: 38, suppressed: 2, refused: 85 });
    const calls = [...sandbox.world.requests.after(before.calls)].filter(
      ({ action, outcome }) => action.includes('send') && outcome === 'accepted',
    );
    expect(calls).toHaveLength(1);
    const [card] = [...sandbox.world.observation.after(before.seq)];
    expect(card?.card?.questions.map(({ key }) => key)).toEqual(['operation', 'help']);
    const resolved = await resolveCard(deps.db, {
      taskId: card?.card?.taskId ?? '',
      corpId: deps.config.accounts.wecom.corpId,
      userId: (card?.recipient ?? '').toUpperCase(),
    });
    const firm = await deps.db.one<{ id: string }>(sql`
      select min(enterprise_id)::text as id from enterprise_agent where lower(user_id) = lower(${card?.recipient ?? ''})`);
    expect(resolved).toMatchObject({ campaignId: made.id, attemptNo: 1, recipient: { enterpriseId: firm.id } });
  });
});

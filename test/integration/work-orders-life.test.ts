import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import { deliverEvents } from '../../bot-server/src/kernel/outbox/dispatcher';
import { type TestDeps, testDeps } from '../support/deps';
import { type OrderCity, orderCity, reply, step, steps } from '../support/orders';
import { fullAnswers, nothingToReport } from '../support/visits';

jest.setTimeout(90_000);

let deps: TestDeps;
let city: OrderCity;

beforeAll(async () => {
  deps = await testDeps();
  city = await orderCity(deps);
});
afterAll(() => city.app.close());

interface Entry {
  readonly action: string;
  readonly actorLabel: string;
  readonly text: string | null;
}
const actionsOf = (timeline: unknown): string[] => (timeline as Entry[]).map(({ action }) => action);
const eventsOf = (topic: string, orderId: string) =>
  deps.db.rows<{ payload: Record<string, unknown> }>(sql`
    select payload from outbox where topic = ${topic} and payload ->> 'workOrderId' = ${orderId} order by id`);
const noticesOf = async (firmId: string): Promise<string[]> =>
  (
    await deps.db.rows<{ title: string }>(sql`select title from message where enterprise_id = ${firmId}::bigint order by created_at, id`)
  ).map(({ title }) => title);

describe('answers become work', () => {
  it('a problem is an order with its matter, its bureau as a proposal, its clocks', async () => {
    const { firm, orderId } = await city.report();
    const seen = await city.dispatcher.get(`/api/work-orders/${orderId}`);
    expect(seen.status).toBe(200);
    expect(seen.body).toMatchObject({
      number: expect.stringMatching(/^20260610-\d{6}$/),
      title: '租金：门店合同到期，希望协调减免三个月租金',
      text: '门店合同到期，希望协调减免三个月租金',
      matterName: '租金',
      state: 'to-assign',
      bureauId: 'housing',
      enterpriseName: null,
      enterprise: { id: null, name: null, industryCode: '6210', districtCode: '310101' },
      source: { kind: 'survey', campaignId: city.visit.campaignId, campaignTitle: '测试走访', questionTitle: '希望政府帮助解决什么' },
      // Wednesday 10 June: 1, 3 and 5 working days; 19 to 21 June are the Dragon Boat Festival.
      clocks: [
        { kind: 'contact', dueAt: '2026-06-11T15:59:59.999Z', doneAt: null, isProvisional: false, isBreached: false },
        { kind: 'plan', dueAt: '2026-06-15T15:59:59.999Z', doneAt: null, isProvisional: false, isBreached: false },
        { kind: 'solve', dueAt: '2026-06-17T15:59:59.999Z', doneAt: null, isProvisional: false, isBreached: false },
      ],
      actions: ['assignWorkOrder', 'lookAtReporter'],
      revision: 1,
    });
    expect(await noticesOf(firm.id)).toEqual(['已收到您反映的诉求']);
  });

  it('an answer without a problem opens none; “无” is no problem', async () => {
    expect((await city.report(nothingToReport())).orderId).toBe('');
    const { matter: _, ...without } = fullAnswers({ request: '无' });
    expect((await city.report(without)).orderId).toBe('');
  });

  it('the event may come again: still one order', async () => {
    const { agent, orderId } = await city.report();
    await deps.db.run(sql`delete from outbox_handled`);
    await deps.db.run(sql`update outbox set done_at = null where topic = 'surveys.submitted'`);
    await deliverEvents({ db: deps.db, clock: deps.clock, log: deps.log, subscribers: city.app.modules });
    const listed = (await agent.get('/api/m/work-orders')).body.items as { id: string }[];
    expect(listed.map(({ id }) => id)).toEqual([orderId]);
    const survey = await agent.get('/api/m/surveys');
    const { campaignId, enterpriseId } = (survey.body.items as { campaignId: string; enterpriseId: string }[])[0] ?? {};
    const opened = await agent.get(`/api/m/surveys/${campaignId}?enterpriseId=${enterpriseId}`);
    expect(opened.body.submission).toMatchObject({ workOrders: [{ id: orderId }] });
  });
});

describe('from 派单 to 办结', () => {
  it('assigned, accepted, contacted, planned, replied, approved, rated', async () => {
    const { firm, agent, orderId } = await city.report(fullAnswers({ nameVisible: { option: 'public' } }));
    const { dispatcher, handler, reviewer } = city;
    await steps(
      [dispatcher, orderId, 'assign', { bureauId: 'housing', handlerId: handler.id, note: '请今天联系' }],
      [handler, orderId, 'accept'],
      [handler, orderId, 'record-contact', { text: '已电话联系店长' }],
      [handler, orderId, 'record-plan', { text: '约出租方面谈' }],
      [handler, orderId, 'reply', reply],
    );
    const waiting = await agent.get(`/api/m/work-orders/${orderId}`);
    expect(waiting.body).toMatchObject({
      state: 'reply-review',
      reply: null,
      bureauName: '市住房城乡建设管理委',
      sentence: '市住房城乡建设管理委已拟好答复，正在审核，预计 6月17日（周三）前答复',
      actions: ['urge', 'supplement'],
    });
    deps.clock.advance(3_600_000);
    const [reviewing, firmsAgent] = [await city.official(['reviewer'], 'economy'), agent];
    await steps([reviewing, orderId, 'approve-reply']);
    expect(reviewer.id).not.toBe(reviewing.id);
    const answered = await firmsAgent.get(`/api/m/work-orders/${orderId}`);
    expect(answered.body).toMatchObject({ state: 'awaiting-rating', reply: reply.reply, actions: ['rate', 'reopen'], dueAt: null });
    expect(answered.body.sentence).toContain('请您评价是否解决');
    const rated = await agent.post(`/api/m/work-orders/${orderId}/rate`, { solved: 'yes', satisfaction: 5, comment: '很快' });
    expect(rated.body).toMatchObject({
      state: 'closed',
      sentence: '已办结，您已确认解决',
      actions: [],
      rating: { solved: 'yes', satisfaction: 5, comment: '很快' },
    });
    expect(actionsOf(rated.body.timeline)).toEqual([
      'created',
      'assigned',
      'accepted',
      'contact-recorded',
      'plan-recorded',
      'replied',
      'reply-approved',
      'rated',
    ]);
    expect(await eventsOf('work-orders.replied', orderId)).toHaveLength(1);
    expect((await eventsOf('work-orders.closed', orderId))[0]?.payload).toMatchObject({ closedBy: 'rating', solved: 'yes' });
    expect(await noticesOf(firm.id)).toEqual([
      '已收到您反映的诉求',
      '您的诉求已转给市住房城乡建设管理委',
      '市住房城乡建设管理委已答复您的诉求',
      '您的诉求已办结',
    ]);
    const seen = await reviewing.get(`/api/work-orders/${orderId}`);
    expect(seen.body).toMatchObject({
      enterpriseName: firm.name,
      enterprise: { id: firm.id, name: firm.name },
      outcome: 'solved',
      dueAt: null,
      actions: [],
    });
    expect(
      (seen.body.clocks as { isBreached: boolean; doneAt: string | null }[]).every((clock) => clock.doneAt !== null && !clock.isBreached),
    ).toBe(true);
  });

  it('the firm reads no name of an official, no note between offices', async () => {
    const { agent, orderId } = await city.report();
    const dispatcher = await city.official(['dispatcher'], 'economy');
    const handler = await city.official(['handler'], 'housing');
    await steps(
      [dispatcher, orderId, 'assign', { bureauId: 'housing', note: '内部批注甲' }],
      [handler, orderId, 'return', { reason: '内部理由乙' }],
      [dispatcher, orderId, 'assign', { bureauId: 'housing' }],
      [handler, orderId, 'accept'],
      [handler, orderId, 'request-extension', { days: 5, reason: '内部理由丙' }],
      [await city.official(['supervisor'], 'economy'), orderId, 'supervise', { text: '内部督办丁' }],
      [handler, orderId, 'reply', { ...reply, reply: '尚未审核的答复文字，请勿外传' }],
    );
    const mine = await agent.get(`/api/m/work-orders/${orderId}`);
    expect(mine.text).not.toMatch(/内部|测试人员|请勿外传/);
    expect(actionsOf(mine.body.timeline)).toEqual(['created', 'assigned', 'returned', 'assigned', 'accepted', 'supervised', 'replied']);
    expect((mine.body.timeline as Entry[])[1]).toMatchObject({ actorLabel: '市经济信息化委 · 派单员', text: '由市住房城乡建设管理委办理' });
    const theirs = await dispatcher.get(`/api/work-orders/${orderId}`);
    expect(theirs.text).toMatch(/内部批注甲/);
    expect((theirs.body.timeline as Entry[])[1]).toMatchObject({ actorLabel: '市经济信息化委 · 派单员 · 测试人员', text: '内部批注甲' });
  });

  it('a reply that is sent back is not the firm’s to read; nobody approves their own', async () => {
    const { agent, orderId } = await city.report();
    const both = await city.official(['handler', 'reviewer'], 'housing');
    await steps([await city.official(['dispatcher'], 'economy'), orderId, 'assign', { bureauId: 'housing' }], [both, orderId, 'accept']);
    const replied = await step(both, orderId, 'reply', reply);
    expect(replied.body.actions).toEqual([]);
    expect((await step(both, orderId, 'approve-reply')).status).toBe(403);
    const reviewer = await city.official(['reviewer'], 'housing');
    await steps([reviewer, orderId, 'reject-reply', { reason: '请写明减免金额' }]);
    const mine = await agent.get(`/api/m/work-orders/${orderId}`);
    expect(mine.body).toMatchObject({ state: 'handling', reply: null });
    expect(actionsOf(mine.body.timeline)).not.toContain('reply-rejected');
    await steps([both, orderId, 'reply', reply], [reviewer, orderId, 'approve-reply']);
    expect((await agent.get(`/api/m/work-orders/${orderId}`)).body.reply).toBe(reply.reply);
  });

  it('an extension moves the day of the reply for both sides', async () => {
    deps.clock.set('2026-06-10T02:00:00.000Z');
    const { agent, orderId } = await city.report();
    const handler = await city.official(['handler'], 'housing');
    const reviewer = await city.official(['reviewer'], 'economy');
    await steps([await city.official(['dispatcher'], 'economy'), orderId, 'assign', { bureauId: 'housing' }], [handler, orderId, 'accept']);
    await steps(
      [handler, orderId, 'request-extension', { days: 3, reason: '需要三方协商' }],
      [reviewer, orderId, 'decide-extension', { granted: false, reason: '先做' }],
    );
    expect((await agent.get(`/api/m/work-orders/${orderId}`)).body.dueAt).toBe('2026-06-17T15:59:59.999Z');
    await steps(
      [handler, orderId, 'request-extension', { days: 3, reason: '需要三方协商' }],
      [reviewer, orderId, 'decide-extension', { granted: true }],
    );
    const mine = await agent.get(`/api/m/work-orders/${orderId}`);
    // 5 + 3 working days from 10 June, over the holiday of 19 to 21 June.
    expect(mine.body).toMatchObject({ dueAt: '2026-06-23T15:59:59.999Z', isDueProvisional: false });
    expect((mine.body.timeline as Entry[]).at(-1)).toMatchObject({
      action: 'extension-granted',
      text: '情况较复杂，答复期限延至 6月23日（周二）',
    });
    expect(actionsOf(mine.body.timeline)).not.toContain('extension-denied');
    expect((await step(handler, orderId, 'request-extension', { days: 3, reason: '再延一次' })).body.type).toBe(
      'urn:problem:work-orders:wrong-state',
    );
  });

  it('未解决，申请重办: the same handler, clocks anew, the firm’s reason', async () => {
    const { agent, orderId } = await city.report();
    const handler = await city.official(['handler'], 'housing');
    const reviewer = await city.official(['reviewer'], 'economy');
    await steps(
      [await city.official(['dispatcher'], 'economy'), orderId, 'assign', { bureauId: 'housing' }],
      [handler, orderId, 'accept'],
      [handler, orderId, 'reply', reply],
      [reviewer, orderId, 'approve-reply'],
    );
    deps.clock.set('2026-06-12T02:00:00.000Z');
    const reopened = await agent.post(`/api/m/work-orders/${orderId}/reopen`, { reason: '出租方反悔了' });
    expect(reopened.body).toMatchObject({ state: 'handling', reply: null, dueAt: '2026-06-22T15:59:59.999Z' });
    expect(reopened.body.sentence).toContain('正在重新办理');
    const again = await city.official(['handler'], 'housing');
    const seen = (await again.get(`/api/work-orders/${orderId}`)).body;
    expect(seen).toMatchObject({ isReopened: true, outcome: null, handlerName: '测试人员' });
    const row = await deps.db.one<{ handler_id: string }>(sql`select handler_id from work_order where id = ${orderId}::uuid`);
    expect(row.handler_id).toBe(handler.id);
    await steps([again, orderId, 'reply', reply]);
    expect((await agent.get(`/api/m/work-orders/${orderId}`)).body.reply).toBeNull();
    deps.clock.set('2026-06-10T02:00:00.000Z');
  });
});

describe('two officials at once', () => {
  it('the second one is told to look again', async () => {
    const { orderId } = await city.report();
    const [one, other] = [await city.official(['dispatcher'], 'economy'), await city.official(['dispatcher'], 'economy')];
    const body = { revision: 1, bureauId: 'housing' };
    const answered = await Promise.all([one, other].map((who) => who.post(`/api/work-orders/${orderId}/assign`, body)));
    expect(answered.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answered.find(({ status }) => status === 409)?.body.type).toBe('urn:problem:kernel:conflict');
  });

  it('a step that the state does not allow says so', async () => {
    const { agent, orderId } = await city.report();
    for (const [verb, body] of [
      ['rate', { solved: 'yes', satisfaction: 5 }],
      ['reopen', { reason: '没有解决' }],
    ] as const) {
      const refused = await agent.post(`/api/m/work-orders/${orderId}/${verb}`, body);
      expect([refused.status, refused.body.type]).toEqual([409, 'urn:problem:work-orders:wrong-state']);
    }
    const dispatcher = await city.official(['dispatcher'], 'economy');
    const wrong = await step(dispatcher, orderId, 'assign', { bureauId: 'nowhere' });
    expect([wrong.status, wrong.body.errors]).toEqual([400, [{ pointer: '/body/bureauId', detail: '没有这个单位，请重新选择' }]]);
    const elsewhere = await step(dispatcher, orderId, 'assign', { bureauId: 'tax', handlerId: city.handler.id });
    expect([elsewhere.status, elsewhere.body.errors]).toEqual([
      400,
      [{ pointer: '/body/handlerId', detail: '所选承办人不在这个单位，请重新选择' }],
    ]);
  });
});

describe('the firm in between', () => {
  it('urges once a day, adds words, reports on its own', async () => {
    const { firm, agent, orderId } = await city.report();
    const url = `/api/m/work-orders/${orderId}`;
    expect((await agent.post(`${url}/urge`)).status).toBe(200);
    const soon = await agent.post(`${url}/urge`);
    expect([soon.status, soon.body.type, soon.body.detail]).toEqual([
      409,
      'urn:problem:work-orders:urged-recently',
      expect.stringContaining('明天 10:00'),
    ]);
    expect((await agent.post(`${url}/supplement`, { text: '合同 6月30日 到期' })).body.timeline).toContainEqual(
      expect.objectContaining({ action: 'supplemented', actorLabel: '企业', text: '合同 6月30日 到期' }),
    );
    const dispatcher = await city.official(['dispatcher'], 'economy');
    expect((await dispatcher.get(`/api/work-orders/${orderId}`)).body).toMatchObject({ urgeCount: 1 });
    const own = await agent.post('/api/m/work-orders', { enterpriseId: firm.id, matterId: 'labour', text: '招不到厨师，请帮忙对接' });
    expect(own.status).toBe(201);
    expect(own.body).toMatchObject({ state: 'to-assign', matterName: '用工', enterpriseName: firm.name, bureauName: null });
    const seen = await dispatcher.get(`/api/work-orders/${own.body.id}`);
    expect(seen.body).toMatchObject({ source: { kind: 'appeal', campaignId: null }, enterpriseName: firm.name, bureauId: 'labour' });
    const bad = await agent.post('/api/m/work-orders', { enterpriseId: firm.id, matterId: 'magic', text: '招不到厨师，请帮忙对接' });
    expect([bad.status, bad.body.errors]).toEqual([400, [{ pointer: '/body/matterId', detail: '不在可选的事项里' }]]);
  });

  it('a personal link follows the order of its campaign and reports nothing else', async () => {
    const { firm, orderId } = await city.report();
    const link = await city.app.linkHolder({ campaignId: city.visit.campaignId, enterpriseId: firm.id });
    expect((await link.get(`/api/m/work-orders/${orderId}`)).status).toBe(200);
    expect((await link.get('/api/m/work-orders')).body.items).toHaveLength(1);
    expect((await link.post('/api/m/work-orders', { enterpriseId: firm.id, matterId: 'labour', text: '招不到厨师' })).status).toBe(403);
    const elsewhere = await city.app.linkHolder({ campaignId: '987654', enterpriseId: firm.id });
    expect((await elsewhere.get(`/api/m/work-orders/${orderId}`)).status).toBe(404);
    expect((await elsewhere.get('/api/m/work-orders')).body.items).toEqual([]);
  });
});

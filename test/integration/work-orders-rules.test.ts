import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import type { Caller } from '../support/app';
import { type TestDeps, testDeps } from '../support/deps';
import { type OrderCity, orderCity, reply, step, steps } from '../support/orders';
import { addAgent, addFirm, fullAnswers } from '../support/visits';

jest.setTimeout(90_000);

let deps: TestDeps;
let city: OrderCity;

beforeAll(async () => {
  deps = await testDeps();
  city = await orderCity(deps);
});
afterAll(() => city.app.close());

/** At work with a handler of the answering bureau. */
async function handled() {
  const reported = await city.report();
  const dispatcher = await city.official(['dispatcher'], 'economy');
  const handler = await city.official(['handler'], 'housing');
  await steps([dispatcher, reported.orderId, 'assign', { bureauId: 'housing' }], [handler, reported.orderId, 'accept']);
  return { ...reported, dispatcher, handler };
}

describe('whose order it is', () => {
  it('every read and every step by every role, of the bureaus concerned and of another', async () => {
    const { orderId } = await city.report();
    const url = `/api/work-orders/${orderId}`;
    const reading: Record<string, number> = {};
    const acting: Record<string, number> = {};
    for (const bureau of ['economy', 'housing', 'tax'] as const) {
      for (const role of ['dispatcher', 'handler', 'reviewer', 'supervisor', 'drafter', 'audit-admin'] as const) {
        const who = await city.official([role], bureau);
        reading[`${role} of ${bureau}`] = (await who.get(url)).status;
        acting[`${role} of ${bureau}`] = (await who.post(`${url}/assign`, { revision: 99, bureauId: 'housing' })).status;
      }
    }
    // Not assigned yet: the proposed bureau sees nothing.
    const own = { 'dispatcher of economy': 200, 'reviewer of economy': 200, 'supervisor of economy': 200, 'handler of economy': 404 };
    const housing = { 'dispatcher of housing': 404, 'handler of housing': 404, 'reviewer of housing': 404, 'supervisor of housing': 404 };
    const tax = { 'dispatcher of tax': 404, 'handler of tax': 404, 'reviewer of tax': 404, 'supervisor of tax': 404 };
    const never = Object.fromEntries(
      ['economy', 'housing', 'tax'].flatMap((bureau) => [
        [`drafter of ${bureau}`, 403],
        [`audit-admin of ${bureau}`, 403],
      ]),
    );
    expect(reading).toEqual({ ...own, ...housing, ...tax, ...never });
    const refused = Object.fromEntries(Object.keys(reading).map((who) => [who, 403]));
    expect(acting).toEqual({ ...refused, 'dispatcher of economy': 409, 'dispatcher of housing': 404, 'dispatcher of tax': 404 });
  });

  it('the answering bureau sees it from its assignment to its return', async () => {
    const { orderId, dispatcher, handler } = await handled();
    const colleague = await city.official(['handler'], 'housing');
    const owner = await city.official(['handler'], 'economy');
    expect((await colleague.get(`/api/work-orders/${orderId}`)).status).toBe(200);
    expect((await owner.get(`/api/work-orders/${orderId}`)).status).toBe(404);
    const returned = await step(handler, orderId, 'return', { reason: '不属本单位职责' });
    expect(returned.body).toMatchObject({ state: 'to-assign', actions: [] });
    expect((await handler.get(`/api/work-orders/${orderId}`)).status).toBe(404);
    expect((await dispatcher.get(`/api/work-orders/${orderId}`)).body.actions).toContain('assignWorkOrder');
  });

  it('a step of another role is refused, with the order in sight', async () => {
    const { orderId, dispatcher, handler } = await handled();
    expect((await step(dispatcher, orderId, 'assign', { bureauId: 'tax' })).body.type).toBe('urn:problem:work-orders:wrong-state');
    expect((await step(handler, orderId, 'supervise', { text: '快办' })).status).toBe(403);
    const reviewer = await city.official(['reviewer'], 'economy');
    expect((await step(reviewer, orderId, 'reply', reply)).status).toBe(403);
    const twoRoles = await city.official(['handler', 'dispatcher'], 'economy');
    expect((await step(twoRoles, orderId, 'reply', reply)).status).toBe(403);
  });

  it('an official of other districts does not see it, nor in the list', async () => {
    const { orderId } = await city.report();
    const inside = await city.official(['dispatcher'], 'economy', ['310101']);
    const outside = await city.official(['dispatcher'], 'economy', ['310104']);
    expect((await inside.get(`/api/work-orders/${orderId}`)).status).toBe(200);
    expect((await outside.get(`/api/work-orders/${orderId}`)).status).toBe(404);
    expect((await outside.get('/api/work-orders')).body).toMatchObject({ items: [], total: 0 });
  });

  it('another firm gets 404 for every step, as for no order', async () => {
    const { orderId } = await city.report();
    const stranger = await addAgent(deps, city.app, [await addFirm(deps)]);
    const tries = [
      stranger.get(`/api/m/work-orders/${orderId}`),
      stranger.post(`/api/m/work-orders/${orderId}/urge`),
      stranger.post(`/api/m/work-orders/${orderId}/supplement`, { text: '补充' }),
      stranger.post(`/api/m/work-orders/${orderId}/rate`, { solved: 'yes', satisfaction: 5 }),
      stranger.post(`/api/m/work-orders/${orderId}/reopen`, { reason: '重办' }),
      stranger.get('/api/m/work-orders/00000000-0000-4000-8000-000000000000'),
      stranger.get('/api/m/work-orders/x'),
    ];
    const answered = await Promise.all(tries);
    expect(answered.map(({ status }) => status)).toEqual(Array(7).fill(404));
    expect(new Set(answered.map(({ body }) => body.detail)).size).toBe(1);
    expect((await stranger.get('/api/m/work-orders')).body.items).toEqual([]);
  });

  it('fields that nobody asked for are refused, and the row stays', async () => {
    const { agent, orderId, handler } = await handled();
    const before = await deps.db.one(sql`select state, revision, rating, handler_id from work_order where id = ${orderId}::uuid`);
    expect((await step(handler, orderId, 'reply', { ...reply, state: 'closed' })).status).toBe(400);
    expect((await step(handler, orderId, 'record-contact', { text: '联系', role: 'reviewer' })).status).toBe(400);
    expect((await agent.post(`/api/m/work-orders/${orderId}/supplement`, { text: '补充', score: 5 })).status).toBe(400);
    expect(await deps.db.one(sql`select state, revision, rating, handler_id from work_order where id = ${orderId}::uuid`)).toEqual(before);
  });
});

describe('the name of the firm', () => {
  it('is the dispatcher’s to look at, with a line on both timelines', async () => {
    const { agent, orderId, firm, handler, dispatcher } = await handled();
    expect((await handler.get(`/api/work-orders/${orderId}`)).text).not.toContain(firm.name);
    expect((await handler.post(`/api/work-orders/${orderId}/name-looks`, { reason: '联系企业' })).status).toBe(403);
    const looked = await dispatcher.post(`/api/work-orders/${orderId}/name-looks`, { reason: '联系企业' });
    expect(looked.body).toMatchObject({ enterpriseId: firm.id, enterpriseName: firm.name });
    const mine = (await agent.get(`/api/m/work-orders/${orderId}`)).body.timeline as {
      action: string;
      text: string | null;
      actorLabel: string;
    }[];
    expect(mine.at(-1)).toMatchObject({ action: 'name-looked', text: null, actorLabel: '市经济信息化委 · 派单员' });
  });

  it('不公开 hides the trade too', async () => {
    const { orderId } = await city.report(fullAnswers({ nameVisible: { option: 'hidden' } }));
    const dispatcher = await city.official(['dispatcher'], 'economy');
    expect((await dispatcher.get(`/api/work-orders/${orderId}`)).body.enterprise).toEqual({
      id: null,
      name: null,
      creditCodeMasked: null,
      industryCode: '',
      districtCode: '310101',
      sizeClass: null,
    });
  });
});

describe('files', () => {
  const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(64, 1)]);
  const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj', 'latin1');
  const jpeg = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.alloc(32)]);
  const webp = Buffer.concat([Buffer.from('RIFF'), Buffer.alloc(4), Buffer.from('WEBPVP8 ')]);
  const upload = (who: Caller, orderId: string, name: string, content: Buffer | string) =>
    who.upload(`/api/work-orders/${orderId}/attachments`, name, content);

  it('pictures and PDF are kept, told by their bytes, and reach the firm with the approved reply', async () => {
    const { agent, orderId, handler } = await handled();
    const kept = [
      await upload(handler, orderId, '协议.pdf', pdf),
      await upload(handler, orderId, '现场.PNG', png),
      await upload(handler, orderId, 'a.jpeg', jpeg),
      await upload(handler, orderId, 'b.webp', webp),
    ];
    expect(kept.map(({ status, body }) => [status, body.mimeType])).toEqual([
      [201, 'application/pdf'],
      [201, 'image/png'],
      [201, 'image/jpeg'],
      [201, 'image/webp'],
    ]);
    const ids = kept.map(({ body }) => String(body.id));
    await steps([handler, orderId, 'reply', { ...reply, attachmentIds: ids }]);
    const file = `/api/m/work-orders/${orderId}/attachments/${ids[0]}`;
    expect((await agent.get(file)).status).toBe(404);
    await steps([await city.official(['reviewer'], 'economy'), orderId, 'approve-reply']);
    const timeline = (await agent.get(`/api/m/work-orders/${orderId}`)).body.timeline as {
      action: string;
      attachments: { fileName: string }[];
    }[];
    expect(timeline.find(({ action }) => action === 'reply-approved')?.attachments.map(({ fileName }) => fileName)).toEqual([
      '协议.pdf',
      '现场.PNG',
      'a.jpeg',
      'b.webp',
    ]);
    for (const opened of [await agent.download(file), await handler.download(`/api/work-orders/${orderId}/attachments/${ids[0]}`)]) {
      expect(opened.status).toBe(200);
      expect(opened.bytes.equals(pdf)).toBe(true);
      expect(opened.headers.get('content-type')).toBe('application/pdf');
      expect(opened.headers.get('x-content-type-options')).toBe('nosniff');
      expect(opened.headers.get('content-disposition')).toMatch(/^attachment;/);
    }
  });

  it.each<[string, string, Buffer | string]>([
    ['a page called a picture', 'a.png', '<!doctype html><script>alert(1)</script>'],
    ['a picture called a page', 'a.html', png],
    ['a PDF called a picture', 'a.png', pdf],
    ['a vector picture', 'a.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['an archive', 'a.zip', Buffer.from('504b0304', 'hex')],
    ['nothing', 'a.png', ''],
    ['a name without an ending', 'picture', png],
  ])('%s is refused, and nothing is kept', async (_, name, content) => {
    const { orderId, handler } = await handled();
    const refused = await upload(handler, orderId, name, content);
    expect([refused.status, refused.body.type]).toEqual([415, 'urn:problem:kernel:unsupported-type']);
    expect(await deps.db.rows(sql`select 1 from attachment where work_order_id = ${orderId}::uuid`)).toEqual([]);
  });

  it('not beyond 10 MB, nor nine for a reply, nor for another order, nor by others', async () => {
    const { orderId, handler, dispatcher } = await handled();
    const big = await upload(handler, orderId, 'a.png', Buffer.concat([png, Buffer.alloc(10 * 1024 * 1024)]));
    expect([big.status, big.body.detail]).toEqual([413, expect.stringContaining('10 MB')]);
    for (let count = 0; count < 9; count += 1) expect((await upload(handler, orderId, 'a.png', png)).status).toBe(201);
    expect((await upload(handler, orderId, 'a.png', png)).body.type).toBe('urn:problem:work-orders:too-many-attachments');
    expect((await upload(dispatcher, orderId, 'a.png', png)).status).toBe(403);
    const other = await handled();
    const foreign = await upload(other.handler, other.orderId, 'a.png', png);
    const refused = await step(handler, orderId, 'reply', { ...reply, attachmentIds: [foreign.body.id] });
    expect([refused.status, refused.body.errors]).toEqual([400, [{ pointer: '/body/attachmentIds', detail: '附件不存在或属于其他工单' }]]);
    expect((await handler.get(`/api/work-orders/${orderId}`)).body.state).toBe('handling');
    expect((await handler.get(`/api/work-orders/${orderId}/attachments/${foreign.body.id}`)).status).toBe(404);
    const elsewhere = await city.official(['handler'], 'tax');
    expect((await elsewhere.get(`/api/work-orders/${other.orderId}/attachments/${foreign.body.id}`)).status).toBe(404);
  });

  it('a name with a path is refused', async () => {
    const { orderId, handler } = await handled();
    expect((await upload(handler, orderId, '../../etc/passwd.png', png)).status).toBe(400);
    expect((await upload(handler, orderId, '%2e%2e%2fa.png', png)).status).toBe(400);
  });
});

describe('clocks and silence', () => {
  const sweep = () => deps.tasks.sweep('work-order-clocks');
  const lines = async (orderId: string) =>
    (
      await deps.db.rows<{ action: string; body: string | null }>(sql`
        select action, body from work_order_event where work_order_id = ${orderId}::uuid and actor_kind = 'system' and action <> 'created' order by seq`)
    ).map(({ action, body }) => `${action} ${body ?? ''}`.trim());

  it('warn on the last day, mark once when over, and stay between offices', async () => {
    deps.clock.set('2026-06-10T02:00:00.000Z');
    const { agent, orderId } = await city.report();
    await sweep();
    expect(await lines(orderId)).toEqual([]);
    deps.clock.set('2026-06-11T02:00:00.000Z');
    await sweep();
    await sweep();
    expect(await lines(orderId)).toEqual(['due-soon 首次联系今天到期']);
    deps.clock.set('2026-06-11T16:00:00.000Z');
    await sweep();
    await sweep();
    expect(await lines(orderId)).toEqual(['due-soon 首次联系今天到期', 'overdue 首次联系已超期']);
    const dispatcher = await city.official(['dispatcher'], 'economy');
    const overdue = await dispatcher.get('/api/work-orders?overdue=true&limit=200');
    expect((overdue.body.items as { id: string; isOverdue: boolean }[]).find(({ id }) => id === orderId)?.isOverdue).toBe(true);
    const mine = await agent.get(`/api/m/work-orders/${orderId}`);
    expect((mine.body.timeline as { action: string }[]).map(({ action }) => action)).toEqual(['created']);
    deps.clock.set('2026-06-18T02:00:00.000Z');
    expect((await agent.get(`/api/m/work-orders/${orderId}`)).body.sentence).toContain('已超期');
    deps.clock.set('2026-06-10T02:00:00.000Z');
  });

  it('a silence of five working days closes it, and not a day earlier; the holiday counts for nothing', async () => {
    const { firm, agent, orderId, handler } = await handled();
    await steps([handler, orderId, 'reply', reply], [await city.official(['reviewer'], 'economy'), orderId, 'approve-reply']);
    // Replied on Wednesday 10 June; the fifth working day is the 17th.
    deps.clock.set('2026-06-17T15:59:59.000Z');
    await sweep();
    expect((await agent.get(`/api/m/work-orders/${orderId}`)).body.state).toBe('awaiting-rating');
    deps.clock.set('2026-06-17T16:00:01.000Z');
    await sweep();
    await sweep();
    const closed = await agent.get(`/api/m/work-orders/${orderId}`);
    expect(closed.body).toMatchObject({ state: 'closed', sentence: '逾期未评价，系统办结', rating: null, actions: [] });
    const events = await deps.db.rows<{ payload: unknown }>(sql`
      select payload from outbox where topic = 'work-orders.closed' and payload ->> 'workOrderId' = ${orderId}`);
    expect(events).toEqual([{ payload: expect.objectContaining({ closedBy: 'silence', solved: null }) }]);
    const { count } = await deps.db.one<{ count: number }>(sql`
      select count(*)::int as count from message where enterprise_id = ${firm.id}::bigint and title = '您的诉求已由系统办结'`);
    expect(count).toBe(1);
    deps.clock.set('2026-06-10T02:00:00.000Z');
  });

  it('a day beyond the published calendar is said to be provisional', async () => {
    deps.clock.set('2026-12-29T02:00:00.000Z');
    await deps.db.run(sql`update campaign set closes_at = '2027-06-30T00:00:00Z'`);
    const { agent, orderId } = await city.report();
    expect((await agent.get(`/api/m/work-orders/${orderId}`)).body).toMatchObject({
      isDueProvisional: true,
      sentence: expect.stringContaining('节假日安排公布后可能调整'),
    });
    deps.clock.set('2026-06-10T02:00:00.000Z');
  });
});

describe('lists and figures', () => {
  it('page by clock without a gap, and narrow down', async () => {
    const dispatcher = await city.official(['dispatcher'], 'economy');
    const all = (await dispatcher.get('/api/work-orders?limit=200')).body as {
      items: { id: string; dueAt: string | null; state: string }[];
      total: number;
    };
    expect(all.items).toHaveLength(all.total);
    const due = all.items.map(({ dueAt }) => dueAt ?? '9999');
    expect(due).toEqual([...due].sort());
    for (const sort of ['clock', 'newest']) {
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page = (await dispatcher.get(`/api/work-orders?limit=3&sort=${sort}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`))
          .body as {
          items: { id: string }[];
          nextCursor: string | null;
        };
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect(new Set(seen).size).toBe(all.total);
      expect(seen).toHaveLength(all.total);
    }
    const states = (await dispatcher.get('/api/work-orders?state=closed')).body as { total: number };
    expect(states.total).toBe(all.items.filter(({ state }) => state === 'closed').length);
    const found = (
      await dispatcher.get(`/api/work-orders?q=${encodeURIComponent('租金')}&campaignId=${city.visit.campaignId}&matterId=rent`)
    ).body;
    expect(found.total).toBe(all.total);
    expect((await dispatcher.get('/api/work-orders?campaignId=x')).body.total).toBe(0);
    const id = '00000000-0000-4000-8000-000000000000';
    for (const bad of ['x', `2026-13-45T99:99:99.999Z_${id}`, `0000-01-01T00:00:00.000Z_${id}`]) {
      expect((await dispatcher.get(`/api/work-orders?cursor=${bad}`)).status).toBe(400);
    }
  });

  it('what waits for me: the dispatcher’s unassigned, the handler’s own', async () => {
    const { orderId, dispatcher, handler } = await handled();
    const ids = async (who: Caller) =>
      ((await who.get('/api/work-orders?mine=true&limit=200')).body.items as { id: string; state: string }[]).map(({ id, state }) => ({
        id,
        state,
      }));
    expect(await ids(handler)).toEqual([{ id: orderId, state: 'handling' }]);
    expect((await ids(dispatcher)).every(({ state }) => state === 'to-assign')).toBe(true);
  });

  it('figures by their formulas', async () => {
    const { agent, orderId, handler } = await handled();
    await steps([handler, orderId, 'reply', reply], [await city.official(['reviewer'], 'economy'), orderId, 'approve-reply']);
    await agent.post(`/api/m/work-orders/${orderId}/rate`, { solved: 'yes', satisfaction: 4 });
    const supervisor = await city.official(['supervisor'], 'housing');
    const counted = await supervisor.get('/api/work-order-counts');
    const rows = await deps.db.rows<{ state: string; closed_by: string | null; solved: string | null; satisfaction: number | null }>(sql`
      select state, closed_by, rating ->> 'solved' as solved, (rating ->> 'satisfaction')::int as satisfaction
      from work_order where bureau_id = 'housing' and state <> 'to-assign'`);
    const rated = rows.filter(({ satisfaction }) => satisfaction !== null);
    expect(counted.body).toMatchObject({
      solvedRate: rows.filter(({ closed_by: by, solved }) => by === 'rating' && solved === 'yes').length / rows.length,
      satisfactionRate: rated.filter(({ satisfaction }) => (satisfaction ?? 0) >= 4).length / rated.length,
    });
    expect(counted.body.responseRate).toBeGreaterThan(0);
    expect(Object.values(counted.body.byState as Record<string, number>).reduce((sum, count) => sum + count, 0)).toBe(rows.length);
    const nobody = await city.official(['handler'], 'science');
    expect((await nobody.get('/api/work-order-counts')).body).toEqual({
      byState: {},
      overdue: 0,
      solvedRate: null,
      satisfactionRate: null,
      responseRate: null,
    });
  });

  it('bureaus and their handlers, to choose from', async () => {
    const dispatcher = await city.official(['dispatcher'], 'economy');
    const { bureaus } = (await dispatcher.get('/api/work-order-handlers')).body as {
      bureaus: { bureauId: string; handlers: { id: string }[] }[];
    };
    expect(bureaus.map(({ bureauId }) => bureauId)).toEqual(deps.city.bureaus.map(({ id }) => id));
    expect(bureaus.find(({ bureauId }) => bureauId === 'housing')?.handlers).toContainEqual(
      expect.objectContaining({ id: city.handler.id }),
    );
  });
});

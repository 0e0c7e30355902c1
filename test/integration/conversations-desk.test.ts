import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { conversationsApi } from '@suiban/shared/api/conversations';
import { sql } from 'kysely';
import type { Role } from '../../bot-server/src/kernel/http/actor';
import { watchConversations } from '../../bot-server/src/modules/conversations/watch-conversations';
import type { Caller } from '../support/app';
import { type ChatStage, chatStage, converse, pushOf, refusal, wordsOf } from '../support/chat-stage';
import { addFirm, addMember, type Firm, launchVisit } from '../support/visits';

jest.setTimeout(90_000);

type Official = Caller & { readonly id: string };

let stage: ChatStage;
let firm: Firm;
let user = '';
let people = 0;
let dispatcher: Official;
let handler: Official;
let supervisor: Official;
const corpId = 'corp-1';
const districtCode = '310101';

const official = (roles: readonly Role[], bureauId = 'economy', districtCodes: readonly string[] = []) =>
  stage.app.official({ roles, bureauId, districtCodes });

beforeAll(async () => {
  stage = await chatStage();
  dispatcher = await official(['dispatcher']);
  handler = await official(['handler']);
  supervisor = await official(['supervisor']);
});
afterAll(() => stage.close());
beforeEach(async () => {
  people += 1;
  user = `member${people}`;
  firm = await addFirm(stage.deps, { districtCode });
  await addMember(stage.deps, [firm], corpId, user);
  stage.wecom.answer = undefined;
  stage.official.answer = undefined;
});

const say = (text: string) => converse(stage, stage.wecom, pushOf(user, text, { corpId }));
const heard = () => wordsOf(stage.wecom.said.filter(({ to }) => to === user).map(({ reply }) => reply));

interface Item {
  readonly id: string;
  readonly revision: number;
  readonly state: string;
}

/** The person asks for an operator; the conversation as it then waits. */
async function asked(): Promise<Item> {
  await say('转人工');
  await say('我家门口的路灯坏了');
  const { id } = await stage.deps.db.one<{ id: string }>(sql`select id from conversation where user_id = ${user}`);
  return (await dispatcher.get(`/api/conversations/${id}`)).body as unknown as Item;
}
/** The same of one more member. */
async function next(): Promise<Item> {
  user = `next${user}`;
  await addMember(stage.deps, [firm], corpId, user);
  return asked();
}
const act = (who: Caller, item: Item, verb: string, body: Record<string, unknown> = {}) =>
  who.post(`/api/conversations/${item.id}/${verb}`, { revision: item.revision, ...body });
const take = async (who: Caller, item: Item) => (await act(who, item, 'take')).body as unknown as Item;

describe('from asking to handing back', () => {
  it('waits, is taken, answered and handed back; the person hears each step, and the automatic part is silent meanwhile', async () => {
    const waiting = await asked();
    expect(waiting).toMatchObject({
      state: 'waiting',
      enterpriseName: firm.name,
      districtCode,
      unanswered: 1,
      isMine: false,
      lastMessage: { direction: 'in', text: '我家门口的路灯坏了' },
      actions: ['takeConversation', 'transferConversation', 'assignConversation'],
    });
    expect(conversationsApi.getConversation.response.safeParse(waiting).success).toBe(true);
    const queue = await handler.get('/api/conversations?view=waiting');
    expect((queue.body.items as Item[]).map(({ id }) => id)).toContain(waiting.id);
    const taken = await take(handler, waiting);
    expect(taken).toMatchObject({
      state: 'assigned',
      isMine: true,
      actions: ['answerConversation', 'handBackConversation', 'transferConversation'],
    });
    await stage.app.settle();
    expect(heard()).toContain('工作人员已接入');
    const before = stage.wecom.said.length;
    expect(await say('问卷')).toEqual([]);
    const answered = await act(handler, taken, 'answers', {});
    expect(answered.status).toBe(400);
    const said = await handler.post(`/api/conversations/${taken.id}/answers`, { text: '已联系养护单位，今晚修复' });
    expect(said).toMatchObject({ status: 201, body: { direction: 'out', by: 'operator', state: 'sent', failure: null } });
    expect(stage.wecom.said.slice(before).map(({ reply }) => reply)).toEqual([{ form: 'text', text: '已联系养护单位，今晚修复' }]);
    const back = await act(handler, taken, 'hand-back');
    expect(back.body).toMatchObject({ state: 'automatic', operatorId: null, unanswered: 0 });
    await stage.app.settle();
    expect(heard()).toContain('本次人工服务已结束');
    expect(wordsOf(await say('问卷'))).toContain('目前没有');
    const trail = await stage.deps.db.rows<{ action: string; actor_kind: string }>(sql`
      select action, actor_kind from audit_event where aggregate = 'conversation' and aggregate_id = ${taken.id} order by id`);
    expect(trail).toEqual([
      { action: 'conversation.operator-asked', actor_kind: 'system' },
      { action: 'conversation.operator-assigned', actor_kind: 'official' },
      { action: 'conversation.handed-back', actor_kind: 'official' },
    ]);
  });

  it('the person leaves by saying so', async () => {
    const taken = await take(handler, await asked());
    expect(wordsOf(await say('取消人工'))).toContain('已退出人工服务');
    expect((await handler.get(`/api/conversations/${taken.id}`)).body).toMatchObject({ state: 'automatic', actions: ['takeConversation'] });
    const late = await handler.post(`/api/conversations/${taken.id}/answers`, { text: '还在吗' });
    expect(late).toMatchObject({ status: 409, body: { type: 'urn:problem:conversations:wrong-state' } });
  });

  it('whoever leaves the chat leaves the queue, and is greeted when they come again', async () => {
    const waiting = await asked();
    expect(await converse(stage, stage.wecom, pushOf(user, { act: 'unfollow' }, { corpId }))).toEqual([]);
    expect((await handler.get(`/api/conversations/${waiting.id}`)).body).toMatchObject({ state: 'automatic', waitingSince: null });
    expect(wordsOf(await converse(stage, stage.wecom, pushOf(user, { act: 'follow' }, { corpId })))).toContain('可以为您办理');
  });

  it('ends by itself after a day without a word: nobody is left without any answer', async () => {
    const [waiting, taken] = [await asked(), await take(handler, await next())];
    const { db, clock, tasks, city } = stage.deps;
    const old = new Date(clock.now().getTime() - 24 * 3_600_000 - 1);
    await tasks.sweep('conversations-idle');
    expect((await handler.get(`/api/conversations/${taken.id}`)).body).toMatchObject({ state: 'assigned' });
    await db.run(sql`update conversation set changed_at = ${old} where id in (${waiting.id}::uuid, ${taken.id}::uuid)`);
    await tasks.sweep('conversations-idle');
    await stage.app.settle();
    for (const { id } of [waiting, taken]) {
      expect((await handler.get(`/api/conversations/${id}`)).body).toMatchObject({ state: 'automatic', operatorId: null });
    }
    expect(heard()).toContain('24 小时没有新消息');
    expect(wordsOf(stage.wecom.said.map(({ reply }) => reply))).toContain(`请拨打 ${city.hotline}`);
  });

  it('how many wait before one is told', async () => {
    await asked();
    user = `next${user}`;
    await addMember(stage.deps, [firm], corpId, user);
    expect(wordsOf(await say('人工'))).toMatch(/前面还有 [1-9]\d* 位/);
  });

  it('two who take at once: one gets it, the other hears why not; a colleague may take it over later', async () => {
    const waiting = await asked();
    const other = await official(['liaison']);
    const results = await Promise.all([act(handler, waiting, 'take'), act(other, waiting, 'take')]);
    expect(results.map(({ status }) => status).sort()).toEqual([200, 409]);
    const now = (await dispatcher.get(`/api/conversations/${waiting.id}`)).body as unknown as Item;
    const taken = await take(dispatcher, now);
    expect(taken).toMatchObject({ isMine: true });
    const loser = await handler.post(`/api/conversations/${taken.id}/answers`, { text: '您好' });
    expect(loser).toMatchObject({ status: 409, body: { type: 'urn:problem:conversations:not-yours' } });
  });

  it('is assigned to a colleague, and only to one', async () => {
    const waiting = await asked();
    const elsewhere = await official(['handler'], 'housing');
    expect((await act(supervisor, waiting, 'assign', { officialId: elsewhere.id })).status).toBe(400);
    expect((await act(handler, waiting, 'assign', { officialId: handler.id })).status).toBe(403);
    const assigned = await act(supervisor, waiting, 'assign', { officialId: handler.id });
    expect(assigned.body).toMatchObject({ state: 'assigned', operatorId: handler.id, isMine: false });
    const desks = (await supervisor.get('/api/conversation-desks')).body as { operators: { id: string }[]; bureaus: { id: string }[] };
    expect(desks.operators.map(({ id }) => id)).toEqual(expect.arrayContaining([handler.id, dispatcher.id]));
    expect(desks.operators.map(({ id }) => id)).not.toContain(elsewhere.id);
    expect(desks.bureaus.map(({ id }) => id)).not.toContain('economy');
    const mine = await handler.get('/api/conversations?view=mine');
    expect((mine.body.items as Item[]).map(({ id }) => id)).toContain(waiting.id);
  });

  it('is transferred to another bureau, which then has it alone', async () => {
    const waiting = await asked();
    expect((await act(handler, waiting, 'transfer', { bureauId: 'nowhere' })).status).toBe(400);
    expect((await act(handler, waiting, 'transfer', { bureauId: 'housing' })).status).toBe(200);
    expect((await handler.get(`/api/conversations/${waiting.id}`)).status).toBe(404);
    const housing = await official(['handler'], 'housing');
    expect((await housing.get(`/api/conversations/${waiting.id}`)).body).toMatchObject({ state: 'waiting', bureauId: 'housing' });
    expect(heard()).toBeDefined();
    await stage.app.settle();
    expect(heard()).toContain('您的问题已转给');
  });
});

describe('what the platform refuses', () => {
  it('is shown with the reason, and may be said again', async () => {
    const taken = await take(handler, await asked());
    stage.wecom.answer = refusal('45015');
    const url = `/api/conversations/${taken.id}`;
    const failed = await handler.post(`${url}/answers`, { text: '您好' });
    expect(failed).toMatchObject({ status: 201, body: { state: 'failed', failure: expect.stringContaining('48 小时') } });
    const [listed] = (await handler.get(`${url}/messages`)).body.items as { id: string; state: string; failure: string }[];
    expect(listed).toMatchObject({ state: 'failed', failure: expect.stringContaining('48 小时') });
    stage.wecom.answer = undefined;
    const again = await handler.post(`${url}/messages/${listed?.id}/retry`);
    expect(again.body).toMatchObject({ id: listed?.id, state: 'sent', failure: null });
    const before = stage.wecom.said.length;
    expect((await handler.post(`${url}/messages/${listed?.id}/retry`)).body).toMatchObject({ state: 'sent' });
    expect(stage.wecom.said.length).toBe(before);
    stage.wecom.answer = refusal('-1', 'transient');
    expect((await handler.post(`${url}/answers`, { text: '稍等' })).body).toMatchObject({ state: 'waiting', failure: null });
  });

  it('an operator’s words to a follower, of which nobody knows whether they arrived, are not repeated on suspicion', async () => {
    const { db, clock, tasks } = stage.deps;
    const follower = `doubt-${user}`;
    await converse(stage, stage.official, pushOf(follower, '人工'));
    const { id } = await db.one<{ id: string }>(sql`select id from conversation where user_id = ${follower}`);
    await take(dispatcher, (await dispatcher.get(`/api/conversations/${id}`)).body as unknown as Item);
    stage.official.answer = refusal('timeout', 'unknown');
    const doubtful = { state: 'failed', failure: expect.stringContaining('不确定对方是否收到') };
    const said = await dispatcher.post(`/api/conversations/${id}/answers`, { text: '您好' });
    expect(said.body).toMatchObject(doubtful);
    stage.official.answer = undefined;
    const before = stage.official.said.length;
    const messageId = String(said.body.id);
    // A process died while it said it.
    await db.run(sql`update chat_message set state = 'saying', next_at = ${clock.now()}, settled_at = null where id = ${messageId}::uuid`);
    await tasks.sweep('conversations-say');
    expect(stage.official.said.slice(before).map(({ ref }) => ref)).not.toContain(messageId);
    expect((await dispatcher.get(`/api/conversations/${id}/messages?limit=1`)).body.items).toEqual([expect.objectContaining(doubtful)]);
    expect((await dispatcher.post(`/api/conversations/${id}/messages/${messageId}/retry`)).body).toMatchObject({ state: 'sent' });
  });

  it('a follower who was silent for two days cannot be written to, and the page says so', async () => {
    const follower = `openid-${user}`;
    await converse(stage, stage.official, pushOf(follower, '人工'));
    const { id } = await stage.deps.db.one<{ id: string }>(sql`select id from conversation where user_id = ${follower}`);
    const read = async () => (await dispatcher.get(`/api/conversations/${id}`)).body as unknown as Item & { actions: string[] };
    await take(dispatcher, await read());
    expect(await read()).toMatchObject({ cannotAnswer: null, actions: expect.arrayContaining(['answerConversation']) });
    const until = new Date(stage.deps.clock.now().getTime() - 1);
    const { before } = await stage.deps.db.one<{ before: Date }>(sql`
      with old as (select id, answerable_until from conversation where id = ${id}::uuid)
      update conversation c set answerable_until = ${until} from old where c.id = old.id returning old.answerable_until as before`);
    expect((before.getTime() - stage.deps.clock.now().getTime()) / 3_600_000).toBeCloseTo(48, 1);
    const stale = await read();
    expect(stale).toMatchObject({ cannotAnswer: expect.stringContaining('48 小时') });
    expect(stale.actions).not.toContain('answerConversation');
  });
});

describe('whose conversation it is', () => {
  it('every operation of another bureau, another district or another role: 404 or 403, and nothing changes', async () => {
    const taken = await take(handler, await asked());
    const message = ((await handler.get(`/api/conversations/${taken.id}/messages`)).body.items as Item[])[0]?.id ?? '';
    const attempts = async (who: Caller) =>
      Promise.all([
        who.get(`/api/conversations/${taken.id}`),
        who.get(`/api/conversations/${taken.id}/messages`),
        who.get(`/api/conversations/${taken.id}/context`),
        act(who, taken, 'take'),
        act(who, taken, 'hand-back'),
        act(who, taken, 'transfer', { bureauId: 'tax' }),
        who.post(`/api/conversations/${taken.id}/answers`, { text: '冒名' }),
        who.post(`/api/conversations/${taken.id}/messages/${message}/retry`),
      ]).then((all) => all.map(({ status }) => status));
    const before = stage.wecom.said.length;
    expect(await attempts(await official(['handler'], 'housing'))).toEqual(Array(8).fill(404));
    expect(await attempts(await official(['handler'], 'economy', ['310104']))).toEqual(Array(8).fill(404));
    expect(await attempts(await official(['drafter']))).toEqual(Array(8).fill(403));
    expect(await attempts(await official(['supervisor']))).toEqual([200, 200, 200, 403, 403, 403, 403, 403]);
    expect((await (await official(['handler'], 'economy', [districtCode])).get(`/api/conversations/${taken.id}`)).status).toBe(200);
    expect((await handler.get(`/api/conversations/${taken.id}`)).body).toMatchObject({
      state: 'assigned',
      isMine: true,
      revision: taken.revision,
    });
    expect(
      stage.wecom.said
        .slice(before)
        .map(({ reply }) => wordsOf([reply]))
        .join(),
    ).not.toContain('冒名');
    expect((await handler.get('/api/conversations/x')).status).toBe(404);
    expect((await handler.get('/api/conversations?view=all&cursor=x')).status).toBe(400);
    const outside = await official(['handler'], 'housing');
    expect((await outside.get('/api/conversations?view=all')).body.items).not.toContainEqual(expect.objectContaining({ id: taken.id }));
  });

  it('whoever nobody knows is for officials of the whole city', async () => {
    await converse(stage, stage.wecom, pushOf(`nobody${user}`, '人工', { corpId }));
    const { id } = await stage.deps.db.one<{ id: string }>(sql`select id from conversation where user_id = ${`nobody${user}`}`);
    expect((await handler.get(`/api/conversations/${id}`)).status).toBe(200);
    const district = await official(['handler'], 'economy', [districtCode]);
    expect((await district.get(`/api/conversations/${id}`)).status).toBe(404);
  });
});

describe('lists', () => {
  it('pages through all, newest first, each once; the counts agree; a firm is found by its name', async () => {
    for (let more = 0; more < 3; more += 1) {
      user = `${user}x`;
      await addMember(stage.deps, [firm], corpId, user);
      await asked();
    }
    const seen: string[] = [];
    let cursor = '';
    for (let pages = 0; pages < 50; pages += 1) {
      const page = (await dispatcher.get(`/api/conversations?view=all&limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)).body;
      seen.push(...(page.items as Item[]).map(({ id }) => id));
      if (page.nextCursor === null) break;
      cursor = String(page.nextCursor);
    }
    const counts = (await dispatcher.get('/api/conversation-counts')).body as { all: number; waiting: number };
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(counts.all);
    const waiting = (await dispatcher.get('/api/conversations?view=waiting&limit=200')).body;
    expect(waiting.total).toBe(counts.waiting);
    const times = (waiting.items as { waitingSince: string }[]).map(({ waitingSince }) => waitingSince);
    expect(times).toEqual([...times].sort());
    const found = (await dispatcher.get(`/api/conversations?view=all&q=${encodeURIComponent(firm.name)}`)).body.items as {
      enterpriseName: string;
    }[];
    expect(new Set(found.map(({ enterpriseName }) => enterpriseName))).toEqual(new Set([firm.name]));
  });

  it('messages come newest first, by pages, in words', async () => {
    const { id } = await asked();
    const first = (await dispatcher.get(`/api/conversations/${id}/messages?limit=2`)).body;
    expect((first.items as { text: string; state: string }[]).map(({ text, state }) => [text.slice(0, 9), state])).toEqual([
      ['我家门口的路灯坏了', 'received'],
      ['正在为您转接工作人', 'passive'],
    ]);
    const second = (await dispatcher.get(`/api/conversations/${id}/messages?limit=2&cursor=${first.nextCursor}`)).body;
    expect(second).toMatchObject({ items: [{ text: '转人工', by: 'person' }], nextCursor: null });
    expect((await dispatcher.get(`/api/conversations/${id}/messages?cursor=1;drop`)).status).toBe(400);
  });

  it('beside it stand the firm’s campaigns, answers and orders, with links where the reader may go', async () => {
    const visit = await launchVisit(stage.deps, [firm]);
    await say('诉求');
    await say('1');
    await say('员工停车难，盼协调周边车位');
    await say('1');
    const item = await asked();
    const events = (await dispatcher.get(`/api/conversations/${item.id}/context`)).body.events as { kind: string; link: unknown }[];
    expect(events).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          kind: 'delivery',
          title: '测试走访',
          enterpriseName: firm.name,
          link: { kind: 'campaign', id: visit.campaignId },
        }),
        expect.objectContaining({ kind: 'work-order', note: '待派单', link: { kind: 'work-order', id: expect.any(String) } }),
      ]),
    );
    const other = (await handler.get(`/api/conversations/${item.id}/context`)).body.events as { kind: string; link: unknown }[];
    expect(other.map(({ link }) => link)).toEqual(other.map(() => null));
  });

  it('an order whose firm hides its name is not shown beside its firm', async () => {
    const item = await asked();
    await stage.deps.db.run(sql`
      insert into work_order (number, enterprise_id, matter_id, district_code, title, body, source_kind, name_visibility, owner_bureau_id,
        created_at, state_since, round_started_at)
      values (${`20260610-9${user.length}${people}`}, ${firm.id}::bigint, 'other', ${districtCode}, '匿名', '匿名', 'survey', 'hidden', 'economy', now(), now(), now())`);
    const { events } = (await dispatcher.get(`/api/conversations/${item.id}/context`)).body as { events: { kind: string }[] };
    expect(events.filter(({ kind }) => kind === 'work-order')).toEqual([]);
  });
});

describe('news', () => {
  it('tells what changed, within the reader’s bureau', async () => {
    const item = await asked();
    const reader = { kind: 'official', id: handler.id, name: '', roles: ['handler'], bureauId: 'economy', districtCodes: [] } as const;
    const stop = new AbortController();
    const desk = { deps: stage.deps, intents: () => [] };
    const stream = (await watchConversations(desk, reader, stop.signal))[Symbol.asyncIterator]();
    const news = async () => ((await stream.next()).value as { data: { counts: { waiting: number }; changed: string[] } }).data;
    const first = await news();
    expect(first.changed).toEqual([]);
    stage.deps.clock.advance(3_000);
    await act(handler, item, 'take');
    const second = await news();
    expect(second.changed).toEqual([item.id]);
    expect(second.counts.waiting).toBe(first.counts.waiting - 1);
    stop.abort();
    expect((await stream.next()).done).toBe(true);
  });
});

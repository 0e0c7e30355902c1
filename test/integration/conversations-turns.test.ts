import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import { type ChatStage, chatStage, converse, pushOf, refusal, wordsOf } from '../support/chat-stage';
import { addFirm, addMember, type Firm, launchVisit, pulse } from '../support/visits';

jest.setTimeout(90_000);

let stage: ChatStage;
let firm: Firm;
let user = '';
let people = 0;
const corpId = 'corp-1';

beforeAll(async () => {
  stage = await chatStage();
});
afterAll(() => stage.close());
beforeEach(async () => {
  people += 1;
  user = `member${people}`;
  firm = await addFirm(stage.deps);
  await addMember(stage.deps, [firm], corpId, user);
  stage.wecom.answer = undefined;
});

const say = (text: Parameters<typeof pushOf>[1]) => converse(stage, stage.wecom, pushOf(user, text, { corpId }));
const orders = () =>
  stage.deps.db.rows<{ number: string; body: string; source_kind: string; matter_id: string; name_visibility: string }>(sql`
    select number, body, source_kind, matter_id, name_visibility from work_order where enterprise_id = ${firm.id}::bigint order by number`);

describe('诉求', () => {
  it('asks, repeats what was understood, opens an order and tells its number', async () => {
    const { matters } = stage.deps.city;
    expect(wordsOf(await say('我要投诉'))).toContain(`1. ${matters[0]?.name}`);
    expect(wordsOf(await say('2'))).toContain('请说明具体情况');
    expect(wordsOf(await say('太短'))).toContain('至少 5 个字');
    const check = wordsOf(await say('楼下餐馆油烟直排，请协调整改'));
    expect(check).toContain(firm.name);
    expect(check).toContain('楼下餐馆油烟直排，请协调整改');
    expect(await orders()).toEqual([]);
    const done = wordsOf(await say('确认'));
    const [order] = await orders();
    expect(order).toMatchObject({
      body: '楼下餐馆油烟直排，请协调整改',
      source_kind: 'conversation',
      matter_id: matters[1]?.id,
      name_visibility: 'public',
    });
    expect(done).toContain(order?.number);
    expect(wordsOf(await say(`进度 ${order?.number}`))).toContain(order?.number);
    expect(wordsOf(await say(`查进渡GD${order?.number.replace('-', '')}`))).toContain(order?.number);
  });

  it('the half-filled survives a restart: a new process goes on where the old one stopped', async () => {
    await say('诉求');
    await say('1');
    const restarted = stage.another();
    const check = await converse(stage, stage.wecom, pushOf(user, '门口道路长期积水，影响客人进店', { corpId }), restarted);
    expect(wordsOf(check)).toContain('请核对');
    await converse(stage, stage.wecom, pushOf(user, '1', { corpId }), stage.another());
    expect(await orders()).toHaveLength(1);
  });

  it('what was asked the day before is not what is answered today', async () => {
    await say('诉求');
    await say('1');
    stage.deps.clock.advance(25 * 3_600_000);
    expect(wordsOf(await say('今天天气怎么样呢'))).toContain('没有听懂');
    expect(await orders()).toEqual([]);
  });

  it('取消 leaves nothing', async () => {
    await say('诉求');
    expect(wordsOf(await say('取消'))).toContain('已取消');
    expect(wordsOf(await say('1'))).not.toContain('请说明具体情况');
  });

  it('a member of several firms says for which, and is asked no more afterwards', async () => {
    const other = await addFirm(stage.deps, { name: `第二家${user}店` });
    await addMember(stage.deps, [other], corpId, user);
    expect(wordsOf(await say('诉求'))).toContain(`2. ${other.name}`);
    expect(wordsOf(await say('3'))).toContain('1 到 2');
    await say('2');
    await say('1');
    expect(wordsOf(await say('门前路灯坏了一个月无人维修'))).toContain(other.name);
    await say('1');
    const { count } = await stage.deps.db.one<{ count: number }>(sql`
      select count(*)::int as count from work_order where enterprise_id = ${other.id}::bigint`);
    expect(count).toBe(1);
    const { id } = await stage.deps.db.one<{ id: string }>(sql`
      select enterprise_id::text as id from conversation where user_id = ${user}`);
    expect(id).toBe(other.id);
  });
});

describe('进度', () => {
  it('of another firm is not found, as for no order', async () => {
    const stranger = await addFirm(stage.deps);
    await addMember(stage.deps, [stranger], corpId, `stranger${user}`);
    await say('诉求');
    await say('1');
    await say('员工宿舍水压不足，已持续多日');
    await say('1');
    const [order] = await orders();
    const asked = await converse(stage, stage.wecom, pushOf(`stranger${user}`, `进度 ${order?.number}`, { corpId }));
    expect(wordsOf(asked)).toContain(`没有找到编号 ${order?.number}`);
    expect(wordsOf(asked)).not.toContain('水压');
  });

  it('without any says how to report one', async () => {
    expect(wordsOf(await say('投诉进度'))).toContain('还没有反映过诉求');
  });
});

describe('问卷', () => {
  it('a short one comes as a card that can be answered in the chat, also by a member who is no address of the campaign', async () => {
    const visit = await launchVisit(stage.deps, [firm], { document: pulse() });
    const late = `late${user}`;
    await addMember(stage.deps, [firm], corpId, late);
    const push = pushOf(late, '我要填问券', { corpId });
    const [reply] = await converse(stage, stage.wecom, push);
    if (reply?.form !== 'card') throw new Error(`not a card: ${JSON.stringify(reply)}`);
    expect(reply.card.questions.map(({ key }) => key)).toEqual(['operation', 'help']);
    expect(reply.fallback.url).toMatch(/^http.*\/s\/[0-9a-z-]+/);
    const surveys = stage.modules.find(({ name }) => name === 'surveys');
    await surveys?.onInbox?.['card-answer']?.({
      source: 'wecom:default',
      messageKey: `answer${user}`,
      payload: {
        type: 'card-answer',
        taskId: reply.card.taskId,
        userId: late,
        corpId,
        responseCode: 'r',
        selected: [
          { key: 'operation', optionIds: ['worse'] },
          { key: 'help', optionIds: ['yes'] },
        ],
      },
    });
    const { count } = await stage.deps.db.one<{ count: number }>(sql`
      select count(*)::int as count from submission where campaign_id = ${visit.campaignId}::bigint and enterprise_id = ${firm.id}::bigint`);
    expect(count).toBe(1);
    expect(wordsOf(await say('问卷'))).toContain('目前没有需要贵单位填写的问卷');
  });

  it('a long one comes as the firm’s personal link', async () => {
    await launchVisit(stage.deps, [firm]);
    const [reply] = await say('问卷');
    expect(reply).toMatchObject({
      form: 'link',
      buttonText: '去填写',
      page: expect.stringContaining('packages/surveys/pages/answer/index?link='),
    });
  });

  it('an answered or closed one is not shown', async () => {
    const visit = await launchVisit(stage.deps, [firm]);
    await stage.deps.db.run(sql`update campaign set closed_at = ${stage.deps.clock.now()} where id = ${visit.campaignId}::bigint`);
    expect(wordsOf(await say('问卷'))).toContain('目前没有');
  });

  it('of several the first goes inside the push and the others by messages, in order', async () => {
    for (let more = 0; more < 4; more += 1) await launchVisit(stage.deps, [firm]);
    const before = stage.wecom.said.length;
    const replies = await say('问卷');
    expect(replies.map(({ form }) => form)).toEqual(['link', 'link', 'link', 'text']);
    expect(stage.wecom.said.length - before).toBe(3);
    expect(wordsOf(replies)).toContain('还有 1 份问卷');
  });
});

describe('somebody nobody knows', () => {
  it('is shown how to sign in, and served where no firm is needed', async () => {
    const replies = await converse(stage, stage.wecom, pushOf('unknown', '诉求', { corpId }));
    expect(replies).toEqual([
      expect.objectContaining({ form: 'link', title: '请先登录并绑定企业', page: 'packages/account/pages/sign-in/index' }),
    ]);
    expect(wordsOf(await converse(stage, stage.wecom, pushOf('unknown', '帮助', { corpId })))).toContain('1. 问卷');
    expect(wordsOf(await converse(stage, stage.wecom, pushOf('unknown', '4', { corpId })))).toContain('正在为您转接');
  });

  it('a follower is known by the identity bound to a firm', async () => {
    const { db, clock } = stage.deps;
    await db.run(sql`
      insert into enterprise_agent (enterprise_id, kind, account, openid, bound_by, bound_at)
      values (${firm.id}::bigint, 'wechat-official', 'default', ${`openid-${user}`}, 'invitation', ${clock.now()})`);
    const replies = await converse(stage, stage.official, pushOf(`openid-${user}`, '进度'));
    expect(wordsOf(replies)).toContain('还没有反映过诉求');
  });
});

describe('somebody who signed in from the chat', () => {
  it('acts for the firms that are bound to the person, and the order is theirs', async () => {
    const { db, clock } = stage.deps;
    const { id: personId } = await db.one<{ id: string }>(sql`insert into person (created_at) values (${clock.now()}) returning id`);
    await db.run(sql`
      insert into person_identity (kind, account, subject, person_id, created_at)
      values ('wechat-official', 'default', ${`signed-${user}`}, ${personId}::uuid, ${clock.now()})`);
    await db.run(sql`
      insert into enterprise_agent (enterprise_id, kind, person_id, mobile_sealed, mobile_index, bound_by, bound_at)
      values (${firm.id}::bigint, 'mobile', ${personId}::uuid, 'sealed', ${`index ${personId}`}, 'invitation', ${clock.now()})`);
    const speak = (text: string) => converse(stage, stage.official, pushOf(`signed-${user}`, text));
    await speak('诉求');
    await speak('1');
    await speak('员工子女入学手续咨询与协助');
    expect(wordsOf(await speak('1'))).toContain('已收到您的诉求');
    const { by } = await db.one<{ by: string }>(sql`select created_by as by from work_order where enterprise_id = ${firm.id}::bigint`);
    expect(by).toBe(personId);
  });
});

describe('entering the chat', () => {
  it('greets with help whose numbers can be chosen; not again within the day', async () => {
    const follow = { act: 'follow' } as const;
    expect(wordsOf(await say(follow))).toContain('2. 诉求');
    expect(await say(follow)).toEqual([]);
    expect(wordsOf(await say('2'))).toContain('您要反映哪一类问题');
    stage.deps.clock.advance(25 * 3_600_000);
    expect(wordsOf(await say(follow))).toContain('可以为您办理');
  });
});

describe('what the platform refuses', () => {
  it('is kept with its code and not said again; what passes comes again until it is taken', async () => {
    const { db, clock } = stage.deps;
    stage.wecom.answer = refusal('45015');
    const push = pushOf(user, '帮助', { corpId });
    await stage.conversations.onInbox?.chat?.(push);
    clock.advance(1_100);
    await stage.app.settle();
    const last = () =>
      db.one<{ state: string; failure_code: string | null; tries: number }>(sql`
        select m.state, m.failure_code, m.tries from chat_message m join conversation c on c.id = m.conversation_id
        where c.user_id = ${user} and m.direction = 'out' order by m.seq desc limit 1`);
    expect(await last()).toEqual({ state: 'failed', failure_code: '45015', tries: 1 });
    stage.wecom.answer = refusal('-1', 'transient');
    await stage.conversations.onInbox?.chat?.(pushOf(user, '帮助', { corpId }));
    clock.advance(1_100);
    await stage.app.settle();
    expect(await last()).toEqual({ state: 'waiting', failure_code: '-1', tries: 1 });
    stage.wecom.answer = undefined;
    clock.advance(10_000);
    await stage.deps.tasks.sweep('conversations-say');
    expect(await last()).toEqual({ state: 'sent', failure_code: null, tries: 2 });
  });
});

describe('menus', () => {
  it('are set once, within the limits of the account, and again when they are others', async () => {
    await stage.deps.tasks.sweep('conversations-menus');
    await stage.deps.tasks.sweep('conversations-menus');
    expect(stage.official.menus).toHaveLength(1);
    expect(stage.official.menus[0]?.map(({ label, key, items }) => [label, key, items?.map((item) => item.key)])).toEqual([
      ['问卷', 'surveys.open', undefined],
      ['诉求', 'work-orders.report', undefined],
      ['更多服务', undefined, ['work-orders.progress', 'conversations.operator', 'conversations.help']],
    ]);
    await stage.deps.db.run(sql`update chat_menu set hash = 'another' where channel = 'wecom'`);
    stage.wecom.menuAnswer = refusal('48001');
    await stage.deps.tasks.sweep('conversations-menus');
    stage.wecom.menuAnswer = undefined;
    await stage.deps.tasks.sweep('conversations-menus');
    expect(stage.wecom.menus).toHaveLength(1);
    stage.deps.clock.advance(3_700_000);
    await stage.deps.tasks.sweep('conversations-menus');
    expect(stage.wecom.menus).toHaveLength(2);
    expect(stage.official.menus).toHaveLength(1);
  });

  it('a tap is the intent', async () => {
    expect(wordsOf(await say({ act: 'menu', key: 'work-orders.progress' }))).toContain('还没有反映过诉求');
  });
});

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { makeCreditCode } from '@suiban/shared/identity';
import { sandboxPersonas } from '@suiban/shared/sandbox';
import { sql } from 'kysely';
import type { Database } from '../../bot-server/src/kernel/db/database';
import { seededRandom } from '../../bot-server/src/modules/enterprises/generator/random';
import type { ObservedMessage } from '../emulators/world/observation';
import { eventually } from '../support/eventually';
import { type ServerStage, serverStage } from '../support/server-stage';

jest.setTimeout(120_000);

const [persona] = sandboxPersonas;

let stage: ServerStage;
let server: Awaited<ReturnType<ServerStage['start']>>;

/** The persona's firm, with the persona as its agent in WeCom and in the service account. */
async function bind(db: Database): Promise<void> {
  const { id } = await db.one<{ id: string }>(sql`
    insert into enterprise (credit_code, name, industry_code, district_code, source, created_at, updated_at)
    values (${makeCreditCode(seededRandom(7), '310101')}, '测试小馆', '6210', '310101', 'generator', now(), now()) returning id::text as id`);
  await db.run(sql`
    insert into enterprise_agent (enterprise_id, kind, corp_id, wecom_agent_id, user_id, bound_by, bound_at)
    values (${id}::bigint, 'wecom', ${persona?.wecom?.corpId ?? ''}, 1000011, ${persona?.wecom?.userId ?? ''}, 'generator', now())`);
  await db.run(sql`
    insert into enterprise_agent (enterprise_id, kind, account, openid, bound_by, bound_at)
    values (${id}::bigint, 'wechat-official', 'default', ${persona?.officialOpenid ?? ''}, 'generator', now())`);
}

beforeAll(async () => {
  stage = await serverStage('conversations-sandbox');
  await stage.withDatabase(bind);
  server = await stage.start();
  stage.sandbox.world.script.push.target = stage.url;
}, 120_000);
afterAll(() => stage.close());

type Platform = 'wecom' | 'wechat-official';

const does = async (what: string, body: Record<string, unknown>): Promise<void> => {
  const answer = await fetch(`${stage.sandbox.url}/personas/${persona?.id}/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
};

const shownOf = (platform: Platform): ObservedMessage[] =>
  [...stage.sandbox.world.observation.after(0)].filter((message) => message.platform === platform && !message.deduped && !message.dropped);

/** Says it, and waits for the answer on the phone. */
async function ask(platform: Platform, text: string): Promise<string> {
  const before = shownOf(platform).length;
  await does('say', { platform, text });
  await eventually(() => shownOf(platform).length > before, 15_000);
  const { title, body } = shownOf(platform)[before] ?? { title: '', body: '' };
  return `${title}${body}`;
}

describe('the whole server against the sandbox', () => {
  it('an account’s menu is there', async () => {
    const { menus, accounts } = stage.sandbox.world;
    await eventually(() => menus.of('wecom', accounts.wecom.corpId).length > 0, 30_000);
    expect(menus.of('wecom', accounts.wecom.corpId).map(({ label }) => label)).toEqual(['问卷', '诉求', '更多服务']);
  });

  it('WeCom: a problem is reported in the chat, by passive answers', async () => {
    expect(await ask('wecom', '我要投诉')).toContain('您要反映哪一类问题');
    expect(await ask('wecom', '1')).toContain('请说明具体情况');
    expect(await ask('wecom', '门口道路积水，客人进不来')).toContain('测试小馆');
    expect(await ask('wecom', '1')).toMatch(/编号 \d{8}-\d{6}/);
    expect(await ask('wecom', '进度')).toContain('正在为您分派办理单位');
  });

  it('WeChat: a follower is greeted, sees the menu, asks for a person', async () => {
    const before = shownOf('wechat-official').length;
    await does('unfollow', { platform: 'wechat-official' });
    await does('follow', { platform: 'wechat-official' });
    await eventually(() => shownOf('wechat-official').length > before, 15_000);
    expect(shownOf('wechat-official')[before]?.body).toContain('可以为您办理');
    expect(await ask('wechat-official', '问券')).toContain('目前没有需要贵单位填写的问卷');
    await does('menu', { platform: 'wechat-official', key: 'work-orders.progress' });
    await eventually(() => shownOf('wechat-official').at(-1)?.title.startsWith('诉求') ?? false, 15_000);
    expect(await ask('wechat-official', '转人工')).toContain('正在为您转接');
    expect(await ask('wechat-official', '取消人工')).toContain('已退出人工服务');
  });

  it('nothing was said twice', () => {
    for (const platform of ['wecom', 'wechat-official'] as const) {
      const bodies = shownOf(platform).map(({ title, body }) => `${title} ${body}`);
      expect(new Set(bodies).size).toBe(bodies.length);
    }
  });

  it('every answer is accounted for, and those that were ready in time went inside the push', async () => {
    await server.kill();
    const rows = await stage.withDatabase((db) =>
      db.rows<{ state: string; count: number }>(sql`
        select state, count(*)::int as count from chat_message where direction = 'out' group by state`),
    );
    const counts = Object.fromEntries(rows.map(({ state, count }) => [state, count]));
    expect(Object.keys(counts).filter((state) => state !== 'passive' && state !== 'sent')).toEqual([]);
    expect(counts.passive).toBeGreaterThan(0);
    expect((counts.passive ?? 0) + (counts.sent ?? 0)).toBe(shownOf('wecom').length + shownOf('wechat-official').length);
  });
});

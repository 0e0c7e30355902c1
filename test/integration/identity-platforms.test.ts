import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import { accessTokens } from '../../bot-server/src/channels/access-tokens';
import { alipayMiniChannel } from '../../bot-server/src/channels/alipay-mini';
import type { Channel } from '../../bot-server/src/channels/channel';
import { channelRegistry } from '../../bot-server/src/channels/registry';
import { wechatMiniChannel } from '../../bot-server/src/channels/wechat-mini';
import { wechatOfficialChannel } from '../../bot-server/src/channels/wechat-official';
import { wecomChannel } from '../../bot-server/src/channels/wecom';
import type { Database } from '../../bot-server/src/kernel/db/database';
import { createOutbound } from '../../bot-server/src/kernel/outbound/create-outbound';
import type { Outbound } from '../../bot-server/src/kernel/outbound/outbound';
import { sandboxPersonas } from '../../shared/src/sandbox';
import { systemClock } from '../../shared/src/time';
import { sandboxConfig } from '../conformance/subjects/sandbox-config';
import { type RunningEmulators, startEmulators } from '../emulators/start-emulators';
import { type Answered, type Caller, startApp, type TestApp } from '../support/app';
import { testDatabase } from '../support/database';
import { type TestDeps, testDeps } from '../support/deps';
import { creditCode, importList } from '../support/imports';

jest.setTimeout(60_000);
let sandbox: RunningEmulators;
let outbound: Outbound;
let db: Database;
let deps: TestDeps;
let app: TestApp;
let anyone: Caller;

const [agent] = sandboxPersonas;
if (!agent?.wecom || !agent.alipayOpenId) throw new Error('the first persona has every identity');

beforeAll(async () => {
  sandbox = await startEmulators({ port: 0 });
  const config = sandboxConfig(sandbox.url);
  const { wecom, wechatMini, wechatOfficial, alipay } = config.accounts;
  outbound = createOutbound({
    clock: systemClock,
    platformUrls: [wecom, wechatMini, wechatOfficial, alipay].map(({ baseUrl }) => baseUrl),
  });
  db = await testDatabase({ migrations: [1, 2, 3, 15, 16] });
  const kernel = await testDeps({ db });
  const channelDeps = { outbound, clock: systemClock, tokens: accessTokens({ db, sealer: kernel.sealer, clock: systemClock }) };
  const channels: Channel[] = [
    wechatMiniChannel(wechatMini, channelDeps),
    wechatOfficialChannel(wechatOfficial, channelDeps),
    wecomChannel(wecom, channelDeps),
    alipayMiniChannel(alipay, channelDeps),
  ];
  deps = await testDeps({ db, config, channels: channelRegistry(channels) });
  app = await startApp(deps);
  anyone = app.caller();
});
afterAll(async () => {
  await app.close();
  await outbound.close();
  await sandbox.close();
});

const desk = async (path: string, body: object = {}, persona = agent.id): Promise<Record<string, unknown>> =>
  (await (await fetch(`${sandbox.url}/personas/${persona}/${path}`, { method: 'POST', body: JSON.stringify(body) })).json()) as Record<
    string,
    unknown
  >;
const bearer = ({ body }: Answered): Caller => app.caller({ authorization: `Bearer ${String(body.token)}` });
const personOf = async (session: Answered): Promise<unknown> => (await bearer(session).get('/api/m/me')).body.personId;
const codeBy = async (path: string, persona?: string): Promise<string> => {
  const { code, authCode } = await desk(path, {}, persona);
  return String(code ?? authCode);
};
const byMini = async (persona?: string) =>
  anyone.post('/api/m/sessions', { platform: 'wechat-mini', code: await codeBy('wechat-login', persona) });
const byAlipay = async (persona?: string) =>
  anyone.post('/api/m/sessions', { platform: 'alipay-mini', code: await codeBy('alipay-login', persona) });

interface Journey {
  readonly browser: Caller;
  readonly code: string;
  readonly state: string;
}

/** A browser from our page over the platform's and back: what the page that it comes back to then posts. */
async function goOut(platform: 'wechat-official' | 'wecom', cookie?: string, persona = agent?.id): Promise<Journey> {
  // The first persona is a member of a joined corp.
  const corp = platform === 'wecom' && persona === agent?.id ? `?corp=${agent?.wecom?.corpId}` : '';
  const left = await app.caller(cookie ? { cookie } : {}).get(`/api/m/oauth/${platform}${corp}`);
  expect([left.status, left.body]).toEqual([302, {}]);
  const kept = cookie ?? String(left.headers.get('set-cookie')).split(';')[0] ?? '';
  expect(String(left.headers.get('set-cookie'))).toMatch(/HttpOnly; SameSite=Strict/);
  const away = new URL(left.headers.get('location') ?? '');
  away.hash = '';
  away.searchParams.set('persona', persona ?? '');
  const back = new URL((await fetch(away, { redirect: 'manual' })).headers.get('location') ?? '');
  expect(back.pathname).toBe('/m/packages/account/pages/oauth/index');
  expect(back.searchParams.get('client')).toBe(platform);
  expect(back.searchParams.get('state')).toMatch(/^[0-9A-Za-z]{1,128}$/);
  return {
    browser: app.caller({ cookie: kept }),
    code: back.searchParams.get('code') ?? '',
    state: back.searchParams.get('state') ?? '',
  };
}
const comeBack = (platform: string, { browser, code, state }: Journey) => browser.post('/api/m/sessions', { platform, code, state });
const cookieOf = async (): Promise<string> =>
  String((await anyone.get('/api/m/oauth/wecom')).headers.get('set-cookie')).split(';')[0] ?? '';

describe('sign-in by the clients', () => {
  it('Alipay: the same person each time; a code used twice is 401 and leaves no session', async () => {
    const [once, again] = [await byAlipay(), await byAlipay()];
    expect(once.status).toBe(201);
    expect(await personOf(again)).toBe(await personOf(once));
    const code = await codeBy('alipay-login');
    expect((await anyone.post('/api/m/sessions', { platform: 'alipay-mini', code })).status).toBe(201);
    const replay = await anyone.post('/api/m/sessions', { platform: 'alipay-mini', code });
    expect([replay.status, replay.body.type]).toEqual([401, 'urn:problem:identity:platform-code-refused']);
  });

  it('WeChat: mini-program and Official Account of one union id are one person, whichever came first', async () => {
    for (const [persona, first] of [
      ['restaurant-agent', 'mini'],
      ['graduate', 'official'],
    ] as const) {
      const official = async () => comeBack('wechat-official', await goOut('wechat-official', undefined, persona));
      const sessions = first === 'mini' ? [await byMini(persona), await official()] : [await official(), await byMini(persona)];
      expect(sessions.map(({ status }) => status)).toEqual([201, 201]);
      expect(await personOf(sessions[1] as Answered)).toBe(await personOf(sessions[0] as Answered));
    }
  });

  it('WeChat: a mini-program’s code replayed is 401', async () => {
    const code = await codeBy('wechat-login');
    expect((await anyone.post('/api/m/sessions', { platform: 'wechat-mini', code })).status).toBe(201);
    expect((await anyone.post('/api/m/sessions', { platform: 'wechat-mini', code })).status).toBe(401);
  });

  it('WeCom: a member who is the agent of a firm sees that firm', async () => {
    const official = await app.official({ roles: ['drafter'] });
    const header = '统一社会信用代码,企业名称,行业代码,区,从业人数,营业收入（万元）,企业微信企业ID,企业微信成员ID';
    const { corpId, userId } = { corpId: deps.config.accounts.wecom.corpId, userId: 'u.member' };
    await importList(app, official, [header, `${creditCode()},甲饭店（演示）,62,310101,5,1,${corpId},${userId}`].join('\n'));
    const session = await comeBack('wecom', await goOut('wecom', undefined, `wecom:${corpId}/${userId}`));
    expect(session.status).toBe(201);
    expect((session.body.me as { identities: unknown }).identities).toEqual([
      { kind: 'resident', label: '居民' },
      { kind: 'enterprise', enterpriseId: expect.any(String), name: '甲饭店（演示）', isDemo: expect.any(Boolean) },
    ]);
    const joined = await comeBack('wecom', await goOut('wecom'));
    expect(
      await db.rows(sql`select corp_id, subject from person_identity where person_id = ${String(await personOf(joined))}::uuid`),
    ).toEqual([{ corp_id: agent.wecom?.corpId, subject: agent.wecom?.userId }]);
    const other = await comeBack('wecom', await goOut('wecom', undefined, `wecom:${corpId}/u.other`));
    expect((other.body.me as { identities: unknown[] }).identities).toHaveLength(1);
  });

  it('a platform that is not configured says so, and the phone code remains', async () => {
    const bare = await startApp(await testDeps({ migrations: [1, 2, 3, 15, 16] }));
    const caller = bare.caller();
    expect((await caller.get('/api/m/oauth/wecom')).status).toBe(404);
    expect((await caller.post('/api/m/sessions', { platform: 'alipay-mini', code: 'x' })).status).toBe(502);
    expect((await caller.get('/api/m/city')).body.browserSignIns).toEqual([]);
    expect((await anyone.get('/api/m/city')).body.browserSignIns).toEqual(['wechat-official', 'wecom']);
    await bare.close();
  });
});

describe('the state of a browser sign-in', () => {
  it('is good once, in the browser that left, on the platform it left for, for ten minutes', async () => {
    const refused = async (journey: Journey, platform = 'wecom') => {
      const answered = await comeBack(platform, journey);
      return [answered.status, answered.body.type];
    };
    const no = [401, 'urn:problem:identity:platform-code-refused'];
    const journey = await goOut('wecom');
    expect(await refused({ ...journey, browser: anyone })).toEqual(no);
    expect(await refused({ ...journey, browser: app.caller({ cookie: await cookieOf() }) })).toEqual(no);
    expect(await refused(journey, 'wechat-official')).toEqual(no);
    expect(await refused({ ...journey, state: `${journey.state.slice(0, -1)}${journey.state.endsWith('A') ? 'B' : 'A'}` })).toEqual(no);
    expect(await refused({ ...journey, state: journey.state.replace(/^./, 'z') })).toEqual(no);
    expect((await comeBack('wecom', journey)).status).toBe(201);
    // Again with the same code, and with a fresh one.
    expect(await refused(journey)).toEqual(no);
    expect(await refused({ ...journey, code: (await goOut('wecom')).code })).toEqual(no);
    const late = await goOut('wecom');
    deps.clock.advance(10 * 60_000 + 1000);
    expect(await refused(late)).toEqual(no);
  });

  it('serves two tabs of one browser', async () => {
    const cookie = await cookieOf();
    const tabs = [await goOut('wecom', cookie), await goOut('wechat-official', cookie)] as const;
    expect((await comeBack('wechat-official', tabs[1])).status).toBe(201);
    expect((await comeBack('wecom', tabs[0])).status).toBe(201);
  });

  it('is asked of browsers, and of nobody else', async () => {
    const code = await codeBy('alipay-login');
    expect((await anyone.post('/api/m/sessions', { platform: 'alipay-mini', code, state: 'x' })).status).toBe(400);
    expect((await anyone.post('/api/m/sessions', { platform: 'wecom', code })).status).toBe(400);
    expect((await anyone.get('/api/m/oauth/alipay-mini')).status).toBe(400);
  });
});

describe('more than one client', () => {
  it('a mobile that WeChat proved binds without a code by SMS, and joins what it belongs to', async () => {
    const wechat = bearer(await byMini('graduate'));
    const bound = await wechat.post('/api/m/me/mobile/wechat', { code: await codeBy('wechat-phone', 'graduate') });
    expect([bound.status, bound.body.mobileMasked]).toEqual([200, '199****0003']);
    const code = await codeBy('wechat-phone', 'graduate');
    expect((await wechat.post('/api/m/me/mobile/wechat', { code })).status).toBe(200);
    const replay = await wechat.post('/api/m/me/mobile/wechat', { code });
    expect([replay.status, replay.body.type]).toEqual([401, 'urn:problem:identity:platform-code-refused']);
    expect((await anyone.post('/api/m/me/mobile/wechat', { code: 'x' })).status).toBe(401);
  });

  it('a union id that is told late joins two records', async () => {
    const person = await personOf(await byMini('restaurant-agent'));
    await db.run(sql`update person_identity set union_id = null, person_id = (select id from person where id <> ${String(person)}::uuid limit 1)
      where kind = 'wechat-official' and person_id = ${String(person)}::uuid`);
    const official = await comeBack('wechat-official', await goOut('wechat-official', undefined, 'restaurant-agent'));
    expect(await personOf(official)).toBe(await personOf(await byMini('restaurant-agent')));
  });

  it('keeps no openid in events', async () => {
    const { text } = await db.one<{ text: string }>(sql`select coalesce(string_agg(o::text, ''), '') as text from outbox o`);
    expect(text).toContain('identity.identity-added');
    for (const secret of [agent.openid, agent.alipayOpenId, agent.wecom?.userId]) expect(text).not.toContain(secret);
  });
});

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DomainError } from '@suiban/shared/errors';
import { sql } from 'kysely';
import type { Call, Channel, SendResult } from '../../bot-server/src/channels/channel';
import { channelRegistry } from '../../bot-server/src/channels/registry';
import { createLinkSession } from '../../bot-server/src/modules/identity';
import { type Caller, startApp, type TestApp } from '../support/app';
import { type TestDeps, testDeps } from '../support/deps';
import { creditCode, importList, listHeader } from '../support/imports';

jest.setTimeout(60_000);
let deps: TestDeps;
let app: TestApp;
let anyone: Caller;
const sent: { mobile: string; text: string; link: string }[] = [];
let smsOutcome: SendResult['outcome'] = 'accepted';
const usedLoginCodes = new Set<string>();

const common = {
  account: 'default',
  limits: { recipientsPerCall: 1, recipientsPerSec: 200, perPersonPerMin: 10 },
  receipts: true,
  dedupe: 'none',
  check: () => [],
} as const;
const plan: Channel['plan'] = (recipients, content) => recipients.map((recipient) => ({ recipients: [recipient], content }));

/** Stands for the gateway: what a phone would show. */
const sms = {
  ...common,
  kind: 'sms',
  plan,
  async sendCall(call: Call): Promise<readonly SendResult[]> {
    const [recipient] = call.recipients;
    if (recipient?.address.type !== 'mobile' || call.content.body.channel !== 'sms') throw new Error('not an SMS');
    if (smsOutcome === 'refused') return [{ ref: recipient.ref, outcome: 'refused', class: 'permanent', code: 'INVALID_NUMBER' }];
    if (smsOutcome === 'unknown') return [{ ref: recipient.ref, outcome: 'unknown', code: 'timeout' }];
    sent.push({
      mobile: recipient.address.mobile,
      text: call.content.body.text.replaceAll('{link}', recipient.link),
      link: recipient.link,
    });
    return [{ ref: recipient.ref, outcome: 'accepted', platformId: `m${sent.length}` }];
  },
} as unknown as Channel;
const mini = {
  ...common,
  kind: 'wechat-mini',
  plan,
  async signIn(code: string) {
    if (usedLoginCodes.has(code)) throw new DomainError('kernel:not-signed-in');
    usedLoginCodes.add(code);
    return { subject: `o${code.split('.')[0] ?? ''}` };
  },
} as unknown as Channel;

beforeAll(async () => {
  deps = await testDeps({ migrations: [1, 2, 3, 15, 16], channels: channelRegistry([sms, mini]) });
  app = await startApp(deps);
  anyone = app.caller();
});
afterAll(() => app.close());

const codeTo = (mobile: string): string => /验证码 (\d{6})/.exec(sent.findLast((one) => one.mobile === mobile)?.text ?? '')?.[1] ?? '';
const ask = (mobile: string) => anyone.post('/api/m/phone-codes', { mobile });
const enter = (mobile: string, code: string) => anyone.post('/api/m/sessions/phone', { mobile, code });
const bearer = (token: unknown): Caller => app.caller({ authorization: `Bearer ${String(token)}` });
async function phoneOf(mobile: string): Promise<Caller> {
  deps.clock.advance(61_000);
  expect((await ask(mobile)).status).toBe(202);
  const entered = await enter(mobile, codeTo(mobile));
  expect(entered.status).toBe(201);
  return bearer(entered.body.token);
}
const loginOf = async (code: string): Promise<Caller> =>
  bearer((await anyone.post('/api/m/sessions', { platform: 'wechat-mini', code })).body.token);

describe('phone codes', () => {
  it('sign in once, within five minutes; the session is a resident', async () => {
    expect((await ask('138 1234 5678')).body).toEqual({ resendAfterSec: 60, expiresInSec: 300 });
    const code = codeTo('13812345678');
    const entered = await enter('+8613812345678', code);
    expect(entered.body.me).toEqual({
      personId: expect.any(String),
      mobileMasked: '138****5678',
      identities: [{ kind: 'resident', label: '居民' }],
      scope: null,
    });
    expect((await enter('13812345678', code)).status).toBe(401);
    deps.clock.advance(61_000);
    await ask('13812345678');
    const late = codeTo('13812345678');
    deps.clock.advance(5 * 60_000 + 1000);
    expect((await enter('13812345678', late)).status).toBe(401);
  });

  it('the sixth try is 429, known number or not, code asked for or not, with equal bodies', async () => {
    deps.clock.advance(61_000);
    await ask('13812345678');
    const right = codeTo('13812345678');
    const outcomes = [];
    for (const mobile of ['13812345678', '13900000000']) {
      const statuses = [];
      let body: unknown;
      for (let count = 0; count < 6; count += 1) {
        const answered = await enter(mobile, right === '111111' ? '222222' : '111111');
        statuses.push(answered.status);
        body = { ...answered.body, request_id: '' };
      }
      outcomes.push({ statuses, body });
    }
    expect(outcomes[0]?.statuses).toEqual([401, 401, 401, 401, 401, 429]);
    expect(outcomes[1]).toEqual(outcomes[0]);
    expect((await enter('13812345678', right)).status).toBe(429);
  });

  it('one a minute, ten a day, for each number', async () => {
    deps.clock.advance(24 * 3_600_000);
    for (let count = 0; count < 10; count += 1) {
      expect((await ask('13700000001')).status).toBe(202);
      const soon = await ask('13700000001');
      expect(soon.status).toBe(429);
      expect(soon.headers.get('retry-after')).toBe('60');
      deps.clock.advance(61_000);
    }
    expect((await ask('13700000001')).status).toBe(429);
    expect((await ask('13700000002')).status).toBe(202);
  });

  it('eleven digits or a clear answer; a gateway that refuses is told and leaves no code', async () => {
    const bad = await ask('1381234');
    expect(bad.status).toBe(400);
    expect(bad.body.errors).toEqual([{ pointer: '/body/mobile', detail: expect.stringContaining('11 位') }]);
    smsOutcome = 'refused';
    const refused = await ask('13700000003');
    smsOutcome = 'accepted';
    expect(refused.status).toBe(502);
    expect(refused.text).not.toContain('INVALID_NUMBER');
    expect((await ask('13700000003')).status).toBe(202);
  });

  it('keeps no number and no code in the clear', async () => {
    const { text } = await deps.db.one<{ text: string }>(sql`
      select (select string_agg(p::text, '') from person p) || (select string_agg(c::text, '') from phone_code c)
        || (select string_agg(s::text, '') from person_session s) || (select string_agg(t::text, '') from sign_in_throttle t) as text`);
    expect(text).not.toMatch(/13812345678|13700000001/);
  });
});

describe('mini-program login', () => {
  it('the same openid is the same person; a code used twice is 401; signing out ends the token', async () => {
    const one = await loginOf('alice.1');
    const two = await loginOf('alice.2');
    expect((await one.get('/api/m/me')).body.personId).toBe((await two.get('/api/m/me')).body.personId);
    expect((await anyone.post('/api/m/sessions', { platform: 'wechat-mini', code: 'alice.2' })).status).toBe(401);
    expect((await one.send('DELETE', '/api/m/sessions/current')).status).toBe(204);
    expect((await one.get('/api/m/me')).status).toBe(401);
    expect((await two.get('/api/m/me')).status).toBe(200);
  });

  it('two first logins at once make one person', async () => {
    const both = await Promise.all([loginOf('twins.1'), loginOf('twins.2')]);
    const ids = await Promise.all(both.map(async (one) => (await one.get('/api/m/me')).body.personId));
    expect(new Set(ids).size).toBe(1);
  });

  it('binding a mobile that another record proved joins the two', async () => {
    const phone = await phoneOf('13700000010');
    const wechat = await loginOf('bob.1');
    const before = (await phone.get('/api/m/me')).body.personId;
    deps.clock.advance(61_000);
    await ask('13700000010');
    const joined = await wechat.send('PUT', '/api/m/me/mobile', { mobile: '13700000010', code: codeTo('13700000010') });
    expect(joined.body).toMatchObject({ personId: before, mobileMasked: '137****0010' });
    expect((await wechat.get('/api/m/me')).body.personId).toBe(before);
    expect((await loginOf('bob.2').then((again) => again.get('/api/m/me'))).body.personId).toBe(before);
    expect(await deps.db.rows(sql`select payload from outbox where topic = 'identity.person-merged'`)).toEqual([
      { payload: { from: expect.any(String), into: before } },
    ]);
  });

  it('a mobile of another account is refused to one who has a mobile already', async () => {
    await phoneOf('13700000011');
    const other = await phoneOf('13700000012');
    deps.clock.advance(61_000);
    await ask('13700000011');
    const answered = await other.send('PUT', '/api/m/me/mobile', { mobile: '13700000011', code: codeTo('13700000011') });
    expect(answered.status).toBe(409);
  });
});

describe('invitation and binding', () => {
  let drafter: Caller;
  let enterpriseId: string;
  let token: string;

  it('plans one SMS per firm, once; sends it; the funnel moves', async () => {
    drafter = await app.official({ roles: ['drafter'] });
    const rows = [`${creditCode()},甲饭店（演示）,62,310101,5,1,联系人,14200007001`, `${creditCode()},乙饭店（演示）,62,310101,5,1,,`];
    await importList(app, drafter, [listHeader, ...rows].join('\n'));
    const rule = { v: 1, when: { all: [{ attribute: 'industryCode', operator: 'startsWith', value: '62' }] } };
    const planned = await drafter.post('/api/enterprise-invitations', { target: { rule } });
    expect(planned.status).toBe(202);
    expect(planned.body).toEqual({ planned: 1, skipped: { alreadyInvited: 0, alreadyBound: 0, withoutMobile: 1, suppressed: 0 } });
    const again = await drafter.post('/api/enterprise-invitations', { target: { rule } });
    expect(again.body).toMatchObject({ planned: 0, skipped: { alreadyInvited: 1 } });
    await app.settle();
    const messages = sent.filter(({ mobile }) => mobile === '14200007001');
    expect(messages).toHaveLength(1);
    expect(messages[0]?.text).toContain(messages[0]?.link);
    token = new URL(messages[0]?.link ?? '').pathname.replace('/i/', '');
    const list = (await drafter.get('/api/enterprise-invitations?state=accepted')).body.items as {
      enterpriseId: string;
      mobileMasked: string;
    }[];
    expect(list).toEqual([expect.objectContaining({ mobileMasked: '142****7001', tries: 1 })]);
    enterpriseId = list[0]?.enterpriseId ?? '';
    expect((await drafter.get(`/api/enterprises/${enterpriseId}`)).body).toMatchObject({ funnel: 'invited' });
  });

  it('a rule that is none is refused with its place', async () => {
    const rule = { v: 1, when: { all: [{ attribute: 'shoeSize', operator: 'eq', value: 1 }] } };
    const answered = await drafter.post('/api/enterprise-invitations', { target: { rule } });
    expect(answered.status).toBe(400);
    expect((answered.body.errors as { pointer: string }[])[0]?.pointer).toMatch(/^\/body\/target\/rule\/when/);
  });

  it('the link leads to the page, shows the firm, and refuses what it did not sign', async () => {
    const opened = await anyone.get(`/i/${token}`);
    expect(opened.status).toBe(302);
    expect(opened.headers.get('location')).toBe(`/m/packages/account/pages/bind/index?invitation=${token}`);
    expect((await anyone.get(`/api/m/invitations/${token}`)).body).toMatchObject({
      enterpriseName: '甲饭店（演示）',
      mobileMasked: '142****7001',
      isBound: false,
      isDemo: true,
    });
    const forged = token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A');
    expect((await anyone.get(`/api/m/invitations/${forged}`)).status).toBe(404);
  });

  it('binds who proved the invited mobile, nobody else; twice is once', async () => {
    const stranger = await phoneOf('13700000020');
    const refused = await stranger.post('/api/m/bindings', { token });
    expect(refused.status).toBe(403);
    expect(refused.body.type).toBe('urn:problem:enterprises:mobile-differs');
    const agent = await phoneOf('14200007001');
    expect((await agent.get('/api/m/me')).body.identities).toHaveLength(1);
    for (let count = 0; count < 2; count += 1) {
      expect((await agent.post('/api/m/bindings', { token })).body).toEqual({ enterpriseId, name: '甲饭店（演示）', isDemo: true });
    }
    expect((await agent.get('/api/m/me')).body.identities).toEqual([
      { kind: 'resident', label: '居民' },
      { kind: 'enterprise', enterpriseId, name: '甲饭店（演示）', isDemo: true },
    ]);
    expect((await stranger.get('/api/m/me')).body.identities).toHaveLength(1);
    const detail = (await drafter.get(`/api/enterprises/${enterpriseId}`)).body;
    expect(detail).toMatchObject({ funnel: 'bound', agents: [expect.objectContaining({ kind: 'mobile', boundBy: 'invitation' })] });
    // The number is the agent's and the contact's: it is one address, the agent's.
    const addresses = await deps.db.rows(
      sql`select rank, agent_id is not null as is_agent from enterprise_address where enterprise_id = ${enterpriseId}::bigint`,
    );
    expect(addresses).toEqual([{ rank: 0, is_agent: true }]);
  });

  it('an expired invitation is gone', async () => {
    deps.clock.advance(31 * 24 * 3_600_000);
    expect((await anyone.get(`/api/m/invitations/${token}`)).status).toBe(404);
    drafter = await app.official({ roles: ['drafter'] });
  });

  it('a worker that dies between mark and answer leaves the invitation unknown, and nobody gets a second message', async () => {
    await importList(app, drafter, `${listHeader}\n${creditCode()},丙饭店（演示）,62,310101,5,1,联系人,14200007003\n`);
    const [firm] = (await drafter.get('/api/enterprises?q=丙饭店')).body.items as { id: string }[];
    await drafter.post('/api/enterprise-invitations', { target: { enterpriseIds: [firm?.id] } });
    deps.tasks.forget();
    await deps.db.run(
      sql`update invitation set state = 'sending', tries = 1, sent_at = ${deps.clock.now()} where enterprise_id = ${firm?.id}::bigint`,
    );
    deps.clock.advance(61_000);
    await deps.tasks.sweep('invitation-sending');
    expect(await deps.db.one(sql`select state, code from invitation where enterprise_id = ${firm?.id}::bigint`)).toEqual({
      state: 'unknown',
      code: 'worker-lost',
    });
    expect(sent.filter(({ mobile }) => mobile === '14200007003')).toHaveLength(0);
  });

  it('a refused one is planned again only when asked for', async () => {
    await importList(app, drafter, `${listHeader}\n${creditCode()},丁饭店（演示）,62,310101,5,1,联系人,14200007004\n`);
    const [firm] = (await drafter.get('/api/enterprises?q=丁饭店')).body.items as { id: string }[];
    const target = { enterpriseIds: [firm?.id] };
    smsOutcome = 'refused';
    await drafter.post('/api/enterprise-invitations', { target });
    await app.settle();
    smsOutcome = 'accepted';
    expect((await drafter.post('/api/enterprise-invitations', { target })).body).toMatchObject({ planned: 0 });
    expect((await drafter.get(`/api/enterprises/${firm?.id ?? ''}`)).body.funnel).toBe('imported');
    expect((await drafter.post('/api/enterprise-invitations', { target, retryRefused: true })).body).toMatchObject({ planned: 1 });
    await app.settle();
    expect(sent.filter(({ mobile }) => mobile === '14200007004')).toHaveLength(1);
  });
});

describe('a session opened by a personal link', () => {
  it('has the one face of its enterprise, and proves no person', async () => {
    const { id } = await deps.db.one<{ id: string }>(sql`select id::text as id from enterprise order by enterprise.id limit 1`);
    const { token } = await createLinkSession(deps, { campaignId: '7', enterpriseId: id });
    const holder = bearer(token);
    expect((await holder.get('/api/m/me')).body).toEqual({
      personId: null,
      mobileMasked: null,
      identities: [expect.objectContaining({ kind: 'enterprise', enterpriseId: id })],
      scope: { campaignId: '7', enterpriseId: id },
    });
    expect((await holder.send('PUT', '/api/m/me/mobile', { mobile: '13700000030', code: '000000' })).status).toBe(403);
    expect((await holder.post('/api/m/bindings', { token: 'A'.repeat(32) })).status).toBe(403);
    deps.clock.advance(12 * 3_600_000 + 1000);
    expect((await holder.get('/api/m/me')).status).toBe(401);
  });
});

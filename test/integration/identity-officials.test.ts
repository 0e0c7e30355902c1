import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import { addOfficial, ensureDemoOfficials } from '../../bot-server/src/modules/identity';
import { type Answered, type Caller, startApp, type TestApp } from '../support/app';
import { testBackend } from '../support/database';
import { type TestDeps, testDeps } from '../support/deps';

jest.setTimeout(60_000);
let deps: TestDeps;
let app: TestApp;
let anyone: Caller;
let initialPassword = '';
let officialId = '';

const browser = { 'x-suiban-csrf': '1', 'sec-fetch-site': 'same-origin', 'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Chrome/130.0' };
const system = { kind: 'system', id: 'test' } as const;

beforeAll(async () => {
  deps = await testDeps({ migrations: [1, 2, 3, 15, 16] });
  app = await startApp(deps);
  anyone = app.caller(browser);
  const added = await addOfficial(deps, system, {
    username: 'wang.li',
    name: '王力',
    roles: ['drafter'],
    bureauId: 'economy',
    districtCodes: [],
  });
  initialPassword = added.initialPassword;
  officialId = added.official.id;
});
afterAll(() => app.close());

const signIn = (username: string, password: string, code?: string, who = anyone) =>
  who.post('/api/sessions', { username, password, ...(code === undefined ? {} : { code }) });
/** RFC 6238 by hand, as an authenticator on another phone computes it. */
function codeOf(base32: string): string {
  const bits = [...base32].map((char) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(char).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(deps.clock.now().getTime() / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const value = mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fffffff;
  return String(value % 1_000_000).padStart(6, '0');
}

/** The browser that holds the cookie just set. */
function holder(answered: Answered, agent = browser['user-agent']): Caller {
  const cookie = (answered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  expect(cookie).toMatch(/^suiban_session=[A-Za-z0-9_-]{43}$/);
  return app.caller({ ...browser, 'user-agent': agent, cookie });
}

let secret = '';
async function signedIn(agent?: string): Promise<Caller> {
  deps.clock.advance(31_000);
  const who = agent === undefined ? anyone : app.caller({ ...browser, 'user-agent': agent });
  const answered = await signIn('wang.li', initialPassword, codeOf(secret), who);
  expect(answered.body).toMatchObject({ next: 'done', demo: false });
  return holder(answered, agent);
}

describe('first sign-in', () => {
  it('asks for a second factor before anything else, and the same secret twice', async () => {
    const first = await signIn('wang.li', initialPassword);
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ next: 'enrol', otpauthUri: expect.stringMatching(/^otpauth:\/\/totp\//) });
    expect(first.headers.get('set-cookie')).toBeNull();
    secret = String(first.body.secret);
    expect((await signIn('wang.li', initialPassword)).body.secret).toBe(secret);
  });

  it('a wrong first code enrols nothing', async () => {
    expect((await signIn('wang.li', initialPassword, '000000')).status).toBe(401);
  });

  it('the first right code opens a session; the cookie is HttpOnly and strict; the code works once', async () => {
    const code = codeOf(secret);
    const answered = await signIn('wang.li', initialPassword, code);
    expect(answered.body).toEqual({ next: 'done', demo: false, isNewDevice: false });
    expect(answered.headers.get('set-cookie')).toMatch(/HttpOnly/i);
    expect(answered.headers.get('set-cookie')).toMatch(/SameSite=Strict/i);
    const me = await holder(answered).get('/api/me');
    expect(me.body).toMatchObject({ id: officialId, username: 'wang.li', roles: ['drafter'], isDemo: false, mustChangePassword: true });
    expect(me.body.permissions).toEqual(expect.arrayContaining(['identity.own', 'enterprises.read', 'enterprises.import']));
    expect(me.body.permissions).not.toContain('identity.manage-officials');
    expect((await signIn('wang.li', initialPassword, code)).status).toBe(401);
    expect((await signIn('wang.li', initialPassword)).body).toEqual({ next: 'enter-code' });
  });

  it('keeps neither password nor token nor secret in the clear', async () => {
    const { text } = await deps.db.one<{ text: string }>(sql`
      select (select string_agg(o::text, '') from official o) || (select string_agg(s::text, '') from official_session s)
        || (select string_agg(a::text, '') from audit_event a) as text`);
    expect(text).not.toContain(initialPassword);
    expect(text).not.toContain(secret);
  });
});

describe('wrong tries', () => {
  it('an unknown name, a wrong password and a closed account answer the same, and lock the same way', async () => {
    const closed = await addOfficial(deps, system, {
      username: 'closed',
      name: '甲',
      roles: ['drafter'],
      bureauId: 'economy',
      districtCodes: [],
    });
    await deps.db.run(sql`update official set is_active = false where username = 'closed'`);
    const tries: [string, string][] = [
      ['nobody', 'whatever-1A'],
      ['wang.li', 'whatever-1A'],
      ['closed', closed.initialPassword],
    ];
    const answers = [];
    for (const [username, password] of tries) {
      const statuses = [];
      let body: unknown;
      for (let count = 0; count < 6; count += 1) {
        const answered = await signIn(username, password);
        statuses.push(answered.status);
        body = { ...answered.body, request_id: '' };
        expect(answered.text).not.toContain(username === 'closed' ? closed.initialPassword : password);
      }
      answers.push({ statuses, body });
    }
    expect(answers[0]?.statuses).toEqual([401, 401, 401, 401, 401, 429]);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect(answers[0]?.body).toMatchObject({ type: 'urn:problem:identity:too-many-tries', retry_after_ms: 15 * 60_000 });
    // Not even the right password opens a locked name; after a quarter of an hour it does.
    expect((await signIn('wang.li', initialPassword)).status).toBe(429);
    deps.clock.advance(15 * 60_000 + 1000);
    expect((await signIn('wang.li', initialPassword)).body).toEqual({ next: 'enter-code' });
  });

  it('twelve guesses at once are counted one by one', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => signIn('parallel', `guess-${index}`)));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(7);
  });
});

describe('sessions', () => {
  it('end at sign-out, by the owner from elsewhere, after half an hour unused, and after twelve hours', async () => {
    const here = await signedIn();
    const there = await signedIn();
    const own = (await here.get('/api/me/sessions')).body.items as { id: string; isCurrent: boolean }[];
    const other = own.find(({ isCurrent }) => !isCurrent);
    expect(own.filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
    expect((await here.send('DELETE', `/api/me/sessions/${other?.id ?? ''}`)).status).toBe(204);
    expect((await there.get('/api/me')).status).toBe(401);

    const out = await here.send('DELETE', '/api/sessions/current');
    expect(out.status).toBe(204);
    expect(out.headers.get('set-cookie')).toMatch(/suiban_session=;/);
    expect((await here.get('/api/me')).status).toBe(401);

    const idle = await signedIn();
    deps.clock.advance(29 * 60_000);
    expect((await idle.get('/api/me')).status).toBe(200);
    deps.clock.advance(29 * 60_000);
    expect((await idle.get('/api/me')).status).toBe(200);
    deps.clock.advance(31 * 60_000);
    expect((await idle.get('/api/me')).status).toBe(401);

    const long = await signedIn();
    for (let minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
      deps.clock.advance(20 * 60_000);
      expect((await long.get('/api/me/sessions')).status).toBe(200);
    }
    deps.clock.advance(20 * 60_000);
    expect((await long.get('/api/me')).status).toBe(401);
  });

  it('a new browser is a notice until it is acknowledged', async () => {
    const phone = await signedIn('Mozilla/5.0 (iPhone) Safari/605');
    const notices = (await phone.get('/api/me')).body.newDevices as { deviceId: string; device: string }[];
    expect(notices).toEqual([expect.objectContaining({ device: 'Safari · iOS' })]);
    expect((await phone.post(`/api/me/devices/${notices[0]?.deviceId ?? ''}/acknowledgement`)).status).toBe(204);
    expect((await phone.get('/api/me')).body.newDevices).toEqual([]);
  });

  it("another official's session is not found", async () => {
    const mine = await signedIn();
    const other = await app.official({ roles: ['drafter'] });
    const [session] = (await other.get('/api/me/sessions')).body.items as { id: string }[];
    expect((await mine.send('DELETE', `/api/me/sessions/${session?.id ?? ''}`)).status).toBe(404);
    expect((await other.get('/api/me/sessions')).status).toBe(200);
  });

  it('nobody writes with a cookie alone, or from another site', async () => {
    const me = await signedIn();
    const cookie = `suiban_session=${'a'.repeat(43)}`;
    expect((await app.caller({ cookie }).send('DELETE', '/api/sessions/current')).status).toBe(401);
    expect((await me.get('/api/me')).status).toBe(200);
    const foreign = await app
      .caller({ ...browser, 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' })
      .post('/api/sessions', { username: 'a', password: 'b' });
    expect(foreign.status).toBe(403);
  });
});

describe('own password', () => {
  it('needs the current one and the rules, and ends the other sessions', async () => {
    const here = await signedIn();
    const there = await signedIn();
    const change = (currentPassword: string, newPassword: string) => here.send('PUT', '/api/me/password', { currentPassword, newPassword });
    expect((await change('wrong', 'Better-Words-2026')).status).toBe(401);
    const weak = await change(initialPassword, 'wang.li12');
    expect(weak.status).toBe(400);
    expect((weak.body.errors as unknown[]).length).toBeGreaterThanOrEqual(2);
    expect((await change(initialPassword, 'Better-Words-2026')).status).toBe(204);
    expect((await there.get('/api/me')).status).toBe(401);
    expect((await here.get('/api/me')).body.mustChangePassword).toBe(false);
    initialPassword = 'Better-Words-2026';
    await signedIn();
  });
});

describe('other officials', () => {
  it('are managed by a security administrator only, never by themselves; a cut role holds at the next request', async () => {
    const security = await app.official({ roles: ['security-admin'] });
    const drafter = await app.official({ roles: ['drafter'] });
    const change = (id: string, body: object, who: Caller = security) =>
      who.send('PATCH', `/api/officials/${id}`, { reason: '岗位调整', ...body });
    expect((await change(drafter.id, { roles: ['handler'] }, drafter)).status).toBe(403);
    expect((await change(security.id, { roles: ['drafter'] })).status).toBe(403);
    expect((await change(drafter.id, { roles: ['system-admin', 'drafter'] })).status).toBe(400);
    expect((await drafter.get('/api/enterprise-imports')).status).toBe(200);
    expect((await change(drafter.id, { roles: ['handler'] })).body).toMatchObject({ roles: ['handler'] });
    expect((await drafter.get('/api/enterprise-imports')).status).toBe(403);
    expect((await change(drafter.id, { isActive: false })).status).toBe(200);
    expect((await drafter.get('/api/me')).status).toBe(401);
    const made = await security.post('/api/officials', {
      username: 'li.na',
      name: '李娜',
      roles: ['handler'],
      bureauId: 'commerce',
      districtCodes: ['310101'],
    });
    expect(made.status).toBe(201);
    const again = await security.post('/api/officials', {
      username: 'li.na',
      name: '李娜',
      roles: ['handler'],
      bureauId: 'commerce',
      districtCodes: [],
    });
    expect(again.body.type).toBe('urn:problem:identity:username-taken');
    expect(
      (
        await security.post('/api/officials', {
          username: 'li.na2',
          name: 'x',
          roles: ['handler'],
          bureauId: 'nowhere',
          districtCodes: ['990000'],
        })
      ).status,
    ).toBe(400);
    expect(
      (
        await security.post('/api/officials', {
          username: 'li.na3',
          name: 'x',
          roles: ['handler'],
          bureauId: 'commerce',
          districtCodes: [],
          isDemo: true,
        })
      ).status,
    ).toBe(400);
    const trail = await deps.db.rows(
      sql`select action, reason from audit_event where aggregate = 'official' and aggregate_id = ${drafter.id} order by id`,
    );
    expect(trail).toEqual([
      { action: 'official.changed', reason: '岗位调整' },
      { action: 'official.changed', reason: '岗位调整' },
    ]);
  });
});

describe('demo officials', () => {
  it('exist in an embedded database only, and the answer says that the second factor was skipped', async () => {
    await ensureDemoOfficials(deps);
    await ensureDemoOfficials(deps);
    const items = (await anyone.get('/api/demo-officials')).body.items as {
      username: string;
      password: string;
      name: string;
      roles: string[];
    }[];
    const answered = await signIn('signatory', items[0]?.password ?? 'suiban-demo');
    if (testBackend === 'postgres') {
      expect(items).toEqual([]);
      expect(answered.status).toBe(401);
      return;
    }
    expect(items.length).toBeGreaterThanOrEqual(10);
    for (const { name } of items) expect(name).toMatch(/（演示）$/);
    expect(answered.body).toMatchObject({ next: 'done', demo: true });
    expect((await holder(answered).get('/api/me')).body).toMatchObject({ name: '签发人（演示）', roles: ['signatory'], isDemo: true });
    expect((await anyone.get('/api/city')).body).toMatchObject({ isDemo: true, name: deps.city.name });
  });

  it('cannot sign in where the server turned production, though their rows are there', async () => {
    const production = await startApp({
      ...deps,
      config: { ...deps.config, isProduction: true },
      tasks: { ...deps.tasks, define: () => undefined },
    });
    const answered = await production.caller(browser).post('/api/sessions', { username: 'drafter', password: 'suiban-demo' });
    expect(answered.status).toBe(401);
    expect((await production.caller().get('/api/demo-officials')).body).toEqual({ items: [] });
    const start = production.modules[0]?.onStart?.();
    if (testBackend === 'postgres') await start;
    else await expect(start).rejects.toThrow(/demo officials/);
    await production.stop();
  });
});

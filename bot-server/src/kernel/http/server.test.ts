import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { id, operation } from '@suiban/shared/api/define';
import { DomainError } from '@suiban/shared/errors';
import { z } from 'zod';
import { OutboundError } from '../outbound/outbound-error';
import { answer } from './answer';
import { downloadRoute, rawRoute, route } from './route';
import { startTestServer, type TestServer } from './test-server';

const thing = z.object({ id: z.string(), title: z.string() });
const base = { summary: 'x', auth: 'anonymous', permission: 'public', rate: 'public-read' } as const;
const official = { summary: 'x', auth: 'official', permission: 'things.write', rate: 'write' } as const;

const fails = (name: string, error: () => unknown) =>
  route(operation({ ...base, id: name, method: 'get', path: `/api/fails/${name}` }), async () => {
    throw error();
  });

const routes = [
  route(
    operation({
      ...official,
      id: 'createThing',
      method: 'post',
      path: '/api/things',
      body: z.strictObject({ title: z.string().min(1).max(5), size: z.int().optional() }),
      response: thing,
      status: 201,
    }),
    async (actor, { body }) => ({ id: actor.id, title: body.title }),
  ),
  route(
    operation({
      ...base,
      id: 'getThing',
      method: 'get',
      path: '/api/things/:thingId',
      params: z.strictObject({ thingId: id }),
      response: thing,
    }),
    async (_actor, { params }) => ({ id: params.thingId, title: 'one' }),
  ),
  route(operation({ ...base, id: 'countThings', method: 'get', path: '/api/things/count', response: z.number() }), async () => 7),
  route(
    operation({ ...official, id: 'reviewThing', method: 'post', path: '/api/reviews', permission: 'things.review' }),
    async () => undefined,
  ),
  route(
    operation({
      ...base,
      id: 'myThings',
      method: 'get',
      path: '/api/m/things',
      auth: 'person',
      permission: 'things.own',
      response: z.string(),
    }),
    async (actor) => actor.id,
  ),
  route(operation({ ...base, id: 'signIn', method: 'post', path: '/api/session', rate: 'sign-in', response: z.string() }), async () =>
    answer('welcome', { setCookie: { name: 'suiban_session', value: 'a b', maxAgeSec: 60 }, headers: { 'x-more': 'yes' } }),
  ),
  route(operation({ ...official, id: 'signOut', method: 'delete', path: '/api/session' }), async () =>
    answer(undefined, { clearCookie: 'suiban_session' }),
  ),
  route(operation({ ...base, id: 'offContract', method: 'get', path: '/api/off', response: thing }), async () => ({ id: '1' }) as never),
  route(operation({ ...base, id: 'sayTooMuch', method: 'get', path: '/api/too-much', response: thing }), async () => ({
    id: '1',
    title: 't',
    passwordHash: 'x',
  })),
  rawRoute(operation({ ...base, id: 'openLink', method: 'get', path: '/s/:token', params: z.strictObject({ token: id }) }), async () => ({
    status: 302,
    contentType: 'text/plain',
    body: '',
    headers: { location: '/m/answer' },
  })),
  downloadRoute(operation({ ...base, id: 'exportThings', method: 'get', path: '/api/export', transport: 'download' }), async () => ({
    fileName: '企业 "名单".csv',
    mimeType: 'text/csv; charset=utf-8',
    stream: Readable.from([Buffer.from('a,b\n')]),
  })),
  downloadRoute(operation({ ...base, id: 'brokenExport', method: 'get', path: '/api/broken-export', transport: 'download' }), async () => ({
    fileName: 'x.csv',
    mimeType: 'text/csv',
    stream: new Readable({
      read() {
        this.destroy(new DomainError('kernel:not-found'));
      },
    }),
  })),
  fails('upstream', () => Object.assign(new Error('secret words of the platform'), { status: 401, statusCode: 401, expose: true })),
  fails('outbound', () => new OutboundError('timeout', 'https://p.example', true)),
  fails('circuit', () => new OutboundError('circuit-open', 'https://p.example', false)),
  fails('refused', () => Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:5432'), { code: 'ECONNREFUSED' })),
  fails('shutdown', () => Object.assign(new Error('terminating connection'), { code: '57P01' })),
  fails('conflict', () => new DomainError('kernel:conflict')),
  fails('text', () => 'not even an error'),
];

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(routes);
});
afterAll(() => server.close());

const problem = async (response: Response) => {
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  return (await response.json()) as Record<string, unknown>;
};
const create = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/api/things`, {
    method: 'POST',
    headers: { ...server.asOfficial, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe('answers', () => {
  it('validates, handles, and answers with the status of the contract and a request id', async () => {
    const response = await create({ title: '一' });
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ id: 'official-1', title: '一' });
    expect(response.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('finds a fixed path before a parameter, whatever the order of routes', async () => {
    expect(await (await fetch(`${server.url}/api/things/count`)).json()).toBe(7);
    expect(await (await fetch(`${server.url}/api/things/a%2Fb`)).json()).toEqual({ id: 'a/b', title: 'one' });
  });

  it('sets and clears cookies with fixed attributes, beside other headers', async () => {
    const signedIn = await fetch(`${server.url}/api/session`, { method: 'POST' });
    expect(signedIn.headers.get('set-cookie')).toBe('suiban_session=a%20b; Max-Age=60; Path=/api; HttpOnly; SameSite=Strict; Secure');
    expect(signedIn.headers.get('x-more')).toBe('yes');
    const signedOut = await fetch(`${server.url}/api/session`, { method: 'DELETE', headers: server.asOfficial });
    expect(signedOut.status).toBe(204);
    expect(signedOut.headers.get('set-cookie')).toContain('suiban_session=; Max-Age=0');
  });

  it('redirects with headers of a raw answer', async () => {
    const response = await fetch(`${server.url}/s/abc`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/m/answer']);
  });

  it('sends files as attachments that no browser opens in place', async () => {
    const response = await fetch(`${server.url}/api/export`);
    expect(await response.text()).toBe('a,b\n');
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="__ ____.csv"; filename*=UTF-8''%E4%BC%81%E4%B8%9A%20%22%E5%90%8D%E5%8D%95%22.csv`,
    );
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
  });

  it('still answers a problem when a file fails before its first byte', async () => {
    const response = await fetch(`${server.url}/api/broken-export`);
    expect(response.status).toBe(404);
    expect(await problem(response)).toMatchObject({ type: 'urn:problem:kernel:not-found' });
  });

  it('refuses in tests an answer off its contract, and one that says more than it', async () => {
    expect((await fetch(`${server.url}/api/off`)).status).toBe(500);
    expect((await fetch(`${server.url}/api/too-much`)).status).toBe(500);
    expect(server.lines.join('')).toContain('answers fields its contract does not name: /passwordHash');
  });
});

describe('problems', () => {
  it.each([
    ['upstream', 500, 'kernel:internal'],
    ['outbound', 502, 'kernel:upstream'],
    ['circuit', 503, 'kernel:unavailable'],
    ['refused', 503, 'kernel:unavailable'],
    ['shutdown', 503, 'kernel:unavailable'],
    ['conflict', 409, 'kernel:conflict'],
    ['text', 500, 'kernel:internal'],
  ])('%s → %i %s, opaque', async (name, status, type) => {
    const response = await fetch(`${server.url}/api/fails/${name}`);
    expect(response.status).toBe(status);
    const body = await problem(response);
    expect(body).toMatchObject({ type: `urn:problem:${type}`, status, instance: `/api/fails/${name}` });
    expect(body.request_id).toBe(response.headers.get('x-request-id'));
    expect(JSON.stringify(body)).not.toMatch(/secret words|ECONNREFUSED|10\.0\.0\.1|terminating/);
    if (status === 503) expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('lists every broken rule with its place, in Chinese', async () => {
    const response = await create({ title: '太长的标题了', size: 1.5, role: 'admin' });
    expect(response.status).toBe(400);
    expect(await problem(response)).toMatchObject({
      detail: '有 3 处不符合要求，请改正后重试',
      errors: expect.arrayContaining([
        { pointer: '/body/title', detail: '最多 5 个字' },
        { pointer: '/body/size', detail: '应为整数' },
        { pointer: '/body/role', detail: '不接受这一项' },
      ]),
    });
  });

  it.each([
    ['no JSON', '{"title":', '/body'],
    ['__proto__', '{"title":"x","__proto__":{"size":1}}', '/body/__proto__'],
    ['NUL', '{"title":"\\u0000"}', '/body/title'],
    ['a lone surrogate', '{"title":"\\ud800"}', '/body/title'],
    ['10k levels', `{"title":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, '/body'],
    ['no title', '{}', '/body/title'],
    ['a list', '[]', '/body'],
  ])('refuses %s with 400', async (_, body, pointer) => {
    const response = await create(body);
    expect(response.status).toBe(400);
    expect(await problem(response)).toMatchObject({ errors: [expect.objectContaining({ pointer })] });
  });

  it('refuses bytes that are not UTF-8, another media type, and a query that does not decode', async () => {
    const bytes = await fetch(`${server.url}/api/things`, {
      method: 'POST',
      headers: { ...server.asOfficial, 'content-type': 'application/json' },
      body: Buffer.from([0x22, 0xff, 0x22]),
    });
    expect(bytes.status).toBe(400);
    expect((await create('title=x', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415);
    expect((await fetch(`${server.url}/api/things/count?x=%ff`)).status).toBe(400);
    expect((await fetch(`${server.url}/api/things/count?__proto__=1`)).status).toBe(400);
    expect((await fetch(`${server.url}/api/things/%00`)).status).toBe(400);
  });

  it('answers 404, 405 with Allow, OPTIONS and HEAD', async () => {
    const missing = await fetch(`${server.url}/api/nothing`);
    expect([missing.status, (await problem(missing)).type]).toEqual([404, 'urn:problem:kernel:not-found']);
    const wrong = await fetch(`${server.url}/api/things`, { method: 'PUT' });
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
    const options = await fetch(`${server.url}/api/things/1`, { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'HEAD, GET, OPTIONS']);
    expect(options.headers.get('access-control-allow-origin')).toBeNull();
    const head = await fetch(`${server.url}/api/things/1`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });
});

describe('who may', () => {
  it('asks officials for their cookie and people for their token', async () => {
    expect((await fetch(`${server.url}/api/m/things`)).status).toBe(401);
    expect((await fetch(`${server.url}/api/m/things`, { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
    expect(await (await fetch(`${server.url}/api/m/things`, { headers: server.asPerson })).json()).toBe('person-1');
    expect(
      (await fetch(`${server.url}/api/things`, { method: 'POST', headers: { ...server.asPerson, 'x-suiban-csrf': '1' } })).status,
    ).toBe(401);
  });

  it('refuses an official without the permission', async () => {
    const response = await fetch(`${server.url}/api/reviews`, { method: 'POST', headers: server.asOfficial });
    expect([response.status, (await problem(response)).type]).toEqual([403, 'urn:problem:kernel:not-allowed']);
  });

  it.each<[string, Record<string, string | undefined>, number]>([
    ['no header', { 'x-suiban-csrf': undefined }, 403],
    ['foreign origin', { origin: 'https://evil.example' }, 403],
    ['opaque origin', { origin: 'null' }, 403],
    ['no origin', { origin: undefined }, 403],
    ['no origin, same site told', { origin: undefined, 'sec-fetch-site': 'same-origin' }, 201],
    ['no origin, cross site told', { origin: undefined, 'sec-fetch-site': 'cross-site' }, 403],
    ['public origin', { origin: 'https://city.example' }, 201],
  ])('cookie-signed write with %s', async (_, change, status) => {
    const headers = Object.entries({ ...server.asOfficial, ...change }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    );
    const response = await fetch(`${server.url}/api/things`, {
      method: 'POST',
      headers: { ...Object.fromEntries(headers), 'content-type': 'application/json' },
      body: '{"title":"x"}',
    });
    expect(response.status).toBe(status);
  });

  it('refuses signing somebody in from another site', async () => {
    const response = await fetch(`${server.url}/api/session`, { method: 'POST', headers: { origin: 'https://evil.example' } });
    expect(response.status).toBe(403);
  });

  it('limits each class of requests and says when to come back', async () => {
    const limited = await startTestServer(routes);
    const attempt = () => fetch(`${limited.url}/api/session`, { method: 'POST' });
    const statuses = await Promise.all(Array.from({ length: 61 }, async () => (await attempt()).status));
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    const refused = await attempt();
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await problem(refused)).toMatchObject({ type: 'urn:problem:kernel:too-many-requests', retry_after_ms: expect.any(Number) });
    await limited.close();
  });
});

describe('logs', () => {
  it('names the operation, never path, query or token', async () => {
    await fetch(`${server.url}/s/canary-token?code=canary-code`, { redirect: 'manual' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    const all = server.lines.join('');
    expect(all).toContain('"operation":"openLink"');
    expect(all).not.toMatch(/canary/);
  });
});

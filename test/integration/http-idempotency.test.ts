import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operation } from '@suiban/shared/api/define';
import { DomainError } from '@suiban/shared/errors';
import { sql } from 'kysely';
import { z } from 'zod';
import { aesFieldSealer } from '../../bot-server/src/kernel/crypto/aes-field-sealer';
import type { Database } from '../../bot-server/src/kernel/db/database';
import { answer } from '../../bot-server/src/kernel/http/answer';
import { createIdempotency, forgetIdempotencyKeys } from '../../bot-server/src/kernel/http/calls/idempotency';
import { route } from '../../bot-server/src/kernel/http/route';
import { startTestServer, type TestServer } from '../../bot-server/src/kernel/http/test-server';
import { testDatabase } from '../support/database';

const official = { summary: 'x', auth: 'official', permission: 'things.write', rate: 'write' } as const;
const sealer = aesFieldSealer({ fieldKeys: { current: 'k', keys: { k: Buffer.alloc(32, 1) } }, blindIndexKey: Buffer.alloc(32, 2) });

let effects = 0;
let mode: 'slow' | 'conflict' | 'away' | 'bug' = 'slow';
const routes = [
  route(
    operation({
      ...official,
      id: 'pay',
      method: 'post',
      path: '/api/payments',
      body: z.strictObject({ amountFen: z.number() }),
      response: z.object({ effect: z.number() }),
      status: 201,
    }),
    async () => {
      effects += 1;
      const effect = effects;
      await new Promise((resolve) => setTimeout(resolve, 100));
      if (mode === 'conflict') throw new DomainError('kernel:conflict');
      if (mode === 'away') throw new DomainError('kernel:unavailable');
      if (mode === 'bug') throw new Error('bug');
      return { effect };
    },
  ),
  route(operation({ ...official, id: 'signInAgain', method: 'post', path: '/api/cookies' }), async () => {
    effects += 1;
    return answer(undefined, { setCookie: { name: 'suiban_session', value: 'secret' } });
  }),
];

let db: Database;
let servers: TestServer[];
beforeAll(async () => {
  db = await testDatabase({ migrations: [1] });
  servers = await Promise.all([startTestServer(routes, { db, sealer }), startTestServer(routes, { db, sealer })]);
}, 60_000);
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  await db.close();
});

let keys = 0;
const fresh = (): string => {
  keys += 1;
  return `key-${keys}`;
};
const post = (key: string, body: unknown = { amountFen: 1 }, path = '/api/payments', process = 0) => {
  const server = servers[process] as TestServer;
  return fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { ...server.asOfficial, 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body),
  });
};

describe('Idempotency-Key', () => {
  it('20 at once, in two processes: one effect, equal answers; another body: 422', async () => {
    mode = 'slow';
    effects = 0;
    const key = fresh();
    const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => post(key, { amountFen: 1 }, '/api/payments', at % 2)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201));
    const bodies = await Promise.all(answers.map((response) => response.text()));
    expect(new Set(bodies)).toEqual(new Set(['{"effect":1}']));
    expect(effects).toBe(1);
    const later = await post(key);
    expect([later.status, await later.text()]).toEqual([201, '{"effect":1}']);
    const other = await post(key, { amountFen: 2 });
    expect([other.status, ((await other.json()) as { type: string }).type]).toEqual([422, 'urn:problem:kernel:idempotency-mismatch']);
    expect(effects).toBe(1);
  });

  it('repeats an expected refusal word for word', async () => {
    mode = 'conflict';
    effects = 0;
    const key = fresh();
    const first = await post(key);
    const again = await post(key);
    expect([first.status, again.status, effects]).toEqual([409, 409, 1]);
    expect(again.headers.get('content-type')).toContain('application/problem+json');
    expect(await again.text()).toBe(await first.text());
  });

  it.each(['away', 'bug'] as const)('leaves the key free after a failure that may heal (%s)', async (failing) => {
    mode = failing;
    effects = 0;
    const key = fresh();
    expect((await post(key)).status).toBeGreaterThanOrEqual(500);
    mode = 'slow';
    expect((await post(key)).status).toBe(201);
    expect(effects).toBe(2);
  });

  it('keeps no answer that carries a cookie, and no answer in clear', async () => {
    effects = 0;
    const key = fresh();
    for (let count = 0; count < 2; count += 1) expect((await post(key, {}, '/api/cookies')).headers.get('set-cookie')).toContain('secret');
    expect(effects).toBe(2);
    const rows = await db.rows(sql<{ response: string }>`select response from idempotency_key where response is not null`);
    expect(rows.length).toBeGreaterThan(0);
    for (const { response } of rows) expect(response).not.toContain('effect');
  });

  it('refuses a key that is not visible ASCII', async () => {
    expect((await post('a b')).status).toBe(400);
    expect((await post('x'.repeat(256))).status).toBe(400);
  });

  it('lets the next one in when the process that ran first is dead, and forgets after a day', async () => {
    const idempotency = createIdempotency({ db, sealer });
    const request = { actor: 'official:1', operation: 'pay', key: fresh(), body: Buffer.from('{}') };
    await db.run(sql`
      insert into idempotency_key (actor, operation, key, request_hash, locked_until)
      values (${request.actor}, ${request.operation}, ${request.key}, encode(sha256(${request.body}), 'hex'), now() + interval '200 ms')`);
    const answered = await idempotency.once(request, async () => ({ status: 200, contentType: 'x', body: 'mine' }));
    expect(answered.body).toBe('mine');
    await db.run(sql`update idempotency_key set created_at = now() - interval '25 hours' where key = ${request.key}`);
    expect(await forgetIdempotencyKeys(db)).toBe(1);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { type ComposedServer, composeServer } from '../../bot-server/src/compose';
import { loadConfig } from '../../bot-server/src/config/load-config';
import type { Database } from '../../bot-server/src/kernel/db/database';
import { testDatabase } from '../support/database';
import { testLog } from '../support/log';
import { temporaryFolder } from '../support/process';

let db: Database;
beforeAll(async () => {
  db = await testDatabase();
}, 120_000);
afterAll(() => db.close());

const open = (env: Record<string, string> = {}): Promise<ComposedServer> =>
  composeServer(
    { ...loadConfig({ NODE_ENV: 'test', HOST: '127.0.0.1', DATA_DIR: temporaryFolder('compose'), ...env }), port: 0 },
    { db, log: testLog },
  );

describe('composeServer', () => {
  it('is a whole server in a test: real modules over a given database, which it does not close', async () => {
    const server = await open();
    const url = `http://127.0.0.1:${await server.start()}`;
    expect(await (await fetch(`${url}/ready`)).json()).toEqual({ state: 'ready', reasons: [] });
    expect((await fetch(`${url}/api/city`)).status).toBe(200);
    expect((await fetch(`${url}/openapi.json`)).status).toBe(200);
    await server.stop(5000);
    await expect(fetch(`${url}/health`)).rejects.toThrow();
    expect(await db.one(sql<{ ok: number }>`select 1 as ok`)).toEqual({ ok: 1 });
  }, 60_000);

  it('composes a channel per platform that has an account or a sandbox, and only those', async () => {
    const without = await open();
    expect(without.deps.channels.list().map(({ kind }) => kind)).toEqual(['inbox']);
    await without.stop(1000);
    const withSandbox = await open({ SANDBOX_URL: 'http://127.0.0.1:9' });
    expect(withSandbox.deps.channels.list().map(({ kind }) => kind)).toEqual([
      'inbox',
      'wecom',
      'wechat-mini',
      'wechat-official',
      'alipay-mini',
      'sms',
      'email',
    ]);
    expect(() => withSandbox.outbound.platform('https://qyapi.weixin.qq.com')).toThrow('not among the platform addresses');
    await withSandbox.stop(1000);
  }, 60_000);

  it('starts modules in order before it listens, and needs exactly one authenticator', async () => {
    const order: string[] = [];
    const authenticator = { official: async () => undefined, person: async () => undefined };
    const module = (name: string, more = {}) => ({
      name,
      routes: [],
      permissions: {},
      onStart: async () => void order.push(name),
      ...more,
    });
    const config = { ...loadConfig({ NODE_ENV: 'test', HOST: '127.0.0.1', DATA_DIR: temporaryFolder('compose') }), port: 0 };
    const server = await composeServer(config, { db, log: testLog, modules: () => [module('one', { authenticator }), module('two')] });
    await server.start();
    expect(order).toEqual(['one', 'two']);
    await server.stop(1000);
    await expect(composeServer(config, { db, log: testLog, modules: () => [module('one')] })).rejects.toThrow(
      'exactly one module gives the authenticator',
    );
  }, 60_000);
});

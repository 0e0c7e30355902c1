import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { startPostgres } from '../support/postgres';
import { freePort, temporaryFolder } from '../support/process';
import { startRedis } from '../support/redis';

/** The real process: start, refusals, drain. */
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

function start(env: Record<string, string>): {
  child: ChildProcess;
  stderr: Promise<string>;
  stdout: Promise<string>;
  ended: Promise<number | null>;
} {
  const child = spawn(process.execPath, ['--import', 'tsx', 'bot-server/src/main.ts'], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', HOST: '127.0.0.1', DATA_DIR: temporaryFolder('server'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  if (!child.stdout || !child.stderr) throw new Error('no pipes');
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  return { child, stderr: text(child.stderr), stdout: text(child.stdout), ended };
}

async function untilReady(port: number): Promise<Response> {
  for (let tries = 0; ; tries += 1) {
    try {
      const response = await fetch(`http://127.0.0.1:${port}/ready`);
      if (response.ok || tries > 900) return response;
    } catch {
      if (tries > 900) throw new Error('the server did not start');
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function untilState(port: number, state: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const found = (await (await fetch(`http://127.0.0.1:${port}/ready`)).json()) as { state: string };
    if (found.state === state) return;
    if (tries > 300) throw new Error(`still ${found.state}, not ${state}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe('the server process', () => {
  it('starts with nothing given, answers, drains on SIGTERM and exits 0', async () => {
    const port = await freePort();
    const { child, ended, stdout, stderr } = start({ PORT: String(port) });
    const ready = await untilReady(port);
    expect(await ready.json()).toEqual({ state: 'ready', reasons: [] });
    const city = await fetch(`http://127.0.0.1:${port}/api/city`);
    expect([city.status, ((await city.json()) as { productName: string }).productName]).toEqual([200, '随办']);
    expect((await fetch(`http://127.0.0.1:${port}/api/me`)).status).toBe(401);
    expect((await fetch(`http://127.0.0.1:${port}/sandbox/`)).status).toBe(404);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(await stdout).toContain('"msg":"stopped"');
    expect(await stderr).toBe('');
  }, 120_000);

  it('uses the other city by SUIBAN_CITY', async () => {
    const port = await freePort();
    const { child, ended } = start({ PORT: String(port), SUIBAN_CITY: 'yunzhu' });
    await untilReady(port);
    const city = await (await fetch(`http://127.0.0.1:${port}/api/city`)).text();
    expect(city).toContain('云渚');
    expect(city).not.toMatch(/上海|随申|黄浦/);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  }, 120_000);

  it.each<[string, Record<string, string>, RegExp]>([
    ['a wrong variable', { PORT: 'high' }, /^suiban: PORT: must be a whole number from 1 to 65535\n$/],
    ['a city that is not there', { SUIBAN_CITY: 'atlantis' }, /^suiban: SUIBAN_CITY: no profile atlantis; present: shanghai, yunzhu\n$/],
    ['a lone worker', { SUIBAN_ROLE: 'worker' }, /^suiban: DATABASE_URL: required with SUIBAN_ROLE=worker.*\nsuiban: REDIS_URL: required/],
    [
      'a sandbox in production',
      { NODE_ENV: 'production', SANDBOX_URL: 'http://x', SUIBAN_SECRET_KEY: 'k'.repeat(32) },
      /^suiban: SANDBOX_URL: must not/,
    ],
  ])(
    'refuses %s with exit 78 and one line',
    async (_, env, line) => {
      const { ended, stderr } = start(env);
      expect(await ended).toBe(78);
      expect(await stderr).toMatch(line);
    },
    30_000,
  );

  it('says that the port is taken, and that the data folder is in use', async () => {
    const other = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    const taken = start({ PORT: String(port) });
    expect(await taken.ended).toBe(78);
    expect(await taken.stderr).toBe(`suiban: PORT: ${port} is taken by another program; set PORT to a free one\n`);
    other.close();

    const dataDir = temporaryFolder('server');
    const first = await freePort();
    const holder = start({ PORT: String(first), DATA_DIR: dataDir });
    await untilReady(first);
    const second = start({ PORT: String(await freePort()), DATA_DIR: dataDir });
    expect(await second.ended).toBe(78);
    expect(await second.stderr).toMatch(/^suiban: DATA_DIR: database directory is in use by .*\n$/);
    holder.child.kill('SIGTERM');
    expect(await holder.ended).toBe(0);
  }, 240_000);

  it('runs as web and worker over PostgreSQL and Redis, degraded while Redis is away', async () => {
    const [postgres, redis] = [await startPostgres(), await startRedis()];
    const shared = { DATABASE_URL: postgres.url, REDIS_URL: redis.url, SUIBAN_SECRET_KEY: 'k'.repeat(40) };
    const [webPort, workerPort] = [await freePort(), await freePort()];
    const worker = start({ ...shared, SUIBAN_ROLE: 'worker', PORT: String(workerPort) });
    const web = start({ ...shared, SUIBAN_ROLE: 'web', NODE_ENV: 'production', PORT: String(webPort) });
    // Degraded first, when the process listens before Redis has answered.
    for (const port of [workerPort, webPort]) {
      await untilReady(port);
      await untilState(port, 'ready');
    }
    expect((await fetch(`http://127.0.0.1:${workerPort}/api/city`)).status).toBe(404);
    expect((await fetch(`http://127.0.0.1:${webPort}/api/city`)).status).toBe(200);
    await redis.halt();
    await untilState(webPort, 'degraded');
    expect((await fetch(`http://127.0.0.1:${webPort}/api/city`)).status).toBe(200);
    await redis.start();
    await untilState(webPort, 'ready');
    for (const { child } of [web, worker]) child.kill('SIGTERM');
    expect(await Promise.all([web.ended, worker.ended])).toEqual([0, 0]);
    await Promise.all([postgres.stop(), redis.stop()]);
  }, 240_000);
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServer, type TestServer } from '../http/test-server';
import { healthRoutes, type ReadinessCheck, readiness } from './health';

const well = (name: string, isVital: boolean): ReadinessCheck => ({ name, isVital, check: async () => undefined, reason: 'away' });
const ill = (name: string, isVital: boolean): ReadinessCheck => ({
  name,
  isVital,
  check: () => Promise.reject(new Error('secret words')),
  reason: 'away',
});

describe('readiness', () => {
  it.each([
    [[well('database', true), well('redis', false)], 'ready', []],
    [[well('database', true), ill('redis', false)], 'degraded', ['redis: away']],
    [[ill('database', true), ill('redis', false)], 'unavailable', ['database: away', 'redis: away']],
  ] as const)('%#', async (checks, state, reasons) => expect(await readiness(checks)).toEqual({ state, reasons }));

  it('does not wait for a check that hangs', async () => {
    const hanging: ReadinessCheck = { name: 'database', isVital: true, check: () => new Promise(() => undefined), reason: 'away' };
    const started = performance.now();
    expect((await readiness([hanging])).state).toBe('unavailable');
    expect(performance.now() - started).toBeLessThan(1500);
  });
});

describe('health routes', () => {
  let isDraining = false;
  let checks: ReadinessCheck[] = [];
  let server: TestServer;
  let guarded: TestServer;
  beforeAll(async () => {
    const routesFor = (metricsToken: string | undefined) =>
      healthRoutes({
        config: { metricsToken },
        get checks() {
          return checks;
        },
        isDraining: () => isDraining,
      });
    server = await startTestServer([], { system: routesFor(undefined) });
    guarded = await startTestServer([], { system: routesFor('metrics-token'), servesRoutes: false });
  });
  afterAll(() => Promise.all([server.close(), guarded.close()]));

  it('/health says that the process lives', async () => {
    expect(await (await fetch(`${server.url}/health`)).json()).toEqual({ state: 'alive' });
  });

  it('/ready answers 200 when degraded, 503 when not able to work or draining', async () => {
    checks = [ill('redis', false)];
    const statusOf = async () => (await fetch(`${server.url}/ready`)).status;
    expect(await statusOf()).toBe(200);
    checks = [ill('database', true)];
    expect(await statusOf()).toBe(503);
    checks = [];
    expect(await statusOf()).toBe(200);
    isDraining = true;
    expect(await statusOf()).toBe(503);
    isDraining = false;
  });

  it('/metrics is for this machine, or for who has the token', async () => {
    await fetch(`${server.url}/health`);
    const local = await fetch(`${server.url}/metrics`);
    expect(await local.text()).toContain('suiban_http_request_seconds_count{operation="system",method="GET",status="200"}');
    expect((await fetch(`${server.url}/metrics`, { headers: { 'x-forwarded-for': '8.8.8.8' } })).status).toBe(404);
    expect((await fetch(`${guarded.url}/metrics`)).status).toBe(404);
    expect((await fetch(`${guarded.url}/metrics`, { headers: { authorization: 'Bearer metrics-token' } })).status).toBe(200);
  });

  it('a worker answers nothing else', async () => {
    expect((await fetch(`${guarded.url}/openapi.json`)).status).toBe(404);
    expect((await fetch(`${guarded.url}/console/`)).status).toBe(404);
  });
});

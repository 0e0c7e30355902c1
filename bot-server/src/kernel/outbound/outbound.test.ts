import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '@suiban/shared/time';
import { createOutbound, type OutboundOptions } from './create-outbound';
import { isInternalAddress } from './internal-address';
import type { Outbound, OutboundRequest } from './outbound';
import { OutboundError } from './outbound-error';

let hits: string[] = [];
const server = http.createServer((request, response) => {
  const url = request.url ?? '';
  hits.push(`${request.method} ${url}`);
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    if (url.startsWith('/slow')) return;
    if (url.startsWith('/cut')) return response.destroy();
    if (url.startsWith('/move')) return response.writeHead(302, { location: '/canary' }).end();
    if (url.startsWith('/big')) return response.end(Buffer.alloc(5000));
    if (url.startsWith('/fail')) return response.writeHead(500).end('secret words');
    return response.end(JSON.stringify({ got: Buffer.concat(chunks).toString(), url }));
  });
});
let origin = '';
const opened: Outbound[] = [];
const open = (options: Partial<OutboundOptions> = {}): Outbound => {
  const outbound = createOutbound({ clock: systemClock, platformUrls: [origin], ...options });
  opened.push(outbound);
  return outbound;
};

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await Promise.all(opened.map((outbound) => outbound.close()));
  server.closeAllConnections();
  server.close();
});

const failureOf = async (work: Promise<unknown>): Promise<[string, boolean] | undefined> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof OutboundError) return [error.failure, error.mayHaveArrived];
    throw error;
  }
  return undefined;
};
const ask = (request: Partial<OutboundRequest>) =>
  open()
    .platform(`${origin}/base`)
    .request({ method: 'GET', path: '/x', ...request });

describe('platform', () => {
  it('joins base, path and query, sends exact bytes, and answers any status', async () => {
    const answered = await ask({ method: 'POST', query: { a: '1 2', b: 3 }, body: '{"exact":  1}' });
    expect(answered.json()).toEqual({ got: '{"exact":  1}', url: '/base/x?a=1+2&b=3' });
    const json = await ask({ method: 'POST', json: { touser: 'a|b' } });
    expect(json.json()).toMatchObject({ got: '{"touser":"a|b"}' });
    expect((await open().platform(origin).request({ method: 'GET', path: '/fail' })).status).toBe(500);
  });

  it('refuses an origin that the environment does not name', () => {
    expect(() => open().platform('http://127.0.0.1:1')).toThrow('not among the platform addresses');
  });

  it('does not follow redirects', async () => {
    hits = [];
    expect((await open().platform(origin).request({ method: 'GET', path: '/move' })).status).toBe(302);
    expect(hits).toEqual(['GET /move']);
  });

  it('tells what failed and whether the request may have arrived', async () => {
    const at = (path: string, more: Partial<OutboundRequest> = {}) =>
      failureOf(
        open()
          .platform(origin)
          .request({ method: 'GET', path, ...more }),
      );
    expect(await at('/slow', { timeoutMs: 50 })).toEqual(['timeout', true]);
    expect(await at('/cut')).toEqual(['broken', true]);
    expect(await at('/big', { maxBytes: 1000 })).toEqual(['too-large', true]);
    expect(await at('/slow', { signal: AbortSignal.timeout(30) })).toEqual(['aborted', true]);
    expect(await failureOf(open().platform(origin).request({ method: 'GET', path: '/x', signal: AbortSignal.abort() }))).toEqual([
      'aborted',
      false,
    ]);
    const nobody = open({ platformUrls: ['http://127.0.0.1:9'] }).platform('http://127.0.0.1:9');
    expect(await failureOf(nobody.request({ method: 'GET', path: '/' }))).toEqual(['no-connection', false]);
    const answered = await open().platform(origin).request({ method: 'GET', path: '/big' });
    expect(() => answered.json()).toThrow(OutboundError);
  });

  it('opens the circuit when half of the calls fail, probes, and closes', async () => {
    let nowMs = 1_000_000;
    const client = open({ clock: { now: () => new Date(nowMs) }, breaker: { minCalls: 4, failingShare: 0.5, restMs: 1000 } }).platform(
      origin,
    );
    const call = (path: string) => client.request({ method: 'GET', path });
    for (let count = 0; count < 4; count += 1) await call('/fail');
    hits = [];
    expect(await failureOf(call('/x'))).toEqual(['circuit-open', false]);
    expect(hits).toEqual([]);
    nowMs += 1000;
    await call('/fail');
    expect(await failureOf(call('/x'))).toEqual(['circuit-open', false]);
    nowMs += 1000;
    const [probe, meanwhile] = await Promise.all([call('/x'), failureOf(call('/x'))]);
    expect([probe.status, meanwhile]).toEqual([200, ['circuit-open', false]]);
    expect((await call('/x')).status).toBe(200);
  });
});

describe('guarded', () => {
  const port = () => new URL(origin).port;

  it.each([
    ['127.0.0.1', (p: string) => `http://127.0.0.1:${p}/`],
    ['127.9.9.9', (p: string) => `http://127.9.9.9:${p}/`],
    ['octal', (p: string) => `http://0177.0.0.1:${p}/`],
    ['decimal', (p: string) => `http://2130706433:${p}/`],
    ['hexadecimal', (p: string) => `http://0x7f.1:${p}/`],
    ['short', (p: string) => `http://127.1:${p}/`],
    ['::1', (p: string) => `http://[::1]:${p}/`],
    ['mapped', (p: string) => `http://[::ffff:127.0.0.1]:${p}/`],
    ['this host', (p: string) => `http://0.0.0.0:${p}/`],
    ['cloud metadata', () => 'http://169.254.169.254/latest/meta-data'],
    ['private', () => 'http://10.0.0.1/'],
    ['localhost', (p: string) => `http://localhost:${p}/`],
    ['credentials', (p: string) => `http://a:b@example.com:${p}/`],
    ['file', () => 'file:///etc/passwd'],
    ['nonsense', () => 'http://'],
  ])('refuses %s without touching it', async (_, url) => {
    hits = [];
    expect(await failureOf(open().guarded(url(port())))).toEqual(['blocked', false]);
    expect(hits).toEqual([]);
  });

  it('refuses a name that resolves to an internal address, even beside a public one, whatever it said before', async () => {
    hits = [];
    const answers = [
      [
        { address: '93.184.216.34', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ],
      [{ address: '127.0.0.1', family: 4 }],
    ];
    const outbound = open({ resolve: async () => answers.shift() ?? [] });
    const url = `http://rebinding.example:${port()}/`;
    expect(await failureOf(outbound.guarded(url))).toEqual(['blocked', false]);
    expect(await failureOf(outbound.guarded(url))).toEqual(['blocked', false]);
    expect(hits).toEqual([]);
  });

  it('reaches what is allowed and does not follow its redirect', async () => {
    hits = [];
    const outbound = open({ resolve: async () => [{ address: '127.0.0.1', family: 4 }], isBlocked: () => false });
    const answered = await outbound.guarded(`http://public.example:${port()}/move?x=1`);
    expect(answered.status).toBe(302);
    expect(hits).toEqual(['GET /move?x=1']);
  });
});

describe('isInternalAddress', () => {
  it.each([
    '192.168.1.1',
    '172.16.0.1',
    '172.31.255.255',
    '100.64.0.1',
    'fc00::1',
    'fd12::1',
    'fe80::1%eth0',
    '::',
    '64:ff9b::7f00:1',
    'x',
  ])('%s is internal', (address) => expect(isInternalAddress(address)).toBe(true));
  it.each(['8.8.8.8', '172.32.0.1', '240e::1', '2606:4700::1'])('%s is not', (address) => expect(isInternalAddress(address)).toBe(false));
});

import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServer, type TestServer } from '../http/test-server';
import { sandboxProxy } from './sandbox-proxy';

let seen: { url: string | undefined; headers: http.IncomingHttpHeaders; body: string }[] = [];
const emulator = http.createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    seen.push({ url: request.url, headers: request.headers, body: Buffer.concat(chunks).toString() });
    if (request.url?.startsWith('/phone/api/events')) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('event: change\ndata: 1\n\n');
      request.once('close', () => response.end());
      return;
    }
    response.writeHead(201, { 'content-type': 'text/plain', 'content-security-policy': "default-src 'self'" }).end('page');
  });
});
let server: TestServer;
let proxy: ReturnType<typeof sandboxProxy>;
const lone = sandboxProxy('http://127.0.0.1:9');
let withoutEmulator: TestServer;

beforeAll(async () => {
  await new Promise<void>((resolve) => emulator.listen(0, '127.0.0.1', resolve));
  proxy = sandboxProxy(`http://127.0.0.1:${(emulator.address() as AddressInfo).port}`);
  server = await startTestServer([], { sandbox: proxy.middleware });
  withoutEmulator = await startTestServer([], { sandbox: lone.middleware });
});
afterAll(async () => {
  await Promise.all([server.close(), withoutEmulator.close(), proxy.close(), lone.close()]);
  emulator.closeAllConnections();
  emulator.close();
});

describe('sandboxProxy', () => {
  it('passes path, query, body and answer, without our credentials', async () => {
    seen = [];
    const response = await fetch(`${server.url}/sandbox/api/script?x=1`, {
      method: 'POST',
      body: 'hello',
      headers: { cookie: 'suiban_session=secret', authorization: 'Bearer secret' },
    });
    expect([response.status, await response.text()]).toEqual([201, 'page']);
    expect(response.headers.get('content-security-policy')).toBe("default-src 'self'");
    expect(seen[0]).toMatchObject({ url: '/phone/api/script?x=1', body: 'hello', headers: { 'x-forwarded-prefix': '/sandbox' } });
    expect(JSON.stringify(seen)).not.toContain('secret');
  });

  it('streams events as they come', async () => {
    const response = await fetch(`${server.url}/sandbox/api/events`);
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect(Buffer.from(first?.value ?? []).toString()).toBe('event: change\ndata: 1\n\n');
    await reader?.cancel();
  });

  it('leads to the page, and says what to do when the emulators are not there', async () => {
    const bare = await fetch(`${server.url}/sandbox`, { redirect: 'manual' });
    expect([bare.status, bare.headers.get('location')]).toEqual([302, '/sandbox/']);
    const away = await fetch(`${withoutEmulator.url}/sandbox/`);
    expect([away.status, (await away.json()) as unknown]).toEqual([
      502,
      expect.objectContaining({ detail: expect.stringContaining('SANDBOX_URL') }),
    ]);
  });
});

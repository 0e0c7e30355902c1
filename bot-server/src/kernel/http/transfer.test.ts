import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operation } from '@suiban/shared/api/define';
import { z } from 'zod';
import { limits } from './limits';
import { eventsRoute, rawRoute, route, uploadRoute } from './route';
import { startTestServer, type TestServer } from './test-server';

const base = { summary: 'x', auth: 'anonymous', permission: 'public', rate: 'public-write' } as const;
let ended = 0;
let handled = 0;
const routes = [
  route(
    operation({
      ...base,
      id: 'echo',
      method: 'post',
      path: '/api/m/echo',
      body: z.strictObject({ text: z.string() }),
      response: z.number(),
    }),
    async (_actor, { body }) => body.text.length,
  ),
  uploadRoute(
    operation({
      ...base,
      id: 'importThings',
      method: 'post',
      path: '/api/m/imports',
      transport: 'upload',
      body: z.strictObject({ kind: z.enum(['a', 'b']) }),
      response: z.object({ kind: z.string(), fileName: z.string(), sizeBytes: z.number() }),
    }),
    async (_actor, { body }, upload) => {
      let sizeBytes = 0;
      for await (const chunk of upload.stream) sizeBytes += (chunk as Buffer).length;
      handled += 1;
      return { kind: body.kind, fileName: upload.fileName, sizeBytes };
    },
  ),
  eventsRoute(
    operation({ ...base, id: 'watch', method: 'get', path: '/api/m/watch', rate: 'stream', transport: 'events' }),
    async (_actor, { request }) => ({
      async *[Symbol.asyncIterator]() {
        try {
          yield { event: 'progress', data: { sent: 1 }, id: '1' };
          yield { event: 'progress', data: { sent: 2 }, id: '2' };
          await new Promise((resolve) => request.signal.addEventListener('abort', resolve));
        } finally {
          ended += 1;
        }
      },
    }),
  ),
  eventsRoute(
    operation({ ...base, id: 'watchBroken', method: 'get', path: '/api/m/broken', rate: 'stream', transport: 'events' }),
    async () => ({
      async *[Symbol.asyncIterator]() {
        yield { event: 'progress', data: 1 };
        throw new Error('secret words');
      },
    }),
  ),
  rawRoute(
    operation({
      ...base,
      id: 'receive',
      method: 'post',
      path: '/callbacks/x/:account',
      auth: 'platform',
      rate: 'callback',
      params: z.strictObject({ account: z.string() }),
      query: z.record(z.string(), z.string()),
    }),
    async (_actor, { request, query }) => ({
      status: 200,
      contentType: 'text/plain',
      body: `${request.rawBody.toString('hex')} ${query.echostr ?? ''}`,
    }),
  ),
];

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(routes);
});
afterAll(() => server.close());

const portOf = () => Number(new URL(server.url).port);
const sendRaw = async (head: string, body?: (socket: net.Socket) => void): Promise<string> => {
  const socket = net.connect(portOf(), '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(head);
  body?.(socket);
  return text(socket);
};
const form = (parts: (data: FormData) => void): FormData => {
  const data = new FormData();
  parts(data);
  return data;
};
const send = (body: FormData) => fetch(`${server.url}/api/m/imports`, { method: 'POST', body });

describe('bodies', () => {
  it('refuses by the announced length before a byte is read, naming the limit', async () => {
    const answer = await sendRaw(
      `POST /api/m/echo HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${11 * 1024 * 1024}\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('请求内容超过 1 MB 的限制');
  });

  it('stops endless chunks at the limit', async () => {
    const answer = await sendRaw(
      'POST /api/m/echo HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
      (socket) => {
        const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
        const timer = setInterval(() => {
          if (!socket.writable || socket.destroyed) clearInterval(timer);
          else socket.write(chunk);
        }, 1);
        socket.once('close', () => clearInterval(timer));
      },
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('answers what is not HTTP with a problem', async () => {
    const answer = await sendRaw('nonsense\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('urn:problem:kernel:invalid-request');
  });

  it('keeps the exact bytes of a platform, of any media type, and + in its query', async () => {
    const bytes = Buffer.from([0x3c, 0xff, 0x00, 0x0a]);
    const response = await fetch(`${server.url}/callbacks/x/default?echostr=a+b%2Bc`, {
      method: 'POST',
      body: bytes,
      headers: { 'content-type': 'text/xml' },
    });
    expect(await response.text()).toBe('3cff000a a+b+c');
  });
});

describe('uploads', () => {
  it('gives fields and a streamed file, with its Chinese name', async () => {
    const response = await send(
      form((data) => {
        data.append('kind', 'a');
        data.append('file', new Blob(['x'.repeat(300_000)]), '企业名单.csv');
      }),
    );
    expect(await response.json()).toEqual({ kind: 'a', fileName: '企业名单.csv', sizeBytes: 300_000 });
  });

  it.each<[string, number, (data: FormData) => void]>([
    ['no file', 400, (data) => data.append('kind', 'a')],
    [
      'a wrong field',
      400,
      (data) => {
        data.append('kind', 'z');
        data.append('file', new Blob(['x']), 'x.csv');
      },
    ],
    [
      'an unknown field',
      400,
      (data) => {
        data.append('kind', 'a');
        data.append('role', 'admin');
        data.append('file', new Blob(['x']), 'x.csv');
      },
    ],
    [
      'two files',
      400,
      (data) => {
        data.append('kind', 'a');
        data.append('file', new Blob(['x']), 'x.csv');
        data.append('more', new Blob(['x']), 'y.csv');
      },
    ],
    [
      'a path as name',
      400,
      (data) => {
        data.append('kind', 'a');
        data.append('file', new Blob(['x']), '../x.csv');
      },
    ],
    [
      'an encoded path',
      400,
      (data) => {
        data.append('kind', 'a');
        data.append('file', new Blob(['x']), '%2e%2e%2fx.csv');
      },
    ],
  ])('refuses %s', async (_, status, parts) => {
    const before = handled;
    const response = await send(form(parts));
    expect(response.status).toBe(status);
    expect(handled).toBe(before);
  });

  it('refuses JSON, and a form that ends in the middle', async () => {
    const json = await fetch(`${server.url}/api/m/imports`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    expect(json.status).toBe(415);
    const body =
      '--b\r\ncontent-disposition: form-data; name="kind"\r\n\r\na\r\n--b\r\ncontent-disposition: form-data; name="file"; filename="x.csv"\r\n\r\nhalf';
    const cut = await fetch(`${server.url}/api/m/imports`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
    });
    expect(cut.status).toBe(400);
  });

  it('answers 413 for a file over the limit, announced or not, while it is still coming', async () => {
    const announced = await sendRaw(
      `POST /api/m/imports HTTP/1.1\r\nhost: x\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: ${200 * 1024 * 1024}\r\n\r\n`,
    );
    expect(announced).toMatch(/^HTTP\/1\.1 413 /);
    expect(announced).toContain('文件超过 100 MB 的限制');
    const piece = Buffer.alloc(1024 * 1024, 0x61);
    const answered = await new Promise<http.IncomingMessage>((resolve, reject) => {
      const request = http.request(
        `${server.url}/api/m/imports`,
        { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=b' } },
        resolve,
      );
      request.on('error', reject);
      request.write(
        '--b\r\ncontent-disposition: form-data; name="kind"\r\n\r\na\r\n--b\r\ncontent-disposition: form-data; name="file"; filename="x.csv"\r\n\r\n',
      );
      let sent = 0;
      const more = () => {
        while (sent < 101 && !request.destroyed) {
          sent += 1;
          if (!request.write(piece)) return request.once('drain', more);
        }
        return request.end('\r\n--b--\r\n');
      };
      more();
    });
    expect(answered.statusCode).toBe(413);
    answered.resume();
  }, 30_000);
});

describe('events', () => {
  it('writes each value as an event, and ends the iterator when the client leaves', async () => {
    ended = 0;
    const controller = new AbortController();
    const response = await fetch(`${server.url}/api/m/watch`, { signal: controller.signal });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const reader = response.body?.getReader();
    let received = '';
    while (!received.includes('"sent":2')) received += Buffer.from((await reader?.read())?.value ?? []).toString();
    expect(received).toBe('retry: 2000\n\nid: 1\nevent: progress\ndata: {"sent":1}\n\nid: 2\nevent: progress\ndata: {"sent":2}\n\n');
    controller.abort();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(ended).toBe(1);
  });

  it('ends with a problem event, opaque', async () => {
    const received = await (await fetch(`${server.url}/api/m/broken`)).text();
    expect(received).toContain('event: problem\ndata: {"type":"urn:problem:kernel:internal"');
    expect(received).not.toContain('secret words');
  });

  it('ends when the server drains', async () => {
    const draining = await startTestServer(routes);
    const response = await fetch(`${draining.url}/api/m/watch`);
    const rest = response.text();
    await draining.close();
    expect(await rest).toContain('"sent":2');
  });
});

describe('drain', () => {
  it('refuses new connections, finishes the request it has, and keeps no idle connection', async () => {
    let finish = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const slow = route(
      operation({ ...base, id: 'slow', method: 'get', path: '/api/m/slow', rate: 'public-read', response: z.string() }),
      async () => {
        finish();
        await new Promise((resolve) => setTimeout(resolve, 150));
        return 'done';
      },
    );
    const draining = await startTestServer([slow]);
    const answered = fetch(`${draining.url}/api/m/slow`);
    await begun;
    const closed = draining.close();
    await expect(fetch(`${draining.url}/api/m/slow`, { headers: { connection: 'close' } })).rejects.toThrow();
    expect(await (await answered).json()).toBe('done');
    await closed;
  });
});

describe('slow clients', () => {
  it('hold no event loop: 500 half-open requests, and others are answered at once', async () => {
    const sockets = await Promise.all(
      Array.from({ length: 500 }, async () => {
        const socket = net.connect(portOf(), '127.0.0.1');
        socket.on('error', () => undefined);
        await once(socket, 'connect');
        socket.write('POST /api/m/echo HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 20\r\n\r\n{');
        return socket;
      }),
    );
    const started = performance.now();
    const response = await fetch(`${server.url}/nothing`);
    expect(response.status).toBe(404);
    expect(performance.now() - started).toBeLessThan(1000);
    for (const socket of sockets) socket.destroy();
  });

  it('are told 408 when the body does not come', async () => {
    expect(limits.bodyMs).toBeLessThanOrEqual(30_000);
    const { readBody } = await import('./input/read-body');
    const request = new http.IncomingMessage(new net.Socket());
    await expect(readBody(request, 100, 20)).rejects.toMatchObject({ type: 'kernel:timeout' });
  });
});

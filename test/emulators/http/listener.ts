import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Exchange, Reply, Router } from './router';

const MAX_BODY_BYTES = 32 * 1024 * 1024;

class BodyTooLarge extends Error {}

export function listener(router: Router): RequestListener {
  return (request, response) => {
    serve(router, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else if (error instanceof BodyTooLarge) write(response, { status: 413, body: { code: 'TOO_LARGE', message: error.message } });
      else write(response, { status: 500, body: { code: 'EMULATOR_FAULT', message: String(error) } });
    });
  };
}

async function serve(router: Router, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://emulator');
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET');
  const found = router.find(method, url.pathname);
  if (!found) {
    const status = router.knows(url.pathname) ? 405 : 404;
    write(response, { status, body: { code: status === 405 ? 'METHOD_NOT_ALLOWED' : 'NOT_FOUND', message: `${method} ${url.pathname}` } });
    return;
  }
  const exchange: Exchange = {
    method,
    path: url.pathname,
    url: request.url ?? '/',
    query: url.searchParams,
    headers: request.headers,
    ip: (request.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    raw: await readBody(request),
    params: found.params,
  };
  if (found.route.stream) return found.route.stream(exchange, response);
  if (found.route.handler) write(response, await found.route.handler(exchange));
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  if (request.method === 'GET' || request.method === 'HEAD') return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new BodyTooLarge(`body over ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

function write(response: ServerResponse, reply: Reply): void {
  if (reply.isLost) {
    response.destroy();
    return;
  }
  const isRaw = typeof reply.body === 'string' || Buffer.isBuffer(reply.body);
  const body = reply.body === null ? '' : isRaw ? (reply.body as string | Buffer) : JSON.stringify(reply.body);
  response.writeHead(reply.status, {
    'content-type': isRaw ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    ...reply.headers,
  });
  response.end(body);
}

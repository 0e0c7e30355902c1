import { createServer } from 'node:http';

/**
 * Where every sender of a bench sends: counts recipients, answers a constant. A process of its own, so that nobody's event loop
 * pays for it. `GET /stats`, `POST /reset`; everything else is a message.
 */
const answer = JSON.stringify({ messageId: 'm-1' });
let count = 0;
let firstAt = 0;
let lastAt = 0;
const references = new Map<string, number>();
let duplicates = 0;

const server = createServer((request, response) => {
  if (request.url === '/stats') {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ count, seconds: (lastAt - firstAt) / 1000, duplicates }));
    return;
  }
  if (request.url === '/reset') {
    count = 0;
    duplicates = 0;
    references.clear();
    response.end('{}');
    return;
  }
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    const now = performance.now();
    if (count === 0) firstAt = now;
    lastAt = now;
    count += 1;
    const at = body.indexOf('"reference":"');
    const reference = body.slice(at + 13, body.indexOf('"', at + 13));
    const seen = references.get(reference) ?? 0;
    if (seen > 0) duplicates += 1;
    references.set(reference, seen + 1);
    response.writeHead(202, { 'content-type': 'application/json' });
    response.end(answer);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${address && typeof address === 'object' ? address.port : 0}\n`);
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { canaries } from './canaries';

export interface LeakyPlatform {
  readonly url: string;
  /** Calls since `answers`. */
  readonly seen: { tokens: number; sends: number };
  /** What everything but a token call hears from now on. */
  answers(status: number, body: object): void;
  close(): Promise<void>;
}

/** What a careless platform says of us. */
export const leakedSecret = canaries.secret;

/** A platform whose every answer may carry a secret; tokens it gives freely and counts. */
export async function leakyPlatform(): Promise<LeakyPlatform> {
  const seen = { tokens: 0, sends: 0 };
  let issued = 0;
  let reply: { status: number; body: object } = { status: 200, body: {} };
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      const isToken = /token/.test(request.url?.split('?')[0] ?? '');
      if (isToken) {
        seen.tokens += 1;
        issued += 1;
      } else seen.sends += 1;
      const { status, body } = isToken ? { status: 200, body: { access_token: `t${issued}`, expires_in: 7200 } } : reply;
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    answers(status, body) {
      reply = { status, body };
      seen.tokens = 0;
      seen.sends = 0;
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

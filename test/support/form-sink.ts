import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that takes whatever is posted, and answers the next word of its list, at the end the last one. */
export interface Listening {
  readonly url: string;
  /** From now on; what was received is forgotten. */
  answers(words: readonly string[]): void;
  reset(): void;
  received(): readonly string[];
  /** Waits until so many bodies came. @throws Error after five seconds */
  take(count: number): Promise<readonly string[]>;
  close(): Promise<void>;
}

export async function listen(): Promise<Listening> {
  let words: readonly string[] = ['success'];
  let bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      const word = words[Math.min(bodies.length, words.length - 1)] ?? '';
      bodies.push(body);
      response.end(word);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const answers = (next: readonly string[]): void => {
    words = next;
    bodies = [];
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers,
    reset: () => answers(['success']),
    received: () => bodies,
    async take(count) {
      for (let waitedMs = 0; bodies.length < count; waitedMs += 10) {
        if (waitedMs > 5000) throw new Error(`${bodies.length} of ${count} bodies came`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return [...bodies];
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

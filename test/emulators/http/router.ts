import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a handler sees of a request: raw bytes first, for signatures and request hashes are made of them. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  /** Path and query as they were sent: what requests are signed over. */
  readonly url: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly ip: string;
  readonly raw: Buffer;
  readonly params: Readonly<Record<string, string>>;
}

export interface Reply {
  readonly status: number;
  readonly body: string | Buffer | object | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** The request was carried out, but the caller never hears of it: the socket is closed without an answer. */
  readonly isLost?: boolean;
}

export type Handler = (exchange: Exchange) => Reply | Promise<Reply>;
export type StreamHandler = (exchange: Exchange, response: ServerResponse) => void;

interface Route {
  readonly segments: readonly string[];
  readonly handler: Handler | null;
  readonly stream: StreamHandler | null;
}

export const json = (body: object, status = 200): Reply => ({ status, body });

/** Routes by exact path first, then by `:name` segments in the order they were added. */
export class Router {
  private readonly exact = new Map<string, Route>();
  private readonly patterns = new Map<string, Route[]>();

  on(method: string, path: string, handler: Handler): this {
    return this.add(method, path, handler, null);
  }

  stream(path: string, stream: StreamHandler): this {
    return this.add('GET', path, null, stream);
  }

  find(method: string, path: string): { route: Route; params: Record<string, string> } | undefined {
    const exact = this.exact.get(`${method} ${path}`);
    if (exact) return { route: exact, params: {} };
    const segments = path.split('/');
    for (const route of this.patterns.get(method) ?? []) {
      const params = match(route.segments, segments);
      if (params) return { route, params };
    }
    return undefined;
  }

  /** Other methods known at this path: the difference between 404 and 405. */
  knows(path: string): boolean {
    return ['GET', 'POST', 'PUT', 'DELETE'].some((method) => this.find(method, path) !== undefined);
  }

  private add(method: string, path: string, handler: Handler | null, stream: StreamHandler | null): this {
    const route: Route = { segments: path.split('/'), handler, stream };
    if (path.includes(':')) {
      const list = this.patterns.get(method) ?? [];
      list.push(route);
      this.patterns.set(method, list);
    } else this.exact.set(`${method} ${path}`, route);
    return this;
  }
}

function match(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const actual = segments[index] ?? '';
    if (expected.startsWith(':')) params[expected.slice(1)] = decodeURIComponent(actual);
    else if (expected !== actual) return undefined;
  }
  return params;
}

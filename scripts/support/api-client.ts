import { randomUUID } from 'node:crypto';
import type { Operation, ResponseOf } from '@suiban/shared/api/operation';
import type { z } from 'zod';

interface CallInput<O extends Operation> {
  params?: z.input<O['params']>;
  query?: z.input<O['query']>;
  body?: z.input<O['body']>;
  idempotencyKey?: string;
}

/** problem+json as an error. */
export class ApiProblem extends Error {
  constructor(
    readonly operationId: string,
    readonly status: number,
    readonly problem: { type?: string; title?: string; detail?: string; errors?: { pointer: string; detail: string }[] },
  ) {
    super(
      `${operationId}: ${status} ${problem.type ?? ''} ${problem.detail ?? problem.title ?? ''} ${JSON.stringify(problem.errors ?? [])}`,
    );
    this.name = 'ApiProblem';
  }
}

/** Speaks the contract over HTTP, as the console (cookie) or the phone (bearer token) does. */
export class ApiClient {
  private cookie = '';
  token = '';

  constructor(readonly baseUrl: string) {}

  private headers(isWrite: boolean): Record<string, string> {
    return {
      accept: 'application/json',
      ...(this.cookie ? { cookie: this.cookie } : {}),
      ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
      ...(isWrite ? { 'x-suiban-csrf': '1', origin: this.baseUrl } : {}),
    };
  }

  private addressOf<O extends Operation>(operation: O, input: CallInput<O>): string {
    const params = (input.params ?? {}) as Record<string, string | number>;
    const path = operation.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries((input.query ?? {}) as Record<string, unknown>))
      if (value !== undefined) query.set(name, String(value));
    return `${this.baseUrl}${path}${query.size > 0 ? `?${query}` : ''}`;
  }

  private async send(operation: Operation, address: string, init: RequestInit): Promise<Response> {
    const response = await fetch(address, { redirect: 'manual', ...init });
    const cookies = response.headers.getSetCookie();
    if (cookies[0]) this.cookie = cookies[0].split(';')[0] ?? '';
    if (response.ok) return response;
    throw new ApiProblem(operation.id, response.status, (await response.json().catch(() => ({}))) as ApiProblem['problem']);
  }

  /** @throws ApiProblem */
  async call<O extends Operation>(operation: O, input: CallInput<O> = {}): Promise<ResponseOf<O>> {
    const isWrite = operation.method !== 'get';
    const response = await this.send(operation, this.addressOf(operation, input), {
      method: operation.method.toUpperCase(),
      headers: {
        ...this.headers(isWrite),
        ...(isWrite ? { 'content-type': 'application/json', 'idempotency-key': input.idempotencyKey ?? randomUUID() } : {}),
      },
      ...(isWrite ? { body: JSON.stringify(input.body ?? {}) } : {}),
    });
    return (response.status === 204 ? undefined : await response.json()) as ResponseOf<O>;
  }

  /** Sends one file as the operation's upload. @throws ApiProblem */
  async upload<O extends Operation>(operation: O, fileName: string, content: Buffer, input: CallInput<O> = {}): Promise<ResponseOf<O>> {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(content)]), fileName);
    const response = await this.send(operation, this.addressOf(operation, input), {
      method: 'POST',
      headers: this.headers(true),
      body: form,
    });
    return (await response.json()) as ResponseOf<O>;
  }

  /** @throws ApiProblem */
  async download<O extends Operation>(operation: O, input: CallInput<O> = {}): Promise<Buffer> {
    const response = await this.send(operation, this.addressOf(operation, input), { headers: this.headers(false) });
    return Buffer.from(await response.arrayBuffer());
  }
}

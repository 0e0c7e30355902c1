import type { Operation, ResponseOf } from '@suiban/shared/api/operation';
import type { z } from 'zod';

/** What a caller passes: each part only when the operation has it. */
export interface CallInput<O extends Operation> {
  params?: z.input<O['params']>;
  query?: z.input<O['query']>;
  body?: z.input<O['body']>;
  /** One key per intention of the user: a repeated click has one effect. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

/** problem+json of the server, ready to show: title, detail, and the broken rule per field. */
export class Problem extends Error {
  constructor(
    readonly type: string,
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly errors: readonly { pointer: string; detail: string }[],
    readonly requestId: string | undefined,
  ) {
    super(detail || title);
    this.name = 'Problem';
  }

  is(type: string): boolean {
    return this.type === `urn:problem:${type}`;
  }
}

const offline = () =>
  new Problem('about:blank', 0, '网络连接中断', '没有连上服务器。您填写的内容还在页面上，请检查网络后重试。', [], undefined);

async function toProblem(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => ({}))) as Partial<{
    type: string;
    title: string;
    detail: string;
    errors: { pointer: string; detail: string }[];
    request_id: string;
  }>;
  const fallback = `服务器没有给出说明（${response.status}）`;
  return new Problem(
    body.type ?? 'about:blank',
    response.status,
    body.title ?? fallback,
    body.detail ?? '',
    body.errors ?? [],
    body.request_id,
  );
}

/** The address of an operation with its parameters filled in. */
export function addressOf<O extends Operation>(operation: O, input: CallInput<O> = {}): string {
  const params = (input.params ?? {}) as Record<string, string | number>;
  const path = operation.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries((input.query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

const listeners = new Set<() => void>();

/** Called when the server no longer knows the session. */
export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function send(address: string, init: RequestInit): Promise<Response> {
  const response = await fetch(address, { credentials: 'same-origin', ...init }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw offline();
  });
  if (response.ok) return response;
  const problem = await toProblem(response);
  if (response.status === 401 && problem.is('kernel:not-signed-in')) for (const listener of listeners) listener();
  throw problem;
}

const csrf = { 'x-suiban-csrf': '1' };

/** Calls one operation of the contract. @throws Problem */
export async function call<O extends Operation>(operation: O, input: CallInput<O> = {}): Promise<ResponseOf<O>> {
  const hasBody = operation.method !== 'get' && operation.transport === 'json';
  const response = await send(addressOf(operation, input), {
    method: operation.method.toUpperCase(),
    headers: {
      accept: 'application/json',
      ...(operation.method === 'get' ? {} : csrf),
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
      ...(input.idempotencyKey ? { 'idempotency-key': input.idempotencyKey } : {}),
    },
    ...(hasBody ? { body: JSON.stringify(input.body ?? {}) } : {}),
    ...(input.signal ? { signal: input.signal } : {}),
  });
  return (response.status === 204 ? undefined : await response.json()) as ResponseOf<O>;
}

/** Sends one file with progress, 0..1. @throws Problem */
export function upload<O extends Operation>(
  operation: O,
  file: File,
  input: CallInput<O> & { onProgress?: (share: number) => void } = {},
): Promise<ResponseOf<O>> {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    form.append('file', file);
    const request = new XMLHttpRequest();
    request.open('POST', addressOf(operation, input));
    request.setRequestHeader('x-suiban-csrf', '1');
    request.responseType = 'text';
    request.upload.onprogress = (event) => event.lengthComputable && input.onProgress?.(event.loaded / event.total);
    request.onerror = () => reject(offline());
    request.onload = async () => {
      const response = new Response(request.responseText, { status: request.status });
      if (response.ok) resolve((await response.json()) as ResponseOf<O>);
      else reject(await toProblem(response));
    };
    input.signal?.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}

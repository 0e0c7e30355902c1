import type { Dispatcher } from 'undici';
import type { OutboundAnswer, OutboundRequest } from './outbound';
import { OutboundError, type OutboundFailure } from './outbound-error';

const defaults = { timeoutMs: 10_000, maxBytes: 1024 * 1024 };

/** The other side certainly saw nothing: there was no connection yet. */
const beforeSending: ReadonlySet<string> = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);
const tooSlow: ReadonlySet<string> = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

const fieldOf = (error: unknown, field: 'code' | 'syscall'): string => {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, field) : undefined;
  return typeof value === 'string' ? value : '';
};

function failureOf(error: unknown, origin: string, ended: { timedOut: boolean; aborted: boolean }): OutboundError {
  if (error instanceof OutboundError) return error;
  const code = fieldOf(error, 'code');
  const fail = (failure: OutboundFailure, mayHaveArrived: boolean) => new OutboundError(failure, origin, mayHaveArrived);
  if (beforeSending.has(code) || fieldOf(error, 'syscall') === 'connect') return fail('no-connection', false);
  if (ended.timedOut || tooSlow.has(code)) return fail('timeout', true);
  return ended.aborted ? fail('aborted', true) : fail('broken', true);
}

async function readAnswer(answered: Dispatcher.ResponseData, origin: string, maxBytes: number): Promise<OutboundAnswer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answered.body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new OutboundError('too-large', origin, true);
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks, size);
  return {
    status: answered.statusCode,
    headers: answered.headers,
    body,
    json() {
      try {
        return JSON.parse(body.toString('utf8')) as unknown;
      } catch {
        throw new OutboundError('not-json', origin, true);
      }
    },
  };
}

const bodyOf = (request: OutboundRequest): { body: string | Buffer | null; type: Record<string, string> } => {
  if (request.json !== undefined)
    return { body: JSON.stringify(request.json), type: { 'content-type': 'application/json; charset=utf-8' } };
  return { body: request.body ?? null, type: {} };
};

/** One request and its whole answer inside the time. @throws OutboundError, never another error */
export async function exchange(dispatcher: Dispatcher, origin: string, path: string, request: OutboundRequest): Promise<OutboundAnswer> {
  const controller = new AbortController();
  const ended = { timedOut: false, aborted: false };
  const timer = setTimeout(() => {
    ended.timedOut = true;
    controller.abort();
  }, request.timeoutMs ?? defaults.timeoutMs);
  const onAbort = () => {
    ended.aborted = true;
    controller.abort();
  };
  request.signal?.addEventListener('abort', onAbort, { once: true });
  try {
    if (request.signal?.aborted) throw new OutboundError('aborted', origin, false);
    const { body, type } = bodyOf(request);
    const answered = await dispatcher.request({
      origin,
      path,
      method: request.method,
      headers: { ...type, ...request.headers },
      body,
      signal: controller.signal,
    });
    return await readAnswer(answered, origin, request.maxBytes ?? defaults.maxBytes);
  } catch (error) {
    throw failureOf(error, origin, ended);
  } finally {
    clearTimeout(timer);
    request.signal?.removeEventListener('abort', onAbort);
  }
}

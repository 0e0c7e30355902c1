import type { ProblemType } from '@suiban/shared/errors';
import Taro from '@tarojs/taro';
import { platform } from '@/platform/current';

export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  query?: Readonly<Record<string, string | undefined>>;
  body?: unknown;
  token?: string;
  /** The same key on a repeat makes the server answer the first result instead of doing it twice. */
  idempotencyKey?: string;
}

/** What went wrong with a request: one of the server's registered problems, or `offline` where no answer came. */
export class ApiProblem extends Error {
  constructor(
    readonly type: ProblemType | 'offline' | 'unknown',
    readonly detail: string,
    readonly errors: readonly { readonly pointer: string; readonly detail: string }[] = [],
    readonly retryAfterMs?: number,
  ) {
    super(detail);
    this.name = 'ApiProblem';
  }
}

interface Answer {
  status: number;
  body: unknown;
}

const timeoutMs = 15_000;

/** Alipay reports an HTTP status of 400 and above as a failure (error 19) that carries the answer. */
interface Failure {
  status?: number;
  data?: unknown;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

async function exchange(call: Call): Promise<Answer> {
  const search = Object.entries(call.query ?? {})
    .flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`]))
    .join('&');
  try {
    const answer = await Taro.request({
      url: `${platform.apiBaseUrl}${call.path}${search ? `?${search}` : ''}`,
      method: call.method,
      header: {
        accept: 'application/json',
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(call.token ? { authorization: `Bearer ${call.token}` } : {}),
        ...(call.idempotencyKey ? { 'idempotency-key': call.idempotencyKey } : {}),
      },
      // A text, not an object: each platform would turn an object into JSON by rules of its own.
      ...(call.body === undefined ? {} : { data: JSON.stringify(call.body) }),
      timeout: timeoutMs,
    });
    return { status: answer.statusCode, body: answer.data };
  } catch (reason) {
    const failure: Failure = isRecord(reason) ? reason : {};
    if (typeof failure.status === 'number' && failure.status >= 400) return { status: failure.status, body: failure.data };
    throw new ApiProblem('offline', '');
  }
}

/** `application/problem+json` is not parsed by every platform. */
function parsed(body: unknown): unknown {
  if (typeof body !== 'string' || body === '') return body;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function problemOf(answer: Answer): ApiProblem {
  const body = parsed(answer.body);
  if (!isRecord(body) || typeof body.type !== 'string') return new ApiProblem(answer.status >= 500 ? 'kernel:unavailable' : 'unknown', '');
  const detail = typeof body.detail === 'string' ? body.detail : typeof body.title === 'string' ? body.title : '';
  const errors = Array.isArray(body.errors) ? body.errors.filter(isRecord) : [];
  return new ApiProblem(
    body.type.replace(/^urn:problem:/, '') as ProblemType,
    detail,
    errors.map((each) => ({ pointer: String(each.pointer ?? ''), detail: String(each.detail ?? '') })),
    typeof body.retry_after_ms === 'number' ? body.retry_after_ms : undefined,
  );
}

/** One call of the server. @throws {ApiProblem} and nothing else. */
export async function send<T>(call: Call): Promise<T> {
  const answer = await exchange(call);
  if (answer.status < 200 || answer.status >= 300) throw problemOf(answer);
  return parsed(answer.body) as T;
}

export const asProblem = (reason: unknown): ApiProblem => (reason instanceof ApiProblem ? reason : new ApiProblem('unknown', ''));

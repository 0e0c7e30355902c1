import { randomUUID } from 'node:crypto';
import { DomainError } from '@suiban/shared/errors';
import type { Context, Middleware } from 'koa';
import { httpSeconds } from '../health/metrics';
import type { Logger } from '../log/logger';
import { withLogContext } from '../log/request-context';
import { expectedFailure, type Problem, problemMediaType, problemOf, retryAfter } from './problem';

const givenId = /^[\w-]{8,64}$/;

/** Our own id, or the one a trusted proxy gave. */
const requestIdOf = (ctx: Context, trustsProxies: boolean): string => {
  const given = ctx.get('x-request-id');
  return trustsProxies && givenId.test(given) ? given : randomUUID();
};

const whereOf = (ctx: Context) => ({ instance: ctx.path, requestId: String(ctx.state.requestId) });

export const problemFor = (error: unknown, ctx: Context): Problem =>
  problemOf(expectedFailure(error) ?? new DomainError('kernel:internal'), whereOf(ctx));

function writeProblem(ctx: Context, error: unknown, log: Logger): void {
  const expected = expectedFailure(error);
  if (expected === undefined || expected.httpStatus >= 500) log.error({ err: error, operation: ctx.state.operation }, 'request failed');
  if (ctx.headerSent || !ctx.res.writable) {
    // NOTE: half an answer is out; only breaking the connection tells the client that it is not whole.
    ctx.respond = false;
    ctx.res.destroy();
    return;
  }
  const failure = expected ?? new DomainError('kernel:internal');
  const wait = retryAfter(failure);
  ctx.respond = true;
  ctx.status = failure.httpStatus;
  ctx.set('content-type', problemMediaType);
  ctx.set('cache-control', 'no-store');
  if (wait !== undefined) ctx.set('retry-after', wait);
  ctx.body = JSON.stringify(problemOf(failure, whereOf(ctx)));
}

/** Statuses sent while the client may still be sending its body. */
const mayHaveUnread = new Set([400, 401, 403, 404, 405, 408, 413, 415, 429, 503]);
const lingerMs = 2000;

/** Reads and throws away what the client still sends, for a moment: closing at once would lose the answer on its way. */
function discardRest(ctx: Context): void {
  if (ctx.req.complete || !mayHaveUnread.has(ctx.status) || ctx.headerSent) return;
  ctx.set('connection', 'close');
  ctx.req.unpipe();
  ctx.req.resume();
  const timer = setTimeout(() => ctx.req.destroy(), lingerMs);
  timer.unref();
  ctx.req.once('close', () => clearTimeout(timer));
}

function record(ctx: Context, log: Logger, startedNs: bigint): void {
  const durationMs = Number(process.hrtime.bigint() - startedNs) / 1e6;
  const operation = String(ctx.state.operation ?? 'unmatched');
  const status = ctx.res.statusCode;
  httpSeconds.observe({ operation, method: ctx.method, status: String(status) }, durationMs / 1000);
  const level = operation === 'static' || operation === 'system' ? 'debug' : 'info';
  // NOTE: the operation, never the path or its query: both carry personal links and tokens.
  log[level]({ method: ctx.method, operation, status, durationMs: Math.round(durationMs * 10) / 10 }, 'request');
}

/** Outermost: request id, log context, the one error handler, the one line per request. */
export function answerErrors({ log, trustsProxies }: { log: Logger; trustsProxies: boolean }): Middleware {
  return (ctx, next) => {
    const requestId = requestIdOf(ctx, trustsProxies);
    const startedNs = process.hrtime.bigint();
    ctx.state.requestId = requestId;
    ctx.set('x-request-id', requestId);
    return withLogContext({ request_id: requestId }, async () => {
      ctx.res.once('close', () => record(ctx, log, startedNs));
      try {
        await next();
        if (ctx.respond !== false && ctx.status === 404 && ctx.body == null) throw new DomainError('kernel:not-found');
      } catch (error) {
        writeProblem(ctx, error, log);
      }
      discardRest(ctx);
    });
  };
}

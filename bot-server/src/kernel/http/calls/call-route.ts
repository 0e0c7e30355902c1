import { DomainError } from '@suiban/shared/errors';
import type { Context, Middleware } from 'koa';
import type { Actor } from '../actor';
import { type Authenticator, sessionCookie } from '../authenticator';
import { clientAddress } from '../client-address';
import { refuseForeignOrigin, refuseForeignWrite } from '../csrf';
import { limits } from '../limits';
import type { Permissions } from '../permissions';
import { expectedFailure, type Problem, problemMediaType } from '../problem';
import type { RateLimits } from '../rate';
import type { Download, EventStream, Input, RawAnswer, Route } from '../route';
import { writeEvents } from './events';
import { type Idempotency, readIdempotencyKey, type WrittenAnswer } from './idempotency';
import { type ReadInput, readInput } from './read-input';
import { type JsonAnswer, toJsonAnswer, writeDownload, writeJson, writeRaw } from './write-answer';

export interface RouteServices {
  readonly authenticator: Authenticator;
  readonly permissions: Permissions;
  readonly rates: RateLimits;
  readonly idempotency: Idempotency;
  /** `https://host`, no path. */
  readonly publicOrigin: string;
  readonly trustedProxies: number;
  /** Tests: an answer off the contract is an error. */
  readonly checksAnswers: boolean;
  /** Aborted when the server drains: ends event streams. */
  readonly draining: AbortSignal;
  readonly toProblem: (error: unknown, ctx: Context) => Problem;
}

const anonymous: Actor = { kind: 'anonymous' };

const cookieOf = (header: string | undefined, name: string): string | undefined => {
  const found = header?.split(';').find((part) => part.trim().startsWith(`${name}=`));
  const value = found?.slice(found.indexOf('=') + 1).trim();
  try {
    return value === undefined || value === '' ? undefined : decodeURIComponent(value);
  } catch {
    return undefined;
  }
};

const bearerOf = (header: string | undefined): string | undefined => /^Bearer ([\x21-\x7e]{1,4096})$/i.exec(header ?? '')?.[1];

async function identify(ctx: Context, { operation }: Route, services: RouteServices, address: string): Promise<Actor | undefined> {
  const from = { clientAddress: address, userAgent: ctx.get('user-agent').slice(0, 400) };
  if (operation.auth === 'official') {
    const token = cookieOf(ctx.headers.cookie, sessionCookie);
    return token === undefined ? undefined : services.authenticator.official(token, from);
  }
  if (operation.auth === 'person') {
    const token = bearerOf(ctx.headers.authorization);
    return token === undefined ? undefined : services.authenticator.person(token, from);
  }
  return anonymous;
}

function refuseForeign(ctx: Context, { operation }: Route, publicOrigin: string): void {
  if (operation.method === 'get') return;
  if (operation.auth === 'official') refuseForeignWrite(ctx.headers, publicOrigin);
  // NOTE: phones sign in with a token in the answer, not a cookie, and mini-programs send an Origin of their platform.
  const setsCookie = operation.auth === 'anonymous' && operation.path.startsWith('/api/') && !operation.path.startsWith('/api/m/');
  if (setsCookie) refuseForeignOrigin(ctx.headers, publicOrigin);
}

/** Rate, identity, origin, permission: everything that is decided before the request's content is looked at. */
async function admit(ctx: Context, route: Route, services: RouteServices, address: string): Promise<Actor> {
  const actor = await identify(ctx, route, services, address);
  await services.rates.consume(route.operation.rate, actor ?? anonymous, address);
  if (actor === undefined) throw new DomainError('kernel:not-signed-in');
  refuseForeign(ctx, route, services.publicOrigin);
  if (!services.permissions.allows(actor, route.operation.permission)) throw new DomainError('kernel:not-allowed');
  return actor;
}

/** Aborts when the client goes away, and for plain answers when the time is over. */
function deadlineOf(ctx: Context, route: Route): { signal: AbortSignal; within: <T>(work: Promise<T>) => Promise<T>; end: () => void } {
  const controller = new AbortController();
  const onClose = () => controller.abort();
  ctx.res.once('close', onClose);
  const isLimited = route.kind === 'json' || route.kind === 'raw';
  let timer: NodeJS.Timeout | undefined;
  const overdue = new Promise<never>((_, reject) => {
    if (!isLimited) return;
    timer = setTimeout(() => {
      reject(new DomainError('kernel:unavailable', '处理时间过长，请稍后重试', { retryAfterMs: 2000 }));
      controller.abort();
    }, limits.handlerMs);
  });
  overdue.catch(() => undefined);
  return {
    signal: controller.signal,
    within: (work) => Promise.race([work, overdue]),
    end: () => {
      clearTimeout(timer);
      ctx.res.off('close', onClose);
    },
  };
}

const toInput = (ctx: Context, read: ReadInput, address: string, signal: AbortSignal): Input<Route['operation']> => ({
  params: read.params,
  query: read.query,
  body: read.body,
  request: {
    requestId: String(ctx.state.requestId),
    clientAddress: address,
    userAgent: ctx.get('user-agent').slice(0, 400),
    headers: ctx.headers,
    rawBody: read.rawBody,
    signal,
  },
});

/** The failures a repeat would meet again are kept under the key; the others leave it free. */
async function answerOrProblem(ctx: Context, services: RouteServices, work: () => Promise<JsonAnswer>): Promise<WrittenAnswer> {
  try {
    return await work();
  } catch (error) {
    const failure = expectedFailure(error);
    if (failure === undefined || failure.httpStatus >= 500 || [401, 408, 413, 429].includes(failure.httpStatus)) throw error;
    return { status: failure.httpStatus, contentType: problemMediaType, body: JSON.stringify(services.toProblem(error, ctx)) };
  }
}

/** One operation as middleware: admit → read and validate → handle → write. */
export function callRoute(route: Route, services: RouteServices): Middleware {
  const { operation, kind, handle } = route;
  const isSecure = services.publicOrigin.startsWith('https:');

  const answerJson = async (ctx: Context, actor: Actor, input: Input<Route['operation']>, read: ReadInput): Promise<void> => {
    const work = async () => toJsonAnswer(operation, await handle(actor, input, read.received?.upload), services.checksAnswers);
    const key = operation.method === 'post' && kind === 'json' ? readIdempotencyKey(ctx.headers['idempotency-key']) : undefined;
    if (key === undefined || !('id' in actor)) {
      const answered = await work();
      writeJson(ctx, answered, answered.extras, isSecure);
      return;
    }
    const body = Buffer.concat([Buffer.from(`${ctx.path}${ctx.search}\n`), read.rawBody]);
    let extras: JsonAnswer['extras'] = {};
    const written = await services.idempotency.once({ actor: `${actor.kind}:${actor.id}`, operation: operation.id, key, body }, () =>
      answerOrProblem(ctx, services, async () => {
        const answered = await work();
        extras = answered.extras;
        return answered;
      }),
    );
    writeJson(ctx, written, extras, isSecure);
  };

  return async (ctx) => {
    if (kind === 'events' && ctx.method === 'HEAD') throw new DomainError('kernel:method-not-allowed');
    const address = clientAddress(ctx.req, services.trustedProxies);
    const actor = await admit(ctx, route, services, address);
    const read = await readInput(route, ctx.req, { params: ctx.params as Record<string, string>, search: ctx.search });
    const deadline = deadlineOf(ctx, route);
    try {
      const input = toInput(ctx, read, address, deadline.signal);
      if (kind === 'json' || kind === 'upload') await deadline.within(answerJson(ctx, actor, input, read));
      else if (kind === 'raw') writeRaw(ctx, (await deadline.within(handle(actor, input))) as RawAnswer, isSecure);
      else if (kind === 'download') await writeDownload(ctx, (await handle(actor, input)) as Download, deadline.signal);
      else {
        const signal = AbortSignal.any([deadline.signal, services.draining]);
        const stream = (await handle(actor, { ...input, request: { ...input.request, signal } })) as EventStream;
        ctx.respond = false;
        await writeEvents(ctx.res, stream, { signal, toProblem: (error) => services.toProblem(error, ctx) });
      }
    } catch (error) {
      throw read.received?.failure() ?? error;
    } finally {
      deadline.end();
    }
  };
}

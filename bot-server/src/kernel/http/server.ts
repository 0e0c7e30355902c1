import http from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Koa, { type Context, type Middleware } from 'koa';
import type { Config } from '../../config/config';
import type { FieldSealer } from '../crypto/field-sealer';
import type { Database } from '../db/database';
import type { Logger } from '../log/logger';
import { answerErrors, problemFor } from './answer-errors';
import type { Authenticator } from './authenticator';
import { createIdempotency } from './calls/idempotency';
import { routeTable } from './calls/route-table';
import { limits } from './limits';
import { openapiRoute } from './openapi/openapi';
import { pageScriptHashes } from './pages/script-hashes';
import { servePages } from './pages/serve-pages';
import { collectPermissions, type PermissionSource } from './permissions';
import { createRateLimits } from './rate';
import type { Route } from './route';
import { securityHeaders } from './security-headers';
import { answerBrokenRequest } from './socket-errors';
import type { SystemRoute } from './system-route';

export interface HttpServerOptions {
  readonly config: Pick<
    Config,
    'environment' | 'publicBaseUrl' | 'trustedProxies' | 'rateFactor' | 'consoleDir' | 'h5Dir' | 'host' | 'port'
  >;
  readonly log: Logger;
  readonly db: Database;
  readonly sealer: FieldSealer;
  /** Modules, for their routes and permissions. */
  readonly modules: readonly (PermissionSource & { readonly routes: readonly Route[] })[];
  readonly authenticator: Authenticator;
  /** `/health`, `/ready`, `/metrics`. */
  readonly system: readonly SystemRoute[];
  /** node-redis client, for budgets shared by processes. */
  readonly redis?: unknown;
  /** `/sandbox`, only with SANDBOX_URL. */
  readonly sandbox?: Middleware;
  /** False: only system routes (a worker). */
  readonly servesRoutes?: boolean;
}

export interface HttpServer {
  /** Starts to accept. Port 0 takes any. @throws Error with code EADDRINUSE */
  listen(): Promise<number>;
  readonly draining: AbortSignal;
  /** Stops accepting, ends event streams, lets requests finish; after `withinMs` breaks what is left. */
  drain(withinMs: number): Promise<void>;
}

function systemMiddleware(routes: readonly SystemRoute[]): Middleware {
  const byPath = new Map(routes.map((one) => [one.path, one]));
  return async (ctx, next) => {
    const found = byPath.get(ctx.path);
    if (!found || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next();
    ctx.state.operation = 'system';
    const answered = await found.handle(ctx.req);
    if (!answered) return;
    ctx.status = answered.status;
    ctx.set('content-type', answered.contentType);
    ctx.set('cache-control', 'no-store');
    ctx.body = answered.body;
  };
}

const toConsole: Middleware = (ctx, next) => {
  if (ctx.path !== '/' || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next();
  ctx.state.operation = 'static';
  ctx.redirect('/console/');
  return undefined;
};

function routesMiddleware(options: HttpServerOptions, draining: AbortSignal): Middleware {
  const { config, db, sealer, modules, authenticator, redis } = options;
  return routeTable(
    modules.flatMap((module) => module.routes),
    {
      authenticator,
      permissions: collectPermissions(modules),
      rates: createRateLimits({ factor: config.rateFactor, redis }),
      idempotency: createIdempotency({ db, sealer }),
      publicOrigin: new URL(config.publicBaseUrl).origin,
      trustedProxies: config.trustedProxies,
      checksAnswers: config.environment === 'test',
      draining,
      toProblem: (error: unknown, ctx: Context) => problemFor(error, ctx),
    },
  );
}

function appOf(options: HttpServerOptions, draining: AbortSignal): Koa {
  const { config, log, modules, system } = options;
  const absent = (what: string) => `${what}还没有构建，请先运行 npm run build。`;
  const app = new Koa();
  app.silent = true;
  app.use(answerErrors({ log, trustsProxies: config.trustedProxies > 0 }));
  app.use(
    securityHeaders({
      isSecure: config.publicBaseUrl.startsWith('https:'),
      h5ScriptHashes: pageScriptHashes(path.join(config.h5Dir, 'index.html')),
    }),
  );
  app.use(systemMiddleware(system));
  if (options.servesRoutes === false) return app;
  const operations = modules.flatMap((module) => module.routes).map(({ operation }) => operation);
  app.use(systemMiddleware([openapiRoute(operations)]));
  if (options.sandbox) app.use(options.sandbox);
  app.use(routesMiddleware(options, draining));
  app.use(toConsole);
  app.use(servePages({ prefix: '/console', folder: config.consoleDir, absent: absent('管理控制台') }));
  app.use(servePages({ prefix: '/m', folder: config.h5Dir, absent: absent('网页版小程序') }));
  return app;
}

/** Everything HTTP of one process. Listens only after `listen`. @throws Error listing the faults of the route table */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const drain = new AbortController();
  const app = appOf(options, drain.signal);
  const server = http.createServer(
    { headersTimeout: limits.headersMs, requestTimeout: limits.requestMs, keepAliveTimeout: 65_000, connectionsCheckingInterval: 1000 },
    app.callback(),
  );
  server.on('clientError', answerBrokenRequest);
  return {
    draining: drain.signal,
    listen: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(options.config.port, options.config.host, () => {
          server.off('error', reject);
          const address = server.address();
          resolve(typeof address === 'object' && address !== null ? address.port : options.config.port);
        });
      }),
    async drain(withinMs) {
      drain.abort();
      if (!server.listening) return;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // NOTE: a kept-alive connection between two requests is idle only at the moment of the call, so look again.
      const reaper = setInterval(() => server.closeIdleConnections(), 100);
      server.closeIdleConnections();
      await Promise.race([closed, sleep(withinMs, undefined, { ref: false })]);
      clearInterval(reaper);
      server.closeAllConnections();
      await closed;
    },
  };
}

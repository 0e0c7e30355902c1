import Router from '@koa/router';
import { DomainError } from '@suiban/shared/errors';
import type { Middleware } from 'koa';
import type { Route } from '../route';
import { callRoute, type RouteServices } from './call-route';

/** Which transport each kind of route needs in the contract. */
const transportOf: Record<Route['kind'], Route['operation']['transport']> = {
  json: 'json',
  raw: 'json',
  upload: 'upload',
  download: 'download',
  events: 'events',
};

/** Static segments before parameters, so that `/x/export` is never taken for `/x/:id`, whatever order modules list them in. */
const rank = (path: string): string => path.replaceAll(/:[^/]+/g, '\uffff');
const bySpecificity = (one: Route, other: Route): number => {
  const [left, right] = [rank(one.operation.path), rank(other.operation.path)];
  return left < right ? -1 : left > right ? 1 : 0;
};

/** Faults of the route table itself; each would be a hole or a dead route, so the server does not start with any. */
export function routeFaults(routes: readonly Route[], hasPermission: (permission: string) => boolean): string[] {
  const ids = new Set<string>();
  const places = new Set<string>();
  return routes.flatMap(({ operation, kind }) => {
    const place = `${operation.method} ${rank(operation.path)}`;
    const isPublic = operation.permission === 'public';
    const mayBePublic = operation.auth === 'anonymous' || operation.auth === 'platform';
    const faults = [
      ids.has(operation.id) && 'its id is used twice',
      places.has(place) && `${place} is taken`,
      operation.transport !== transportOf[kind] && `transport ${operation.transport} does not go with a ${kind} route`,
      isPublic && !mayBePublic && 'permission public goes only with auth anonymous or platform',
      !isPublic && !hasPermission(operation.permission) && `permission ${operation.permission} is in no policy file`,
    ].filter((fault) => fault !== false);
    ids.add(operation.id);
    places.add(place);
    return faults.map((fault) => `${operation.id}: ${fault}`);
  });
}

/** Routes of all modules as one middleware, with 405, HEAD and OPTIONS. @throws Error listing every fault */
export function routeTable(routes: readonly Route[], services: RouteServices): Middleware {
  const faults = routeFaults(routes, services.permissions.has);
  if (faults.length > 0) throw new Error(`route table:\n${faults.join('\n')}`);
  const router = new Router({ strict: true, sensitive: true });
  for (const one of [...routes].sort(bySpecificity)) {
    router[one.operation.method](one.operation.path, (ctx, next) => {
      ctx.state.operation = one.operation.id;
      return call.get(one.operation.id)?.(ctx, next);
    });
  }
  const call = new Map(routes.map((one) => [one.operation.id, callRoute(one, services)]));
  const dispatch = router.routes();
  return async (ctx, next) => {
    const matched = router.match(ctx.path, ctx.method);
    if (matched.route) return dispatch(ctx as never, next);
    const methods = [...new Set(matched.path.flatMap((layer) => layer.methods))];
    if (methods.length === 0) return next();
    ctx.set('allow', [...methods, 'OPTIONS'].join(', '));
    if (ctx.method !== 'OPTIONS') throw new DomainError('kernel:method-not-allowed', `这里只支持 ${methods.join('、')}`);
    ctx.status = 204;
  };
}

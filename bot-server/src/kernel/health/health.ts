import { sql } from 'kysely';
import type { Config } from '../../config/config';
import type { Database } from '../db/database';
import { isLocal } from '../http/client-address';
import type { SystemRoute } from '../http/system-route';
import { metrics } from './metrics';

/** A part of the server that can be away. `isVital`: without it nothing can be answered; otherwise the server is only degraded. */
export interface ReadinessCheck {
  readonly name: string;
  readonly isVital: boolean;
  /** Resolves when well. The reason shown is `name` and `reason`, never the error's text. */
  readonly check: () => Promise<unknown>;
  readonly reason: string;
}

export interface Readiness {
  readonly state: 'ready' | 'degraded' | 'unavailable';
  readonly reasons: readonly string[];
}

const withinMs = 1000;

const inTime = (work: Promise<unknown>): Promise<boolean> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), withinMs);
    work.then(
      () => resolve(true),
      () => resolve(false),
    );
    void work.catch(() => undefined).finally(() => clearTimeout(timer));
  });

export async function readiness(checks: readonly ReadinessCheck[]): Promise<Readiness> {
  const failed = (await Promise.all(checks.map(async (one) => ((await inTime(one.check())) ? [] : [one])))).flat();
  const state = failed.some((one) => one.isVital) ? 'unavailable' : failed.length > 0 ? 'degraded' : 'ready';
  return { state, reasons: failed.map((one) => `${one.name}: ${one.reason}`) };
}

export interface HealthOptions {
  readonly config: Pick<Config, 'metricsToken'>;
  readonly checks: readonly ReadinessCheck[];
  readonly isDraining: () => boolean;
}

export const databaseCheck = (db: Database): ReadinessCheck => ({
  name: 'database',
  isVital: true,
  check: () => db.one(sql<{ ok: number }>`select 1 as ok`),
  reason: 'does not answer',
});

const json = (status: number, value: unknown) => ({ status, contentType: 'application/json; charset=utf-8', body: JSON.stringify(value) });

/** `/health`: the process answers. `/ready`: it can do its work; degraded still answers 200. `/metrics`: loopback, or by token. */
export function healthRoutes(options: HealthOptions): SystemRoute[] {
  const { metricsToken } = options.config;
  return [
    { path: '/health', handle: async () => json(200, { state: 'alive' }) },
    {
      path: '/ready',
      handle: async () => {
        if (options.isDraining()) return json(503, { state: 'unavailable', reasons: ['process: draining'] });
        const found = await readiness(options.checks);
        return json(found.state === 'unavailable' ? 503 : 200, found);
      },
    },
    {
      path: '/metrics',
      handle: async (request) => {
        const isAllowed = metricsToken ? request.headers.authorization === `Bearer ${metricsToken}` : isLocal(request);
        if (!isAllowed) return undefined;
        return { status: 200, contentType: metrics.contentType, body: await metrics.metrics() };
      },
    },
  ];
}

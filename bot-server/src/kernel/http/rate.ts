import { createHash } from 'node:crypto';
import type { RateClass } from '@suiban/shared/api/operation';
import { DomainError } from '@suiban/shared/errors';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Actor } from './actor';

/** Requests in a window. Signed-in people have a budget of their own; everybody else shares one per address. */
export const budgets: Readonly<Record<RateClass, { readonly points: number; readonly windowSec: number }>> = {
  read: { points: 600, windowSec: 60 },
  write: { points: 240, windowSec: 60 },
  // An office shares one address; guessing at one account is limited per account by the identity module.
  'sign-in': { points: 60, windowSec: 60 },
  upload: { points: 20, windowSec: 60 },
  export: { points: 20, windowSec: 60 },
  stream: { points: 60, windowSec: 60 },
  'public-read': { points: 600, windowSec: 60 },
  'public-write': { points: 60, windowSec: 60 },
  // A platform sends from a few addresses for the whole city, and repeats what is refused.
  callback: { points: 60_000, windowSec: 60 },
};

export interface RateLimits {
  /** Takes one point. @throws DomainError kernel:too-many-requests with the time to wait */
  consume(rateClass: RateClass, actor: Actor, clientAddress: string): Promise<void>;
}

export interface RateLimitOptions {
  /** Multiplies every budget. */
  readonly factor: number;
  /** A node-redis client. Without it, and whenever it does not answer, each process counts for itself. */
  readonly redis?: unknown;
}

const keyOf = (actor: Actor, clientAddress: string): string => {
  if (actor.kind === 'official' || actor.kind === 'person') return `${actor.kind}:${actor.id}`;
  return `address:${createHash('sha256').update(clientAddress).digest('base64url').slice(0, 22)}`;
};

function limiterOf(rateClass: RateClass, options: RateLimitOptions): RateLimiterAbstract {
  const { points, windowSec } = budgets[rateClass];
  const settings = { keyPrefix: `suiban:rate:${rateClass}`, points: points * options.factor, duration: windowSec };
  const local = new RateLimiterMemory(settings);
  if (options.redis === undefined) return local;
  return new RateLimiterRedis({
    ...settings,
    storeClient: options.redis,
    useRedisPackage: true,
    rejectIfRedisNotReady: true,
    insuranceLimiter: local,
  });
}

export function createRateLimits(options: RateLimitOptions): RateLimits {
  const limiters = new Map(Object.keys(budgets).map((name) => [name, limiterOf(name as RateClass, options)]));
  return {
    async consume(rateClass, actor, clientAddress) {
      try {
        await limiters.get(rateClass)?.consume(keyOf(actor, clientAddress));
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        const retryAfterMs = Math.max(1000, refused.msBeforeNext);
        throw new DomainError('kernel:too-many-requests', `操作过于频繁，请 ${Math.ceil(retryAfterMs / 1000)} 秒后再试`, { retryAfterMs });
      }
    },
  };
}

import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { type Pace, paceWindow } from './pace';

/** `redis`: a node-redis client. Without it, and whenever it does not answer, each process counts for itself. */
export function createPace(redis?: unknown): Pace {
  const limiters = new Map<string, RateLimiterAbstract>();
  const limiterOf = (name: string, perMin: number): RateLimiterAbstract => {
    const id = `${name}:${perMin}`;
    const known = limiters.get(id);
    if (known) return known;
    const { turns, windowSec } = paceWindow(perMin);
    const settings = { keyPrefix: `suiban:pace:${name}`, points: turns, duration: windowSec };
    const local = new RateLimiterMemory(settings);
    const made =
      redis === undefined
        ? local
        : new RateLimiterRedis({
            ...settings,
            storeClient: redis,
            useRedisPackage: true,
            rejectIfRedisNotReady: true,
            insuranceLimiter: local,
          });
    limiters.set(id, made);
    return made;
  };
  return {
    take: (name, perMin, keys) => Promise.all(keys.map((key) => takeOne(limiterOf(name, perMin), key))),
  };
}

async function takeOne(limiter: RateLimiterAbstract, key: string): Promise<number> {
  try {
    await limiter.consume(key);
    return 0;
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return Math.max(1, refused.msBeforeNext);
    throw refused;
  }
}

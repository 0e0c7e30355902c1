import type { Clock } from '@suiban/shared/time';
import { Pool } from 'undici';
import { circuitOpen, outboundSeconds } from '../health/metrics';
import { type BreakerSettings, type CircuitBreaker, circuitBreaker } from './circuit-breaker';
import { exchange } from './exchange';
import { guardedAgent, type Resolve } from './guarded-agent';
import { isInternalAddress } from './internal-address';
import type { Outbound, OutboundAnswer, OutboundClient, OutboundRequest } from './outbound';
import { OutboundError } from './outbound-error';

export interface OutboundOptions {
  readonly clock: Clock;
  /** Base URLs from the environment; only their exact origins may be called through `platform`. */
  readonly platformUrls: readonly string[];
  /** Connections per base URL. Default 64. */
  readonly connections?: number;
  readonly breaker?: BreakerSettings;
  /** Tests: another resolver, another idea of what is internal. */
  readonly resolve?: Resolve;
  readonly isBlocked?: (address: string) => boolean;
}

const nameOf = (base: URL): string => `${base.origin}${base.pathname.replace(/\/$/, '')}`;

interface Door {
  readonly pool: Pool;
  readonly breaker: CircuitBreaker;
}

const pathOf = (base: URL, request: OutboundRequest): string => {
  const query = new URLSearchParams(
    Object.entries(request.query ?? {}).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return `${base.pathname.replace(/\/$/, '')}${request.path}${query === '' ? '' : `?${query}`}`;
};

/** Platform-side trouble: no usable answer, or a 5xx. Our own abort says nothing about the other side. */
const isTrouble = (outcome: OutboundAnswer | OutboundError): boolean =>
  outcome instanceof OutboundError ? outcome.failure !== 'aborted' && outcome.failure !== 'too-large' : outcome.status >= 500;

async function measured(origin: string, work: () => Promise<OutboundAnswer>): Promise<OutboundAnswer | OutboundError> {
  const stop = outboundSeconds.startTimer();
  try {
    const answered = await work();
    stop({ origin, outcome: `${Math.floor(answered.status / 100)}xx` });
    return answered;
  } catch (error) {
    const failure = error instanceof OutboundError ? error : new OutboundError('broken', origin, true);
    stop({ origin, outcome: failure.failure });
    return failure;
  }
}

async function throughBreaker(origin: string, breaker: CircuitBreaker, work: () => Promise<OutboundAnswer>): Promise<OutboundAnswer> {
  const settle = breaker.begin();
  if (!settle) throw new OutboundError('circuit-open', origin, false);
  const outcome = await measured(origin, work);
  settle(isTrouble(outcome));
  circuitOpen.set({ origin }, breaker.isOpen() ? 1 : 0);
  if (outcome instanceof OutboundError) throw outcome;
  return outcome;
}

function checkedUrl(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const isPlain = parsed && /^https?:$/.test(parsed.protocol) && parsed.username === '' && parsed.password === '';
  if (!isPlain) throw new OutboundError('blocked', 'guarded', false);
  return parsed;
}

export function createOutbound(options: OutboundOptions): Outbound {
  const allowed = new Set(options.platformUrls.map((url) => new URL(url).origin));
  const doors = new Map<string, Door>();
  const agent = guardedAgent(options.isBlocked ?? isInternalAddress, options.resolve);

  // NOTE: by base URL, not by origin: in the sandbox all platforms share one, and a slow one took the connections of the others.
  const doorTo = (base: URL): Door => {
    const name = nameOf(base);
    const there = doors.get(name);
    if (there) return there;
    const pool = new Pool(base.origin, { connections: options.connections ?? 64, connect: { timeout: 3000 }, keepAliveTimeout: 10_000 });
    const door = { pool, breaker: circuitBreaker(options.clock, options.breaker) };
    doors.set(name, door);
    return door;
  };

  return {
    platform(baseUrl): OutboundClient {
      const base = new URL(baseUrl);
      if (!allowed.has(base.origin)) throw new Error(`${base.origin} is not among the platform addresses of the environment`);
      const { pool, breaker } = doorTo(base);
      return {
        request: (request) => throughBreaker(nameOf(base), breaker, () => exchange(pool, base.origin, pathOf(base, request), request)),
      };
    },
    async guarded(url, request) {
      const target = checkedUrl(url);
      const given = { method: 'GET', path: `${target.pathname}${target.search}`, ...request } as const;
      const outcome = await measured('guarded', () => exchange(agent, target.origin, given.path, given));
      if (outcome instanceof OutboundError) throw outcome;
      return outcome;
    },
    async close() {
      await Promise.all([...[...doors.values()].map(({ pool }) => pool.destroy()), agent.destroy()]);
    },
  };
}

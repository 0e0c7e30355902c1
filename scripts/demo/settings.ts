import { randomBytes } from 'node:crypto';

/** What makes sending slow enough to be killed in the middle, and dead leases short. */
export const killing = {
  latencyMs: { min: 1500, max: 2500 },
  leaseSec: 6,
  batchSize: 100,
  windowSize: 25,
  concurrency: 1,
  /** Channels whose platform recognises no repeat: mini-program and SMS, with a task each. */
  unkeyedChannels: 2,
  leastDispatchMs: 15_000,
} as const;

/** At most so many results may be unknown: per kill, what one process had in flight where a repeat is not recognised. */
export const unknownBound = (kills: number): number => kills * killing.windowSize * killing.concurrency * killing.unkeyedChannels;

export interface Place {
  readonly port: number;
  readonly dataDir: string;
  readonly sandboxUrl: string;
}

/** The whole environment of the demo's server processes. */
export const serverEnvironment = ({ port, dataDir, sandboxUrl }: Place, kills: number): Record<string, string> => ({
  NODE_ENV: 'development',
  HOST: '127.0.0.1',
  PUBLIC_BASE_URL: `http://127.0.0.1:${port}`,
  DATA_DIR: dataDir,
  SANDBOX_URL: sandboxUrl,
  SUIBAN_SECRET_KEY: randomBytes(32).toString('hex'),
  // One script plays a whole city from one address.
  SUIBAN_RATE_FACTOR: '1000',
  ...(kills > 0
    ? {
        DISPATCH_LEASE_SEC: String(killing.leaseSec),
        DISPATCH_HEARTBEAT_SEC: '2',
        DISPATCH_SWEEP_SEC: '1',
        DISPATCH_BATCH_SIZE: String(killing.batchSize),
        DISPATCH_WINDOW_SIZE: String(killing.windowSize),
        DISPATCH_CONCURRENCY: String(killing.concurrency),
      }
    : {}),
});

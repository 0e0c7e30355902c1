import type { PlatformAccounts, PlatformName } from './accounts';

/** Typed settings, made from `env.ts`. Secrets live apart in `secrets` and never reach a log. */
export interface Config {
  readonly role: 'web' | 'worker' | 'all';
  readonly environment: 'development' | 'test' | 'production';
  readonly isProduction: boolean;
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** How the phones reach us: `https://host`, no trailing slash. */
  readonly publicBaseUrl: string;
  /** Reverse proxies in front whose X-Forwarded-For entries are believed. */
  readonly trustedProxies: number;
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly migratesAtStart: boolean;
  readonly sandboxUrl: string | undefined;
  readonly cityFile: string;
  /** Built console and built H5 mini-program, served at `/console` and `/m`. */
  readonly consoleDir: string;
  readonly h5Dir: string;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly metricsToken: string | undefined;
  /** Multiplies every request budget. */
  readonly rateFactor: number;
  readonly platforms: Readonly<Record<PlatformName, PlatformMode>>;
  readonly accounts: PlatformAccounts;
  readonly dispatch: DispatchSettings;
  readonly secrets: Secrets;
}

/** `off`: neither account nor sandbox; the account is empty and no channel is composed. */
export type PlatformMode = 'account' | 'sandbox' | 'off';

export interface DispatchSettings {
  /** Rows one lease covers. */
  readonly batchSize: number;
  readonly leaseSec: number;
  readonly heartbeatSec: number;
  /** Rows in flight on a channel that does not dedupe. */
  readonly windowSize: number;
  /** Batches dispatched at once per process and account. */
  readonly concurrency: number;
  readonly sweepSec: number;
}

export interface Secrets {
  /** 32 bytes. `current` seals; all open. */
  readonly fieldKeys: { readonly current: string; readonly keys: Readonly<Record<string, Buffer>> };
  readonly blindIndexKey: Buffer;
  /** Signs personal links. */
  readonly linkKey: Buffer;
}

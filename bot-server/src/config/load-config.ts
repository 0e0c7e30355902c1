import path from 'node:path';
import type { Config } from './config';
import { ConfigError } from './config-error';
import { type Env, type EnvSource, parseEnv } from './env';
import { packageDir } from './paths';
import { platformsOf } from './platforms';
import { deriveSecrets, embeddedSecretKey } from './secrets';

/** Rules that need more than one variable. */
function crossRules(env: Env): string[] {
  const problems: string[] = [];
  const isProduction = env.NODE_ENV === 'production';
  if (isProduction && env.SANDBOX_URL !== undefined) {
    problems.push('SANDBOX_URL: must not be set with NODE_ENV=production: the sandbox delivers to no real person');
  }
  if (isProduction && env.SUIBAN_SECRET_KEY === undefined) {
    problems.push('SUIBAN_SECRET_KEY: required with NODE_ENV=production');
  }
  if (env.SUIBAN_ROLE !== 'all') {
    for (const name of ['DATABASE_URL', 'REDIS_URL'] as const) {
      if (env[name] !== undefined) continue;
      problems.push(`${name}: required with SUIBAN_ROLE=${env.SUIBAN_ROLE}: several processes share one PostgreSQL and one Redis`);
    }
  }
  if (env.DISPATCH_HEARTBEAT_SEC * 2 > env.DISPATCH_LEASE_SEC) {
    problems.push('DISPATCH_HEARTBEAT_SEC: must be at most half of DISPATCH_LEASE_SEC, or a busy worker loses its lease');
  }
  return problems;
}

function foldersOf(env: Env): Pick<Config, 'dataDir' | 'cityFile' | 'consoleDir' | 'h5Dir'> {
  return {
    dataDir: path.resolve(env.DATA_DIR),
    cityFile: path.join(packageDir, 'city', `${env.SUIBAN_CITY}.yaml`),
    consoleDir: path.resolve(env.SUIBAN_CONSOLE_DIR ?? path.join(packageDir, 'console', 'dist')),
    h5Dir: path.resolve(env.SUIBAN_H5_DIR ?? path.join(packageDir, '..', 'miniapp', 'dist', 'h5')),
  };
}

/**
 * Typed settings from environment variables. Outside production, without SUIBAN_SECRET_KEY, writes `secret.key` into the
 * data folder once. @throws ConfigError with one line per problem
 */
export function loadConfig(source: EnvSource): Config {
  const parsed = parseEnv(source);
  if ('problems' in parsed) throw new ConfigError(parsed.problems);
  const { env } = parsed;
  const problems = crossRules(env);
  const platforms = platformsOf(env, problems);
  if (problems.length > 0) throw new ConfigError(problems);
  const folders = foldersOf(env);
  return {
    role: env.SUIBAN_ROLE,
    environment: env.NODE_ENV,
    isProduction: env.NODE_ENV === 'production',
    port: env.PORT,
    host: env.HOST,
    publicBaseUrl: env.PUBLIC_BASE_URL ?? `http://localhost:${env.PORT}`,
    trustedProxies: env.TRUSTED_PROXIES,
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    migratesAtStart: env.SUIBAN_MIGRATE ? env.SUIBAN_MIGRATE === 'yes' : !(env.NODE_ENV === 'production' && env.SUIBAN_ROLE === 'web'),
    sandboxUrl: env.SANDBOX_URL,
    logLevel: env.LOG_LEVEL,
    metricsToken: env.METRICS_TOKEN,
    rateFactor: env.SUIBAN_RATE_FACTOR,
    dispatch: {
      batchSize: env.DISPATCH_BATCH_SIZE,
      leaseSec: env.DISPATCH_LEASE_SEC,
      heartbeatSec: env.DISPATCH_HEARTBEAT_SEC,
      windowSize: env.DISPATCH_WINDOW_SIZE,
      concurrency: env.DISPATCH_CONCURRENCY,
      sweepSec: env.DISPATCH_SWEEP_SEC,
    },
    ...folders,
    ...platforms,
    secrets: deriveSecrets(env.SUIBAN_SECRET_KEY ?? embeddedSecretKey(folders.dataDir), env.SUIBAN_FIELD_KEYS),
  };
}

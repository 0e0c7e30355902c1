import { type PostgresServer, startPostgres } from '../../test/support/postgres';
import { findBinary } from '../../test/support/process';
import { type RedisServer, startRedis } from '../../test/support/redis';
import type { Service } from './suites';

const binaries: Record<Service, string> = { postgres: 'initdb', redis: 'redis-server', chromium: 'chromium' };

function isInstalled(service: Service): boolean {
  if (service === 'chromium' && process.env.CHROMIUM) return true;
  try {
    findBinary(binaries[service]);
    return true;
  } catch {
    return false;
  }
}

export const installedServices = (): ReadonlySet<Service> => new Set((Object.keys(binaries) as Service[]).filter(isInstalled));

/** One PostgreSQL and one Redis for all suites: each test file makes its own database and key prefix. */
export async function startServices(services: ReadonlySet<Service>): Promise<{ env: Record<string, string>; stop: () => Promise<void> }> {
  let postgres: PostgresServer | undefined;
  let redis: RedisServer | undefined;
  if (services.has('postgres')) postgres = await startPostgres();
  if (services.has('redis')) redis = await startRedis();
  return {
    env: { ...(postgres ? { TEST_DATABASE_URL: postgres.url } : {}), ...(redis ? { TEST_REDIS_URL: redis.url } : {}) },
    async stop() {
      await Promise.all([postgres?.stop(), redis?.stop()]);
    },
  };
}

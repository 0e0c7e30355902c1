import path from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '@suiban/shared/time';
import { channelRegistry } from '../bot-server/src/channels/registry';
import { ConfigError } from '../bot-server/src/config/config-error';
import { loadCity } from '../bot-server/src/config/load-city';
import { loadConfig } from '../bot-server/src/config/load-config';
import { packageDir } from '../bot-server/src/config/paths';
import { createAudit } from '../bot-server/src/kernel/audit/create-audit';
import { aesFieldSealer } from '../bot-server/src/kernel/crypto/aes-field-sealer';
import { migrate } from '../bot-server/src/kernel/db/migrate';
import { openDatabase } from '../bot-server/src/kernel/db/open-database';
import { diskFileStore } from '../bot-server/src/kernel/files/disk-file-store';
import { createLogger } from '../bot-server/src/kernel/log/create-logger';
import { createOutbox } from '../bot-server/src/kernel/outbox/create-outbox';
import { createPace } from '../bot-server/src/kernel/pace/create-pace';
import { generateEnterprises } from '../bot-server/src/modules/enterprises';
import { ensureDemoOfficials } from '../bot-server/src/modules/identity';
import type { Deps } from '../bot-server/src/modules/module';

const usage = `npm run seed -- --enterprises N [--seed S]
    writes N firms of a made-up city, each marked as such; the same S gives the same firms
npm run seed -- --demo-officials
    adds the demo officials (embedded database only)
Officials are added with npm run official -- add. On the embedded database (no DATABASE_URL) stop the server first.`;

const options = {
  enterprises: { type: 'string' },
  seed: { type: 'string', default: '1' },
  'demo-officials': { type: 'boolean', default: false },
} as const;

/** The kernel without engine and HTTP: events written here are delivered by the server when it runs next. */
async function openDeps(): Promise<Deps & { close(): Promise<void> }> {
  const config = loadConfig(process.env);
  const city = loadCity(config.cityFile);
  const log = createLogger({ level: 'warn' });
  const db = await openDatabase({ databaseUrl: config.databaseUrl, dataDir: config.dataDir, log });
  await migrate(db, { folder: path.join(packageDir, 'migrations'), log });
  return {
    db,
    clock: systemClock,
    log,
    config,
    city,
    tasks: { wake: async () => undefined },
    outbox: createOutbox(() => undefined),
    audit: createAudit(systemClock),
    sealer: aesFieldSealer(config.secrets),
    files: diskFileStore(path.join(config.dataDir, 'files')),
    channels: channelRegistry([]),
    pace: createPace(),
    close: () => db.close(),
  };
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options, strict: true });
  const count = values.enterprises === undefined ? undefined : Number(values.enterprises);
  const seed = Number(values.seed);
  const isCounted = count === undefined || (Number.isInteger(count) && count > 0 && count <= 5_000_000);
  const isAsked = count !== undefined || values['demo-officials'];
  if (!isAsked || !isCounted || !Number.isInteger(seed)) {
    console.error(usage);
    return 64;
  }
  const deps = await openDeps();
  try {
    if (values['demo-officials']) await ensureDemoOfficials(deps);
    if (count !== undefined) {
      const startedAt = performance.now();
      await generateEnterprises(deps, count, seed, (written) => {
        if (process.stdout.isTTY) process.stdout.write(`\r${written} / ${count}`);
      });
      console.log(`${process.stdout.isTTY ? '\r' : ''}${count} firms in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
    }
    return 0;
  } finally {
    await deps.close();
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = error instanceof ConfigError ? 78 : 1;
  },
);

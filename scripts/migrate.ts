import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadConfig } from '../bot-server/src/config/load-config';
import { packageDir } from '../bot-server/src/config/paths';
import { migrate, pendingMigrations } from '../bot-server/src/kernel/db/migrate';
import { openDatabase } from '../bot-server/src/kernel/db/open-database';
import { openPglite } from '../bot-server/src/kernel/db/open-pglite';
import { dumpSchema } from '../bot-server/src/kernel/db/schema-dump';
import { createLogger } from '../bot-server/src/kernel/log/create-logger';

const folder = path.join(packageDir, 'migrations');
const dumpFile = path.join(folder, 'schema.txt');
const usage = `npm run migrate                bring the configured database (DATABASE_URL, or DATA_DIR) to the newest migration
npm run migrate -- --check      fail if it is behind, or if schema.txt differs from what the migrations give
npm run migrate -- --dump       write schema.txt from the migrations`;

const log = createLogger({ level: 'warn' });

/** What the migrations give, on an empty database in memory. */
async function dumpOfMigrations(): Promise<string> {
  const db = await openPglite({ log });
  try {
    await migrate(db, { folder, log });
    return await dumpSchema(db);
  } finally {
    await db.close();
  }
}

async function main(argument: string | undefined): Promise<number> {
  if (argument === '--dump') {
    await writeFile(dumpFile, await dumpOfMigrations());
    console.log(`wrote ${path.relative(process.cwd(), dumpFile)}`);
    return 0;
  }
  if (argument !== undefined && argument !== '--check') {
    console.error(usage);
    return 64;
  }
  const config = loadConfig(process.env);
  const db = await openDatabase({ databaseUrl: config.databaseUrl, dataDir: config.dataDir, log });
  try {
    if (argument === undefined) {
      const done = await migrate(db, { folder, log });
      console.log(done.length > 0 ? `applied ${done.join(', ')}` : 'nothing to apply');
      return 0;
    }
    const pending = await pendingMigrations(db, folder);
    const isDumpCurrent = (await readFile(dumpFile, 'utf8').catch(() => '')) === (await dumpOfMigrations());
    const isSchemaCurrent = pending.length > 0 || (await dumpSchema(db)) === (await readFile(dumpFile, 'utf8').catch(() => ''));
    if (pending.length > 0) console.error(`not applied: ${pending.join(', ')} (npm run migrate)`);
    if (!isDumpCurrent) console.error('schema.txt is not what the migrations give (npm run migrate -- --dump)');
    if (!isSchemaCurrent) console.error('the database differs from schema.txt: something changed it by hand');
    return pending.length === 0 && isDumpCurrent && isSchemaCurrent ? 0 : 1;
  } finally {
    await db.close();
  }
}

main(process.argv[2]).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    console.error(cause instanceof Error ? cause.message : String(cause));
    process.exitCode = 1;
  },
);

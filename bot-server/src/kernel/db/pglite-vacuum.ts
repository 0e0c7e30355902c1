import { sql } from 'kysely';
import type { Logger } from '../log/logger';
import type { Database } from './database';

const everyMs = 5 * 60_000;
/** Below this a table's dead rows cost less than the vacuum, which stops the event loop for its time. */
const leastChanges = 2_000;

/** Vacuums and analyses the tables that changed by a tenth. PGlite is a single backend without autovacuum. Returns the tables done. */
export async function vacuumChanged(db: Database): Promise<string[]> {
  // The backend reports its counters when it next goes idle; this makes that now.
  await db.run(sql`select pg_stat_force_next_flush()`);
  const tables = await db.rows<{ name: string }>(sql`
    select quote_ident(schemaname) || '.' || quote_ident(relname) as name
    from pg_stat_user_tables
    where n_dead_tup + n_mod_since_analyze > greatest(${leastChanges}::int, n_live_tup / 10)`);
  for (const { name } of tables) await db.run(sql`vacuum (analyze) ${sql.raw(name)}`);
  return tables.map(({ name }) => name);
}

/** Returns the stop. */
export function startVacuum(db: Database, log: Logger): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    running = running
      .then(() => vacuumChanged(db))
      .then((tables) => {
        if (tables.length > 0) log.debug({ tables }, 'vacuumed');
      })
      .catch((error: unknown) => log.warn({ err: error }, 'vacuum failed'));
  }, everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}

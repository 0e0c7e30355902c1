import path from 'node:path';
import type { Logger } from '../log/logger';
import type { Database } from './database';
import { openPglite } from './open-pglite';
import { openPostgres } from './open-postgres';

export interface DatabaseOptions {
  /** Given: PostgreSQL. Else PGlite under `<dataDir>/pg`. */
  readonly databaseUrl?: string | undefined;
  readonly dataDir: string;
  readonly log: Logger;
  /** Connections to PostgreSQL. Default 10. */
  readonly maxConnections?: number;
}

/** @throws Error naming the holder's pid when another process has the embedded database open. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { databaseUrl, dataDir, log } = options;
  if (databaseUrl) return openPostgres({ databaseUrl, log, maxConnections: options.maxConnections ?? 10 });
  return openPglite({ folder: path.join(dataDir, 'pg'), lockPath: path.join(dataDir, 'pg.lock'), log });
}

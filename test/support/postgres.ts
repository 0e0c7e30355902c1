import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findBinary, freePort, type Owner, postgresOwner, type Running, startChild, temporaryFolder } from './process';

export interface PostgresServer {
  readonly port: number;
  readonly url: string;
  urlOf(database: string): string;
  /** Immediate shutdown and start on the same port and data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface PostgresServerOptions {
  /** Off for tests (faster), on for benches. Default off. */
  readonly fsync?: boolean;
  readonly maxConnections?: number;
}

/** Starts the installed PostgreSQL on a random loopback port with an empty data folder; as its own user when we are root. */
export async function startPostgres(options: PostgresServerOptions = {}): Promise<PostgresServer> {
  const owner = postgresOwner();
  const folder = temporaryFolder('postgres', owner);
  const cluster = path.join(folder, 'data');
  execFileSync(findBinary('initdb'), ['-D', cluster, '-U', 'suiban', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'], {
    stdio: 'pipe',
    cwd: folder,
    ...owner,
  });
  const port = await freePort();
  const urlOf = (database: string) => `postgres://suiban@127.0.0.1:${port}/${database}`;
  const run = () => launch({ folder, cluster, port, owner, url: urlOf('postgres'), options });
  let running = await run();
  return {
    port,
    url: urlOf('postgres'),
    urlOf,
    async restart() {
      const gone = once(running.child, 'exit');
      running.child.ref();
      running.child.kill('SIGQUIT');
      await gone;
      running = await run();
    },
    stop: () => running.stop(),
  };
}

interface Launch {
  readonly folder: string;
  readonly cluster: string;
  readonly port: number;
  readonly owner: Owner | undefined;
  readonly url: string;
  readonly options: PostgresServerOptions;
}

async function launch({ folder, cluster, port, owner, url, options }: Launch): Promise<Running> {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: options.maxConnections ?? 200,
    shared_buffers: '256MB',
    // Off is safe against a killed server, not against a killed machine.
    fsync: options.fsync ? 'on' : 'off',
    logging_collector: 'off',
  };
  const args = ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  // SIGINT is the fast shutdown: it does not wait for clients.
  const running = startChild(findBinary('postgres'), args, { folder, stopSignal: 'SIGINT', cwd: folder, ...owner });
  for (let count = 0; count < 200; count += 1) {
    if (await answers(url)) return running;
    if (running.child.exitCode !== null) break;
    await sleep(50);
  }
  await running.stop();
  throw new Error('PostgreSQL did not start');
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

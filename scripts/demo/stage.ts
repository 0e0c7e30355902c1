import { rmSync } from 'node:fs';
import path from 'node:path';
import { logFileOf } from '../../test/support/log';
import { freePort, temporaryFolder } from '../../test/support/process';
import { type Cast, demoCast } from '../support/officials';
import { type Program, root, startSandbox, startServer } from '../support/processes';
import { SandboxClient } from '../support/sandbox-client';
import { addedCast } from './added-cast';
import type { DemoArguments } from './arguments';
import { serverEnvironment } from './settings';
import { openStores } from './stores';

/** Sandbox and server, and what a demo may do to them. */
export interface Stage {
  readonly baseUrl: string;
  readonly sandbox: SandboxClient;
  readonly cast: Cast;
  /** `kill -9` of a process that sends, and its start on the same data. */
  killAndStart(): Promise<void>;
  stop(): Promise<void>;
}

/** A process that can be replaced under the same port. */
class Replaceable {
  private constructor(
    private readonly start: () => Promise<Program>,
    private current: Program,
  ) {}

  static async start(start: () => Promise<Program>): Promise<Replaceable> {
    return new Replaceable(start, await start());
  }

  async killAndStart(): Promise<void> {
    await this.current.kill();
    this.current = await this.start();
  }

  stop = (): Promise<void> => this.current.stop();
}

export async function openStage({ backend, kills, port: wantedPort }: DemoArguments): Promise<Stage> {
  const port = wantedPort ?? (await freePort());
  const baseUrl = `http://127.0.0.1:${port}`;
  const dataDir = temporaryFolder('demo');
  const logs = path.join(root, '.cache', 'demo', backend);
  rmSync(logs, { recursive: true, force: true });
  const logFile = (name: string) => path.join(logs, `${name}.log`);
  const serverLog = (name: string) => logFileOf(`demo-${name}`);
  const sandbox = await startSandbox(await freePort(), baseUrl, logFile('sandbox'));
  const env = serverEnvironment({ port, dataDir, sandboxUrl: sandbox.url }, kills);
  const phones = new SandboxClient(sandbox.url);
  if (backend === 'pglite') {
    const server = await Replaceable.start(() => startServer(port, env, serverLog('server')));
    const stop = async () => {
      await server.stop();
      await sandbox.stop();
    };
    return { baseUrl, sandbox: phones, cast: await demoCast(baseUrl), killAndStart: () => server.killAndStart(), stop };
  }
  const stores = await openStores();
  const shared = { ...env, DATABASE_URL: stores.databaseUrl, REDIS_URL: stores.redisUrl };
  const web = await startServer(port, { ...shared, SUIBAN_ROLE: 'web' }, serverLog('web'));
  const workers = await Promise.all(
    ['worker-1', 'worker-2'].map(async (name) => {
      const own = await freePort();
      return Replaceable.start(() => startServer(own, { ...shared, SUIBAN_ROLE: 'worker' }, serverLog(name)));
    }),
  );
  let turn = 0;
  return {
    baseUrl,
    sandbox: phones,
    cast: await addedCast(baseUrl, shared),
    async killAndStart() {
      await workers[turn++ % workers.length]?.killAndStart();
    },
    async stop() {
      await Promise.all([web.stop(), ...workers.map((worker) => worker.stop())]);
      await sandbox.stop();
      await stores.close();
    },
  };
}

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { PersonSession } from '@suiban/shared/api/identity';
import { packageDir } from '../../bot-server/src/config/paths';
import { preparePhones, seedDemo } from '../../scripts/start/seed-demo';
import { ensureBuilt } from '../../scripts/support/artifacts';
import { type Cast, demoCast } from '../../scripts/support/officials';
import { root, startSandbox, startServer } from '../../scripts/support/processes';
import { SandboxClient } from '../../scripts/support/sandbox-client';
import { logFileOf } from '../support/log';
import { freePort, temporaryFolder } from '../support/process';

/** What `npm start` gives, on ports of its own: sandbox, server, built console and phone pages, and a small city. */
export interface E2eStage {
  readonly baseUrl: string;
  readonly cityFile: string;
  readonly sandbox: SandboxClient;
  readonly cast: Cast;
  /** Of the sandbox's people, in their order; empty where nothing was seeded. */
  readonly agents: readonly PersonSession[];
  stop(): Promise<void>;
}

/** Builds only what changed; the first of all files pays for it. */
export const buildPages = (): Promise<unknown> => Promise.all([ensureBuilt('console'), ensureBuilt('h5')]);

export async function startStage(options: { city?: string; scale?: number } = {}): Promise<E2eStage> {
  const { city = 'shanghai', scale } = options;
  await buildPages();
  const logs = path.join(root, '.cache', 'e2e');
  mkdirSync(logs, { recursive: true });
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const name = `${city}-${process.pid}`;
  const sandbox = await startSandbox(await freePort(), baseUrl, path.join(logs, `${name}-sandbox.log`));
  const env = {
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    PUBLIC_BASE_URL: baseUrl,
    DATA_DIR: temporaryFolder('e2e'),
    SANDBOX_URL: sandbox.url,
    SUIBAN_CITY: city,
    SUIBAN_RATE_FACTOR: '100',
    // One in flight: the visit that runs still runs when the pages are looked at.
    DISPATCH_WINDOW_SIZE: '1',
  };
  const server = await startServer(port, env, logFileOf(`e2e-${name}`)).catch(async (error: unknown) => {
    await sandbox.stop();
    throw error;
  });
  const stop = async () => {
    await server.stop();
    await sandbox.stop();
  };
  const cityFile = path.join(packageDir, 'city', `${city}.yaml`);
  try {
    const place = { baseUrl, sandboxUrl: sandbox.url, cityFile, isSeeded: false, scale };
    if (scale !== undefined) await preparePhones(place);
    const agents = scale === undefined ? [] : await seedDemo(place);
    return { baseUrl, cityFile, sandbox: new SandboxClient(sandbox.url), cast: await demoCast(baseUrl), agents, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

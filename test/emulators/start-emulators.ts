import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sandboxAccounts } from '@suiban/shared/sandbox';
import type { Clock } from '@suiban/shared/time';
import { actionRoutes, type Emulators } from './desk/action-routes';
import { observeRoutes } from './desk/observe-routes';
import { peopleRoutes } from './desk/people-routes';
import { pushRoutes } from './desk/push-routes';
import { scriptRoutes } from './desk/script-routes';
import { listener } from './http/listener';
import { json, Router } from './http/router';
import { phonePage } from './phone/serve-page';
import { smsRoutes } from './sms/routes';
import { wechatRoutes } from './wechat/routes';
import { wecomRoutes } from './wecom/routes';
import { seedPersonas } from './world/seed-personas';
import { type EmulatedAccounts, World } from './world/world';

export interface EmulatorOptions {
  /** 0 = any free port. */
  readonly port: number;
  readonly host?: string;
  /** Base URL of the server that takes the callbacks. */
  readonly pushTarget?: string;
  readonly accounts?: EmulatedAccounts;
  readonly clock?: Clock;
}

export interface RunningEmulators {
  readonly url: string;
  readonly port: number;
  readonly world: World;
  readonly emulators: Emulators;
  close(): Promise<void>;
}

/** Starts all platforms on one loopback port. Rejects when the port is taken. */
export async function startEmulators(options: EmulatorOptions): Promise<RunningEmulators> {
  const world = new World(options.accounts ?? sandboxAccounts, seedPersonas, options.clock);
  world.script.push.target = options.pushTarget ?? null;
  const router = new Router();
  const emulators = { wecom: wecomRoutes(router, world), wechat: wechatRoutes(router, world), sms: smsRoutes(router, world) };
  const revoke = {
    revoke: (platform: string) =>
      platform === 'wecom' ? emulators.wecom.tokens.revokeAll() : platform === 'wechat' ? emulators.wechat.tokens.revokeAll() : undefined,
  };
  for (const prefix of ['', '/phone/api']) {
    observeRoutes(router, world, prefix);
    scriptRoutes(router, world, revoke, prefix);
    peopleRoutes(router, emulators.wechat, prefix);
    actionRoutes(router, emulators, prefix);
    pushRoutes(router, emulators, prefix);
  }
  phonePage(router);
  router.on('GET', '/health', () => json({ ok: true, messages: world.observation.last }));
  const server = createServer({ keepAliveTimeout: 65_000 }, listener(router));
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${port}`,
    port,
    world,
    emulators,
    close: () => {
      world.pushes.close();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sandboxAccounts, sandboxSmtpPort } from '@suiban/shared/sandbox';
import type { Clock } from '@suiban/shared/time';
import { alipayRoutes } from './alipay/routes';
import { actionRoutes, type Emulators } from './desk/action-routes';
import { alipayDeskRoutes, alipayOf } from './desk/alipay-routes';
import { chatRoutes } from './desk/chat-routes';
import { officialOf } from './desk/followers';
import { observeRoutes } from './desk/observe-routes';
import { paymentRoutes } from './desk/payment-routes';
import { peopleRoutes } from './desk/people-routes';
import { pushRoutes } from './desk/push-routes';
import { scriptRoutes } from './desk/script-routes';
import { tasksOf, wecomDeskRoutes } from './desk/wecom-routes';
import { type MailServer, startMailServer } from './email/mail-server';
import { listener } from './http/listener';
import { json, Router } from './http/router';
import { phonePage } from './phone/serve-page';
import { smsRoutes } from './sms/routes';
import { wechatRoutes } from './wechat/routes';
import { officialRoutes } from './wechat-official/routes';
import { wechatPayRoutes } from './wechat-pay/routes';
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
  /** Null: the port after the HTTP port is taken, and nobody gets mail. */
  readonly smtpUrl: string | null;
  readonly world: World;
  readonly emulators: Emulators;
  close(): Promise<void>;
}

/** Starts all platforms on one loopback port. Rejects when the port is taken. */
export async function startEmulators(options: EmulatorOptions): Promise<RunningEmulators> {
  const world = new World(options.accounts ?? sandboxAccounts, seedPersonas, options.clock);
  world.script.push.target = options.pushTarget ?? null;
  const router = new Router();
  const wechat = wechatRoutes(router, world);
  const emulators = {
    wecom: wecomRoutes(router, world),
    wechat,
    official: officialRoutes(router, wechat),
    alipay: alipayRoutes(router, world),
    wechatPay: wechatPayRoutes(router, world),
    sms: smsRoutes(router, world),
  };
  const families: Partial<Record<string, { revokeAll(): void }>> = {
    wecom: emulators.wecom.tokens,
    wechat: emulators.wechat.tokens,
    'wechat-official': emulators.official.tokens,
  };
  const revoke = { revoke: (platform: string) => families[platform]?.revokeAll() };
  for (const prefix of ['', '/phone/api']) {
    observeRoutes(router, world, prefix);
    scriptRoutes(router, world, revoke, prefix);
    peopleRoutes(router, emulators.wechat, prefix, (persona) => ({
      alipay: alipayOf(emulators.alipay, persona),
      official: officialOf(emulators.official, persona),
      tasks: tasksOf(emulators.wecom, persona),
    }));
    actionRoutes(router, emulators, prefix);
    chatRoutes(router, emulators, prefix);
    pushRoutes(router, emulators, prefix);
    paymentRoutes(router, emulators.wechatPay, prefix);
    alipayDeskRoutes(router, emulators.alipay, prefix);
    wecomDeskRoutes(router, emulators.wecom, prefix);
  }
  phonePage(router);
  router.on('GET', '/health', () => json({ ok: true, messages: world.observation.last }));
  const server = createServer({ keepAliveTimeout: 65_000 }, listener(router));
  const host = options.host ?? '127.0.0.1';
  const { port, mail } = await listen(world, server, host, options.port);
  return {
    url: `http://${host}:${port}`,
    port,
    smtpUrl: mail?.url ?? null,
    world,
    emulators,
    close: async () => {
      await mail?.close();
      world.pushes.close();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const TRIES = 5;

/** Mail has the port after the HTTP port, where the server looks for it. With any free port a pair is looked for. */
async function listen(
  world: World,
  server: Server,
  host: string,
  wantedPort: number,
): Promise<{ port: number; mail: MailServer | undefined }> {
  for (let tries = 1; ; tries += 1) {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(wantedPort, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
    const { port } = server.address() as AddressInfo;
    const mail = await startMailServer(world, host, sandboxSmtpPort(port)).catch(() => undefined);
    if (mail || wantedPort !== 0 || tries === TRIES) return { port, mail };
    await new Promise((resolve) => server.close(resolve));
  }
}

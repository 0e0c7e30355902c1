import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, systemClock } from '@suiban/shared/time';
import { accessTokens } from './channels/access-tokens';
import { alipayMiniChannel } from './channels/alipay-mini';
import type { Channel, PushReceiver } from './channels/channel';
import { emailChannel } from './channels/email';
import { inboxChannel } from './channels/inbox';
import { channelRegistry } from './channels/registry';
import { smsChannel } from './channels/sms';
import { wechatMiniChannel } from './channels/wechat-mini';
import { wechatOfficialChannel } from './channels/wechat-official';
import { wechatPayNotices } from './channels/wechat-pay';
import { wecomChannel } from './channels/wecom';
import type { City } from './config/city';
import type { Config } from './config/config';
import { loadCity } from './config/load-city';
import { packageDir } from './config/paths';
import { auditTask } from './kernel/audit/audit-task';
import { createAudit } from './kernel/audit/create-audit';
import { aesFieldSealer } from './kernel/crypto/aes-field-sealer';
import type { FieldSealer } from './kernel/crypto/field-sealer';
import type { Database } from './kernel/db/database';
import { migrate, pendingMigrations } from './kernel/db/migrate';
import { openDatabase } from './kernel/db/open-database';
import { diskFileStore } from './kernel/files/disk-file-store';
import { databaseCheck, healthRoutes, type ReadinessCheck } from './kernel/health/health';
import type { Role } from './kernel/http/actor';
import { idempotencyTask } from './kernel/http/calls/idempotency';
import { createHttpServer, type HttpServer } from './kernel/http/server';
import { createInbox } from './kernel/inbox/create-inbox';
import type { Inbox } from './kernel/inbox/inbox';
import { inboxHandlers, inboxQueue, inboxTask } from './kernel/inbox/receiver';
import { wakeSparingly } from './kernel/inbox/wake-sparingly';
import { createLogger } from './kernel/log/create-logger';
import type { Logger } from './kernel/log/logger';
import { createOutbound } from './kernel/outbound/create-outbound';
import type { Outbound } from './kernel/outbound/outbound';
import { sandboxProxy } from './kernel/outbound/sandbox-proxy';
import { createOutbox } from './kernel/outbox/create-outbox';
import { outboxQueue, outboxTask } from './kernel/outbox/dispatcher';
import { createPace } from './kernel/pace/create-pace';
import { openRedis, type RedisLink } from './kernel/redis/open-redis';
import { createTasks, type TaskEngine } from './kernel/tasks/create-tasks';
import type { TaskDefinition } from './kernel/tasks/tasks';
import { auditModule } from './modules/audit';
import { callbacksModule } from './modules/callbacks';
import { campaignsModule } from './modules/campaigns';
import { conversationsModule } from './modules/conversations';
import { dispatchModule } from './modules/dispatch';
import { agentEnterprise, agentEnterprises, enterprisesModule } from './modules/enterprises';
import { identityModule } from './modules/identity';
import { messagesModule } from './modules/messages';
import type { Deps, Module } from './modules/module';
import { paymentsModule } from './modules/payments';
import { questionnairesModule } from './modules/questionnaires';
import { subscriptionsModule } from './modules/subscriptions';
import { surveysModule } from './modules/surveys';
import { workOrdersModule, workOrdersOf } from './modules/work-orders';
import { workbenchModule } from './modules/workbench';

/** What a module's factory may be given besides `deps`. */
interface Workshop {
  readonly deps: Deps;
  /** For the module that receives callbacks of platforms. */
  readonly inbox: Inbox;
  /** Modules made so far and later: ask at request time only. */
  readonly all: () => readonly Module[];
}

const permissionsOf = (modules: readonly Module[]): Readonly<Record<string, readonly Role[]>> =>
  Object.assign({}, ...modules.map((module) => module.permissions));

/** One line per module, in the order of the module graph: what a module stands on comes before it. */
const factories: readonly ((workshop: Workshop) => Module)[] = [
  ({ deps, all }) => identityModule(deps, { permissions: () => permissionsOf(all()), agentEnterprises, enterprise: agentEnterprise }),
  ({ deps }) => enterprisesModule(deps),
  ({ deps }) => subscriptionsModule(deps),
  ({ deps }) => questionnairesModule(deps),
  ({ deps }) => messagesModule(deps),
  ({ deps }) => dispatchModule(deps),
  ({ deps }) => campaignsModule(deps),
  ({ deps }) => surveysModule(deps, { workOrdersOf }),
  ({ deps }) => workOrdersModule(deps),
  ({ deps, all }) => conversationsModule(deps, { intents: () => all().flatMap(({ intents = [] }) => intents) }),
  ({ deps, inbox, all }) => callbacksModule(deps, { inbox, replyNow: () => all().find(({ replyNow }) => replyNow)?.replyNow }),
  ({ deps }) => paymentsModule(deps),
  ({ deps }) => auditModule(deps),
  ({ deps }) => workbenchModule(deps),
];

/** One line per channel. */
const channelsOf = (config: Config, deps: { outbound: Outbound; db: Database; sealer: FieldSealer; clock: Clock }): Channel[] => {
  const tokens = accessTokens(deps);
  const { platforms, accounts } = config;
  return [
    inboxChannel(),
    ...(platforms.wecom === 'off' ? [] : [wecomChannel(accounts.wecom, { ...deps, tokens })]),
    ...(platforms.wechatMini === 'off' ? [] : [wechatMiniChannel(accounts.wechatMini, { ...deps, tokens }, cityServiceOf(config))]),
    ...(platforms.wechatOfficial === 'off' ? [] : [wechatOfficialChannel(accounts.wechatOfficial, { ...deps, tokens })]),
    ...(platforms.alipay === 'off' ? [] : [alipayMiniChannel(accounts.alipay, deps)]),
    ...(platforms.sms === 'off' ? [] : [smsChannel(accounts.sms, deps)]),
    ...(platforms.email === 'off' ? [] : [emailChannel(accounts.email, deps)]),
  ];
};

/** A real mini-program is linked to no account of the sandbox, nor the other way round. */
const cityServiceOf = ({ platforms, accounts }: Config): { cityServiceBy?: Config['accounts']['wechatOfficial'] } =>
  platforms.wechatOfficial === platforms.wechatMini ? { cityServiceBy: accounts.wechatOfficial } : {};

/** One line per payment platform that is no channel. */
const noticesOf = ({ platforms, accounts }: Config, deps: { outbound: Outbound; clock: Clock; log: Logger }): PushReceiver[] =>
  platforms.wechatPay === 'off' ? [] : [wechatPayNotices(accounts.wechatPay, deps)];

/** Base URLs of the environment: the only origins that may be called without the filter. */
const platformUrls = ({ platforms, accounts }: Config): string[] => {
  const { wecom, wechatMini, wechatOfficial, alipay, wechatPay } = accounts;
  const urls = { wecom, wechatMini, wechatOfficial, alipay, wechatPay };
  return [
    ...Object.entries(urls).flatMap(([name, { baseUrl }]) => (platforms[name as keyof typeof urls] === 'off' ? [] : [baseUrl])),
    ...(platforms.sms === 'off' ? [] : [accounts.sms.gatewayUrl]),
  ];
};

export function composeModules(deps: Deps, inbox: Inbox): readonly Module[] {
  const modules: Module[] = [];
  for (const make of factories) modules.push(make({ deps, inbox, all: () => modules }));
  return modules;
}

export const migrationsFolder = path.join(packageDir, 'migrations');

/** What tests put in place of the real thing. What is given here is not closed by `stop`. */
export interface Overrides {
  readonly clock?: Clock;
  readonly log?: Logger;
  readonly db?: Database;
  readonly channels?: readonly Channel[];
  /** Instead of the composed ones. */
  readonly modules?: (deps: Deps, inbox: Inbox) => readonly Module[];
}

export interface ComposedServer {
  readonly deps: Deps;
  readonly modules: readonly Module[];
  readonly outbound: Outbound;
  /** Listens, then runs tasks, as the role says. Returns the port. @throws Error with code EADDRINUSE */
  start(): Promise<number>;
  /** Stops accepting, finishes requests, drains tasks, closes connections and the database, in this order. */
  stop(withinMs: number): Promise<void>;
}

interface Kernel {
  readonly config: Config;
  readonly deps: Deps;
  readonly inbox: Inbox;
  readonly engine: TaskEngine;
  readonly outbound: Outbound;
  readonly redis: RedisLink | undefined;
  readonly close: () => Promise<void>;
}

async function openKernel(config: Config, city: City, overrides: Overrides): Promise<Kernel> {
  const clock = overrides.clock ?? systemClock;
  const log = overrides.log ?? createLogger({ level: config.logLevel });
  const db = overrides.db ?? (await openDatabase({ databaseUrl: config.databaseUrl, dataDir: config.dataDir, log }));
  const closeDb = async () => (overrides.db ? undefined : db.close());
  try {
    if (config.migratesAtStart) await migrate(db, { folder: migrationsFolder, log });
    const engine = await createTasks({ redisUrl: config.redisUrl, database: db, log, clock });
    const redis = config.redisUrl ? openRedis(config.redisUrl, log) : undefined;
    const sealer = aesFieldSealer(config.secrets);
    const outbound = createOutbound({ clock, platformUrls: platformUrls(config) });
    const channels = channelRegistry(
      overrides.channels ?? channelsOf(config, { outbound, db, sealer, clock }),
      noticesOf(config, { outbound, clock, log }),
    );
    const deps: Deps = {
      db,
      clock,
      log,
      config,
      city,
      tasks: engine,
      outbox: createOutbox(() => void engine.wake(outboxQueue, {}, { key: 'all' })),
      audit: createAudit(clock),
      sealer,
      files: diskFileStore(path.join(config.dataDir, 'files')),
      channels,
      pace: createPace(redis?.client),
    };
    const close = async () => {
      redis?.close();
      await outbound.close();
      await closeDb();
    };
    return {
      config,
      deps,
      inbox: createInbox(wakeSparingly(() => void engine.wake(inboxQueue, {}, { key: 'all' }))),
      engine,
      outbound,
      redis,
      close,
    };
  } catch (error) {
    await closeDb();
    throw error;
  }
}

/** Work of the kernel itself, beside the modules'. */
function tasksOf({ deps }: Kernel, modules: readonly Module[]): TaskDefinition[] {
  const { db, clock, log, city } = deps;
  return [
    outboxTask({ db, clock, log, subscribers: modules }),
    inboxTask({ db, clock, log, handlers: inboxHandlers(modules) }),
    auditTask({ db, clock, timeZone: city.timeZone }),
    idempotencyTask(db),
    ...modules.flatMap((module) => module.tasks ?? []),
  ];
}

const migrationsWaitMs = 60_000;

/** A process that does not migrate waits for one that does. */
async function untilMigrated(db: Database, log: Logger): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += 500) {
    const pending = await pendingMigrations(db, migrationsFolder);
    if (pending.length === 0) return;
    if (waitedMs === 0) log.info({ pending }, 'waiting for another process to migrate');
    if (waitedMs >= migrationsWaitMs) throw new Error(`nobody applied ${pending[0]}: start a worker, or set SUIBAN_MIGRATE=yes`);
    await sleep(500);
  }
}

/** Asked until the answer is yes; a migrated database stays so. */
function migrationsCheck(db: Database): ReadinessCheck {
  let isDone = false;
  const check = async () => {
    isDone ||= (await pendingMigrations(db, migrationsFolder)).length === 0;
    if (!isDone) throw new Error('pending');
  };
  return { name: 'migrations', isVital: true, check, reason: 'not applied yet' };
}

const must = (isWell: () => boolean) => async () => {
  if (!isWell()) throw new Error('away');
};

function checksOf({ deps, engine, redis }: Kernel): ReadinessCheck[] {
  const { db } = deps;
  return [
    databaseCheck(db),
    migrationsCheck(db),
    { name: 'tasks', isVital: false, check: must(engine.isReady), reason: 'wake-ups wait for the sweeps' },
    ...(redis ? [{ name: 'redis', isVital: false, check: must(redis.isReady), reason: 'each process counts requests for itself' }] : []),
  ];
}

function authenticatorOf(modules: readonly Module[]) {
  const [found, ...more] = modules.flatMap((module) => module.authenticator ?? []);
  if (!found || more.length > 0) throw new Error('exactly one module gives the authenticator');
  return found;
}

function httpOf(kernel: Kernel, modules: readonly Module[], isDraining: () => boolean): { http: HttpServer; close: () => Promise<void> } {
  const { config, deps, redis } = kernel;
  const sandbox = config.sandboxUrl && config.role !== 'worker' ? sandboxProxy(config.sandboxUrl) : undefined;
  const http = createHttpServer({
    config,
    log: deps.log,
    db: deps.db,
    sealer: deps.sealer,
    modules,
    authenticator: authenticatorOf(modules),
    system: healthRoutes({ config, checks: checksOf(kernel), isDraining }),
    servesRoutes: config.role !== 'worker',
    ...(redis ? { redis: redis.client } : {}),
    ...(sandbox ? { sandbox: sandbox.middleware } : {}),
  });
  return { http, close: async () => sandbox?.close() };
}

/** Modules and HTTP over an open kernel, which is closed again when they cannot be made. */
async function onKernel(kernel: Kernel, overrides: Overrides, isDraining: () => boolean) {
  try {
    const modules = (overrides.modules ?? composeModules)(kernel.deps, kernel.inbox);
    return { modules, ...httpOf(kernel, modules, isDraining) };
  } catch (error) {
    await kernel.engine.drain(1000);
    await kernel.close();
    throw error;
  }
}

/**
 * The whole server for one process, not started. Opens the database (and migrates it, as the settings say).
 * @throws ConfigError for a broken city profile; Error when the embedded database is in use
 */
export async function composeServer(config: Config, overrides: Overrides = {}): Promise<ComposedServer> {
  const city = loadCity(config.cityFile);
  const kernel = await openKernel(config, city, overrides);
  const { deps, engine, outbound } = kernel;
  let isDraining = false;
  const { modules, http, close } = await onKernel(kernel, overrides, () => isDraining);
  return {
    deps,
    modules,
    outbound,
    async start() {
      if (!config.migratesAtStart) await untilMigrated(deps.db, deps.log);
      for (const module of modules) await module.onStart?.();
      const port = await http.listen();
      if (config.role !== 'web') await engine.start(tasksOf(kernel, modules));
      return port;
    },
    async stop(withinMs) {
      if (isDraining) return;
      isDraining = true;
      // Requests get a third: what they began goes on in tasks, whose sends must end in the ledger.
      await http.drain(withinMs / 3);
      deps.log.info('requests are finished');
      await engine.drain(withinMs / 2);
      deps.log.info('tasks are finished');
      await close();
      await kernel.close();
    },
  };
}

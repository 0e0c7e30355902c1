import path from 'node:path';
import { accessTokens } from '../../bot-server/src/channels/access-tokens';
import { channelRegistry } from '../../bot-server/src/channels/registry';
import { smsChannel } from '../../bot-server/src/channels/sms';
import { wechatMiniChannel } from '../../bot-server/src/channels/wechat-mini';
import { wecomChannel } from '../../bot-server/src/channels/wecom';
import { loadCity } from '../../bot-server/src/config/load-city';
import { loadConfig } from '../../bot-server/src/config/load-config';
import { createAudit } from '../../bot-server/src/kernel/audit/create-audit';
import { aesFieldSealer } from '../../bot-server/src/kernel/crypto/aes-field-sealer';
import { openDatabase } from '../../bot-server/src/kernel/db/open-database';
import { diskFileStore } from '../../bot-server/src/kernel/files/disk-file-store';
import { createLogger } from '../../bot-server/src/kernel/log/create-logger';
import { createOutbound } from '../../bot-server/src/kernel/outbound/create-outbound';
import { createOutbox } from '../../bot-server/src/kernel/outbox/create-outbox';
import { createPace } from '../../bot-server/src/kernel/pace/create-pace';
import { createTasks } from '../../bot-server/src/kernel/tasks/create-tasks';
import { dispatchModule } from '../../bot-server/src/modules/dispatch';
import type { Deps } from '../../bot-server/src/modules/module';
import { systemClock } from '../../shared/src/time';

/**
 * A process that dispatches and does nothing else: what the fault tests kill. Settings come from the environment as the server's
 * do. Prints `ready`, ends on SIGTERM as the server does: 0 when everything was given back.
 */
async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const log = createLogger({ level: config.logLevel });
  const db = await openDatabase({ databaseUrl: config.databaseUrl, dataDir: config.dataDir, log, maxConnections: 10 });
  const sealer = aesFieldSealer(config.secrets);
  const clock = systemClock;
  const outbound = createOutbound({
    clock,
    platformUrls: [config.accounts.wecom.baseUrl, config.accounts.wechatMini.baseUrl, config.accounts.sms.gatewayUrl],
  });
  const engine = await createTasks({ redisUrl: config.redisUrl, database: db, log, clock, lockMs: 2000 });
  const tokens = accessTokens({ db, sealer, clock });
  const limits = { recipientsPerSec: Number(process.env.TEST_RECIPIENTS_PER_SEC ?? 2000) };
  const channels = channelRegistry([
    wecomChannel(config.accounts.wecom, { outbound, tokens, clock }, { limits }),
    wechatMiniChannel(config.accounts.wechatMini, { outbound, tokens, clock }, { limits }),
    smsChannel(config.accounts.sms, { outbound, clock }, { limits }),
  ]);
  const deps: Deps = {
    db,
    clock,
    log,
    config,
    city: loadCity(config.cityFile),
    tasks: engine,
    outbox: createOutbox(() => undefined),
    audit: createAudit(clock),
    sealer,
    files: diskFileStore(path.join(config.dataDir, 'files')),
    channels,
    pace: createPace(),
  };
  await engine.start([...(dispatchModule(deps).tasks ?? [])]);
  process.stdout.write('ready\n');
  process.once('SIGTERM', () => {
    engine
      .drain(20_000)
      .then(() => outbound.close())
      .then(() => db.close())
      .then(() => process.exit(0))
      .catch(() => process.exit(1));
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { accessTokens } from '../../bot-server/src/channels/access-tokens';
import { channelRegistry } from '../../bot-server/src/channels/registry';
import { wechatMiniChannel } from '../../bot-server/src/channels/wechat-mini';
import { wecomChannel } from '../../bot-server/src/channels/wecom';
import { loadConfig } from '../../bot-server/src/config/load-config';
import { aesFieldSealer } from '../../bot-server/src/kernel/crypto/aes-field-sealer';
import type { Database } from '../../bot-server/src/kernel/db/database';
import { createOutbound } from '../../bot-server/src/kernel/outbound/create-outbound';
import type { Outbound } from '../../bot-server/src/kernel/outbound/outbound';
import { systemClock } from '../../shared/src/time';
import { type RunningEmulators, startEmulators } from '../emulators/start-emulators';
import { testDatabase } from '../support/database';
import { bodies, openidOf, templateId } from '../support/ledger';
import { temporaryFolder } from '../support/process';

const workers = 50;

describe('fifty workers find the token dead at the same moment', () => {
  let sandbox: RunningEmulators;
  let db: Database;
  let outbound: Outbound;
  beforeAll(async () => {
    sandbox = await startEmulators({ port: 0 });
    db = await testDatabase();
  }, 60_000);
  afterAll(async () => {
    await outbound.close();
    await db.close();
    await sandbox.close();
  });

  /** Workers share nothing but the database: as many token caches as there are processes. */
  function processes(count: number) {
    const config = loadConfig({ DATA_DIR: temporaryFolder('tokens'), NODE_ENV: 'test', LOG_LEVEL: 'silent', SANDBOX_URL: sandbox.url });
    outbound ??= createOutbound({ clock: systemClock, platformUrls: [config.wecom.baseUrl, config.wechatMini.baseUrl] });
    const sealer = aesFieldSealer(config.secrets);
    return Array.from({ length: count }, () => {
      const deps = { outbound, clock: systemClock, tokens: accessTokens({ db, sealer, clock: systemClock }) };
      return channelRegistry([wecomChannel(config.wecom, deps), wechatMiniChannel(config.wechatMini, deps)]);
    });
  }
  const tokenCalls = () => [...sandbox.world.requests.after(0)].filter(({ action }) => action.includes('token')).length;
  const version = async (platform: string) =>
    (await db.one<{ version: string }>(sql`select version from platform_token where platform = ${platform}`)).version;

  it.each(['wecom', 'wechat-mini'] as const)(
    '%s: one refresh call, every call succeeds, the old token is not stored again',
    async (kind) => {
      const five = processes(5);
      for (let n = 1; n <= workers * 2; n += 1) sandbox.emulators.wechat.credits.grant(openidOf(n), templateId, 1, false);
      const send = (n: number) => {
        const channel = five[n % five.length]?.get(kind, 'default');
        const address =
          kind === 'wecom'
            ? ({ type: 'wecom-member', account: 'default', userId: `u${n}` } as const)
            : ({ type: 'openid', account: 'default', openid: openidOf(n) } as const);
        const link = `https://example.test/s/1-${n}-1-abcdefghij`;
        const [call] = channel?.plan([{ ref: String(n), address, link }], { attemptKey: 'c1a1', body: bodies[kind] }) ?? [];
        if (!channel || !call) throw new Error('no call');
        return channel.sendCall(call, new AbortController().signal);
      };
      const all = (from: number) => Promise.all(Array.from({ length: workers }, (_, index) => send(from + index)));
      const accepted = (results: Awaited<ReturnType<typeof all>>) => results.flat().filter(({ outcome }) => outcome === 'accepted').length;

      const start = tokenCalls();
      expect(accepted(await all(1))).toBe(workers);
      expect(tokenCalls() - start).toBe(1);
      const before = await version(kind);
      if (kind === 'wecom') sandbox.emulators.wecom.tokens.revokeAll();
      else sandbox.emulators.wechat.tokens.revokeAll();
      const beforeExpiry = tokenCalls();
      expect(accepted(await all(1 + workers))).toBe(workers);
      process.stdout.write(`32 ${kind} ${JSON.stringify({ workers, refreshCalls: tokenCalls() - beforeExpiry })}\n`);
      expect(tokenCalls() - beforeExpiry).toBe(1);
      expect(Number(await version(kind))).toBe(Number(before) + 1);
    },
  );
});

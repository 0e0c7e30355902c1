import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessTokens } from '../../bot-server/src/channels/access-tokens';
import type { Channel } from '../../bot-server/src/channels/channel';
import { inboxChannel } from '../../bot-server/src/channels/inbox';
import { channelRegistry } from '../../bot-server/src/channels/registry';
import { smsChannel } from '../../bot-server/src/channels/sms';
import { wechatMiniChannel } from '../../bot-server/src/channels/wechat-mini';
import { wecomChannel } from '../../bot-server/src/channels/wecom';
import { loadConfig } from '../../bot-server/src/config/load-config';
import { aesFieldSealer } from '../../bot-server/src/kernel/crypto/aes-field-sealer';
import type { Database } from '../../bot-server/src/kernel/db/database';
import { createOutbound } from '../../bot-server/src/kernel/outbound/create-outbound';
import type { Outbound } from '../../bot-server/src/kernel/outbound/outbound';
import { listMessageTemplates } from '../../bot-server/src/modules/campaigns/list-message-templates';
import { systemClock } from '../../shared/src/time';
import { official } from '../support/campaign-stage';
import { testDatabase } from '../support/database';
import { testDeps } from '../support/deps';
import { bodies, type SendingKind } from '../support/ledger';
import { temporaryFolder } from '../support/process';

const secret = 'canary-appsecret-4711';

/** A platform whose every answer carries a secret; tokens it gives freely and counts. */
function leakyPlatform() {
  const seen = { tokens: 0, sends: 0 };
  let issued = 0;
  let reply: { status: number; body: object } = { status: 200, body: {} };
  const server: Server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      const isToken = /token/.test(request.url?.split('?')[0] ?? '');
      if (isToken) {
        seen.tokens += 1;
        issued += 1;
      } else seen.sends += 1;
      const { status, body } = isToken ? { status: 200, body: { access_token: `t${issued}`, expires_in: 7200 } } : reply;
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  return {
    seen,
    server,
    answers: (status: number, body: object) => {
      reply = { status, body };
      seen.tokens = 0;
      seen.sends = 0;
    },
  };
}

describe('a platform that fails and tells its secrets', () => {
  const platform = leakyPlatform();
  let db: Database;
  let outbound: Outbound;
  let channels: readonly Channel[] = [];
  beforeAll(async () => {
    await new Promise<void>((resolve) => platform.server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(platform.server.address() as AddressInfo).port}`;
    const config = loadConfig({ DATA_DIR: temporaryFolder('leaky'), NODE_ENV: 'test', LOG_LEVEL: 'silent', SANDBOX_URL: url });
    db = await testDatabase();
    outbound = createOutbound({
      clock: systemClock,
      platformUrls: [config.wecom.baseUrl, config.wechatMini.baseUrl, config.sms.gatewayUrl],
    });
    const deps = { outbound, clock: systemClock, tokens: accessTokens({ db, sealer: aesFieldSealer(config.secrets), clock: systemClock }) };
    channels = [inboxChannel(), wecomChannel(config.wecom, deps), wechatMiniChannel(config.wechatMini, deps), smsChannel(config.sms, deps)];
  }, 60_000);
  afterAll(async () => {
    await outbound.close();
    await db.close();
    platform.server.closeAllConnections();
    await new Promise((resolve) => platform.server.close(resolve));
  });

  const send = async (kind: SendingKind) => {
    const channel = channelRegistry(channels).get(kind, 'default');
    const address = {
      wecom: { type: 'wecom-member', account: 'default', userId: 'u1' },
      'wechat-mini': { type: 'openid', account: 'default', openid: 'oTest0000000001' },
      sms: { type: 'mobile', account: 'default', mobile: '13900000001' },
    } as const;
    const [call] = channel.plan([{ ref: '1', address: address[kind], link: 'https://example.test/s/1-1-1-abcdefghij' }], {
      attemptKey: 'c1a1',
      body: bodies[kind],
    });
    if (!call) throw new Error('no call');
    return channel.sendCall(call, new AbortController().signal);
  };

  it.each([
    ['wecom', 200, { errcode: 40014, errmsg: `invalid token, secret=${secret}` }, { outcome: 'refused', class: 'auth', code: '40014' }],
    ['wechat-mini', 200, { errcode: 40001, errmsg: `invalid credential ${secret}` }, { outcome: 'refused', class: 'auth', code: '40001' }],
  ] as const)('%s: a dead token is renewed once and the call tried once more', async (kind, status, body, result) => {
    platform.answers(200, { errcode: 0, errmsg: 'ok' });
    await send(kind);
    platform.answers(status, body);
    const results = await send(kind);
    expect(results).toEqual([{ ref: '1', ...result }]);
    expect(platform.seen).toEqual({ tokens: 1, sends: 2 });
    expect(JSON.stringify(results)).not.toContain(secret);
  });

  it.each([
    ['wecom', 401, 'refused'],
    ['wechat-mini', 401, 'refused'],
    ['sms', 401, 'refused'],
    ['wecom', 500, 'unknown'],
    ['wechat-mini', 500, 'unknown'],
    ['sms', 500, 'unknown'],
  ] as const)('%s answering %d is %s, without its words', async (kind, status, outcome) => {
    platform.answers(status, { errmsg: `token=${secret}`, message: secret });
    const results = await send(kind);
    expect(results).toEqual([expect.objectContaining({ ref: '1', outcome, code: `http-${status}` })]);
    expect(JSON.stringify(results)).not.toContain(secret);
  });

  it.each([401, 500, 200])('a screen that asks the platform answers 502 and nothing of it (%d)', async (status) => {
    platform.answers(status, { errcode: 45009, errmsg: secret, data: [] });
    const deps = await testDeps({ db, channels: channelRegistry(channels) });
    const failure: unknown = await listMessageTemplates(deps, official(['drafter'])).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'DomainError', type: 'kernel:upstream', httpStatus: 502 });
    expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain(secret);
  });
});

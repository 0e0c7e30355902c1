import { accessTokens } from '../../bot-server/src/channels/access-tokens';
import type { Channel, RawPush } from '../../bot-server/src/channels/channel';
import type { Config } from '../../bot-server/src/config/config';
import { aesFieldSealer } from '../../bot-server/src/kernel/crypto/aes-field-sealer';
import { createOutbound } from '../../bot-server/src/kernel/outbound/create-outbound';
import type { Outbound } from '../../bot-server/src/kernel/outbound/outbound';
import { systemClock } from '../../shared/src/time';
import type { BuiltPush } from '../emulators/push/built-push';
import { startEmulators } from '../emulators/start-emulators';
import { testDatabase } from '../support/database';
import { subjects } from './subjects';
import { sandboxConfig } from './subjects/sandbox-config';
import type { Subject, SubjectDeps } from './subjects/subject';

/** Waits no longer for any answer than this. */
function impatient(outbound: Outbound, timeoutMs: number): Outbound {
  return {
    ...outbound,
    platform: (baseUrl) => {
      const client = outbound.platform(baseUrl);
      return { request: (request) => client.request({ ...request, timeoutMs }) };
    },
  };
}

const platformUrls = ({ accounts }: Config): string[] => [
  ...[accounts.wecom, accounts.wechatMini, accounts.wechatOfficial, accounts.alipay, accounts.wechatPay].map(({ baseUrl }) => baseUrl),
  accounts.sms.gatewayUrl,
];

export interface MakeOptions {
  /** Platforms at another address than the emulators'. */
  readonly url?: string;
  readonly timeoutMs?: number;
  /** The state another process would have: tokens are read from the database anew. */
  readonly isOtherProcess?: boolean;
}

/** The emulators, a database, and every channel of `list` over them. */
export async function channelStage(list: readonly Subject[] = subjects) {
  const sandbox = await startEmulators({ port: 0 });
  const config = sandboxConfig(sandbox.url);
  const db = await testDatabase({ migrations: [1] });
  const sealer = aesFieldSealer(config.secrets);
  const tokensOf = () => accessTokens({ db, sealer, clock: systemClock });
  const tokens = tokensOf();
  const opened: Outbound[] = [];
  const outboundOf = (to: Config): Outbound => {
    const outbound = createOutbound({ clock: systemClock, platformUrls: platformUrls(to) });
    opened.push(outbound);
    return outbound;
  };
  const outbound = outboundOf(config);
  const depsOf = ({ url, timeoutMs, isOtherProcess = false }: MakeOptions): SubjectDeps => {
    const to = url === undefined ? config : sandboxConfig(url);
    const door = to === config ? outbound : outboundOf(to);
    return {
      config: to,
      clock: systemClock,
      // Elsewhere the tokens are others', too.
      tokens: isOtherProcess ? tokensOf() : tokens,
      ...(timeoutMs === undefined ? { outbound: door } : { outbound: impatient(door, timeoutMs), timeoutMs }),
    };
  };
  const made = new Map(list.map((subject) => [subject.kind, subject.make(depsOf({}))]));
  return {
    sandbox,
    config,
    db,
    channel(kind: Channel['kind']): Channel {
      const channel = made.get(kind);
      if (!channel) throw new Error(`no subject ${kind}`);
      return channel;
    },
    depsOf,
    /** Nothing goes wrong any more. */
    calm(): void {
      for (const script of Object.values(sandbox.world.script.platforms)) {
        Object.assign(script, { errors: null, lostReplies: null, quotaLeft: null, latencyMs: { min: 0, max: 0 } });
      }
    },
    make: (subject: Subject, options: MakeOptions): Channel => subject.make(depsOf(options)),
    close: async () => {
      for (const each of opened) await each.close();
      await db.close();
      await sandbox.close();
    },
  };
}
export type ChannelStage = Awaited<ReturnType<typeof channelStage>>;

/** A push on the wire as the server's route hands it to the channel. */
export function rawOf(push: BuiltPush): RawPush {
  const url = new URL(push.path, 'http://server');
  return { method: push.method, headers: push.headers, query: Object.fromEntries(url.searchParams), body: Buffer.from(push.body) };
}

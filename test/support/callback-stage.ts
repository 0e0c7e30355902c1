import { sql } from 'kysely';
import { channelRegistry } from '../../bot-server/src/channels/registry';
import { createInbox } from '../../bot-server/src/kernel/inbox/create-inbox';
import type { InboxMessage } from '../../bot-server/src/kernel/inbox/inbox';
import { receiveMessages } from '../../bot-server/src/kernel/inbox/receiver';
import { callbacksModule } from '../../bot-server/src/modules/callbacks';
import { type ChannelStage, channelStage } from '../conformance/channel-stage';
import { nowSec } from '../conformance/push-promises';
import { notices, subjects } from '../conformance/subjects';
import type { PushSubject } from '../conformance/subjects/subject';
import type { BuiltPush } from '../emulators/push/built-push';
import { startApp } from './app';
import { type TestDeps, testDeps } from './deps';

/** Every source of pushes, in the order of the conformance suite. */
export const pushSources: readonly PushSubject[] = [...subjects.flatMap(({ push }) => push ?? []), ...notices];

export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly tookMs: number;
}

/** All receivers behind the real routes, over a database of its own. Stored messages are handled when told. */
export interface CallbackStage {
  readonly deps: TestDeps;
  readonly channels: ChannelStage;
  readonly url: string;
  send(push: BuiltPush): Promise<Answered>;
  count(table: 'inbox' | 'callback_nonce'): Promise<number>;
  /** Rows of both tables gone, wake-ups forgotten. */
  forget(): Promise<void>;
  /** Hands every stored message to `handle`, whatever its type. */
  work(handle: (message: InboxMessage) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

const counts = {
  inbox: sql<{ n: number }>`select count(*)::int as n from inbox`,
  callback_nonce: sql<{ n: number }>`select count(*)::int as n from callback_nonce`,
} as const;

export async function callbackStage(): Promise<CallbackStage> {
  const channels = await channelStage();
  const receivers = notices.map((notice) => notice.make(channels.depsOf({})));
  const registry = channelRegistry(
    subjects.map(({ kind }) => channels.channel(kind)),
    receivers,
  );
  const deps = await testDeps({ channels: registry, config: channels.config });
  const inbox = createInbox(() => void deps.tasks.wake('inbox', {}, { key: 'all' }));
  deps.tasks.define([{ queue: 'inbox', handle: async () => undefined }]);
  const app = await startApp(deps, () => [callbacksModule(deps, { inbox, replyNow: () => undefined })]);
  return {
    deps,
    channels,
    url: app.url,
    send: (push) => sendPush(app.url, push),
    count: async (table) => (await deps.db.one(counts[table])).n,
    async forget() {
      await deps.db.run(sql`delete from inbox`);
      await deps.db.run(sql`delete from callback_nonce`);
      deps.tasks.forget();
    },
    async work(handle) {
      deps.clock.set(new Date((nowSec() + 5) * 1000));
      const handlers = new Proxy({}, { get: () => handle });
      await receiveMessages({ db: deps.db, clock: deps.clock, log: deps.log, handlers });
    },
    async close() {
      await app.stop();
      await deps.close();
      await channels.close();
    },
  };
}

/** As the platform sends it: nothing is added, nothing is followed. */
export async function sendPush(url: string, push: BuiltPush): Promise<Answered> {
  const startedAt = performance.now();
  const response = await fetch(url + push.path, {
    method: push.method,
    headers: push.headers,
    ...(push.method === 'GET' ? {} : { body: push.body }),
    redirect: 'manual',
  });
  return { status: response.status, text: await response.text(), tookMs: performance.now() - startedAt };
}

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { createInbox } from '../../bot-server/src/kernel/inbox/create-inbox';
import type { InboxHandler, InboxMessage } from '../../bot-server/src/kernel/inbox/inbox';
import { inboxHandlers, receiveMessages } from '../../bot-server/src/kernel/inbox/receiver';
import { type TestDeps, testDeps } from '../support/deps';

let deps: TestDeps;
let wakes = 0;
const inbox = createInbox(() => {
  wakes += 1;
});

beforeAll(async () => {
  deps = await testDeps({ migrations: [1] });
}, 60_000);
afterAll(() => deps.close());
beforeEach(async () => {
  await deps.db.run(sql`truncate inbox`);
  deps.clock.set(new Date(Date.parse('2099-01-01T00:00:00Z')));
  wakes = 0;
});

const push = (messageKey: string, source = 'wecom:default'): InboxMessage => ({ source, messageKey, payload: { messageKey } });
const receive = (handlers: Record<string, InboxHandler>) => receiveMessages({ ...deps, handlers });

describe('inbox', () => {
  it('stores a push once, however often and however fast it is repeated', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => inbox.accept(deps.db, push('m1'))));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await inbox.accept(deps.db, push('m1', 'wechat-mini:default'))).toBe(true);
    expect(wakes).toBe(2);
    expect(await deps.db.one(sql`select count(*)::int as count from inbox`)).toEqual({ count: 2 });
  });

  it('hands each push to the module of its kind, once, in order, and leaves other kinds alone', async () => {
    for (const key of ['m1', 'm2', 'm3']) await inbox.accept(deps.db, push(key));
    await inbox.accept(deps.db, push('other', 'sms:default'));
    const seen: InboxMessage[] = [];
    const handlers = inboxHandlers([
      { name: 'conversations', onInbox: { wecom: async (message) => void seen.push(message) } },
      { name: 'x' },
    ]);
    expect(await receive(handlers)).toBe(3);
    expect(await receive(handlers)).toBe(0);
    expect(seen).toEqual([push('m1'), push('m2'), push('m3')]);
    expect(await deps.db.rows(sql`select source from inbox where state = 'pending'`)).toEqual([{ source: 'sms:default' }]);
  });

  it('refuses two modules for one kind', () => {
    const onInbox = { wecom: async () => undefined };
    expect(() =>
      inboxHandlers([
        { name: 'a', onInbox },
        { name: 'b', onInbox },
      ]),
    ).toThrow('module b: pushes of wecom already have a handler');
  });

  it('tries a failed push again later, without holding back the others, and gives up with the reason', async () => {
    await inbox.accept(deps.db, push('bad'));
    await inbox.accept(deps.db, push('good'));
    let tries = 0;
    const handlers: Record<string, InboxHandler> = {
      wecom: async ({ messageKey }) => {
        if (messageKey !== 'bad') return;
        tries += 1;
        throw new Error('no such person');
      },
    };
    expect(await receive(handlers)).toBe(1);
    expect(await receive(handlers)).toBe(0);
    expect(tries).toBe(1);
    for (let count = 0; count < 12; count += 1) {
      deps.clock.advance(600_000);
      await receive(handlers);
    }
    expect(tries).toBe(10);
    expect(await deps.db.rows(sql`select message_key, attempts, reason from inbox where state = 'dead'`)).toEqual([
      { message_key: 'bad', attempts: 10, reason: 'no such person' },
    ]);
  });

  it('gives a push whose process died to the next one after the lease', async () => {
    await inbox.accept(deps.db, push('m1'));
    const died = receive({ wecom: () => new Promise<void>(() => undefined) });
    died.catch(() => undefined);
    const seen: string[] = [];
    const handlers: Record<string, InboxHandler> = { wecom: async ({ messageKey }) => void seen.push(messageKey) };
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await receive(handlers)).toBe(0);
    deps.clock.advance(60_000);
    expect(await receive(handlers)).toBe(1);
    expect(seen).toEqual(['m1']);
  });

  it('answers kernel:unavailable within a second when the database is busy', async () => {
    const startedAt = performance.now();
    const blocked = deps.db.tx(async (tx) => {
      await tx.run(sql`lock table inbox in access exclusive mode`);
      await new Promise((resolve) => setTimeout(resolve, 1_500));
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await expect(inbox.accept(deps.db, push('late'))).rejects.toMatchObject({ type: 'kernel:unavailable', httpStatus: 503 });
    expect(performance.now() - startedAt).toBeLessThan(1_100);
    await blocked;
    await inbox.accept(deps.db, push('late'));
    expect(await deps.db.one(sql`select count(*)::int as count from inbox`)).toEqual({ count: 1 });
  });
});

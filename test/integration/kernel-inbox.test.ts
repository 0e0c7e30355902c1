import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { createInbox } from '../../bot-server/src/kernel/inbox/create-inbox';
import type { Delivery, InboxHandler, InboxMessage } from '../../bot-server/src/kernel/inbox/inbox';
import { inboxHandlers, receiveMessages } from '../../bot-server/src/kernel/inbox/receiver';
import { type TestDeps, testDeps } from '../support/deps';
import { eventually } from '../support/eventually';

let deps: TestDeps;
let wakes = 0;
const inbox = createInbox(() => {
  wakes += 1;
});

beforeAll(async () => {
  deps = await testDeps();
}, 60_000);
afterAll(() => deps.close());
beforeEach(async () => {
  await deps.db.run(sql`truncate inbox, callback_nonce`);
  deps.clock.set(new Date(Date.parse('2099-01-01T00:00:00Z')));
  wakes = 0;
});

const message = (messageKey: string): InboxMessage => ({ source: 'wecom:default', messageKey, payload: { type: 'chat' } });
const push = (messageKey: string, more: Partial<Delivery> = {}): Delivery => ({
  source: 'wecom:default',
  messages: [{ messageKey, payload: { type: 'chat' } }],
  ...more,
});
const rows = async () => (await deps.db.one<{ count: number }>(sql`select count(*)::int as count from inbox`)).count;
const nonces = async () => (await deps.db.one<{ count: number }>(sql`select count(*)::int as count from callback_nonce`)).count;
const receive = (handlers: Record<string, InboxHandler>) => receiveMessages({ ...deps, handlers });

describe('inbox', () => {
  it('stores a push once, however often and however fast it is repeated', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => inbox.accept(deps.db, push('m1'))));
    expect(answers.filter((answer) => answer === 'stored')).toHaveLength(1);
    expect(new Set(answers)).toEqual(new Set(['stored', 'known']));
    expect(await inbox.accept(deps.db, push('m1', { source: 'wechat-mini:default' }))).toBe('stored');
    expect(wakes).toBe(2);
    expect(await rows()).toBe(2);
  });

  it('takes a signature once, also when it comes twice at the same moment, and stores nothing of a replay', async () => {
    const signed = (key: string, nonceHash: string) => inbox.accept(deps.db, push(key, { nonceHash }));
    const answers = await Promise.all([signed('m1', 'n1'), signed('m1', 'n1'), signed('m1', 'n1')]);
    expect([...answers].sort()).toEqual(['replay', 'replay', 'stored']);
    expect(await signed('m2', 'n1')).toBe('replay');
    expect(await signed('m1', 'n2')).toBe('known');
    expect([await rows(), await nonces(), wakes]).toEqual([1, 2, 1]);
  });

  it('stores all happenings of one push', async () => {
    const messages = ['m1', 'm1#1', 'm1#2'].map((messageKey) => ({ messageKey, payload: { type: 'receipt', text: "it's {} \\ 好" } }));
    expect(await inbox.accept(deps.db, { source: 'wecom:default', messages, nonceHash: 'n1' })).toBe('stored');
    expect(await inbox.accept(deps.db, { source: 'wecom:default', messages, nonceHash: 'n2' })).toBe('known');
    expect(await deps.db.rows(sql`select message_key as "messageKey", payload from inbox order by id`)).toEqual(messages);
  });

  it('hands each push to the module of its type, once, in order; what nobody listens to is done', async () => {
    for (const key of ['m1', 'm2', 'm3']) await inbox.accept(deps.db, push(key));
    await inbox.accept(deps.db, { source: 'sms:default', messages: [{ messageKey: 'other', payload: { type: 'other' } }] });
    const seen: InboxMessage[] = [];
    const handlers = inboxHandlers([{ name: 'conversations', onInbox: { chat: async (one) => void seen.push(one) } }, { name: 'x' }]);
    expect(await receive(handlers)).toBe(4);
    expect(await receive(handlers)).toBe(0);
    expect(seen).toEqual([message('m1'), message('m2'), message('m3')]);
    expect(await deps.db.rows(sql`select source from inbox where state <> 'handled'`)).toEqual([]);
  });

  it('forgets what a push said once it is handled, and still knows it when it comes again', async () => {
    const said = { source: 'wecom:default', messages: [{ messageKey: 'm1', payload: { type: 'chat', text: '我的手机号是 13800138000' } }] };
    await inbox.accept(deps.db, said);
    await receive({});
    expect(await deps.db.rows(sql`select payload from inbox`)).toEqual([{ payload: { type: 'chat' } }]);
    expect(await inbox.accept(deps.db, said)).toBe('known');
  });

  it('refuses two modules for one type', () => {
    const onInbox = { chat: async () => undefined };
    expect(() =>
      inboxHandlers([
        { name: 'a', onInbox },
        { name: 'b', onInbox },
      ]),
    ).toThrow('module b: pushes of type chat already have a handler');
  });

  it('tries a failed push again later, without holding back the others, and gives up with the reason', async () => {
    await inbox.accept(deps.db, push('bad'));
    await inbox.accept(deps.db, push('good'));
    let tries = 0;
    const handlers: Record<string, InboxHandler> = {
      chat: async ({ messageKey }) => {
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
    const died = receive({ chat: () => new Promise<void>(() => undefined) });
    died.catch(() => undefined);
    const seen: string[] = [];
    const handlers: Record<string, InboxHandler> = { chat: async ({ messageKey }) => void seen.push(messageKey) };
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await receive(handlers)).toBe(0);
    deps.clock.advance(60_000);
    expect(await receive(handlers)).toBe(1);
    expect(seen).toEqual(['m1']);
  });

  it('answers kernel:unavailable within a second when the database is busy, and then takes the very same push', async () => {
    const startedAt = performance.now();
    const blocked = deps.db.tx(async (tx) => {
      await tx.run(sql`lock table inbox in access exclusive mode`);
      await new Promise((resolve) => setTimeout(resolve, 1_500));
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const late = push('late', { nonceHash: 'n1' });
    await expect(inbox.accept(deps.db, late)).rejects.toMatchObject({ type: 'kernel:unavailable', httpStatus: 503 });
    expect(performance.now() - startedAt).toBeLessThan(1_100);
    await blocked;
    // What went through after the deadline stays, its signature does not.
    await eventually(async () => (await nonces()) === 0);
    expect(['stored', 'known']).toContain(await inbox.accept(deps.db, late));
    expect(await inbox.accept(deps.db, late)).toBe('replay');
    expect(await rows()).toBe(1);
  });

  it('answers kernel:unavailable when the store fails', async () => {
    const broken = { ...deps.db, urgent: { ...deps.db.urgent, rows: () => Promise.reject(new Error('no such table')) } };
    await expect(inbox.accept(broken, push('m1'))).rejects.toMatchObject({ type: 'kernel:unavailable', httpStatus: 503 });
    expect(wakes).toBe(0);
  });

  it('refuses the one push that cannot be stored, and no other of its moment', async () => {
    const poison = { messageKey: 'bad', payload: { type: 'chat', text: 'a\u0000b' } };
    const [bad, ...good] = await Promise.allSettled([
      inbox.accept(deps.db, { source: 'wecom:default', messages: [poison], nonceHash: 'n0' }),
      ...Array.from({ length: 60 }, (_, n) => inbox.accept(deps.db, push(`m${n}`, { nonceHash: `n${n + 1}` }))),
    ]);
    expect(bad).toMatchObject({ status: 'rejected', reason: { type: 'kernel:unavailable' } });
    expect(new Set(good.map((one) => (one.status === 'fulfilled' ? one.value : one.reason)))).toEqual(new Set(['stored']));
    expect([await rows(), await nonces()]).toEqual([60, 60]);
  });

  it('stores a message that two pushes of one moment bring, once, for the first', async () => {
    const answers = await Promise.all([
      inbox.accept(deps.db, push('first')),
      inbox.accept(deps.db, push('m1', { nonceHash: 'n1' })),
      inbox.accept(deps.db, push('m1', { nonceHash: 'n2' })),
      inbox.accept(deps.db, push('m2', { nonceHash: 'n1' })),
      inbox.accept(deps.db, push('m1', { nonceHash: 'n1', source: 'wechat-mini:default' })),
    ]);
    expect(answers).toEqual(['stored', 'stored', 'known', 'replay', 'stored']);
    expect([await rows(), await nonces()]).toEqual([3, 3]);
  });
});

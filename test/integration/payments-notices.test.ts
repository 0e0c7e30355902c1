import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { PaymentNotice } from '../../bot-server/src/channels/payment';
import { createInbox } from '../../bot-server/src/kernel/inbox/create-inbox';
import { inboxHandlers, receiveMessages } from '../../bot-server/src/kernel/inbox/receiver';
import type { OutboxEvent } from '../../bot-server/src/kernel/outbox/outbox';
import { paymentsModule } from '../../bot-server/src/modules/payments';
import { type TestDeps, testDeps } from '../support/deps';
import { testLog } from '../support/log';

const told: string[] = [];
const log = testLog.child({});
log.error = (...words: unknown[]) => void told.push(String(words.at(-1)));

let deps: TestDeps;
let heard: OutboxEvent[] = [];
const listener = { name: 'booking', onEvent: { 'payments.noticed': async (_tx: unknown, event: OutboxEvent) => void heard.push(event) } };
beforeAll(async () => {
  deps = await testDeps({ log });
}, 120_000);
afterAll(() => deps.close());
afterEach(async () => {
  told.length = 0;
  await deps.deliver([listener]);
  heard = [];
  for (const table of ['payment_notice', 'payment_trade', 'inbox']) await deps.db.run(sql`delete from ${sql.table(table)}`);
});

let count = 0;
const notice = (more: Partial<PaymentNotice> = {}): PaymentNotice => {
  count += 1;
  return {
    type: 'payment',
    provider: 'wechat-pay',
    noticeId: `EV-${count}`,
    happened: 'paid',
    merchantId: '1900000sandbox',
    appId: 'wx0000000sandbox00',
    outTradeNo: 'booking-0001',
    tradeNo: '4200001',
    totalFen: 1250,
    happenedAt: '2026-06-10T01:59:00.000Z',
    ...more,
  };
};
const refund = (outRefundNo: string, refundFen: number, more: Partial<PaymentNotice> = {}) =>
  notice({ happened: 'refunded', outRefundNo, refundFen, ...more });

/** As the module gets it from the inbox: JSON that went through the database. */
async function take(...notices: PaymentNotice[]): Promise<void> {
  const [handle] = [paymentsModule(deps).onInbox?.payment];
  const messages = notices.map((payload) => ({
    source: 'wechat-pay:default',
    messageKey: `n:${payload.noticeId}`,
    payload: { ...payload },
  }));
  await Promise.all(messages.map((message) => handle?.(message)));
}
const stored = async (): Promise<number> => (await deps.db.one<{ n: number }>(sql`select count(*)::int as n from payment_notice`)).n;
const trade = () =>
  deps.db.one<{ state: string; refunded: number }>(
    sql`select state, refunded_fen::int as refunded from payment_trade where trade_no = '4200001'`,
  );
const events = async (): Promise<number> => {
  await deps.deliver([listener]);
  return heard.length;
};

describe('payment notices', () => {
  it('count once, however often and however much at once they come', async () => {
    const one = notice();
    await take(...Array.from({ length: 10 }, () => one));
    await take(one);
    expect([await stored(), await events()]).toEqual([1, 1]);
    expect(await trade()).toEqual({ state: 'paid', refunded: 0 });
    expect(told).toEqual([]);
  });

  it('of one happening under several ids are one happening', async () => {
    await take(...Array.from({ length: 10 }, () => notice()));
    expect([await stored(), await events()]).toEqual([1, 1]);
    const [row] = await deps.db.rows<Record<string, unknown>>(sql`select * from payment_notice`);
    expect(heard[0]).toMatchObject({ key: 'wechat-pay:4200001', payload: { noticeId: row?.id } });
    expect(row).toMatchObject({
      out_trade_no: 'booking-0001',
      total_fen: '1250',
      refund_fen: null,
      happened_at: new Date('2026-06-10T01:59:00Z'),
    });
  });

  it('do not undo what came later: a late payment after its refund leaves it refunded', async () => {
    await take(refund('r1', 1250));
    expect((await trade()).state).toBe('refunded');
    await take(notice());
    expect(await trade()).toEqual({ state: 'refunded', refunded: 1250 });
    expect([await stored(), await events()]).toEqual([2, 2]);
  });

  it('add up in parts, each refund once', async () => {
    await take(
      notice(),
      refund('r1', 250),
      refund('r1', 250),
      refund('r2', 1000),
      notice({ happened: 'refund-failed', outRefundNo: 'r3', refundFen: 5 }),
    );
    expect(await trade()).toEqual({ state: 'refunded', refunded: 1250 });
    expect([await stored(), await events()]).toEqual([4, 4]);
    expect(told).toEqual([]);
  });

  it('that tell the sum of refunds instead of one count by the sum, numbered or not', async () => {
    const soFar = (refundedTotalFen: number) => notice({ provider: 'alipay', happened: 'refunded', refundedTotalFen });
    await take(soFar(250), soFar(250), soFar(1000), soFar(400));
    expect(await trade()).toEqual({ state: 'part-refunded', refunded: 1000 });
    expect([await stored(), await events()]).toEqual([3, 3]);
  });

  it('that contradict what is known change nothing, and somebody is told', async () => {
    const first = notice();
    await take(first);
    await take(notice({ totalFen: 1 }), notice({ outTradeNo: 'booking-0002' }), { ...first, tradeNo: '4200002' });
    expect([await stored(), await events()]).toEqual([1, 1]);
    expect(told).toEqual(Array(3).fill('a payment notice contradicts an earlier one'));
  });

  it('that give back more than was paid are kept, and somebody is told', async () => {
    await take(notice(), refund('r1', 1250));
    await take(refund('r2', 1));
    expect(await trade()).toEqual({ state: 'refunded', refunded: 1251 });
    expect(told).toEqual(['the amounts of a trade do not add up']);
  });

  it('of two providers and two merchants are different trades', async () => {
    await take(notice(), notice({ provider: 'alipay', appId: '2021' }), notice({ merchantId: '1900000002' }));
    expect([await stored(), await events()]).toEqual([3, 3]);
  });

  it('come through the inbox, and name nobody', async () => {
    const inbox = createInbox(() => undefined);
    const one = { ...notice(), payerId: 'oSandboxPayer00001' };
    const delivery = { source: 'wechat-pay:default', messages: [{ messageKey: 'n:1', payload: { ...one } }] };
    expect([await inbox.accept(deps.db, delivery), await inbox.accept(deps.db, delivery)]).toEqual(['stored', 'known']);
    deps.clock.set(new Date(performance.timeOrigin + performance.now() + 5000));
    await receiveMessages({ db: deps.db, clock: deps.clock, log, handlers: inboxHandlers([paymentsModule(deps)]) });
    expect(await stored()).toBe(1);
    expect(JSON.stringify(await deps.db.rows(sql`select * from payment_notice`))).not.toContain('oSandboxPayer');
    expect(JSON.stringify(await deps.db.rows(sql`select payload from outbox`))).not.toContain('oSandboxPayer');
  });
});

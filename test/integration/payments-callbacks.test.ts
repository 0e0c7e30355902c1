import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { type ComposedServer, composeServer } from '../../bot-server/src/compose';
import { loadConfig } from '../../bot-server/src/config/load-config';
import type { Database } from '../../bot-server/src/kernel/db/database';
import { type Sandbox, sandbox, until } from '../conformance/emulator-client';
import { merchantOf, orderOf } from '../conformance/pay-merchant';
import { PAY_VARIANTS } from '../emulators/push/wechat-pay-push';
import { testDatabase } from '../support/database';
import { testLog } from '../support/log';
import { temporaryFolder } from '../support/process';

/** WeChat Pay on one side, the whole server on the other, HTTP between them. */
let box: Sandbox;
let db: Database;
let server: ComposedServer;
beforeAll(async () => {
  [box, db] = await Promise.all([sandbox(), testDatabase()]);
  const env = { NODE_ENV: 'test', HOST: '127.0.0.1', DATA_DIR: temporaryFolder('payments'), SANDBOX_URL: box.url };
  server = await composeServer({ ...loadConfig(env), port: 0 }, { db, log: testLog });
  await box.script({ pushTarget: `http://127.0.0.1:${await server.start()}` });
}, 120_000);
afterAll(async () => {
  await server.stop(5000);
  await box.close();
  await db.close();
});
beforeEach(async () => {
  await box.script({ reset: true, push: { payWaitScale: 0.001 } });
  for (const table of ['payment_notice', 'payment_trade', 'inbox']) await db.run(sql`delete from ${sql.table(table)}`);
});

const count = async (table: string): Promise<number> =>
  (await db.one<{ n: number }>(sql`select count(*)::int as n from ${sql.table(table)}`)).n;
const stored = async () => [await count('inbox'), await count('payment_notice')];
const trades = () =>
  db.rows<Record<string, unknown>>(
    sql`select out_trade_no, state, total_fen::int as total, refunded_fen::int as refunded from payment_trade`,
  );
const push = async (body: Record<string, unknown>): Promise<number[]> => {
  const said = await box.post('/push', { platform: 'wechat-pay', ...body });
  if (said.status !== 200) throw new Error(JSON.stringify(said.body));
  const { results } = said.body as { results: { status: number }[] };
  return results.map(({ status }) => status);
};

describe('payments of WeChat Pay', () => {
  it('are known once, whoever signs, through probes and duplicates; and their refund', async () => {
    const ask = merchantOf(box);
    await box.script({ push: { duplicates: 2, payProbes: 1 } });
    for (const outTradeNo of ['booking-0001', 'booking-0002']) {
      await ask('POST', '/v3/pay/transactions/jsapi', JSON.stringify(orderOf(outTradeNo)));
      await box.post(`/payments/${outTradeNo}/pay`, {});
    }
    const amount = { refund: 1250, total: 1250, currency: 'CNY' };
    await until(async () => (await count('payment_notice')) === 2, 20_000);
    await ask('POST', '/v3/refund/domestic/refunds', JSON.stringify({ out_trade_no: 'booking-0002', out_refund_no: 'r1', amount }));
    await until(async () => (await count('payment_notice')) === 3 && box.world.pushes.pending === 0, 20_000);
    expect(await count('inbox')).toBe(3);
    expect(await trades()).toEqual(
      expect.arrayContaining([
        { out_trade_no: 'booking-0001', state: 'paid', total: 1250, refunded: 0 },
        { out_trade_no: 'booking-0002', state: 'refunded', total: 1250, refunded: 1250 },
      ]),
    );
    const pushes = [...box.world.requests.after(0)].filter(({ action }) => action === 'push.payment');
    const told = (outcome: string, code: string) => pushes.filter((each) => each.outcome === outcome && each.code === code).length;
    // Three notices and three probes, three times each; a probe is done when it is refused.
    expect([told('pushed', '200'), told('pushed', '401'), pushes.length]).toEqual([9, 9, 18]);
  }, 60_000);

  it.each(
    PAY_VARIANTS.filter((variant) => variant !== 'valid').flatMap((variant) => [
      [variant, 'cert'],
      [variant, 'public-key'],
    ]),
  )('that are %s (%s) are 401 and leave no row', async (variant, signer) => {
    expect(await push({ variant, signer })).toEqual([401]);
    expect(await stored()).toEqual([0, 0]);
  });

  it('are taken once when the very same bytes come ten times', async () => {
    expect(await push({ times: 10 })).toEqual([200, ...Array(9).fill(401)]);
    await until(async () => (await count('payment_notice')) === 1, 20_000);
    expect(await stored()).toEqual([1, 1]);
  }, 30_000);

  it('count once under one id, whatever a second notice says of the amount', async () => {
    const event = { outTradeNo: 'booking-0003', noticeId: 'EV-3' };
    expect(await push({ event: { ...event, totalFen: 100 } })).toEqual([200]);
    expect(await push({ event: { ...event, totalFen: 1 } })).toEqual([200]);
    expect(await push({ event: { ...event, noticeId: 'EV-4', totalFen: 1 } })).toEqual([200]);
    const handled = async () => (await db.one<{ n: number }>(sql`select count(*)::int as n from inbox where state = 'handled'`)).n;
    await until(async () => (await handled()) === 2, 20_000);
    expect(await trades()).toEqual([{ out_trade_no: 'booking-0003', state: 'paid', total: 100, refunded: 0 }]);
    expect(await count('payment_notice')).toBe(1);
  }, 30_000);
});

import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { RawPush } from '../channel';
import { signRsa } from '../rsa-keys';
import { fenOf } from './amounts';
import { receiveNotice } from './notice';
import { signContent } from './signing';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const account = { baseUrl: '', appId: 'app1', sellerId: 'seller1', appPrivateKey: '', alipayPublicKey: '', templates: [] };
const receive = receiveNotice(account, publicKey);

const paid = {
  notify_id: 'n1',
  notify_type: 'trade_status_sync',
  notify_time: '2026-11-20 14:30:01',
  gmt_payment: '2026-11-20 14:30:00',
  app_id: 'app1',
  seller_id: 'seller1',
  out_trade_no: 'o1',
  trade_no: 't1',
  trade_status: 'TRADE_SUCCESS',
  total_amount: '19.99',
  subject: '服务费 100% & 更多=+',
  buyer_open_id: '0abc',
};
const pushOf = (body: string, method: RawPush['method'] = 'POST'): RawPush => ({
  method,
  headers: {},
  query: {},
  body: Buffer.from(body),
});
function push(fields: Readonly<Record<string, string>>, signsType = false): RawPush {
  const content = signContent({ ...fields, ...(signsType ? { sign_type: 'RSA2' } : {}) });
  return pushOf(new URLSearchParams({ ...fields, sign_type: 'RSA2', sign: signRsa(privateKey, content) }).toString());
}
const eventOf = async (fields: Readonly<Record<string, string>>) => {
  const inbound = await receive(push(fields));
  return inbound.kind === 'message' ? inbound.event : undefined;
};
const refused = { type: 'kernel:forged-callback' };

describe('a payment notice', () => {
  it('becomes an event in whole fen and UTC; the answer is the word the platform waits for', async () => {
    expect(await receive(push(paid))).toEqual({
      kind: 'message',
      messageKey: 'n:n1',
      answer: 'success',
      event: {
        type: 'payment',
        provider: 'alipay',
        noticeId: 'n1',
        happened: 'paid',
        merchantId: 'seller1',
        appId: 'app1',
        outTradeNo: 'o1',
        tradeNo: 't1',
        totalFen: 1999,
        happenedAt: '2026-11-20T06:30:00.000Z',
      },
    });
  });

  it('is taken as well where the product signs sign_type', async () => {
    expect(await receive(push(paid, true))).toMatchObject({ messageKey: 'n:n1' });
  });

  it.each([
    ['TRADE_FINISHED', {}, 'paid'],
    ['TRADE_CLOSED', { gmt_close: '2026-11-20 15:00:00' }, 'closed'],
    ['TRADE_SUCCESS', { refund_fee: '5.00', gmt_refund: '2026-11-21 09:00:00.123', out_biz_no: 'r1' }, 'refunded'],
    ['TRADE_CLOSED', { refund_fee: '19.99', gmt_refund: '2026-11-21 09:00:00.123', out_biz_no: 'r2' }, 'refunded'],
  ])('%s with %j is %s', async (trade_status, more, happened) => {
    expect(await eventOf({ ...paid, ...more, trade_status })).toMatchObject({ type: 'payment', happened });
  });

  it('tells of a refund its number, the sum so far and its time', async () => {
    const refund = { refund_fee: '5.5', gmt_refund: '2026-11-21 09:00:00.123', out_biz_no: 'r1' };
    expect(await eventOf({ ...paid, ...refund })).toMatchObject({
      outRefundNo: 'r1',
      refundedTotalFen: 550,
      happenedAt: '2026-11-21T01:00:00.000Z',
    });
  });

  it('says nothing of a trade that waits for its payer, or of something else', async () => {
    expect(await eventOf({ ...paid, trade_status: 'WAIT_BUYER_PAY' })).toEqual({ type: 'other', name: 'WAIT_BUYER_PAY' });
    const { out_trade_no: _no, trade_status: _state, ...rest } = paid;
    expect(await eventOf({ ...rest, notify_type: 'servicemarket_order_notify' })).toEqual({
      type: 'other',
      name: 'servicemarket_order_notify',
    });
  });

  it.each(Object.keys(paid))('is refused when %s was changed on the way', async (name) => {
    const form = new URLSearchParams(push(paid).body.toString());
    form.set(name, `${form.get(name)}1`);
    await expect(receive(pushOf(form.toString()))).rejects.toMatchObject(refused);
  });

  it('is refused for another app, another seller, a name that comes twice, another sign_type, and as a GET', async () => {
    await expect(receive(push({ ...paid, app_id: 'app2' }))).rejects.toMatchObject(refused);
    await expect(receive(push({ ...paid, seller_id: 'seller2' }))).rejects.toMatchObject(refused);
    const body = push(paid).body.toString();
    await expect(receive(pushOf(`${body}&total_amount=0.01`))).rejects.toMatchObject(refused);
    await expect(receive(pushOf(body.replace('sign_type=RSA2', 'sign_type=RSA')))).rejects.toMatchObject(refused);
    await expect(receive(pushOf(body, 'GET'))).rejects.toMatchObject(refused);
  });

  it.each([{ total_amount: '1e3' }, { total_amount: '-1.00' }, { total_amount: '1.999' }, { gmt_payment: 'yesterday' }, { notify_id: '' }])(
    'cannot be read with %j',
    async (broken) => {
      await expect(receive(push({ ...paid, ...broken }))).rejects.toMatchObject({ type: 'kernel:invalid-request' });
    },
  );
});

describe('yuan', () => {
  it('are whole fen, exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (fen) => {
        const digits = String(fen).padStart(3, '0');
        expect(fenOf(`${digits.slice(0, -2)}.${digits.slice(-2)}`)).toBe(fen);
      }),
    );
    expect([fenOf('7'), fenOf('7.5'), fenOf(''), fenOf('7.'), fenOf('.5'), fenOf(' 7')]).toEqual([
      700,
      750,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

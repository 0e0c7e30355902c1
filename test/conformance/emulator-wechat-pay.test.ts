import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { isRsaSignature, rsaPublicKey } from '../../bot-server/src/channels/rsa-keys';
import { openResource } from '../../bot-server/src/channels/wechat-pay/sealed-resource';
import { signedByPlatform } from '../../bot-server/src/channels/wechat-pay/signature';
import { callbackServer, type Json, type Push, type Sandbox, sandbox, until } from './emulator-client';
import { merchantOf, orderOf, pay } from './pay-merchant';

let box: Sandbox;
let server: Awaited<ReturnType<typeof callbackServer>>;
let statusOf: (count: number) => number;
let ask: ReturnType<typeof merchantOf>;
beforeAll(async () => {
  server = await callbackServer(() => statusOf(server.pushes.length));
  box = await sandbox(server.url);
  ask = merchantOf(box);
});
afterAll(async () => {
  await box.close();
  await server.close();
});
beforeEach(async () => {
  statusOf = () => 200;
  server.pushes.length = 0;
  await box.script({ reset: true, push: { payWaitScale: 0.0001 } });
});

const jsapi = '/v3/pay/transactions/jsapi';
const place = (order: Json) => ask('POST', jsapi, JSON.stringify(order));
const queryUrl = (outTradeNo: string) => `/v3/pay/transactions/out-trade-no/${outTradeNo}?mchid=${pay.mchId}`;
const query = (outTradeNo: string) => ask('GET', queryUrl(outTradeNo));
const close = (outTradeNo: string) =>
  ask('POST', `/v3/pay/transactions/out-trade-no/${outTradeNo}/close`, JSON.stringify({ mchid: pay.mchId }));
const refund = (body: Json) => ask('POST', '/v3/refund/domestic/refunds', JSON.stringify(body));
const paid = async (outTradeNo: string): Promise<void> => {
  await place(orderOf(outTradeNo));
  await box.post(`/payments/${outTradeNo}/pay`, {});
};

const certificateKey = new X509Certificate(Buffer.from(pay.platformCertificate, 'base64')).publicKey;
const publicKey = rsaPublicKey(pay.publicKey);
const noticeOf = (body: string): Json => {
  const { resource, ...envelope } = JSON.parse(body) as { resource: unknown };
  return { ...envelope, resource: JSON.parse(String(openResource(pay.apiV3Key, resource))) };
};

describe('the door', () => {
  const cases: [string, Parameters<typeof ask>[3]][] = [
    ['another url', { signedUrl: '/v3/other' }],
    ['another body', { signedBody: '{}' }],
    ['another merchant', { mchId: '1900009999' }],
    ['a foreign serial', { serial: '0123456789ABC' }],
    ['a clock ahead by six minutes', { skewSec: 360 }],
    ['a clock behind by six minutes', { skewSec: -360 }],
    ['no scheme', { headers: { authorization: 'Bearer x' } }],
  ];
  it.each(cases)('refuses %s with SIGN_ERROR, unsigned', async (_name, asked) => {
    const answer = await ask('POST', jsapi, JSON.stringify(orderOf('door-order')), asked);
    expect(answer).toMatchObject({ status: 401, body: { code: 'SIGN_ERROR' } });
    expect(answer.headers.get('wechatpay-signature')).toBeNull();
    expect((await query('door-order')).status).toBe(404);
  });

  it('signs answers with the certificate, or with the public key when its id is asked for', async () => {
    for (const [headers, key, serial] of [
      [{}, certificateKey, pay.platformSerial],
      [{ 'wechatpay-serial': pay.publicKeyId }, publicKey, pay.publicKeyId],
    ] as const) {
      const answer = await ask('GET', queryUrl('nobody-knows'), '', { headers });
      const of = (name: string) => answer.headers.get(`wechatpay-${name}`) ?? '';
      expect(of('serial')).toBe(serial);
      const text = Buffer.from(answer.text);
      expect(isRsaSignature(key, signedByPlatform(of('timestamp'), of('nonce'), text), of('signature'))).toBe(true);
      expect(isRsaSignature(key, signedByPlatform(of('timestamp'), of('nonce'), Buffer.from(`${answer.text} `)), of('signature'))).toBe(
        false,
      );
    }
  });

  it('hands out its certificate sealed, and has none for a merchant of the public key alone', async () => {
    const { body } = await ask('GET', '/v3/certificates');
    const [entry] = body.data as { serial_no: string; encrypt_certificate: unknown }[];
    const pem = openResource(pay.apiV3Key, entry?.encrypt_certificate);
    expect(pem && new X509Certificate(pem).serialNumber).toBe(pay.platformSerial);
    expect(entry?.serial_no).toBe(pay.platformSerial);
    await box.script({ push: { paySigner: 'public-key' } });
    expect(await ask('GET', '/v3/certificates')).toMatchObject({ status: 404, body: { code: 'RESOURCE_NOT_EXISTS' } });
  });
});

describe('orders', () => {
  it('are placed once per number: same content again is the same order, other content is refused', async () => {
    const first = await place(orderOf('order-0001'));
    expect(first.status).toBe(200);
    expect((await place(orderOf('order-0001'))).body).toEqual(first.body);
    expect(await place(orderOf('order-0001', { amount: { total: 1, currency: 'CNY' } }))).toMatchObject({
      status: 403,
      body: { code: 'OUT_TRADE_NO_USED' },
    });
    expect((await query('order-0001')).body).toMatchObject({ trade_state: 'NOTPAY', amount: { total: 1250 } });
    await box.post('/payments/order-0001/pay', {});
    expect(await place(orderOf('order-0001'))).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
  });

  const wrong: [string, Json, string][] = [
    ['half a fen', { amount: { total: 12.5, currency: 'CNY' } }, 'PARAM_ERROR'],
    ['nothing', { amount: { total: 0, currency: 'CNY' } }, 'PARAM_ERROR'],
    ['an amount as text', { amount: { total: '1250', currency: 'CNY' } }, 'PARAM_ERROR'],
    ['dollars', { amount: { total: 1250, currency: 'USD' } }, 'PARAM_ERROR'],
    ['a long description', { description: '长'.repeat(128) }, 'PARAM_ERROR'],
    ['a number with a space', { out_trade_no: 'order 0002' }, 'PARAM_ERROR'],
    ['a notify address with a query', { notify_url: 'https://city.example/x?y=1' }, 'PARAM_ERROR'],
    ['a notify address in the clear', { notify_url: 'http://city.example/x' }, 'PARAM_ERROR'],
    ['nobody to pay', { payer: { openid: 'nobody' } }, 'PARAM_ERROR'],
    ['another app', { appid: 'wx9999999foreign00' }, 'APPID_MCHID_NOT_MATCH'],
    ['another merchant', { mchid: '1900009999' }, 'MCH_NOT_EXISTS'],
  ];
  it.each(wrong)('refuse %s', async (_name, more, code) => {
    expect(await place(orderOf('order-0002', more))).toMatchObject({ status: 400, body: { code } });
  });

  it('are found by either number, and not with another merchant', async () => {
    await paid('order-0003');
    const { transaction_id: transactionId } = (await query('order-0003')).body;
    const byId = await ask('GET', `/v3/pay/transactions/id/${String(transactionId)}?mchid=${pay.mchId}`);
    expect(byId.body).toMatchObject({ out_trade_no: 'order-0003', trade_state: 'SUCCESS', payer: { openid: 'oSandboxPayer00001' } });
    expect(await query('order-9999')).toMatchObject({ status: 404, body: { code: 'ORDER_NOT_EXIST' } });
    expect(await ask('GET', '/v3/pay/transactions/out-trade-no/order-0003?mchid=1')).toMatchObject({
      status: 400,
      body: { code: 'MCH_NOT_EXISTS' },
    });
  });

  it('are closed while unpaid, by us or by time', async () => {
    await place(orderOf('order-0004'));
    expect(await close('order-0004')).toMatchObject({ status: 204, text: '' });
    expect(await close('order-0004')).toMatchObject({ status: 400, body: { code: 'ORDER_CLOSED' } });
    expect(await place(orderOf('order-0004'))).toMatchObject({ status: 400, body: { code: 'ORDER_CLOSED' } });
    expect(await box.post('/payments/order-0004/pay', {})).toMatchObject({ status: 409 });
    await paid('order-0005');
    expect(await close('order-0005')).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    const soon = new Date(performance.timeOrigin + performance.now() + 60_000).toISOString();
    await place(orderOf('order-0006', { time_expire: soon }));
    await box.script({ clockOffsetMs: 61_000 });
    expect((await ask('GET', queryUrl('order-0006'), '', { skewSec: 61 })).body).toMatchObject({ trade_state: 'CLOSED' });
  });

  it('stay as they are when the person leaves the cashier', async () => {
    await place(orderOf('order-0007'));
    await box.post('/payments/order-0007/cancel', {});
    expect((await query('order-0007')).body).toMatchObject({ trade_state: 'NOTPAY' });
  });
});

describe('refunds', () => {
  const asked = (outRefundNo: string, fen: number, more: Json = {}): Json => ({
    out_trade_no: 'order-0010',
    out_refund_no: outRefundNo,
    amount: { refund: fen, total: 1250, currency: 'CNY' },
    ...more,
  });

  it('are accepted up to the total, and never twice under one number', async () => {
    await paid('order-0010');
    expect((await refund(asked('r1', 1000))).body).toMatchObject({ status: 'PROCESSING', amount: { refund: 1000 } });
    expect((await refund(asked('r1', 1000))).body).toMatchObject({ status: 'SUCCESS', out_refund_no: 'r1' });
    expect(await refund(asked('r1', 900))).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    expect(await refund(asked('r2', 251))).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    expect((await refund(asked('r2', 250))).status).toBe(200);
    expect((await query('order-0010')).body).toMatchObject({ trade_state: 'REFUND' });
    expect((await ask('GET', '/v3/refund/domestic/refunds/r2')).body).toMatchObject({ status: 'SUCCESS', amount: { refund: 250 } });
    expect((await ask('GET', '/v3/refund/domestic/refunds/r3')).status).toBe(404);
  });

  it('are refused for another total, an unpaid order and an unknown one', async () => {
    await place(orderOf('order-0010'));
    expect(await refund(asked('r1', 100))).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    await box.post('/payments/order-0010/pay', {});
    expect(await refund(asked('r1', 100, { amount: { refund: 100, total: 1, currency: 'CNY' } }))).toMatchObject({ status: 400 });
    expect(await refund(asked('r1', 100, { out_trade_no: 'order-9999' }))).toMatchObject({
      status: 404,
      body: { code: 'RESOURCE_NOT_EXISTS' },
    });
  });

  it('may be left to the desk', async () => {
    await paid('order-0010');
    await box.script({ push: { payRefund: 'hold' } });
    await refund(asked('r1', 1250));
    await until(() => server.pushes.length === 1);
    await box.post('/payments/order-0010/refund', { result: 'ABNORMAL' });
    await until(() => server.pushes.length === 2);
    expect(noticeOf(server.pushes[1]?.body ?? '')).toMatchObject({
      event_type: 'REFUND.ABNORMAL',
      resource: { out_refund_no: 'r1', refund_status: 'ABNORMAL', amount: { refund: 1250, total: 1250 } },
    });
  });
});

const isProbe = (push: Push | undefined): boolean => String(push?.headers['wechatpay-signature']).startsWith('WECHATPAY/SIGNTEST/');

describe('notices', () => {
  it('come to the path of the notify address, sealed, signed by either identity in turn', async () => {
    await paid('order-0020');
    await paid('order-0021');
    await until(() => server.pushes.length === 2);
    const serials = server.pushes.map(({ headers }) => String(headers['wechatpay-serial'])).sort();
    expect(serials).toEqual([pay.platformSerial, pay.publicKeyId].sort());
    expect(server.pushes[0]?.url.pathname).toBe('/callbacks/wechat-pay/default');
    const notice = noticeOf(server.pushes[0]?.body ?? '');
    expect(notice).toMatchObject({ event_type: 'TRANSACTION.SUCCESS', resource: { mchid: pay.mchId, amount: { total: 1250 } } });
  });

  it('are repeated with the same id and another signature until a 2xx, then no more', async () => {
    statusOf = (count) => (count < 4 ? 500 : 204);
    await paid('order-0022');
    await until(() => server.pushes.length === 4 && box.world.pushes.pending === 0);
    const ids = server.pushes.map(({ body }) => (JSON.parse(body) as Json).id);
    expect(new Set(ids).size).toBe(1);
    expect(new Set(server.pushes.map(({ headers }) => headers['wechatpay-signature'])).size).toBe(server.pushes.length);
  });

  it('give up after 16 tries', async () => {
    statusOf = () => 500;
    await box.script({ push: { payWaitScale: 0 } });
    await paid('order-0023');
    await until(() => server.pushes.length === 16 && box.world.pushes.pending === 0);
  });

  it('come with probes that are done when refused, and as duplicates', async () => {
    await box.script({ push: { payProbes: 1, duplicates: 1 } });
    statusOf = () => (isProbe(server.pushes.at(-1)) ? 401 : 200);
    await paid('order-0024');
    await until(() => server.pushes.length === 4 && box.world.pushes.pending === 0);
    const probes = server.pushes.filter(isProbe);
    expect(probes).toHaveLength(2);
  });

  it('may never come: then only a query tells', async () => {
    await place(orderOf('order-0025'));
    await box.post('/payments/order-0025/pay', { notifies: false });
    expect((await query('order-0025')).body).toMatchObject({ trade_state: 'SUCCESS' });
    expect(server.pushes).toHaveLength(0);
    expect((await box.get('/payments')).body).toMatchObject({ payments: [{ outTradeNo: 'order-0025', tradeState: 'SUCCESS' }] });
  });
});

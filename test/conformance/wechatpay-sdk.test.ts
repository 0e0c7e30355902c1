import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import WxPay from 'wechatpay-node-v3';
import { rsaPrivateKey } from '../../bot-server/src/channels/rsa-keys';
import { openResource } from '../../bot-server/src/channels/wechat-pay/sealed-resource';
import { seal } from '../emulators/push/wechat-pay-push';
import { callbackServer, type Json, type Sandbox, sandbox, until } from './emulator-client';
import { appId, orderOf, pay } from './pay-merchant';

/**
 * `wechatpay-node-v3` 2.2.1 as the independent other side of the emulator. Its base URL is hard-coded: `createHttp` sends it elsewhere,
 * and keeps the raw answer, for the package verifies none by itself.
 */
let box: Sandbox;
let server: Awaited<ReturnType<typeof callbackServer>>;
let sdk: WxPay;
let last: { headers: Headers; text: string };
beforeAll(async () => {
  server = await callbackServer();
  box = await sandbox(server.url);
  await box.script({ push: { paySigner: 'cert' } });
  const pem = new X509Certificate(Buffer.from(pay.merchantCertificate, 'base64')).toString();
  const privateKey = rsaPrivateKey(pay.merchantPrivateKey).export({ type: 'pkcs8', format: 'pem' });
  sdk = new WxPay({ appid: appId, mchid: pay.mchId, publicKey: Buffer.from(pem), privateKey: Buffer.from(privateKey), key: pay.apiV3Key });
  const send = async (method: string, url: string, headers: Record<string, string>, body?: string) => {
    const here = url.replace('https://api.mch.weixin.qq.com', `${box.url}/wechat-pay`);
    const response = await fetch(here, { method, headers, ...(body === undefined ? {} : { body }) });
    last = { headers: response.headers, text: await response.text() };
    const data: unknown = last.text === '' ? {} : JSON.parse(last.text);
    return response.ok ? { status: response.status, data } : { status: response.status, error: last.text };
  };
  sdk.createHttp({
    get: (url, headers) => send('GET', url, headers),
    post: (url, params, headers) => send('POST', url, headers, JSON.stringify(params)),
    upload: () => Promise.reject(new Error('nothing is uploaded')),
  });
});
afterAll(async () => {
  await box.close();
  await server.close();
});

const { appid: _appid, mchid: _mchid, ...order } = orderOf('sdk-order-1') as Json & { appid: string; mchid: string };
const proofOf = (headers: Record<string, unknown>, body: string) => ({
  timestamp: String(headers['wechatpay-timestamp']),
  nonce: String(headers['wechatpay-nonce']),
  serial: String(headers['wechatpay-serial']),
  signature: String(headers['wechatpay-signature']),
  body,
});
const lastIsGenuine = (body = last.text) => sdk.verifySign(proofOf(Object.fromEntries(last.headers), body));

describe('wechatpay-node-v3 against the emulator', () => {
  it('places an order, again and otherwise', async () => {
    const placed = await sdk.transactions_jsapi(order as never);
    expect(placed).toMatchObject({ status: 200, data: { appId, signType: 'RSA', package: expect.stringMatching(/^prepay_id=wx/) } });
    const text = last.text;
    expect(await sdk.transactions_jsapi(order as never)).toMatchObject({ status: 200 });
    expect(last.text).toBe(text);
    expect(await sdk.transactions_jsapi({ ...order, description: '别的' } as never)).toMatchObject({
      status: 403,
      error: expect.stringContaining('OUT_TRADE_NO_USED'),
    });
  });

  it('accepts the signatures of answers and of notices, and not over other bytes', async () => {
    await sdk.query({ out_trade_no: 'sdk-order-1' });
    const answer = last;
    expect(await lastIsGenuine()).toBe(true);
    last = answer;
    expect(await lastIsGenuine(`${answer.text} `)).toBe(false);
    await box.post('/payments/sdk-order-1/pay', {});
    await until(() => server.pushes.length === 1);
    const [push] = server.pushes;
    if (!push) throw new Error('no notice');
    expect(await sdk.verifySign(proofOf(push.headers, push.body))).toBe(true);
    const { resource } = JSON.parse(push.body) as { resource: { ciphertext: string; associated_data: string; nonce: string } };
    expect(sdk.decipher_gcm(resource.ciphertext, resource.associated_data, resource.nonce)).toMatchObject({
      out_trade_no: 'sdk-order-1',
      trade_state: 'SUCCESS',
    });
  });

  it('finds the paid order by either number, refunds it, and cannot close it', async () => {
    const found = await sdk.query({ out_trade_no: 'sdk-order-1' });
    expect(found).toMatchObject({ status: 200, data: { trade_state: 'SUCCESS' } });
    const { transaction_id: transactionId } = (found as { data: { transaction_id: string } }).data;
    expect(await sdk.query({ transaction_id: transactionId })).toMatchObject({ data: { out_trade_no: 'sdk-order-1' } });
    const asked = { transaction_id: transactionId, out_refund_no: 'sdk-r1', amount: { refund: 1250, total: 1250, currency: 'CNY' } };
    expect(await sdk.refunds(asked)).toMatchObject({ status: 200, data: { status: 'PROCESSING' } });
    expect(await sdk.find_refunds('sdk-r1')).toMatchObject({ status: 200, data: { status: 'SUCCESS' } });
    expect(await sdk.close('sdk-order-1')).toMatchObject({ status: 400 });
  });

  it('closes an unpaid order', async () => {
    await sdk.transactions_jsapi({ ...order, out_trade_no: 'sdk-order-2' } as never);
    expect(await sdk.close('sdk-order-2')).toMatchObject({ status: 204 });
    expect(await sdk.query({ out_trade_no: 'sdk-order-2' })).toMatchObject({ data: { trade_state: 'CLOSED' } });
  });

  it('cannot verify the public-key mode: it knows certificates only', async () => {
    await expect(sdk.verifySign({ timestamp: '1', nonce: 'n', body: '', serial: pay.publicKeyId, signature: '' })).rejects.toThrow();
  });
});

describe('why notices are not opened with decipher_gcm', () => {
  const text = '{"amount":{"total":1250}}';
  const sealed = seal(pay.apiV3Key, text, 'transaction');
  const open = (ciphertext: string, aad = 'transaction') => sdk.decipher_gcm(ciphertext, aad, sealed.nonce);
  const turned = (at: number): string => {
    const bytes = Buffer.from(sealed.ciphertext, 'base64');
    const index = at < 0 ? bytes.length + at : at;
    bytes.writeUInt8(bytes.readUInt8(index) ^ 1, index);
    return bytes.toString('base64');
  };

  it('returns what was altered, where ours refuses', () => {
    expect(open(sealed.ciphertext)).toEqual({ amount: { total: 1250 } });
    // The tag turned, the amount turned (1250 → 1251), the associated data another: each returns.
    expect(open(turned(-1))).toEqual({ amount: { total: 1250 } });
    expect(open(turned(text.indexOf('0')))).toEqual({ amount: { total: 1251 } });
    expect(open(sealed.ciphertext, 'refund')).toEqual({ amount: { total: 1250 } });
    expect(openResource(pay.apiV3Key, sealed)?.toString()).toBe(text);
    for (const resource of [
      { ...sealed, ciphertext: turned(-1) },
      { ...sealed, ciphertext: turned(text.indexOf('0')) },
      { ...sealed, associated_data: 'refund' },
    ]) {
      expect(openResource(pay.apiV3Key, resource)).toBeUndefined();
    }
  });
});

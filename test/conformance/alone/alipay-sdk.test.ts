import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AlipaySdk } from 'alipay-sdk';
import { alipayMiniChannel } from '../../../bot-server/src/channels/alipay-mini';
import type { AlipayAccount } from '../../../bot-server/src/config/accounts';
import type { OutboundRequest } from '../../../bot-server/src/kernel/outbound/outbound';
import { sandboxAccounts } from '../../../shared/src/sandbox';
import { systemClock } from '../../../shared/src/time';
import { alipayAppPublicKey } from '../../emulators/keys/platform-keys';
import { type RunningEmulators, startEmulators } from '../../emulators/start-emulators';
import { type Listening, listen } from '../../support/form-sink';
import { alipayBody, alipayOpenIdOf } from '../subjects/alipay-mini';

/**
 * The platform's own SDK as the independent other side: what it signs our emulator takes, what our emulator and our channel sign it
 * verifies. NOTE: its HTTP client patches the sockets of every undici of the process, so that no `createOutbound` may live beside it.
 */
const { appId, appPrivateKey, alipayPublicKey, templates } = sandboxAccounts.alipay;
const templateId = templates[0]?.id ?? '';
const checked = { validateSign: true } as const;
const buyer = alipayOpenIdOf(7);

/** The SDK writes the time of the machine, the platform reads Beijing's: its clock is set so that both say the same here. */
const localTimeOffMs = -(480 + systemClock.now().getTimezoneOffset()) * 60_000;

let sandbox: RunningEmulators;
let sink: Listening;
let sdk: AlipaySdk;
beforeAll(async () => {
  sink = await listen();
  sandbox = await startEmulators({ port: 0, pushTarget: sink.url });
  sandbox.world.script.push.repeatDelayMs = 20;
  sandbox.world.clock.offsetMs = localTimeOffMs;
  sdk = new AlipaySdk({
    appId,
    privateKey: appPrivateKey,
    alipayPublicKey,
    keyType: 'PKCS1',
    gateway: `${sandbox.url}/alipay/gateway.do`,
  });
});
afterAll(async () => {
  await sandbox.close();
  await sink.close();
});
beforeEach(() => sink.reset());

const desk = async (path: string, body: object): Promise<Record<string, unknown>> =>
  (await (await fetch(`${sandbox.url}/personas/alipay:${buyer}/${path}`, { method: 'POST', body: JSON.stringify(body) })).json()) as Record<
    string,
    unknown
  >;
const create = (outTradeNo: string, amount = '12.50', subject = '办事服务费 100% & 更多') =>
  sdk.exec(
    'alipay.trade.create',
    {
      notifyUrl: `${sink.url}/callbacks/alipay/default`,
      bizContent: { outTradeNo, totalAmount: amount, subject, productCode: 'JSAPI_PAY', opAppId: appId, buyerOpenId: buyer },
    },
    checked,
  );
const query = (outTradeNo: string) => sdk.exec('alipay.trade.query', { bizContent: { outTradeNo } }, checked);

describe('alipay-sdk at our gateway', () => {
  it('logs a person in, once by one code; success has no code', async () => {
    const { authCode } = await desk('alipay-login', {});
    const first = await sdk.exec('alipay.system.oauth.token', { grantType: 'authorization_code', code: String(authCode) }, checked);
    expect(first).toMatchObject({ openId: buyer, accessToken: expect.any(String) });
    expect(first.code).toBeUndefined();
    const again = await sdk.exec('alipay.system.oauth.token', { grantType: 'authorization_code', code: String(authCode) });
    expect(again).toMatchObject({ code: '40002', subCode: 'isv.code-invalid' });
    const renewed = await sdk.exec('alipay.system.oauth.token', { grantType: 'refresh_token', refreshToken: first.refreshToken }, checked);
    expect(renewed).toMatchObject({ openId: buyer });
  });

  it('sends a template message to somebody who subscribed, and to nobody else', async () => {
    const data = JSON.stringify(Object.fromEntries(Object.entries(alipayBody.data).map(([key, value]) => [key, { value }])));
    const bizContent = { to_open_id: buyer, user_template_id: templateId, page: 'pages/home/index?link=1-1-1-abcdefghij', data };
    const send = () => sdk.exec('alipay.open.app.mini.templatemessage.send', { bizContent }, checked);
    expect(await send()).toMatchObject({ code: '40004', subCode: 'MSG_UNSUBSCRIBED' });
    expect(await desk('alipay-subscribe', { templateIds: [templateId] })).toMatchObject({
      result: { [templateId]: 'accept', refuse: false },
    });
    expect(
      await sdk.exec(
        'alipay.open.app.messagetemplate.subscribe.query',
        { bizContent: { open_id: buyer, template_id_list: [templateId] } },
        checked,
      ),
    ).toMatchObject({
      code: '10000',
      subscribeRelations: [{ templateId, subscribeState: 'SUBSCRIBED' }],
    });
    expect(await send()).toMatchObject({ code: '10000' });
    expect(await send()).toMatchObject({ subCode: 'MSG_UNSUBSCRIBED' });
    expect([...sandbox.world.observation.after(0)]).toEqual([
      expect.objectContaining({ platform: 'alipay', recipient: buyer, attemptKey: 'c1a1', templateId }),
    ]);
  });

  it('is refused with a foreign key, another app, another time', async () => {
    const of = (more: object) =>
      new AlipaySdk({
        appId,
        privateKey: appPrivateKey,
        alipayPublicKey,
        keyType: 'PKCS1',
        gateway: `${sandbox.url}/alipay/gateway.do`,
        ...more,
      });
    const ask = (other: AlipaySdk) => other.exec('alipay.trade.query', { bizContent: { outTradeNo: 'x' } });
    const foreignKey = sandboxAccounts.wechatPay.merchantPrivateKey;
    expect(await ask(of({ privateKey: foreignKey }))).toMatchObject({ code: '40002', subCode: 'isv.invalid-signature' });
    expect(await ask(of({ appId: '2021000000000000' }))).toMatchObject({ subCode: 'isv.invalid-app-id' });
    sandbox.world.clock.offsetMs = localTimeOffMs + 3_600_000;
    expect(await ask(sdk)).toMatchObject({ subCode: 'isv.invalid-timestamp' });
    sandbox.world.clock.offsetMs = localTimeOffMs;
    expect(await sdk.exec('alipay.no.such.method', { bizContent: {} })).toMatchObject({ subCode: 'isv.invalid-method' });
  });

  it('names the parameter that is missing', async () => {
    const post = async (params: Record<string, string>) =>
      (await (await fetch(`${sandbox.url}/alipay/gateway.do`, { method: 'POST', body: new URLSearchParams(params) })).json()) as {
        error_response: { code: string; sub_code: string };
      };
    const all = {
      app_id: appId,
      method: 'alipay.trade.query',
      sign_type: 'RSA2',
      sign: 'x',
      timestamp: '2026-11-20 10:00:00',
      version: '1.0',
    };
    const codes = {
      app_id: 'app-id',
      method: 'method',
      sign_type: 'signature-type',
      sign: 'signature',
      timestamp: 'timestamp',
      version: 'version',
    };
    for (const [name, code] of Object.entries(codes)) {
      expect((await post({ ...all, [name]: '' })).error_response).toMatchObject({ code: '40001', sub_code: `isv.missing-${code}` });
    }
  });
});

describe('trades', () => {
  it('of one number and the same parameters are one; nobody knows of it before the cashier was opened', async () => {
    const [first, same] = [await create('t_1'), await create('t_1')];
    expect(same.tradeNo).toBe(first.tradeNo);
    expect(await create('t_1', '12.51')).toMatchObject({ subCode: 'ACQ.CONTEXT_INCONSISTENT' });
    expect(await query('t_1')).toMatchObject({ code: '40004', subCode: 'ACQ.TRADE_NOT_EXIST' });
    expect(await desk('alipay-pay', { tradeNo: first.tradeNo, outcome: 'cancel' })).toMatchObject({ resultCode: '6001' });
    expect(await query('t_1')).toMatchObject({ code: '10000', tradeStatus: 'WAIT_BUYER_PAY', totalAmount: '12.50' });
  });

  it('are told by a notice that the SDK verifies, again and again until the answer is success', async () => {
    sink.answers(['fail', 'SUCCESS', 'success']);
    await create('t_2');
    expect(await desk('alipay-pay', { outcome: 'pay' })).toMatchObject({ resultCode: '9000' });
    const notices = await sink.take(3);
    expect(new Set(notices.map((body) => body)).size).toBe(1);
    const fields = Object.fromEntries(new URLSearchParams(notices[0]));
    expect(fields).toMatchObject({ trade_status: 'TRADE_SUCCESS', out_trade_no: 't_2', total_amount: '12.50', sign_type: 'RSA2' });
    expect(sdk.checkNotifySignV2(fields)).toBe(true);
    expect(sdk.checkNotifySignV2({ ...fields, total_amount: '0.01' })).toBe(false);
    expect(await create('t_2')).toMatchObject({ subCode: 'ACQ.TRADE_HAS_SUCCESS' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(sink.received()).toHaveLength(3);
  });

  it('are refunded once per number, and closed by the whole', async () => {
    await create('t_3');
    await desk('alipay-pay', { outcome: 'pay' });
    await sink.take(1);
    const refund = (outRequestNo: string, refundAmount: string) =>
      sdk.exec('alipay.trade.refund', { bizContent: { outTradeNo: 't_3', outRequestNo, refundAmount } }, checked);
    expect(await refund('r1', '5.00')).toMatchObject({ code: '10000', fundChange: 'Y', refundFee: '5.00' });
    expect(await refund('r1', '5.00')).toMatchObject({ fundChange: 'N', refundFee: '5.00' });
    expect(await refund('r2', '7.51')).toMatchObject({ subCode: 'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL' });
    expect(await refund('r2', '7.50')).toMatchObject({ refundFee: '12.50' });
    expect(await query('t_3')).toMatchObject({ tradeStatus: 'TRADE_CLOSED' });
    expect(
      await sdk.exec('alipay.trade.fastpay.refund.query', { bizContent: { outTradeNo: 't_3', outRequestNo: 'r1' } }, checked),
    ).toMatchObject({
      refundStatus: 'REFUND_SUCCESS',
      refundAmount: '5.00',
    });
    const notices = (await sink.take(3)).map((body) => Object.fromEntries(new URLSearchParams(body)));
    expect(notices.map(({ trade_status, refund_fee, out_biz_no }) => [trade_status, refund_fee, out_biz_no])).toEqual([
      ['TRADE_SUCCESS', undefined, undefined],
      ['TRADE_SUCCESS', '5.00', 'r1'],
      ['TRADE_CLOSED', '12.50', 'r2'],
    ]);
    for (const notice of notices) expect(sdk.checkNotifySignV2(notice)).toBe(true);
  });

  it('that wait for their payer can be closed, paid ones cannot', async () => {
    const { tradeNo } = await create('t_4');
    const close = () => sdk.exec('alipay.trade.close', { bizContent: { outTradeNo: 't_4' } }, checked);
    expect(await close()).toMatchObject({ subCode: 'ACQ.TRADE_NOT_EXIST' });
    await desk('alipay-pay', { tradeNo, outcome: 'open' });
    expect(await close()).toMatchObject({ code: '10000' });
    expect(await desk('alipay-pay', { tradeNo, outcome: 'pay' })).toMatchObject({ resultCode: '4000' });
    expect(await create('t_4')).toMatchObject({ subCode: 'ACQ.TRADE_HAS_CLOSE' });
  });
});

describe('our channel', () => {
  /** Everything it would send for one message, as one set of parameters. */
  async function requestOf(more: Pick<AlipayAccount, 'certificates'>): Promise<Readonly<Record<string, string>>> {
    const sent: OutboundRequest[] = [];
    const request = async (each: OutboundRequest) => {
      sent.push(each);
      return { status: 200, headers: {}, body: Buffer.from('{}'), json: () => ({}) };
    };
    const outbound = { platform: () => ({ request }), guarded: () => Promise.reject(new Error('not asked')), close: async () => undefined };
    const account = { ...sandboxAccounts.alipay, baseUrl: `${sandbox.url}/alipay`, ...more };
    const channel = alipayMiniChannel(account, { outbound, clock: systemClock });
    const recipient = {
      ref: '1',
      address: { type: 'openid', account: 'default', openid: buyer },
      link: 'https://city.test/s/1-1-1-a',
    } as const;
    for (const call of channel.plan([recipient], { attemptKey: 'c1a1', body: alipayBody })) {
      expect(await channel.sendCall(call, new AbortController().signal)).toMatchObject([{ outcome: 'unknown' }]);
    }
    const query = Object.entries(sent[0]?.query ?? {}).map(([name, value]) => [name, String(value)]);
    return { ...Object.fromEntries(query), ...Object.fromEntries(new URLSearchParams(String(sent[0]?.body))) };
  }

  it('signs requests as the SDK verifies them', async () => {
    const verifier = new AlipaySdk({ appId, privateKey: appPrivateKey, keyType: 'PKCS1', alipayPublicKey: alipayAppPublicKey });
    const params = await requestOf({});
    expect(params).toMatchObject({ method: 'alipay.open.app.mini.templatemessage.send', sign_type: 'RSA2', charset: 'utf-8' });
    expect(params).not.toHaveProperty('app_cert_sn');
    expect(verifier.checkNotifySignV2(params)).toBe(true);
    for (const name of Object.keys(params)) {
      if (name !== 'sign_type') expect([name, verifier.checkNotifySignV2({ ...params, [name]: 'changed' })]).toEqual([name, false]);
    }
  });

  it('names certificates as the SDK does', async () => {
    const root = readFileSync(path.resolve('test/fixtures/platform-vectors/alipay-root-cert.pem'), 'utf8');
    const [, rsa = ''] = root.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
    const sdkOfCertificates = new AlipaySdk({
      appId,
      privateKey: appPrivateKey,
      keyType: 'PKCS1',
      appCertContent: rsa,
      alipayPublicCertContent: rsa,
      alipayRootCertContent: root.slice(root.indexOf('-----BEGIN')),
    });
    const params = await requestOf({ certificates: { app: rsa, alipay: rsa, root } });
    expect(params.app_cert_sn).toBe(sdkOfCertificates.config.appCertSn);
    expect(params.alipay_root_cert_sn).toBe(sdkOfCertificates.config.alipayRootCertSn);
    expect(params.app_cert_sn).toMatch(/^[0-9a-f]{32}$/);
  });
});

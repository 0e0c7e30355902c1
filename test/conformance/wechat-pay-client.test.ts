import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { rsaPublicKey } from '../../bot-server/src/channels/rsa-keys';
import { payClient } from '../../bot-server/src/channels/wechat-pay/client';
import { createOutbound } from '../../bot-server/src/kernel/outbound/create-outbound';
import type { Outbound, OutboundAnswer } from '../../bot-server/src/kernel/outbound/outbound';
import { systemClock } from '../../shared/src/time';
import { type Sandbox, sandbox } from './emulator-client';
import { orderOf, pay } from './pay-merchant';
import { sandboxConfig } from './subjects/sandbox-config';

let box: Sandbox;
let outbound: Outbound;
beforeAll(async () => {
  box = await sandbox();
  outbound = createOutbound({ clock: systemClock, platformUrls: [box.url, 'http://127.0.0.1:9'] });
});
afterAll(async () => {
  await outbound.close();
  await box.close();
});
beforeEach(() => box.script({ reset: true }));

const key = rsaPublicKey(pay.publicKey);
const keyOf = (serial: string) => (serial === pay.publicKeyId ? key : undefined);
const post = (outTradeNo: string, alter: (answer: OutboundAnswer) => OutboundAnswer = (answer) => answer, url = box.url) => {
  const account = sandboxConfig(url).accounts.wechatPay;
  const door = outbound.platform(account.baseUrl);
  const client = payClient(account, { request: async (request) => alter(await door.request(request)) }, systemClock);
  const body = JSON.stringify(orderOf(outTradeNo));
  return client.call({ method: 'POST', url: '/v3/pay/transactions/jsapi', body, timeoutMs: 500 }, keyOf);
};

describe('requests to WeChat Pay', () => {
  it('are signed over the exact text that is sent, and asked to be answered under the public key', async () => {
    const answer = await post('client-0001');
    expect(answer).toMatchObject({ kind: 'answer' });
    expect(answer.kind === 'answer' && answer.body.toString()).toMatch(/^\{"prepay_id":"wx\w+"\}$/);
  });

  it('that are refused say so by their status, and nothing else is believed', async () => {
    await post('client-0002');
    await box.post('/payments/client-0002/pay', {});
    expect(await post('client-0002')).toEqual({ kind: 'refused', status: 400 });
    await box.script({ clockOffsetMs: 6 * 60_000 });
    expect(await post('client-0003')).toEqual({ kind: 'refused', status: 401 });
  });

  it.each([
    ['the body', (answer: OutboundAnswer) => ({ ...answer, body: Buffer.from(answer.body.toString().replace('wx', 'xw')) })],
    ['the serial', (answer: OutboundAnswer) => ({ ...answer, headers: { ...answer.headers, 'wechatpay-serial': pay.platformSerial } })],
    ['the signature', (answer: OutboundAnswer) => ({ ...answer, headers: { ...answer.headers, 'wechatpay-signature': 'AAAA' } })],
  ])('whose answer was changed in %s are unclear', async (_name, alter) => {
    expect(await post('client-0004', alter)).toEqual({ kind: 'unclear', code: 'bad-signature' });
  });

  it('without an answer are unclear, and not sent only when that is certain', async () => {
    await box.script({ platform: 'wechat-pay', lostReplies: { next: 1 } });
    expect(await post('client-0005')).toEqual({ kind: 'unclear', code: 'broken' });
    await box.script({ platform: 'wechat-pay', latencyMs: 1200 });
    expect(await post('client-0006')).toEqual({ kind: 'unclear', code: 'timeout' });
    await box.script({ platform: 'wechat-pay', latencyMs: 0, errors: { next: 1, code: 'SYSTEM_ERROR' } });
    expect(await post('client-0007')).toEqual({ kind: 'unclear', code: 'http-500' });
    expect(await post('client-0008', undefined, 'http://127.0.0.1:9')).toEqual({ kind: 'not-sent', code: 'no-connection' });
  });
});

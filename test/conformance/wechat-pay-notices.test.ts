import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { wechatPayNotices } from '../../bot-server/src/channels/wechat-pay';
import type { WechatPayAccount } from '../../bot-server/src/config/accounts';
import { createOutbound } from '../../bot-server/src/kernel/outbound/create-outbound';
import type { Outbound, OutboundAnswer } from '../../bot-server/src/kernel/outbound/outbound';
import { buildWechatPayPush, type PayNotice, type PaySigner, type PayVariant } from '../emulators/push/wechat-pay-push';
import { testClock } from '../support/clock';
import { testLog } from '../support/log';
import { rawOf } from './channel-stage';
import { type Sandbox, sandbox } from './emulator-client';
import { pay } from './pay-merchant';
import { sandboxConfig } from './subjects/sandbox-config';
import { paidNotice, payPushAccount } from './subjects/wechat-pay';

let box: Sandbox;
let account: WechatPayAccount;
const opened: Outbound[] = [];
beforeAll(async () => {
  box = await sandbox();
  account = sandboxConfig(box.url).accounts.wechatPay;
});
afterAll(() => box.close());
beforeEach(() => box.script({ reset: true }));
afterEach(async () => {
  for (const outbound of opened.splice(0)) await outbound.close();
});

type Altered = (answer: OutboundAnswer) => OutboundAnswer;

/** A receiver whose clock stands at the machine's time until moved; `alter` is what happens to answers on their way. */
function receiverOf(given: Partial<WechatPayAccount> = {}, alter: Altered = (answer) => answer) {
  const at = { ...account, ...given };
  const clock = testClock(new Date(Math.floor((performance.timeOrigin + performance.now()) / 1000) * 1000));
  const outbound = createOutbound({ clock, platformUrls: [at.baseUrl] });
  opened.push(outbound);
  const through: Outbound = {
    ...outbound,
    platform: (url) => ({ request: async (request) => alter(await outbound.platform(url).request(request)) }),
  };
  const logged: string[] = [];
  const log = testLog.child({});
  for (const level of ['info', 'error'] as const)
    log[level] = (...words: unknown[]) => void logged.push(`${level}: ${String(words.at(-1))}`);
  const receiver = wechatPayNotices(at, { outbound: through, clock, log });
  const nowSec = () => Math.floor(clock.now().getTime() / 1000);
  return {
    clock,
    logged,
    receive: (variant: PayVariant = 'valid', signer: PaySigner = 'public-key', notice: PayNotice = paidNotice, own = payPushAccount) =>
      receiver.receive(rawOf(buildWechatPayPush(own, notice, nowSec(), variant, signer))),
    receiver,
    nowSec,
  };
}
const fetches = (): number => [...box.world.requests.after(0)].filter(({ action }) => action === 'pay.certificates').length;
const forged = { type: 'kernel:forged-callback', httpStatus: 401 };
const withResource = (more: Record<string, unknown>): PayNotice => ({ ...paidNotice, resource: { ...paidNotice.resource, ...more } });

describe('notices of WeChat Pay', () => {
  it('are taken from either signer of a merchant in migration, and say what was paid', async () => {
    const { receive } = receiverOf();
    const event = {
      type: 'payment',
      provider: 'wechat-pay',
      noticeId: paidNotice.id,
      happened: 'paid',
      merchantId: pay.mchId,
      appId: account.appId,
      outTradeNo: 'booking-0001',
      tradeNo: '4200001234202611200000000001',
      totalFen: 1250,
      happenedAt: '2026-11-20T06:30:00.000Z',
    };
    for (const signer of ['public-key', 'cert'] as const) {
      expect(await receive('valid', signer)).toMatchObject({
        messageKey: `n:${paidNotice.id}`,
        event,
        answer: '{"code":"SUCCESS","message":"成功"}',
        answerType: 'application/json',
      });
    }
    expect(JSON.stringify(await receive())).not.toContain('oSandboxPayer');
  });

  it.each([
    ['SUCCESS', 'refunded', '2026-11-20T06:40:00.000Z'],
    ['ABNORMAL', 'refund-failed', '2026-11-20T06:30:01.000Z'],
    ['CLOSED', 'refund-closed', '2026-11-20T06:30:01.000Z'],
  ])('tell of a refund: %s', async (state, happened, happenedAt) => {
    const { receive } = receiverOf();
    const resource = {
      mchid: pay.mchId,
      out_trade_no: 'booking-0001',
      transaction_id: '4200001234202611200000000001',
      out_refund_no: 'r1',
      refund_id: '503',
      refund_status: state,
      ...(state === 'SUCCESS' ? { success_time: '2026-11-20T14:40:00+08:00' } : {}),
      amount: { total: 1250, refund: 250, payer_total: 1250, payer_refund: 250 },
    };
    const notice: PayNotice = { ...paidNotice, eventType: `REFUND.${state}`, originalType: 'refund', resource };
    expect(await receive('valid', 'public-key', notice)).toMatchObject({
      event: { happened, outRefundNo: 'r1', refundFen: 250, totalFen: 1250, happenedAt },
    });
  });

  it('of another kind are kept by their name', async () => {
    const { receive } = receiverOf();
    const notice: PayNotice = { ...paidNotice, eventType: 'COUPON.USE' };
    expect(await receive('valid', 'public-key', notice)).toMatchObject({ event: { type: 'other', name: 'COUPON.USE' } });
  });

  it('are stale at five minutes exactly, either way, and not a second before', async () => {
    const { receiver, clock } = receiverOf();
    const sentSec = Math.floor(clock.now().getTime() / 1000);
    const raw = rawOf(buildWechatPayPush(payPushAccount, paidNotice, sentSec));
    for (const [offsetSec, isTaken] of [
      [299, true],
      [300, false],
      [-299, true],
      [-300, false],
    ] as const) {
      clock.set(new Date((sentSec + offsetSec) * 1000));
      const taken = receiver.receive(raw);
      if (isTaken) expect((await taken).kind).toBe('message');
      else await expect(taken).rejects.toMatchObject(forged);
    }
  });

  it('are refused when one bit of the tag is turned, though signed', async () => {
    await expect(receiverOf().receive('bad-tag')).rejects.toMatchObject(forged);
  });

  it('open without associated data', async () => {
    const { receive } = receiverOf();
    const notice = { ...paidNotice, originalType: '' } as unknown as PayNotice;
    expect((await receive('valid', 'public-key', notice)).kind).toBe('message');
  });

  it('that come again with the same signature in another spelling have the same nonce', async () => {
    const { receiver, nowSec } = receiverOf();
    const raw = rawOf(buildWechatPayPush(payPushAccount, paidNotice, nowSec()));
    const signature = String(raw.headers['wechatpay-signature']);
    const respelt = { ...raw, headers: { ...raw.headers, 'wechatpay-signature': signature.replace(/=+$/, '').replace('+', '-') } };
    const [once, again] = [await receiver.receive(raw), await receiver.receive(respelt)];
    expect(again).toEqual(once);
  });

  it('that only probe us are refused like any forgery, and logged as what they are', async () => {
    const { receive, logged } = receiverOf();
    await expect(receive('sign-test')).rejects.toMatchObject(forged);
    expect(logged).toEqual(['info: WeChat Pay tested whether forged signatures are refused']);
  });

  it('about another merchant or app are refused, and somebody is told', async () => {
    const { receive, logged } = receiverOf();
    await expect(receive('foreign-receiver')).rejects.toMatchObject(forged);
    await expect(receive('valid', 'public-key', withResource({ appid: 'wx9999999foreign00' }))).rejects.toMatchObject(forged);
    expect(logged).toEqual(Array(2).fill('error: a payment notice names another merchant or app'));
  });

  it.each([
    ['half a fen', { amount: { total: 12.5, currency: 'CNY' } }],
    ['an amount as text', { amount: { total: '1250', currency: 'CNY' } }],
    ['less than nothing', { amount: { total: -1, currency: 'CNY' } }],
    ['dollars', { amount: { total: 1250, currency: 'USD' } }],
    ['an unpaid trade', { trade_state: 'NOTPAY' }],
    ['no number', { out_trade_no: '' }],
    ['no time', { success_time: 'soon' }],
  ])('with %s are refused', async (_name, more) => {
    await expect(receiverOf().receive('valid', 'public-key', withResource(more))).rejects.toMatchObject({ type: 'kernel:invalid-request' });
  });
});

describe('keys of WeChat Pay', () => {
  it('are asked for once for all who wait, and then kept', async () => {
    const { receive } = receiverOf();
    await Promise.all(Array.from({ length: 20 }, () => receive('valid', 'cert')));
    await receive('valid', 'cert');
    expect(fetches()).toBe(1);
  });

  it('are found without a public key, too: the answer is proved by the certificate sealed in it', async () => {
    const { receive } = receiverOf({ publicKey: null });
    expect((await receive('valid', 'cert')).kind).toBe('message');
    await expect(receive('valid', 'public-key')).rejects.toMatchObject(forged);
  });

  it('that do not exist cost one question in ten minutes', async () => {
    const { receive, clock } = receiverOf();
    const foreign = { ...payPushAccount, platformSerial: '7777777777777777' };
    const attack = () => expect(receive('valid', 'cert', paidNotice, foreign)).rejects.toMatchObject(forged);
    for (let count = 0; count < 5; count += 1) await attack();
    expect(fetches()).toBe(1);
    clock.advance(9 * 60_000);
    await attack();
    expect(fetches()).toBe(1);
    clock.advance(60_000);
    await box.script({ clockOffsetMs: 10 * 60_000 });
    await attack();
    expect(fetches()).toBe(2);
    for (const serial of ['', 'PUB_KEY_ID_OTHER', 'not hex']) {
      await expect(receive('valid', 'cert', paidNotice, { ...payPushAccount, platformSerial: serial })).rejects.toMatchObject(forged);
    }
    expect(fetches()).toBe(2);
  });

  it('that cannot be asked for make it 503, so that the platform comes again', async () => {
    await box.script({ platform: 'wechat-pay', latencyMs: 2000 });
    const { receive, clock } = receiverOf();
    const startedAt = performance.now();
    await expect(receive('valid', 'cert')).rejects.toMatchObject({ type: 'kernel:unavailable', httpStatus: 503 });
    expect(performance.now() - startedAt).toBeLessThan(1000);
    await expect(receive('valid', 'cert')).rejects.toMatchObject({ type: 'kernel:unavailable' });
    expect((await receive('valid', 'public-key')).kind).toBe('message');
    await box.script({ platform: 'wechat-pay', latencyMs: 0 });
    clock.advance(15_000);
    expect((await receive('valid', 'cert')).kind).toBe('message');
  });

  it('of a merchant that has no certificates are the public key alone', async () => {
    await box.script({ push: { paySigner: 'public-key' } });
    const { receive } = receiverOf();
    await expect(receive('valid', 'cert')).rejects.toMatchObject(forged);
    expect((await receive('valid', 'public-key')).kind).toBe('message');
  });

  it('end with their validity', async () => {
    const { receive, clock } = receiverOf();
    expect((await receive('valid', 'cert')).kind).toBe('message');
    const years = 120 * 365 * 24 * 3_600_000;
    clock.advance(years);
    await box.script({ clockOffsetMs: years });
    await expect(receive('valid', 'cert')).rejects.toMatchObject(forged);
  });

  const onTheWay: [string, Altered][] = [
    ['another body', (answer) => ({ ...answer, body: Buffer.from(answer.body.toString().replace('"data"', '"data" ')) })],
    ['no signature', (answer) => ({ ...answer, headers: {} })],
    ['another time', (answer) => ({ ...answer, headers: { ...answer.headers, 'wechatpay-timestamp': '1' } })],
  ];
  it.each(onTheWay)('are not taken from an answer with %s', async (_name, alter) => {
    for (const publicKey of [account.publicKey, null]) {
      const { receive } = receiverOf({ publicKey }, alter);
      await expect(receive('valid', 'cert')).rejects.toMatchObject({ type: 'kernel:unavailable' });
    }
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { alipayMiniChannel } from '../../bot-server/src/channels/alipay-mini';
import type { Call, Channel } from '../../bot-server/src/channels/channel';
import { systemClock } from '../../shared/src/time';
import { contentOfCode } from '../emulators/codes/code-picture';
import { alipayAppPublicKey } from '../emulators/keys/platform-keys';
import { type ChannelStage, channelStage, rawOf } from './channel-stage';
import { alipayBody, alipayMini, alipayOpenIdOf } from './subjects/alipay-mini';

const never = new AbortController().signal;
const { templateId } = alipayBody;
let stage: ChannelStage;
let channel: Channel;
beforeAll(async () => {
  stage = await channelStage([alipayMini]);
  channel = stage.channel('alipay-mini');
}, 60_000);
afterAll(() => stage.close());
afterEach(() => stage.calm());

const callTo = (openid: string, link = 'https://city.test/s/1-1-1-abcdefghij'): Call => ({
  recipients: [{ ref: '1', address: { type: 'openid', account: 'default', openid }, link }],
  content: { attemptKey: 'c1a1', body: alipayBody },
});
const desk = async (openid: string, path: string, body: object = {}): Promise<Record<string, unknown>> => {
  const url = `${stage.sandbox.url}/personas/alipay:${openid}/${path}`;
  return (await (await fetch(url, { method: 'POST', body: JSON.stringify(body) })).json()) as Record<string, unknown>;
};
const shownTo = (openid: string) => [...stage.sandbox.world.observation.after(0)].filter(({ recipient }) => recipient === openid);

describe('alipay: messages', () => {
  it('uses one credit per message, and says when there is none left', async () => {
    const openid = alipayOpenIdOf(9001);
    expect(await channel.sendCall(callTo(openid), never)).toMatchObject([{ outcome: 'refused', code: channel.noCreditCode }]);
    await desk(openid, 'alipay-subscribe', { templateIds: [templateId] });
    expect(await channel.sendCall(callTo(openid), never)).toMatchObject([{ outcome: 'accepted' }]);
    expect(await channel.sendCall(callTo(openid), never)).toMatchObject([{ outcome: 'refused', code: channel.noCreditCode }]);
    expect(shownTo(openid)).toMatchObject([
      { kind: 'template-message', link: 'packages/surveys/pages/answer/index?link=1-1-1-abcdefghij', templateId },
    ]);
  });

  it('reaches people of old apps by their user id', async () => {
    const userId = '2088000000000001';
    await desk(userId, 'alipay-subscribe', { templateIds: [templateId] });
    expect(await channel.sendCall(callTo(userId), never)).toMatchObject([{ outcome: 'accepted' }]);
    expect(shownTo(userId)).toHaveLength(1);
  });

  it('shows the templates the city applied for, since the platform lists none', async () => {
    expect(await channel.templates?.()).toEqual([
      expect.objectContaining({
        templateId,
        isLongTerm: false,
        fields: [expect.objectContaining({ key: 'keyword1', name: '问卷名称' }), expect.anything(), expect.anything()],
      }),
    ]);
  });

  it('does not believe an answer whose signature is wrong', async () => {
    const { alipay } = stage.config.accounts;
    const wrongKey = { ...alipay, alipayPublicKey: alipayAppPublicKey };
    const trusting = alipayMiniChannel(wrongKey, stage.depsOf({}));
    const openid = alipayOpenIdOf(9002);
    await desk(openid, 'alipay-subscribe', { templateIds: [templateId] });
    expect(await trusting.sendCall(callTo(openid), never)).toEqual([{ ref: '1', outcome: 'unknown', code: 'bad-signature' }]);
    expect(trusting.explain?.('bad-signature')).toMatchObject({ class: 'unknown' });
  });
});

describe('alipay: login and codes', () => {
  it('knows a person by the code of the client, once', async () => {
    const openid = alipayOpenIdOf(9003);
    const { authCode } = await desk(openid, 'alipay-login');
    expect(await channel.signIn?.(String(authCode))).toMatchObject({ subject: openid, unionId: expect.any(String) });
    for (const code of [String(authCode), 'never-issued', '']) {
      await expect(channel.signIn?.(code)).rejects.toMatchObject({ type: 'identity:platform-code-refused' });
    }
  });

  it('knows people of old apps by their user id', async () => {
    const { authCode } = await desk('2088000000000002', 'alipay-login');
    expect(await channel.signIn?.(String(authCode))).toEqual({ subject: '2088000000000002' });
  });

  it('draws a code that opens a page with its scene', async () => {
    const code = await channel.codeImage?.({ page: 'pages/home/index', scene: 'a=1&b=中', describe: '云走访问卷' });
    expect(code?.contentType).toBe('image/png');
    expect(contentOfCode(code?.bytes ?? Buffer.alloc(0))).toBe(`pages/home/index?scene=${encodeURIComponent('a=1&b=中')}`);
    await expect(channel.codeImage?.({ page: '/with-a-slash', scene: 'x' })).rejects.toMatchObject({ type: 'kernel:invalid-request' });
  });

  it('fetches no picture from an address inside our network', async () => {
    const { outbound } = stage.depsOf({});
    const elsewhere = { ...stage.config.accounts.alipay, baseUrl: stage.config.accounts.alipay.baseUrl.replace('127.0.0.1', 'localhost') };
    const seen: string[] = [];
    const spy = {
      ...outbound,
      platform: () => outbound.platform(stage.config.accounts.alipay.baseUrl),
      guarded: (url: string, request?: Parameters<typeof outbound.guarded>[1]) => {
        seen.push(url);
        return outbound.guarded(url, request);
      },
    };
    const other = alipayMiniChannel(elsewhere, { outbound: spy, clock: systemClock });
    await expect(other.codeImage?.({ page: 'pages/home/index', scene: 'x' })).rejects.toMatchObject({
      name: 'PlatformError',
      code: 'blocked',
    });
    expect(seen).toHaveLength(1);
  });
});

describe('alipay: notices', () => {
  it('come from the emulator as the channel takes them', async () => {
    const { world, emulators } = stage.sandbox;
    const buyer = alipayOpenIdOf(9004);
    const { createTrade, atCashier, refundTrade } = await import('../emulators/alipay/trades');
    const biz = { out_trade_no: 'b1', total_amount: '1234.05', subject: '服务费', buyer_open_id: buyer };
    createTrade(emulators.alipay, {
      biz,
      params: { notify_url: 'https://city.test/callbacks/alipay/default' },
      raw: Buffer.alloc(0),
      origin: '',
    });
    const trade = emulators.alipay.trades.get('b1');
    if (!trade) throw new Error('no trade');
    const pushes: Parameters<typeof world.pushes.enqueue>[0][] = [];
    const enqueue = world.pushes.enqueue.bind(world.pushes);
    world.pushes.enqueue = (push) => void pushes.push(push);
    atCashier(emulators.alipay, trade, 'pay');
    const refund = { out_trade_no: 'b1', refund_amount: '0.05', out_request_no: 'r1' };
    refundTrade(emulators.alipay, { biz: refund, params: {}, raw: Buffer.alloc(0), origin: '' });
    world.pushes.enqueue = enqueue;
    const events = [];
    for (const push of pushes) {
      const inbound = await channel.receiver?.receive(rawOf(push.build()));
      expect(inbound).toMatchObject({ kind: 'message', answer: 'success' });
      expect(inbound).not.toHaveProperty('nonce');
      events.push(inbound?.kind === 'message' ? inbound.event : undefined);
    }
    expect(events).toMatchObject([
      { happened: 'paid', outTradeNo: 'b1', tradeNo: trade.tradeNo, totalFen: 123_405 },
      { happened: 'refunded', outTradeNo: 'b1', outRefundNo: 'r1', refundedTotalFen: 5 },
    ]);
  });
});

describe('alipay: the phone', () => {
  it('answers the prompt as the client does: a refusal is a success, a cancel a failure', async () => {
    const openid = alipayOpenIdOf(9005);
    const refused = await desk(openid, 'alipay-subscribe', { templateIds: [templateId], accept: false });
    expect(refused.result).toMatchObject({ behavior: 'subscribe', [templateId]: 'reject', result: { subscribedEntityIds: [] } });
    expect(await desk(openid, 'alipay-subscribe', { templateIds: [templateId], cancel: true })).toMatchObject({ error: 11 });
    expect(await desk(openid, 'alipay-subscribe', { templateIds: ['unknown'] })).toMatchObject({
      message: expect.stringContaining('106008'),
    });
    expect(await desk(openid, 'alipay-subscribe', { templateIds: Array(4).fill(templateId) })).toMatchObject({
      message: expect.stringContaining('203'),
    });
    const shown = async () => (await (await fetch(`${stage.sandbox.url}/personas/alipay:${openid}`)).json()) as { alipay: unknown };
    expect((await shown()).alipay).toEqual({ templates: [expect.objectContaining({ id: templateId, left: 0 })], trades: [] });
    await desk(openid, 'alipay-subscribe', { templateIds: [templateId] });
    expect((await shown()).alipay).toMatchObject({ templates: [{ left: 1 }] });
    await desk(openid, 'alipay-unsubscribe', { templateId });
    expect((await shown()).alipay).toMatchObject({ templates: [{ left: 0 }] });
  });
});

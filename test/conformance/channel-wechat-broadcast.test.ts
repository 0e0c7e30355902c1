import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sandboxAccounts } from '@suiban/shared/sandbox';
import type { CityNotice, MassMessage } from '../../bot-server/src/channels/broadcast';
import type { Channel, InboundEvent } from '../../bot-server/src/channels/channel';
import { buildWechatPush } from '../emulators/push/wechat-push';
import type { XmlValue } from '../emulators/push/xml';
import { settlePublication } from '../emulators/wechat-official/publish';
import { type ChannelStage, channelStage, rawOf } from './channel-stage';
import { pushServer, until } from './emulator-client';
import { nowSec } from './push-promises';
import { wechatMini } from './subjects/wechat-mini';
import { wechatOfficial } from './subjects/wechat-official';

const account = sandboxAccounts.wechatOfficial;
const mediaId = account.drafts[0]?.mediaId ?? '';
const follower = 'oSandboxOfficialRestaurant01';

let stage: ChannelStage;
let official: Channel;
let mini: Channel;
beforeAll(async () => {
  stage = await channelStage([wechatOfficial, wechatMini]);
  official = stage.channel('wechat-official');
  mini = stage.channel('wechat-mini');
}, 60_000);
afterAll(() => stage.close());
beforeEach(() => stage.sandbox.world.reset());

const shown = () => [...stage.sandbox.world.observation.after(0)];
const emulator = () => stage.sandbox.emulators.official;
const passMs = (ms: number) => {
  stage.sandbox.world.clock.offsetMs += ms;
};
const refuseSends = (code: string) => {
  stage.sandbox.world.script.platforms['wechat-official'].errors = { code, httpStatus: 200, next: 1, rate: 0 };
};

/** What the channel makes of the pushes, in order. */
async function listening(): Promise<{ events: InboundEvent[]; keys: string[]; close(): Promise<void> }> {
  const [events, keys]: [InboundEvent[], string[]] = [[], []];
  const server = await pushServer((push, _count, response) => {
    const query = Object.fromEntries(push.url.searchParams);
    const body = Buffer.from(push.body);
    official.receiver?.receive({ method: 'POST', headers: push.headers, query, body }).then(
      (inbound) => {
        if (inbound.kind === 'message') {
          events.push(inbound.event);
          keys.push(inbound.messageKey);
        }
        response.writeHead(200).end('success');
      },
      () => response.writeHead(401).end(),
    );
  });
  const script = stage.sandbox.world.script.push;
  script.target = server.url;
  const close = () => {
    // A reset leaves it: what others send later would be repeated to a server that is gone.
    script.target = null;
    return server.close();
  };
  return { events, keys, close };
}

const massOf = (more: Partial<MassMessage> = {}): MassMessage => ({
  audience: { to: 'all' },
  content: { form: 'text', text: '停机通知' },
  key: 'campaign-00000000-0000-4000-8000-000000000001',
  ...more,
});
const send = (more: Partial<MassMessage> = {}) => official.massSend?.send(massOf(more));
const listOf = (...openids: string[]) => ({ to: 'openids', openids }) as const;

describe('mass messages', () => {
  it('are sent once under their key, which may be long, and found again', async () => {
    const first = await send();
    expect(await send()).toEqual(first);
    expect(shown()).toHaveLength(2);
    expect(await official.massSend?.find(first?.platformId ?? '')).toEqual({ state: 'sent' });
    await expect(send({ key: 'other' })).rejects.toMatchObject({ code: '45028', errorClass: 'quota' });
    await expect(official.massSend?.find('1')).rejects.toMatchObject({ name: 'PlatformError' });
  });

  it('tell their counts when they have ended', async () => {
    const heard = await listening();
    const sent = await send({ audience: { to: 'tag', tagId: 100 } });
    await until(() => heard.events.length === 1);
    const totals = { total: 2, sent: 2, failed: 0 };
    expect(heard.events).toEqual([{ type: 'receipt', platformId: sent?.platformId, result: 'delivered', code: 'success', totals }]);
    await heard.close();
  });

  it('go to people named, once under their key, and are counted with those who do not follow', async () => {
    const heard = await listening();
    const audience = listOf(follower, 'oTest00000001', 'x');
    const sent = await send({ audience });
    expect(await send({ audience })).toEqual(sent);
    expect(shown().map(({ recipient, body }) => [recipient, body])).toEqual([
      [follower, '停机通知'],
      ['oTest00000001', '停机通知'],
    ]);
    await until(() => heard.events.length === 1);
    expect(heard.events).toMatchObject([{ platformId: sent?.platformId, totals: { total: 3, sent: 2, failed: 0 } }]);
    await heard.close();
  });

  it('to a list use up none of those to all, and four of one person a month', async () => {
    for (let index = 0; index < 5; index += 1) await send({ audience: listOf(follower, 'oTest00000001'), key: `k${index}` });
    expect(shown().filter(({ recipient }) => recipient === follower)).toHaveLength(4);
    await expect(send()).resolves.toMatchObject({ platformId: expect.stringMatching(/^\d{19}$/) });
  });

  it('of an article show it and take its draft out of the box', async () => {
    const content = { form: 'article', mediaId } as const;
    const first = await send({ audience: listOf(follower, 'oTest00000001'), content });
    expect(shown()[0]).toMatchObject({ kind: 'news', title: account.drafts[0]?.title, recipient: follower });
    expect(await send({ audience: listOf(follower, 'oTest00000001'), content })).toEqual(first);
    await expect(send({ content, key: 'k2' })).rejects.toMatchObject({ code: '40007', errorClass: 'permanent' });
  });

  it.each([
    ['audience/openids', { audience: listOf(follower) }],
    ['audience/openids', { audience: listOf(...Array.from({ length: 10_001 }, (_, index) => `oTest${index}x`)) }],
    ['audience/openids', { audience: listOf(follower, follower) }],
    ['audience/openids', { audience: listOf(follower, ' ') }],
    ['audience/tagId', { audience: { to: 'tag', tagId: 1.5 } }],
    ['content/text', { content: { form: 'text', text: ' ' } }],
    ['content/text', { content: { form: 'text', text: '字'.repeat(683) } }],
    ['content/mediaId', { content: { form: 'article', mediaId: '' } }],
    ['key', { key: '' }],
  ] as readonly (readonly [string, Partial<MassMessage>])[])('are refused for %s before the platform is asked', async (field, more) => {
    const asked = stage.sandbox.world.requests.last;
    expect(official.massSend?.check(massOf(more))).toEqual([expect.objectContaining({ field })]);
    await expect(send(more)).rejects.toMatchObject({ type: 'kernel:invalid-request', errors: [{ pointer: `/${field}` }] });
    expect(stage.sandbox.world.requests.last).toBe(asked);
  });

  it('of the largest list and the longest text are taken', async () => {
    const openids = Array.from({ length: 10_000 }, (_, index) => `oTest${String(index).padStart(6, '0')}`);
    await send({ audience: listOf(...openids), content: { form: 'text', text: '字'.repeat(682) } });
    expect(shown()).toHaveLength(10_000);
  });

  it('of which none is known are refused, and the 61st request of a minute', async () => {
    await expect(send({ audience: listOf('x', 'y') })).rejects.toMatchObject({ code: '40003', errorClass: 'permanent' });
    for (let index = 0; index < 59; index += 1) await send({ audience: listOf(follower, 'oTest00000001'), key: `k${index}` });
    await expect(send()).rejects.toMatchObject({ code: '45011', errorClass: 'quota' });
    passMs(60_001);
    await expect(send()).resolves.toBeDefined();
  });
});

describe('publishing', () => {
  const publish = () => official.publish;

  it('says that a draft was taken, how it ended, and the addresses of its articles', async () => {
    const heard = await listening();
    emulator().publications.ending = 1;
    const { publishId = '' } = (await publish()?.submit(mediaId)) ?? {};
    const nothing = { code: null, articleId: '', articles: [], failedIndexes: [] };
    expect(await publish()?.find(publishId)).toEqual({ state: 'publishing', ...nothing });
    settlePublication(emulator(), publishId, 0);
    const url = `https://mp.weixin.qq.com/s/${mediaId}`;
    const published = { ...nothing, state: 'published', articleId: `article-${publishId}`, articles: [{ index: 1, url }] };
    expect(await publish()?.find(publishId)).toEqual(published);
    await until(() => heard.events.length === 1);
    expect(heard.events).toEqual([{ type: 'publication', publishId, ...published }]);
    await expect(publish()?.submit(mediaId)).rejects.toMatchObject({ code: '40007', errorClass: 'permanent' });
    await heard.close();
  });

  it.each([
    [2, 'not-original', [1], false],
    [3, 'failed', [1], false],
    [4, 'refused', [1], false],
    [5, 'deleted', [], true],
    [6, 'banned', [], true],
  ] as const)('ends in %i: %s, in the answer and in the event, with words', async (status, state, failedIndexes, wasOut) => {
    const heard = await listening();
    emulator().publications.ending = status;
    const { publishId = '' } = (await publish()?.submit(mediaId)) ?? {};
    const code = `publish-${status}`;
    const ended = { state, code, articleId: wasOut ? `article-${publishId}` : '', articles: [], failedIndexes };
    expect(await publish()?.find(publishId)).toEqual(ended);
    await until(() => heard.events.length === 1);
    expect(heard.events).toEqual([{ type: 'publication', publishId, ...ended }]);
    expect(official.explain?.(code)).toMatchObject({ class: 'permanent', meaning: { zh: expect.not.stringContaining(code) } });
    await heard.close();
  });

  it('is told of twice when two publications end in one second, and when one is banned in that second', async () => {
    const heard = await listening();
    emulator().publications.ending = 3;
    await publish()?.submit(mediaId);
    const { publishId = '' } = (await publish()?.submit(mediaId)) ?? {};
    settlePublication(emulator(), publishId, 6);
    await until(() => heard.events.length === 3);
    expect(new Set(heard.keys).size).toBe(3);
    await heard.close();
  });

  it('keeps several articles and several failures, and passes on a state it does not know', async () => {
    const keys = { source: 'wechat-official', name: 'default', ...account } as const;
    const receive = async (told: Record<string, XmlValue>) => {
      const event = { ToUserName: account.userName, FromUserName: follower, CreateTime: 1764000000, MsgType: 'event' };
      const push = { ...event, Event: 'PUBLISHJOBFINISH', PublishEventInfo: { publish_id: 2247503051, ...told } };
      const inbound = await official.receiver?.receive(rawOf(buildWechatPush(keys, push, 'xml', nowSec(), 'valid')));
      return inbound?.kind === 'message' ? inbound.event : undefined;
    };
    const item = [1, 2].map((idx) => ({ idx, article_url: `https://mp.weixin.qq.com/s/${idx}?a=1&b=2` }));
    expect(await receive({ publish_status: 0, article_id: 'a', article_detail: { count: 2, item } })).toMatchObject({
      publishId: '2247503051',
      articles: [
        { index: 1, url: 'https://mp.weixin.qq.com/s/1?a=1&b=2' },
        { index: 2, url: 'https://mp.weixin.qq.com/s/2?a=1&b=2' },
      ],
    });
    expect(await receive({ publish_status: 4, fail_idx: [1, 3] })).toMatchObject({ state: 'refused', failedIndexes: [1, 3] });
    expect(await receive({ publish_status: 7 })).toEqual({ type: 'other', name: 'PUBLISHJOBFINISH' });
  });

  it.each(['53503', '53504', '53505', '48001', '40007'])('%s is permanent, with words', async (code) => {
    refuseSends(code);
    await expect(publish()?.submit(mediaId)).rejects.toMatchObject({ name: 'PlatformError', code, errorClass: 'permanent' });
    expect(official.explain?.(code).meaning.zh).not.toContain(code);
  });

  it('whose answer is lost is unclear: the platform would take the draft again', async () => {
    stage.sandbox.world.script.platforms['wechat-official'].lostReplies = { next: 1, rate: 0 };
    await expect(publish()?.submit(mediaId)).rejects.toMatchObject({ name: 'PlatformError', errorClass: 'unknown' });
  });

  it('wants a draft, and knows no publication that was not', async () => {
    await expect(publish()?.submit(' ')).rejects.toMatchObject({ type: 'kernel:invalid-request', errors: [{ pointer: '/mediaId' }] });
    await expect(publish()?.find('1')).rejects.toMatchObject({ name: 'PlatformError' });
  });
});

describe('notices of the city services', () => {
  const template = account.cityTemplates[0];
  const stranger = 'oTest0000city1';
  const notice = (more: Partial<CityNotice> = {}): CityNotice => ({
    openid: 'oSandboxRestaurantAgent00001',
    templateId: template?.id ?? '',
    orderNo: 'W20261127-0001',
    url: 'https://city.example/s/1',
    data: { first: '您的诉求有新进展', keynote1: '办理中', keynote2: '市经济信息化委' },
    ...more,
  });
  const tell = (more: Partial<CityNotice> = {}) => mini.cityNotice?.send(notice(more));
  const codes = async (count: number, more: Partial<CityNotice>) => {
    const said: string[] = [];
    for (let index = 0; index < count; index += 1)
      said.push(
        await (tell(more) ?? Promise.reject()).then(
          () => 'ok',
          (error: { code: string }) => error.code,
        ),
      );
    return said;
  };

  it('are shown to a person of the mini-program whose Official Account they follow, under the token of that account', async () => {
    expect(await tell()).toEqual({ resultPageUrl: null });
    expect(shown()).toMatchObject([
      { platform: 'wechat', kind: 'city-notice', recipient: notice().openid, title: template?.title, link: 'https://city.example/s/1' },
    ]);
    emulator().tokens.revokeAll();
    await tell({ url: null });
    expect(shown()).toHaveLength(2);
  });

  it('give the page of the result when one was asked for', async () => {
    const { resultPageUrl } = (await tell({ styles: { resultPage: 's1', record: 's2', card: 's3' } })) ?? {};
    expect(resultPageUrl).toContain(`biz_template_id=${template?.id}`);
  });

  it('82020, 82021: who does not follow must have come through the city services within 30 days', async () => {
    expect(await codes(1, { openid: stranger })).toEqual(['82020']);
    emulator().city.visit(stranger);
    expect(await codes(1, { openid: stranger, orderNo: 'a' })).toEqual(['ok']);
    passMs(30 * 86_400_000);
    expect(await codes(1, { openid: stranger, orderNo: 'a' })).toEqual(['82021']);
    expect(await codes(1, {})).toEqual(['82024']);
  });

  it('82023, 82022: five an hour, ten in 30 days', async () => {
    emulator().city.visit(stranger);
    const more = { openid: stranger };
    expect(await codes(6, more)).toEqual([...Array<string>(5).fill('ok'), '82023']);
    passMs(3600_000);
    expect(await codes(6, more)).toEqual([...Array<string>(5).fill('ok'), '82022']);
    expect(await codes(12, { orderNo: 'of-a-follower' })).toEqual(Array<string>(12).fill('ok'));
  });

  it('82024: an order is one person’s', async () => {
    await tell();
    await expect(tell({ openid: 'oSandboxGraduate000000000001' })).rejects.toMatchObject({ code: '82024', errorClass: 'permanent' });
  });

  it('82026, 48001, 40097: the service is off, not granted, or an argument is not what the account knows', async () => {
    expect(await codes(1, { openid: 'x' })).toEqual(['40097']);
    expect(await codes(1, { templateId: 'another' })).toEqual(['40097']);
    expect(await codes(1, { data: { first: '有进展' } })).toEqual(['40097']);
    emulator().city.isOnline = false;
    expect(await codes(1, {})).toEqual(['82026']);
    emulator().city.isGranted = false;
    expect(await codes(1, {})).toEqual(['48001']);
  });

  it.each([
    ['40097', 'permanent'],
    ['48001', 'permanent'],
    ['82020', 'permanent'],
    ['82021', 'permanent'],
    ['82022', 'quota'],
    ['82023', 'quota'],
    ['82024', 'permanent'],
    ['82025', 'permanent'],
    ['82026', 'permanent'],
  ])('%s is an error of class %s, with words', async (code, errorClass) => {
    refuseSends(code);
    await expect(tell()).rejects.toMatchObject({ name: 'PlatformError', code, errorClass });
    expect(mini.explain?.(code).meaning.zh).not.toContain(code);
  });

  it.each([
    ['openid', { openid: '' }],
    ['templateId', { templateId: ' ' }],
    ['orderNo', { orderNo: '' }],
    ['orderNo', { orderNo: 'W 1' }],
    ['url', { url: 'pages/index' }],
    ['url', { url: 'javascript:alert(1)' }],
    ['url', { url: null, styles: { resultPage: 's' } }],
    ['data', { data: {} }],
    ['data/first', { data: { first: '' } }],
  ] as readonly (readonly [string, Partial<CityNotice>])[])('are refused for %s before the platform is asked', async (field, more) => {
    const asked = stage.sandbox.world.requests.last;
    expect(mini.cityNotice?.check(notice(more))).toEqual([expect.objectContaining({ field })]);
    await expect(tell(more)).rejects.toMatchObject({ type: 'kernel:invalid-request', errors: [{ pointer: `/${field}` }] });
    expect(stage.sandbox.world.requests.last).toBe(asked);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sandboxAccounts } from '@suiban/shared/sandbox';
import type { Channel, Inbound, InboundEvent } from '../../bot-server/src/channels/channel';
import type { Chat, ChatReply, PassiveAnswer } from '../../bot-server/src/channels/chat';
import { wechatOfficialChannel } from '../../bot-server/src/channels/wechat-official';
import type { PushVariant } from '../emulators/push/built-push';
import { buildWechatPush, buildWechatUrlCheck } from '../emulators/push/wechat-push';
import type { XmlValue } from '../emulators/push/xml';
import { type ChannelStage, channelStage, rawOf } from './channel-stage';
import { pushServer, until } from './emulator-client';
import { nowSec } from './push-promises';
import { wechatOfficial as subject } from './subjects/wechat-official';

const account = sandboxAccounts.wechatOfficial;
const follower = 'oSandboxOfficialRestaurant01';
const [visit] = account.templates;
const link = {
  form: 'link',
  title: '餐饮企业服务问卷',
  description: '8 题，约 3 分钟',
  url: 'https://city.example/m/pages/answer?link=1-1-1-abcdefghij',
  page: 'pages/answer?link=1-1-1-abcdefghij',
  buttonText: '去填写',
} as const satisfies ChatReply;
const card: ChatReply = {
  form: 'card',
  title: '经营情况',
  description: '一题',
  card: { taskId: 't', submitText: '提交', questions: [] },
  fallback: link,
};

let stage: ChannelStage;
let channel: Channel;
let chat: Chat;
beforeAll(async () => {
  stage = await channelStage([subject]);
  channel = stage.channel('wechat-official');
  if (!channel.chat) throw new Error('no chat');
  chat = channel.chat;
}, 60_000);
afterAll(() => stage.close());
beforeEach(() => stage.sandbox.world.reset());

const never = new AbortController().signal;
const shown = () => [...stage.sandbox.world.observation.after(0)].filter(({ deduped }) => !deduped);
const desk = async (path: string, body: unknown) =>
  (await fetch(`${stage.sandbox.url}${path}`, { method: 'POST', body: JSON.stringify(body) })).json() as Promise<Record<string, unknown>>;
const act = (path: string, body: object = {}) => desk(`/personas/restaurant-agent/${path}`, { platform: 'wechat-official', ...body });
const body = (page: string | null) => ({
  channel: 'wechat-official' as const,
  templateId: visit?.id ?? '',
  page,
  data: { thing1: '餐饮企业服务问卷', thing2: '市经济信息化委', time3: '2026年11月27日 18:00' },
});
const send = async (page: string | null, attemptKey = 'c12a1', openid = follower) => {
  const recipient = {
    ref: '5',
    address: { type: 'openid', account: 'default', openid },
    link: 'https://city.example/s/c-5-1-abcdefghij',
  } as const;
  const [call] = channel.plan([recipient], { attemptKey, body: body(page) });
  if (!call) throw new Error('no call');
  return (await channel.sendCall(call, never))[0];
};

describe('template messages', () => {
  it('open the personal link, or the page of the mini-program with its token', async () => {
    await send(null);
    await send('packages/surveys/pages/answer/index', 'c12a2');
    expect(shown().map(({ kind, link: to }) => [kind, to])).toEqual([
      ['template', 'https://city.example/s/c-5-1-abcdefghij'],
      ['template', 'packages/surveys/pages/answer/index?link=c-5-1-abcdefghij'],
    ]);
  });

  it('are known again by their attempt and recipient for ten minutes, and by nothing else', async () => {
    const [first, again] = [await send(null), await send(null)];
    expect(again).toEqual(first);
    await send(null, 'c12a2');
    expect(shown()).toHaveLength(2);
    expect(channel.dedupe).toEqual({ by: 'key', windowSec: 600 });
  });

  it('keep every digit of the id, so that the event of its end finds it', async () => {
    const events: InboundEvent[] = [];
    const server = await receiving((inbound) => noted(events, inbound.event));
    stage.sandbox.world.script.push.target = server.url;
    const result = await send(null);
    await until(() => events.length === 1);
    expect(result).toMatchObject({ outcome: 'accepted', platformId: expect.stringMatching(/^\d{19}$/) });
    const platformId = result?.outcome === 'accepted' ? result.platformId : '';
    expect(events).toEqual([{ type: 'receipt', platformId, result: 'delivered', code: 'success', openid: follower }]);
    await server.close();
  });

  it('say who does not follow', async () => {
    await act('unfollow');
    expect(await send(null)).toMatchObject({ outcome: 'refused', class: 'permanent', code: '43004' });
    expect(channel.goneCodes).toContain('43004');
  });

  it('are listed with what each field may hold', async () => {
    expect(await channel.templates?.()).toMatchObject([
      { templateId: visit?.id, isLongTerm: true, fields: [{ key: 'thing1', name: '问卷名称', rule: '20 个字以内' }, {}, { key: 'time3' }] },
      {},
    ]);
  });
});

describe('what is said in the chat', () => {
  const peer = { userId: follower };

  it('is a text, an article, and for a card the link beside it', async () => {
    await act('say', { text: '在吗' });
    await chat.say(peer, { form: 'text', text: '您好' }, 'r1');
    await chat.say(peer, link, 'r2');
    await chat.say(peer, card, 'r3');
    await chat.say(peer, { ...link, url: '' }, 'r4');
    expect(shown().map(({ kind, title, link: to }) => [kind, title, to])).toEqual([
      ['text', '', null],
      ['news', link.title, link.url],
      ['news', link.title, link.url],
      ['text', '', link.page],
    ]);
  });

  it('is cut to what a text may hold, on a whole character', async () => {
    await act('say', { text: '在吗' });
    await chat.say(peer, { form: 'text', text: '字'.repeat(700) }, 'r1');
    expect(shown()[0]?.body).toMatch(/^字{681}…$/);
  });

  it.each([
    ['45015', 'permanent', async () => {}],
    [
      '45047',
      'quota',
      async () => {
        await act('say', { text: '在吗' });
        for (let index = 0; index < 5; index += 1) await chat.say(peer, { form: 'text', text: `第 ${index} 条` }, `r${index}`);
      },
    ],
  ] as readonly (readonly [code: string, errorClass: string, prepare: () => Promise<void>])[])(
    '%s is an error of class %s, with words',
    async (code, errorClass, prepare) => {
      await prepare();
      await expect(chat.say(peer, { form: 'text', text: '还在' }, 'r9')).rejects.toMatchObject({ name: 'PlatformError', code, errorClass });
      expect(channel.explain?.(code).whatToDo.zh).toContain('再次说话');
    },
  );
});

describe('the menu', () => {
  it('is set, page and address together, and refused here before the platform does', async () => {
    await chat.setMenu([
      {
        label: '办事',
        items: [
          { label: '填写问卷', key: 'surveys.open' },
          { label: '进度', key: 'work-orders.progress' },
        ],
      },
      { label: '小程序', page: 'pages/index/index', url: 'https://city.example/m/' },
      { label: '网页', url: 'https://city.example/' },
    ]);
    expect(stage.sandbox.world.menus.of('wechat-official', 'default')).toMatchObject([
      { type: 'group', items: [{ key: 'surveys.open' }, { key: 'work-orders.progress' }] },
      { type: 'miniprogram', page: 'pages/index/index' },
      { type: 'view', url: 'https://city.example/' },
    ]);
    const leaf = { label: '一', key: 'k' };
    await expect(chat.setMenu([leaf, leaf, leaf, leaf])).rejects.toMatchObject({ code: '40016' });
    await expect(chat.setMenu([{ ...leaf, label: '六个字的标题' }])).rejects.toMatchObject({ code: '40018' });
    await expect(chat.setMenu([{ label: '办', items: Array(6).fill(leaf) }])).rejects.toMatchObject({ code: '40023' });
    await expect(chat.setMenu([{ label: '办' }])).rejects.toMatchObject({ code: '40020' });
  });
});

describe('signing in', () => {
  const codeOf = async (persona: string, state = 's1') => {
    const url = new URL(channel.authorizeUrl?.('https://city.example/m/?x=1', state) ?? '');
    url.searchParams.set('persona', persona);
    const back = new URL((await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '');
    expect([back.origin, back.searchParams.get('x'), back.searchParams.get('state')]).toEqual(['https://city.example', '1', state]);
    return back.searchParams.get('code') ?? '';
  };

  it('gives the openid, and the unionid of a follower', async () => {
    expect(await channel.signIn?.(await codeOf('restaurant-agent'))).toEqual({
      subject: follower,
      unionId: 'uSandboxRestaurantAgent00001',
    });
    await act('unfollow');
    expect(await channel.signIn?.(await codeOf('restaurant-agent'))).toEqual({ subject: follower });
  });

  it('takes a code once', async () => {
    const code = await codeOf('graduate');
    await channel.signIn?.(code);
    await expect(channel.signIn?.(code)).rejects.toMatchObject({ type: 'identity:platform-code-refused' });
    await expect(channel.signIn?.('none')).rejects.toMatchObject({ type: 'identity:platform-code-refused' });
  });
});

function noted(events: InboundEvent[], event: InboundEvent): undefined {
  events.push(event);
}

/** A server whose one route is the channel's receiver. */
async function receiving(take: (inbound: Extract<Inbound, { kind: 'message' }>) => PassiveAnswer | undefined) {
  return pushServer((push, _count, response) => {
    const raw = {
      method: push.method as 'GET' | 'POST',
      headers: push.headers,
      query: Object.fromEntries(push.url.searchParams),
      body: Buffer.from(push.body),
    };
    channel.receiver?.receive(raw).then(
      (inbound) => {
        if (inbound.kind === 'echo') return response.writeHead(200).end(inbound.answer);
        const answer = take(inbound);
        return response.writeHead(200, { 'content-type': answer?.contentType ?? 'text/plain' }).end(answer?.body ?? inbound.answer);
      },
      () => response.writeHead(401).end(),
    );
  });
}

describe('pushes', () => {
  const keys = { source: 'wechat-official', name: 'default', ...account } as const;
  const receive = (event: Record<string, XmlValue>, variant: PushVariant = 'valid') =>
    channel.receiver?.receive(rawOf(buildWechatPush(keys, event, 'xml', nowSec(), variant)));
  const event = (more: Record<string, XmlValue>): Record<string, XmlValue> => ({
    ToUserName: account.userName,
    FromUserName: follower,
    CreateTime: 1764000000,
    MsgType: 'event',
    ...more,
  });

  it('the check of the address is answered with echostr as it came, and refused with another token', async () => {
    const check = (token: string) =>
      channel.receiver?.receive(rawOf(buildWechatUrlCheck({ ...keys, token }, '4375120948345356249', nowSec())));
    expect(await check(account.token)).toEqual({ kind: 'echo', answer: '4375120948345356249' });
    await expect(check('another')).rejects.toMatchObject({ type: 'kernel:forged-callback' });
  });

  it.each([
    [
      { Event: 'subscribe', EventKey: 'qrscene_desk-3', Ticket: 't' },
      { act: 'follow', scene: 'desk-3' },
    ],
    [{ Event: 'subscribe', EventKey: '' }, { act: 'follow' }],
    [{ Event: 'unsubscribe', EventKey: '' }, { act: 'unfollow' }],
    [
      { Event: 'CLICK', EventKey: 'surveys.open' },
      { act: 'menu', key: 'surveys.open' },
    ],
    [
      { Event: 'SCAN', EventKey: 'desk-3' },
      { act: 'scan', scene: 'desk-3' },
    ],
    [
      { MsgType: 'image', MediaId: 'm1', PicUrl: 'https://x', MsgId: 1n },
      { act: 'media', kind: 'image', mediaId: 'm1' },
    ],
  ])('%j is %j', async (fields, act) => {
    const inbound = await receive(event(fields));
    expect(inbound).toMatchObject({ kind: 'message', answer: 'success', event: { type: 'chat', peer: { userId: follower }, ...act } });
  });

  it('a look at a page is no chat, and has no answer', async () => {
    const inbound = await receive(event({ Event: 'VIEW', EventKey: 'https://city.example/' }));
    expect(inbound).toMatchObject({ event: { type: 'other', name: 'VIEW' } });
    expect(inbound?.kind === 'message' && inbound.reply).toBe(undefined);
  });

  it.each([
    ['success', 'delivered', 'success'],
    ['failed:user block', 'failed', 'user-block'],
    ['failed: system failed', 'failed', 'system-failed'],
    ['failed: something new', 'failed', 'system-failed'],
  ])('a template message that ended with %s is %s', async (state, result, code) => {
    const inbound = await receive(event({ Event: 'TEMPLATESENDJOBFINISH', MsgID: 3155434566295977985n, Status: state }));
    expect(inbound).toMatchObject({ event: { type: 'receipt', platformId: '3155434566295977985', result, code } });
    if (code !== 'success') expect(channel.explain?.(code).meaning.zh).not.toContain(code);
  });

  it('two ends of one second are two', async () => {
    const keyOf = async (id: bigint) => {
      const inbound = await receive(event({ Event: 'TEMPLATESENDJOBFINISH', MsgID: id, Status: 'success' }));
      return inbound?.kind === 'message' ? inbound.messageKey : '';
    };
    expect(await keyOf(3155434566295977985n)).not.toBe(await keyOf(3155434566295977984n));
  });

  it('plaintext is refused, for the account has a key', async () => {
    await expect(receive(event({ MsgType: 'text', Content: '您好', MsgId: 1n }), 'plaintext')).rejects.toMatchObject({
      type: 'kernel:forged-callback',
    });
    expect(() => wechatOfficialChannel({ ...stage.config.accounts.wechatOfficial, encodingAesKey: 'short' }, stage.depsOf({}))).toThrow();
  });

  it.each([
    ['a text', { form: 'text', text: '您好 ]]> <b>&' } as ChatReply, { kind: 'text', body: '您好 ]]> <b>&' }],
    ['an article', link as ChatReply, { kind: 'news', title: link.title, body: link.description, link: link.url }],
    ['a card, as the link beside it', card, { kind: 'news', link: link.url }],
  ])('an answer inside the push is shown: %s', async (_name, reply, expected) => {
    const server = await receiving((inbound) => (inbound.event.type === 'chat' ? inbound.reply?.(reply) : undefined));
    stage.sandbox.world.script.push.target = server.url;
    await act('say', { text: '问卷' });
    await until(() => shown().length > 0);
    expect(shown()).toMatchObject([expected]);
    await server.close();
  });
});

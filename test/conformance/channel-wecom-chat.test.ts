import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Channel, ChatEvent, InboundEvent } from '../../bot-server/src/channels/channel';
import type { Chat, ChatReply } from '../../bot-server/src/channels/chat';
import { type ChannelStage, channelStage } from './channel-stage';
import { until } from './emulator-client';
import { wecom as subject } from './subjects/wecom';
import { answeringServer } from './wecom-callbacks';

const text = (words: string): ChatReply => ({ form: 'text', text: words });
const link = {
  form: 'link',
  title: '餐饮企业服务问卷',
  description: '8 题，约 3 分钟',
  url: 'https://city.example/m/pages/answer?link=1-1-1-abcdefghij',
  page: 'pages/answer?link=1-1-1-abcdefghij',
  buttonText: '去填写',
} as const satisfies ChatReply;
const cardOf = (taskId: string): ChatReply => ({
  form: 'card',
  title: '经营情况快问',
  description: '一个问题',
  card: {
    taskId,
    submitText: '提交',
    questions: [
      {
        key: 'operation',
        title: '本周经营情况',
        mode: 'single',
        options: [
          { id: 'better', text: '好' },
          { id: 'worse', text: '差' },
        ],
      },
    ],
  },
  fallback: link,
});

let stage: ChannelStage;
let channel: Channel;
let chat: Chat;
beforeAll(async () => {
  stage = await channelStage([subject]);
  channel = stage.channel('wecom');
  if (!channel.chat) throw new Error('no chat');
  chat = channel.chat;
}, 60_000);
afterAll(() => stage.close());
beforeEach(() => {
  stage.sandbox.world.reset();
  stage.sandbox.emulators.wecom.tokens.revokeAll();
});

const observed = () => [...stage.sandbox.world.observation.after(0)];
const shown = () => observed().filter(({ deduped, dropped }) => !deduped && !dropped);
const desk = async (path: string, body?: unknown) => {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(`${stage.sandbox.url}${path}`, init);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

describe('what is said in a WeCom chat', () => {
  it('is shown as text, as a card with a button, and as a card to answer', async () => {
    await chat.say({ userId: 'u1' }, text('您好'), 't1');
    await chat.say({ userId: 'u1' }, link, 't2');
    await chat.say({ userId: 'u1' }, cardOf('survey-1'), 't3');
    expect(shown().map(({ kind, title, body, link: url, buttonText }) => [kind, title || body, url, buttonText])).toEqual([
      ['text', '您好', null, null],
      ['textcard', '餐饮企业服务问卷', link.url, '去填写'],
      ['card-vote', '经营情况快问', null, null],
    ]);
    expect(shown()[2]?.card?.taskId).toBe('survey-1');
  });

  it('goes out once for one ref, however often it is said, and again for another', async () => {
    for (const ref of ['t1', 't1', 't1', 't2']) await chat.say({ userId: 'u1' }, text('进度：办理中'), ref);
    await chat.say({ userId: 'u1' }, cardOf('survey-1'), 't3');
    await chat.say({ userId: 'u1' }, cardOf('survey-1'), 't3');
    expect(observed().map(({ deduped }) => deduped)).toEqual([false, true, true, false, false, true]);
  });

  it('is unknown when the answer is lost, and the repeat shows nothing twice', async () => {
    stage.sandbox.world.script.platforms.wecom.lostReplies = { next: 1, rate: 0 };
    await expect(chat.say({ userId: 'u1' }, text('您好'), 't1')).rejects.toMatchObject({ errorClass: 'unknown' });
    await chat.say({ userId: 'u1' }, text('您好'), 't1');
    expect(shown()).toHaveLength(1);
  });

  it('reaches a member of a joined corp under that corp, and nobody of a corp that is not', async () => {
    const [joined] = stage.config.accounts.wecom.linkedCorps;
    if (!joined) throw new Error('no joined corp');
    await chat.say({ userId: 'u1', corpId: joined.corpId }, text('您好'), 't1');
    expect(shown().map(({ corpId }) => corpId)).toEqual([joined.corpId]);
    await expect(chat.say({ userId: 'u1', corpId: 'ww9' }, text('您好'), 't2')).rejects.toMatchObject({ code: 'not-linked' });
    await expect(chat.say({ userId: 'nobody' }, text('您好'), 't3')).rejects.toMatchObject({ code: '81013', errorClass: 'permanent' });
  });

  it('is cut at the platform limits in whole characters, and a long button is shortened', async () => {
    await chat.say({ userId: 'u1' }, text('长'.repeat(900)), 't1');
    await chat.say({ userId: 'u1' }, { ...link, title: '长'.repeat(99), description: '', buttonText: '立即去填写' }, 't2');
    const [long, card] = shown();
    expect(Buffer.byteLength(long?.body ?? '')).toBeLessThanOrEqual(2048);
    expect(long?.body).toMatch(/^长{600,}…$/);
    expect([card?.title.endsWith('…'), card?.body.startsWith('长'), card?.buttonText]).toEqual([true, true, '详情']);
  });

  it('says so when one more would be dropped without a word', async () => {
    const eager = stage.make(subject, {}).chat;
    for (let n = 1; n <= 30; n += 1) await eager?.say({ userId: 'u7' }, text(`第 ${n} 条`), `t${n}`);
    await expect(eager?.say({ userId: 'u7' }, text('第 31 条'), 't31')).rejects.toMatchObject({
      code: 'person-limit',
      errorClass: 'quota',
    });
    await eager?.say({ userId: 'u8' }, text('别人'), 't32');
    expect([shown().length, observed().filter(({ dropped }) => dropped).length]).toEqual([31, 0]);
    expect(channel.explain?.('person-limit').meaning.zh).toContain('同一成员');
  });
});

describe('what is heard in a WeCom chat', () => {
  const replies = new Map<string, ChatReply>([
    ['问卷', link],
    ['你好', text('您好，<请>回复“问卷” ]]> 开始')],
    ['快问', cardOf('survey-2')],
  ]);
  const answerTo = (event: InboundEvent): ChatReply | undefined =>
    event.type === 'chat' && event.act === 'text'
      ? replies.get(event.text)
      : event.type === 'chat' && event.act === 'menu'
        ? text(`选了 ${event.key}`)
        : undefined;
  let server: Awaited<ReturnType<typeof answeringServer>>;
  beforeAll(async () => {
    server = await answeringServer(channel, answerTo);
  });
  afterAll(() => server.close());
  beforeEach(() => {
    server.events.length = 0;
    stage.sandbox.world.script.push.target = server.url;
  });
  const joined = 'ww0001sandbox';
  const say = (persona: string, words: string) => desk(`/personas/${encodeURIComponent(persona)}/say`, { platform: 'wecom', text: words });

  it('is answered inside the push: as text and as an article, never as a card', async () => {
    for (const words of ['你好', '问卷', '快问']) await say('restaurant-agent', words);
    await until(() => server.events.length === 3 && shown().length === 2);
    const byKind = new Map(shown().map((message) => [message.kind, message]));
    expect(byKind.get('text')?.body).toBe('您好，<请>回复“问卷” ]]> 开始');
    expect(byKind.get('news')).toMatchObject({
      title: link.title,
      body: link.description,
      link: link.url,
      corpId: joined,
      recipient: 'u.chenlixin',
    });
    expect((server.events as ChatEvent[]).map(({ peer }) => peer)).toEqual(Array(3).fill({ userId: 'u.chenlixin', corpId: joined }));
  });

  it('counts a menu tap by its key, and entering as following', async () => {
    await chat.setMenu([
      {
        label: '诉求',
        items: [
          { label: '提交诉求', key: 'work-orders.report' },
          { label: '服务网站', url: 'https://city.example/' },
        ],
      },
      { label: '帮助', key: 'help' },
    ]);
    const member = 'wecom:ww0000sandbox/u5';
    expect((await desk(`/personas/${encodeURIComponent(member)}/menu`, { platform: 'wecom', key: 'work-orders.report' })).status).toBe(200);
    expect((await desk(`/personas/${encodeURIComponent(member)}/menu`, { platform: 'wecom', index: [0, 1] })).status).toBe(200);
    expect((await desk(`/personas/${encodeURIComponent(member)}/enter`, { platform: 'wecom' })).body).toEqual({ entered: true });
    await until(() => server.events.length === 3 && shown().length === 1);
    expect(server.events.map((event) => (event.type === 'chat' ? event.act : event.type)).sort()).toEqual(['follow', 'menu', 'other']);
    expect(shown()[0]).toMatchObject({ kind: 'text', body: '选了 work-orders.report' });
  });
});

describe('the menu of a WeCom application', () => {
  it('is set in every corp, as the platform then shows it', async () => {
    await chat.setMenu([
      { label: '问卷', key: 'surveys.open' },
      { label: '办事', items: [{ label: '进度查询', key: 'work-orders.progress' }] },
    ]);
    for (const corpId of ['ww0000sandbox', 'ww0001sandbox', 'ww0002sandbox']) {
      const { body } = await desk(`/menu?platform=wecom&corpId=${corpId}`);
      expect(body.items).toMatchObject([
        { label: '问卷', type: 'click', key: 'surveys.open' },
        { label: '办事', type: 'group', items: [{ label: '进度查询', type: 'click', key: 'work-orders.progress' }] },
      ]);
    }
  });

  it.each([
    ['40016', []],
    ['40016', Array(4).fill({ label: '项', key: 'k' })],
    ['40018', [{ label: '六个字的菜单', key: 'k' }]],
    ['40023', [{ label: '办事', items: Array(6).fill({ label: '项', key: 'k' }) }]],
    ['40025', [{ label: '办事', items: [{ label: '长'.repeat(14), key: 'k' }] }]],
    ['40019', [{ label: '项', key: 'k'.repeat(129) }]],
    ['40020', [{ label: '项', page: 'pages/index' }]],
  ])('is refused with the code of the platform: %s', async (code, items) => {
    const asked = stage.sandbox.world.requests.last;
    await expect(chat.setMenu(items)).rejects.toMatchObject({ name: 'PlatformError', code, errorClass: 'permanent' });
    expect(channel.explain?.(code).meaning.zh).not.toContain(code);
    expect(stage.sandbox.world.requests.last).toBe(asked);
  });

  it('fits what the port promises: labels of five characters at the top', async () => {
    const { top, below, labelCharacters } = chat.menuLimits;
    const label = '字'.repeat(labelCharacters);
    const items = Array.from({ length: below }, (_, n) => ({ label, key: `k${n}` }));
    await expect(chat.setMenu(Array.from({ length: top }, () => ({ label, items })))).resolves.toBeUndefined();
  });
});

describe('signing in through WeCom', () => {
  const codeOf = async (persona: string): Promise<string> =>
    String((await desk(`/personas/${encodeURIComponent(persona)}/wecom-login`, {})).body.code);

  it('tells who it is and of which corp, once per code', async () => {
    const code = await codeOf('restaurant-agent');
    expect(await channel.signIn?.(code)).toEqual({ subject: 'u.chenlixin', corpId: 'ww0001sandbox' });
    await expect(channel.signIn?.(code)).rejects.toMatchObject({ type: 'kernel:not-signed-in' });
    expect(await channel.signIn?.(await codeOf('wecom:ww0000sandbox/u1'))).toEqual({ subject: 'u1', corpId: 'ww0000sandbox' });
  });

  it('asks the corp alone that is named before the code', async () => {
    const code = await codeOf('restaurant-agent');
    await expect(channel.signIn?.(`ww0002sandbox:${code}`)).rejects.toMatchObject({ type: 'kernel:not-signed-in' });
    expect(await channel.signIn?.(`ww0001sandbox:${code}`)).toEqual({ subject: 'u.chenlixin', corpId: 'ww0001sandbox' });
  });

  it('begins at the page a browser is sent to, which comes back with a code', async () => {
    const page = channel.authorizeUrl?.('https://city.example/m/oauth/wecom?x=1', 'state-1') ?? '';
    const choice = await (await fetch(page)).text();
    expect(choice).toContain('以谁的身份登录');
    const answer = await fetch(page.replace('#', '&persona=wecom%3Aww0000sandbox%2Fu1#'), { redirect: 'manual' });
    const back = new URL(answer.headers.get('location') ?? '');
    expect([answer.status, back.origin + back.pathname, back.searchParams.get('state'), back.searchParams.get('x')]).toEqual([
      302,
      'https://city.example/m/oauth/wecom',
      'state-1',
      '1',
    ]);
    expect(await channel.signIn?.(back.searchParams.get('code') ?? '')).toEqual({ subject: 'u1', corpId: 'ww0000sandbox' });
  });

  it('does not call a broken platform a wrong code', async () => {
    const cutOff = stage.make(subject, { url: 'http://127.0.0.1:1' });
    await expect(cutOff.signIn?.('x')).rejects.toMatchObject({ type: 'kernel:upstream' });
  });
});

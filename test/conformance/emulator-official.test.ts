import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sandboxAccounts } from '@suiban/shared/sandbox';
import { MessageCrypt } from '../emulators/push/message-crypt';
import { toXml, type XmlValue } from '../emulators/push/xml';
import { answeringServer, callbackServer, type Json, mini, type Sandbox, sandbox, until } from './emulator-client';

const official = sandboxAccounts.wechatOfficial;
const [visit] = official.templates;
const FOLLOWER = 'oSandboxOfficialRestaurant01';

let box: Sandbox;
let open: { close(): Promise<void> }[] = [];
beforeAll(async () => {
  box = await sandbox();
});
afterAll(() => box.close());
beforeEach(() => box.script({ reset: true }));
afterEach(async () => {
  await Promise.all(open.map((part) => part.close()));
  open = [];
});

const tokenOf = async (app: { appId: string; secret: string }, from: Sandbox = box): Promise<string> => {
  const asked = { grant_type: 'client_credential', appid: app.appId, secret: app.secret };
  return String((await from.post('/wechat/cgi-bin/stable_token', asked)).body.access_token);
};
const ask = async (path: string, body: unknown, token?: string, from: Sandbox = box) =>
  (await from.post(`/wechat${path}?access_token=${token ?? (await tokenOf(official, from))}`, body)).body;
const template = (more: Json = {}): Json => ({
  touser: FOLLOWER,
  template_id: visit?.id,
  url: 'https://city.example/s/c-5-1-mac',
  data: {
    thing1: { value: '餐饮企业服务问卷' },
    thing2: { value: '市经济信息化委' },
    time3: { value: '2026年11月27日 18:00' },
  },
  ...more,
});
const sendTemplate = (more: Json = {}, token?: string) => ask('/cgi-bin/message/template/send', template(more), token);
const text = (content: string, touser = FOLLOWER): Json => ({ touser, msgtype: 'text', text: { content } });
const sendText = (content: string, touser?: string) => ask('/cgi-bin/message/custom/send', text(content, touser));

describe('tokens of two apps', () => {
  it('are each the own app’s alone', async () => {
    const [ofMini, ofOfficial] = [await tokenOf(mini), await tokenOf(official)];
    expect(ofMini).not.toBe(ofOfficial);
    expect((await sendTemplate({}, ofMini)).errcode).toBe(40001);
    expect((await ask('/wxa/getwxacodeunlimit', { scene: 'a=1' }, ofOfficial)).errcode).toBe(40001);
    expect((await sendTemplate({}, ofOfficial)).errcode).toBe(0);
  });

  it('die apart when they are revoked, and so do the addresses that may ask', async () => {
    const [ofMini, ofOfficial] = [await tokenOf(mini), await tokenOf(official)];
    await box.script({ platform: 'wechat-official', revokeTokens: true, allowedIps: [] });
    expect((await sendTemplate({}, ofOfficial)).errcode).toBe(40001);
    expect((await box.get(`/wechat/wxaapi/newtmpl/gettemplate?access_token=${ofMini}`)).body.errcode).toBe(0);
    const asked = { grant_type: 'client_credential', appid: official.appId, secret: official.secret };
    expect((await box.post('/wechat/cgi-bin/stable_token', asked)).body.errcode).toBe(40164);
  });
});

describe('template messages', () => {
  it('show their fields and open the address, or the linked mini-program before it', async () => {
    await sendTemplate();
    await sendTemplate({ miniprogram: { appid: mini.appId, pagepath: 'packages/surveys/pages/answer/index?link=c-5-2-mac' } });
    expect(await box.messages()).toMatchObject([
      { platform: 'wechat-official', kind: 'template', recipient: FOLLOWER, title: visit?.title, attemptKey: 'c12a1' },
      { link: 'packages/surveys/pages/answer/index?link=c-5-2-mac', attemptKey: 'c12a2' },
    ]);
    expect((await sendTemplate({ miniprogram: { appid: 'wxforeign', pagepath: 'a' } })).errcode).toBe(40013);
  });

  it('name what they refuse', async () => {
    const { data } = template() as { data: Json };
    expect(await sendTemplate({ data: { ...data, thing1: { value: '字'.repeat(21) } } })).toMatchObject({
      errcode: 47003,
      errmsg: expect.stringContaining('data.thing1.value'),
    });
    expect((await sendTemplate({ data: { ...data, thing9: { value: '多余' } } })).errmsg).toContain('data.thing9.value');
    expect((await sendTemplate({ touser: 'x' })).errcode).toBe(40003);
    expect((await sendTemplate({ touser: 'oSandboxGraduate000000000001' })).errcode).toBe(40003);
    expect((await sendTemplate({ template_id: 'none' })).errcode).toBe(40037);
    await box.post('/personas/restaurant-agent/unfollow', { platform: 'wechat-official' });
    expect((await sendTemplate()).errcode).toBe(43004);
  });

  it('are sent once per person and client_msg_id for ten minutes', async () => {
    const [first, again, other] = [
      await sendTemplate({ client_msg_id: 'c12a1-5' }),
      await sendTemplate({ client_msg_id: 'c12a1-5' }),
      await sendTemplate({ client_msg_id: 'c12a1-5', touser: 'oTest000001' }),
    ];
    expect(first.errcode).toBe(0);
    expect(again).toEqual(first);
    expect(other.msgid).not.toBe(first.msgid);
    expect((await box.messages('&shown=true')).length).toBe(2);
    await box.script({ clockOffsetMs: 600_001 });
    await sendTemplate({ client_msg_id: 'c12a1-5' });
    expect((await box.messages('&shown=true')).length).toBe(3);
  });

  it('answer ids of 19 bare digits', async () => {
    const response = await fetch(`${box.url}/wechat/cgi-bin/message/template/send?access_token=${await tokenOf(official)}`, {
      method: 'POST',
      body: JSON.stringify(template()),
    });
    expect(await response.text()).toMatch(/"msgid":\d{19}\}/);
  });
});

describe('customer messages', () => {
  const say = (words: string) => box.post('/personas/restaurant-agent/say', { platform: 'wechat-official', text: words });

  it('may follow what a person says: five within 48 hours', async () => {
    expect((await sendText('您好')).errcode).toBe(45015);
    await say('在吗');
    const codes: unknown[] = [];
    for (let index = 0; index < 6; index += 1) codes.push((await sendText(`第 ${index} 条`)).errcode);
    expect(codes).toEqual([0, 0, 0, 0, 0, 45047]);
    await say('还在吗');
    expect((await sendText('在')).errcode).toBe(0);
    await box.script({ clockOffsetMs: 48 * 3600_000 + 1 });
    expect((await sendText('还在')).errcode).toBe(45015);
  });

  it('may follow a tap: three within a minute', async () => {
    await ask('/cgi-bin/menu/create', { button: [{ type: 'click', name: '帮助', key: 'help' }] });
    await box.post('/personas/restaurant-agent/menu', { platform: 'wechat-official', key: 'help' });
    const codes: unknown[] = [];
    for (let index = 0; index < 4; index += 1) codes.push((await sendText(`第 ${index} 条`)).errcode);
    expect(codes).toEqual([0, 0, 0, 45047]);
    await box.script({ clockOffsetMs: 60_001 });
    expect((await sendText('晚了')).errcode).toBe(45015);
  });

  it('show texts, one article, a page with its picture, and refuse other forms', async () => {
    await say('在吗');
    const send = (body: Json) => ask('/cgi-bin/message/custom/send', { touser: FOLLOWER, ...body });
    const article = { title: '问卷', description: '8 题', url: 'https://city.example/s/c-5-1-mac' };
    expect((await send({ msgtype: 'news', news: { articles: [article] } })).errcode).toBe(0);
    expect((await send({ msgtype: 'news', news: { articles: [article, article] } })).errcode).toBe(45008);
    const page = { title: '问卷', appid: mini.appId, pagepath: 'pages/a/index?x=1', thumb_media_id: 'm' };
    expect((await send({ msgtype: 'miniprogrampage', miniprogrampage: page })).errcode).toBe(0);
    expect((await send({ msgtype: 'miniprogrampage', miniprogrampage: { ...page, thumb_media_id: '' } })).errcode).toBe(40007);
    expect((await send({ msgtype: 'interactive' })).errcode).toBe(40008);
    expect((await sendText('字'.repeat(683))).errcode).toBe(45002);
    expect((await box.messages()).map(({ kind, title, link }) => ({ kind, title, link }))).toEqual([
      { kind: 'news', title: '问卷', link: article.url },
      { kind: 'miniprogrampage', title: '问卷', link: page.pagepath },
    ]);
  });
});

describe('the menu', () => {
  const create = (button: unknown) => ask('/cgi-bin/menu/create', { button });
  const leaf = (name: string, key = name): Json => ({ type: 'click', name, key });

  it('is shown as it was set, and refused by its limits', async () => {
    const token = await tokenOf(official);
    await box.get(`/wechat/cgi-bin/menu/delete?access_token=${token}`);
    expect((await box.get(`/wechat/cgi-bin/menu/get?access_token=${token}`)).body.errcode).toBe(46003);
    const button = [
      { name: '办事', sub_button: [leaf('填问卷', 'surveys.open'), { type: 'view', name: '网页', url: 'https://city.example/m/' }] },
      { type: 'miniprogram', name: '小程序', url: 'https://city.example/m/', appid: mini.appId, pagepath: 'pages/index/index' },
    ];
    expect((await create(button)).errcode).toBe(0);
    expect((await box.get('/menu?platform=wechat-official')).body.items).toMatchObject([
      {
        label: '办事',
        type: 'group',
        items: [
          { type: 'click', key: 'surveys.open' },
          { type: 'view', url: 'https://city.example/m/' },
        ],
      },
      { type: 'miniprogram', page: 'pages/index/index' },
    ]);
    expect((await create([1, 2, 3, 4].map((n) => leaf(String(n))))).errcode).toBe(40016);
    expect((await create([leaf('六个字的标题')])).errcode).toBe(40018);
    expect((await create([{ name: '办', sub_button: [1, 2, 3, 4, 5, 6].map((n) => leaf(String(n))) }])).errcode).toBe(40023);
    expect((await create([{ type: 'view', name: '办', url: 'city' }])).errcode).toBe(40020);
    expect((await create([{ type: 'dance', name: '办' }])).errcode).toBe(40017);
  });

  it('is tapped by key or place; a group is not', async () => {
    await create([{ name: '办事', sub_button: [leaf('填问卷', 'surveys.open')] }]);
    const tap = (body: Json) => box.post('/personas/restaurant-agent/menu', { platform: 'wechat-official', ...body });
    expect((await tap({ index: [0, 0] })).body.tapped).toMatchObject({ key: 'surveys.open' });
    expect((await tap({ index: [0] })).status).toBe(404);
    expect((await tap({ key: 'none' })).status).toBe(404);
  });
});

describe('mass messages', () => {
  const mass = (key: string, more: Json = {}) =>
    ask('/cgi-bin/message/mass/sendall', {
      filter: { is_to_all: true },
      text: { content: '停机通知' },
      msgtype: 'text',
      clientmsgid: key,
      ...more,
    });

  it('reach every follower once a day; the same clientmsgid answers the first id', async () => {
    const sent = await mass('m1');
    expect(sent).toMatchObject({ errcode: 0, msg_id: expect.any(Number) });
    expect((await box.messages()).map(({ recipient }) => recipient).sort()).toEqual([FOLLOWER, 'oSandboxOfficialGraduate0001'].sort());
    expect(await mass('m1')).toMatchObject({ errcode: 45065, msg_id: sent.msg_id });
    expect((await mass('m2')).errcode).toBe(45028);
    expect((await mass('m'.repeat(65))).errcode).toBe(45067);
    await box.script({ clockOffsetMs: 24 * 3600_000 });
    expect((await mass('m1')).errcode).toBe(0);
  });

  it('say 45066 while the first is under way', async () => {
    const token = await tokenOf(official);
    await box.script({ platform: 'wechat-official', latencyMs: 200 });
    const body = { filter: { is_to_all: true }, text: { content: '停机' }, msgtype: 'text', clientmsgid: 'm9' };
    const codes = await Promise.all([1, 2].map(async () => (await ask('/cgi-bin/message/mass/sendall', body, token)).errcode));
    expect(codes.sort()).toEqual([0, 45066]);
  });
});

describe('web login', () => {
  const authorize = (more: string) =>
    fetch(
      `${box.url}/wechat/connect/oauth2/authorize?appid=${official.appId}&redirect_uri=${encodeURIComponent('https://city.example/back?x=1')}&response_type=code&state=s1${more}`,
      { redirect: 'manual' },
    );
  const exchange = async (code: string) =>
    (
      await box.get(
        `/wechat/sns/oauth2/access_token?appid=${official.appId}&secret=${official.secret}&code=${code}&grant_type=authorization_code`,
      )
    ).body;

  it('goes back with a code, good once; the unionid is the mini-program’s', async () => {
    const response = await authorize('&scope=snsapi_userinfo&persona=restaurant-agent');
    const back = new URL(response.headers.get('location') ?? '');
    expect([response.status, back.searchParams.get('x'), back.searchParams.get('state')]).toEqual([302, '1', 's1']);
    const code = back.searchParams.get('code') ?? '';
    const login = (await box.post('/personas/restaurant-agent/wechat-login', {})).body;
    const session = (
      await box.get(
        `/wechat/sns/jscode2session?appid=${mini.appId}&secret=${mini.secret}&js_code=${login.code}&grant_type=authorization_code`,
      )
    ).body;
    expect(await exchange(code)).toMatchObject({ openid: FOLLOWER, scope: 'snsapi_userinfo', unionid: session.unionid });
    expect((await exchange(code)).errcode).toBe(40163);
    expect((await exchange('none')).errcode).toBe(40029);
  });

  it('keeps the unionid back from snsapi_base; user/info tells it', async () => {
    const back = new URL((await authorize('&scope=snsapi_base&persona=graduate')).headers.get('location') ?? '');
    const told = await exchange(back.searchParams.get('code') ?? '');
    expect(told.unionid).toBeUndefined();
    const info = (await box.get(`/wechat/cgi-bin/user/info?access_token=${await tokenOf(official)}&openid=${String(told.openid)}`)).body;
    expect(info).toMatchObject({ subscribe: 1, unionid: 'uSandboxGraduate000000000001' });
  });

  it('asks who it is when it cannot know, and refuses a wrong scope', async () => {
    const response = await authorize('&scope=snsapi_base');
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('陈立新')]);
    expect((await authorize('&scope=everything&persona=graduate')).status).toBe(400);
  });
});

describe('code images and sessions of the mini-program', () => {
  const image = async (body: Json) =>
    fetch(`${box.url}/wechat/wxa/getwxacodeunlimit?access_token=${await tokenOf(mini)}`, { method: 'POST', body: JSON.stringify(body) });

  it('are bytes of a picture, or JSON with the same HTTP 200', async () => {
    const response = await image({ scene: 'l=c-5-1-mac', page: 'pages/index/index', width: 280 });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([response.status, response.headers.get('content-type'), bytes.subarray(1, 4).toString()]).toEqual([200, 'image/png', 'PNG']);
    expect(bytes.includes('pages/index/index?scene=l%3Dc-5-1-mac')).toBe(true);
    const refused = async (body: Json) => ((await (await image(body)).json()) as Json).errcode;
    expect(await refused({ scene: 'a%20b' })).toBe(40129);
    expect(await refused({ scene: 'a'.repeat(33) })).toBe(40169);
    expect(await refused({ scene: 'a', page: '/pages/a' })).toBe(41030);
    expect(await refused({ scene: 'a', width: 100 })).toBe(40097);
  });

  it('checksession knows the newest session key', async () => {
    const { code, openid } = (await box.post('/personas/graduate/wechat-login', {})).body;
    const session = (
      await box.get(`/wechat/sns/jscode2session?appid=${mini.appId}&secret=${mini.secret}&js_code=${code}&grant_type=authorization_code`)
    ).body;
    const check = async (key: string) => {
      const signature = createHmac('sha256', Buffer.from(key, 'base64')).update('').digest('hex');
      const query = `access_token=${await tokenOf(mini)}&openid=${openid}&signature=${signature}&sig_method=hmac_sha256`;
      return (await box.get(`/wechat/wxa/checksession?${query}`)).body.errcode;
    };
    expect(await check(String(session.session_key))).toBe(0);
    expect(await check(Buffer.alloc(16).toString('base64'))).toBe(87009);
  });
});

describe('what a person does in the chat', () => {
  const crypt = new MessageCrypt(official.token, official.encodingAesKey, official.appId);
  const opened = (body: string): string => crypt.decrypt(/<Encrypt><!\[CDATA\[(.*?)\]\]>/.exec(body)?.[1] ?? '');
  const sealed = (xml: string): string => {
    const [encrypted, timestamp, nonce] = [crypt.encrypt(xml), '1764000000', '123456789'];
    return toXml({ Encrypt: encrypted, MsgSignature: crypt.sign(timestamp, nonce, encrypted), TimeStamp: Number(timestamp), Nonce: nonce });
  };
  const reply = (more: Record<string, XmlValue> = {}) =>
    toXml({ ToUserName: FOLLOWER, FromUserName: official.userName, CreateTime: 1764000000, MsgType: 'text', Content: '您好', ...more });
  async function pair(answer: (count: number) => string) {
    const server = await answeringServer(answer);
    const mine = await sandbox(server.url);
    open.push(mine, server);
    await mine.script({ push: { repeatDelayMs: 10 } });
    const say = () => mine.post('/personas/restaurant-agent/say', { platform: 'wechat-official', text: '问卷' });
    const settled = () => until(async () => server.pushes.length > 0 && (await mine.get('/observe/counts')).body.pushesPending === 0);
    return { server, mine, say, settled };
  }

  it('is pushed encrypted and signed, follow and unfollow too', async () => {
    const { server, mine, say, settled } = await pair(() => '');
    await say();
    await mine.post('/personas/restaurant-agent/unfollow', { platform: 'wechat-official' });
    expect((await mine.post('/personas/restaurant-agent/unfollow', { platform: 'wechat-official' })).status).toBe(409);
    expect((await say()).status).toBe(409);
    await mine.post('/personas/restaurant-agent/follow', { platform: 'wechat-official', scene: 'desk-3' });
    await until(() => server.pushes.length === 3);
    await settled();
    const events = server.pushes.map(({ body }) => opened(body));
    expect(server.pushes.map(({ url }) => url.pathname)).toEqual(Array(3).fill('/callbacks/wechat-official/default'));
    expect(events.some((event) => /<Content><!\[CDATA\[问卷\]\]>.*<MsgId>\d{19}<\/MsgId>/s.test(event))).toBe(true);
    expect(events.some((event) => event.includes('CDATA[unsubscribe]'))).toBe(true);
    expect(events.some((event) => event.includes('CDATA[qrscene_desk-3]'))).toBe(true);
  });

  it('shows the answer inside the response, once however often the push comes', async () => {
    const { mine, say, settled } = await pair(() => sealed(reply()));
    await mine.script({ push: { duplicates: 2 } });
    await say();
    await settled();
    expect(await mine.messages()).toMatchObject([{ platform: 'wechat-official', kind: 'text', body: '您好', recipient: FOLLOWER }]);
    const chat = ((await mine.get('/personas/restaurant-agent')).body.chats as Record<string, unknown[]>)['wechat-official'];
    expect(chat).toMatchObject([{ own: true, text: '问卷' }, { body: '您好' }]);
  });

  it('shows an article', async () => {
    const item = { Title: '餐饮问卷', Description: '8 题', PicUrl: '', Url: 'https://city.example/s/c-5-1-mac' };
    const news = { MsgType: 'news', Content: '', ArticleCount: 1, Articles: { item } };
    const { mine, say, settled } = await pair(() => sealed(reply(news)));
    await say();
    await settled();
    expect(await mine.messages()).toMatchObject([{ kind: 'news', title: '餐饮问卷', link: item.Url, attemptKey: 'c12a1' }]);
  });

  it.each([
    ['in plain text', reply()],
    ['as JSON', '{"errcode":0}'],
    ['to somebody else', sealed(reply({ ToUserName: 'oSomebodyElse' }))],
    ['with a wrong signature', sealed(reply()).replace(/MsgSignature><!\[CDATA\[./, 'MsgSignature><![CDATA[x')],
    ['too long', sealed(reply({ Content: '字'.repeat(683) }))],
  ])('shows its own excuse for an answer %s', async (_name, answer) => {
    const { mine, say, settled } = await pair(() => answer);
    await say();
    await settled();
    expect(await mine.messages()).toMatchObject([{ kind: 'fault', body: expect.stringContaining('故障') }]);
  });

  it('shows its excuse after silence, having asked with the same MsgId and new signatures', async () => {
    const server = await callbackServer(() => 'silence');
    const mine = await sandbox(server.url);
    open.push(mine, server);
    await mine.script({ push: { repeatDelayMs: 10, timeoutMs: 50, repeats: 2 } });
    await mine.post('/personas/restaurant-agent/say', { platform: 'wechat-official', text: '问卷' });
    await until(async () => (await mine.messages()).length > 0);
    expect(server.pushes).toHaveLength(3);
    expect(new Set(server.pushes.map(({ body }) => /<MsgId>(\d+)/.exec(opened(body))?.[1])).size).toBe(1);
    expect(new Set(server.pushes.map(({ url }) => url.searchParams.get('msg_signature'))).size).toBe(3);
    expect(await mine.messages()).toMatchObject([{ kind: 'fault' }]);
  });
});

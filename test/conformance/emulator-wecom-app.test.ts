import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Json, type Sandbox, sandbox, wecom } from './emulator-client';

let box: Sandbox;
let token: string;
beforeAll(async () => {
  box = await sandbox();
});
afterAll(() => box.close());
beforeEach(async () => {
  await box.script({ reset: true });
  token = await box.corpToken();
});

const api = (path: string, body: unknown) => box.post(`/wecom/cgi-bin/${path}${path.includes('?') ? '&' : '?'}access_token=${token}`, body);
const read = (path: string) => box.get(`/wecom/cgi-bin/${path}${path.includes('?') ? '&' : '?'}access_token=${token}`);

describe("WeCom's menu", () => {
  const create = async (button: unknown, agentId: number | string = wecom.agentId) =>
    (await api(`menu/create?agentid=${agentId}`, { button })).body.errcode;
  const click = (name: string, key = 'k'): Json => ({ type: 'click', name, key });

  it('is kept as it was given, until it is deleted', async () => {
    const button = [click('问卷'), { name: '办事', sub_button: [{ type: 'view', name: '网站', url: 'https://city.example/' }] }];
    expect(await create(button)).toBe(0);
    expect((await read(`menu/get?agentid=${wecom.agentId}`)).body.button).toEqual(button);
    await read(`menu/delete?agentid=${wecom.agentId}`);
    expect((await read(`menu/get?agentid=${wecom.agentId}`)).body.errcode).toBe(46003);
  });

  it.each([
    [40016, []],
    [40016, Array(4).fill(click('项'))],
    [40017, [{ type: 'nothing', name: '项' }]],
    [40018, [click('长'.repeat(6))]],
    [40019, [click('项', 'k'.repeat(129))]],
    [40020, [{ type: 'view', name: '项', url: 'ftp://city.example' }]],
    [40023, [{ name: '办事', sub_button: Array(6).fill(click('项')) }]],
    [40025, [{ name: '办事', sub_button: [click('长'.repeat(14))] }]],
  ])('refuses what breaks a rule (%d)', async (code, button) => {
    expect(await create(button)).toBe(code);
  });

  it('belongs to an application: without its id 41011, with another 40056', async () => {
    expect((await api('menu/create', { button: [click('项')] })).body.errcode).toBe(41011);
    expect(await create([click('项')], 9)).toBe(40056);
  });
});

describe("WeCom's sign-in", () => {
  const codeOf = async (persona: string) => String((await box.post(`/personas/${encodeURIComponent(persona)}/wecom-login`, {})).body.code);
  const askAbout = (code: string) => read(`auth/getuserinfo?code=${code}`);

  it('tells a member once, inside five minutes, and only to the corp it belongs to (40029)', async () => {
    const code = await codeOf(`wecom:${wecom.corpId}/u1`);
    expect((await askAbout(code)).body).toMatchObject({ errcode: 0, userid: 'u1' });
    expect((await askAbout(code)).body.errcode).toBe(40029);
    expect((await askAbout(await codeOf('restaurant-agent'))).body.errcode).toBe(40029);
    const late = await codeOf(`wecom:${wecom.corpId}/u1`);
    await box.script({ clockOffsetMs: 301_000 });
    expect((await askAbout(late)).body.errcode).toBe(40029);
    expect((await read('auth/getuserinfo')).body.errcode).toBe(41008);
  });

  it('sends nobody back whose address or corp is wrong', async () => {
    const page = (query: string) => fetch(`${box.url}/wecom/connect/oauth2/authorize?response_type=code&${query}`, { redirect: 'manual' });
    const back = 'redirect_uri=https%3A%2F%2Fcity.example%2F';
    expect((await page(`appid=ww9&${back}`)).status).toBe(400);
    expect((await page(`appid=${wecom.corpId}&redirect_uri=javascript%3Aalert(1)`)).status).toBe(400);
    expect((await page(`appid=${wecom.corpId}&${back}&persona=restaurant-agent`)).status).toBe(400);
    expect((await page(`appid=${wecom.corpId}&${back}&persona=wecom%3A${wecom.corpId}%2Fu1`)).status).toBe(302);
  });
});

describe("WeCom's messages to customers", () => {
  const task = (more: Json = {}): Json => ({
    chat_type: 'single',
    external_userid: ['wm-one', 'wm-two', 'stranger'],
    sender: 'u-staff',
    text: { content: '请填写问卷 https://city.example/w/c12a1' },
    ...more,
  });
  const add = async (body: unknown) => (await api('externalcontact/add_msg_template', body)).body;
  const staff = `/personas/${encodeURIComponent(`wecom:${wecom.corpId}/u-staff`)}`;

  it('wait for the member, whoever asks in between', async () => {
    const { msgid, fail_list: failed } = await add(task());
    expect(failed).toEqual(['stranger']);
    expect(await box.messages()).toEqual([]);
    expect((await api('externalcontact/get_groupmsg_task', { msgid })).body.task_list).toEqual([{ userid: 'u-staff', status: 0 }]);
    await box.post(`${staff}/confirm-task`, { msgid });
    expect((await box.messages()).map(({ recipient, attemptKey }) => [recipient, attemptKey])).toEqual([
      ['wm-one', 'c12a1'],
      ['wm-two', 'c12a1'],
    ]);
    const { send_list: sent } = (await api('externalcontact/get_groupmsg_send_result', { msgid, userid: 'u-staff' })).body;
    expect(sent).toEqual(
      ['wm-one', 'wm-two'].map((id) => expect.objectContaining({ external_userid: id, status: 1, send_time: expect.any(Number) })),
    );
  });

  it('are two tasks when they are asked for twice', async () => {
    const [first, second] = [await add(task()), await add(task())];
    expect(first.msgid).not.toBe(second.msgid);
    expect((await box.post(`${staff}/confirm-task`, {})).body).toEqual({ confirmed: 2, sent: 4, failed: 0 });
  });

  it.each([
    [40058, { chat_type: 'group' }],
    [40058, { external_userid: [] }],
    [40058, { external_userid: Array.from({ length: 10_001 }, (_, n) => `wm-${n}`) }],
    [40058, { text: { content: '长'.repeat(1334) } }],
    [40058, { attachments: Array(10).fill({}) }],
    [40058, { sender: '' }],
    [60111, { sender: 'nobody' }],
    [41048, { external_userid: ['stranger'] }],
  ])('are refused as the platform refuses them (%d)', async (code, more) => {
    expect((await add(task(more))).errcode).toBe(code);
  });

  it('cannot be asked about by a wrong id (41047), or confirmed by somebody else', async () => {
    expect((await api('externalcontact/get_groupmsg_task', { msgid: 'x' })).body.errcode).toBe(41047);
    expect((await api('externalcontact/get_groupmsg_task', {})).body.errcode).toBe(41046);
    const { msgid } = await add(task());
    expect((await box.post(`/personas/${encodeURIComponent(`wecom:${wecom.corpId}/u-other`)}/confirm-task`, { msgid })).status).toBe(409);
  });
});

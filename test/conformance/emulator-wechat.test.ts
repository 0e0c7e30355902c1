import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { isFieldValid } from '../emulators/wechat/field-rules';
import { type Json, mini, type Sandbox, sandbox } from './emulator-client';

let box: Sandbox;
beforeAll(async () => {
  box = await sandbox();
});
afterAll(() => box.close());
beforeEach(() => box.script({ reset: true }));

const [visit, , longTerm] = mini.templates;
if (!visit || !longTerm) throw new Error('the sandbox has three templates');
const OPENID = 'oSandboxGraduate000000000001';
const message = (more: Json = {}): Json => ({
  touser: OPENID,
  template_id: visit.id,
  page: 'packages/surveys/pages/answer/index?link=c-5-1-mac',
  data: {
    thing1: { value: '餐饮企业服务问卷' },
    thing2: { value: '市经济信息化委' },
    time3: { value: '2026年11月27日 18:00' },
    thing4: { value: '约 3 分钟' },
  },
  ...more,
});
const send = async (body: unknown, token?: string) =>
  (await box.post(`/wechat/cgi-bin/message/subscribe/send?access_token=${token ?? (await box.miniToken())}`, body)).body;
const grant = (count = 1, templateId = visit.id) =>
  box.post('/personas', { id: 'graduate', openid: OPENID, mobile: '19900000003', credits: { [templateId]: count } });

describe('WeChat login', () => {
  const exchange = (code: string, more = '') =>
    box.get(`/wechat/sns/jscode2session?appid=${mini.appId}&secret=${mini.secret}&js_code=${code}&grant_type=authorization_code${more}`);

  it('takes a code once (40163), within five minutes (40029)', async () => {
    const { code } = (await box.post('/personas/graduate/wechat-login', {})).body;
    const session = (await exchange(String(code))).body;
    expect(session).toMatchObject({ openid: OPENID, session_key: expect.any(String) });
    expect(session.errcode).toBeUndefined();
    expect((await exchange(String(code))).body.errcode).toBe(40163);
    const late = (await box.post('/personas/graduate/wechat-login', {})).body;
    await box.script({ clockOffsetMs: 300_001 });
    expect((await exchange(String(late.code))).body.errcode).toBe(40029);
  });

  it('names what is missing or wrong', async () => {
    const code = async (query: string) => (await box.get(`/wechat/sns/jscode2session?${query}`)).body.errcode;
    expect(await code('secret=s&js_code=c')).toBe(41002);
    expect(await code(`appid=${mini.appId}&js_code=c`)).toBe(41004);
    expect(await code(`appid=${mini.appId}&secret=${mini.secret}&grant_type=authorization_code`)).toBe(41008);
    expect(await code(`appid=wrong&secret=${mini.secret}&js_code=c`)).toBe(40013);
    expect(await code(`appid=${mini.appId}&secret=wrong&js_code=c`)).toBe(40125);
  });

  it('gives the phone number for a phone code only, once', async () => {
    const token = await box.miniToken();
    const ask = async (code: unknown) => (await box.post(`/wechat/wxa/business/getuserphonenumber?access_token=${token}`, { code })).body;
    const { code } = (await box.post('/personas/graduate/wechat-phone', {})).body;
    expect(await ask(code)).toMatchObject({ errcode: 0, phone_info: { purePhoneNumber: '19900000003', watermark: { appid: mini.appId } } });
    expect((await ask(code)).errcode).toBe(40029);
    expect((await ask((await box.post('/personas/graduate/wechat-login', {})).body.code)).errcode).toBe(40029);
  });
});

describe('WeChat tokens', () => {
  const plain = async () =>
    (await box.get(`/wechat/cgi-bin/token?grant_type=client_credential&appid=${mini.appId}&secret=${mini.secret}`)).body;
  const stable = async (force = false) =>
    (
      await box.post('/wechat/cgi-bin/stable_token', {
        grant_type: 'client_credential',
        appid: mini.appId,
        secret: mini.secret,
        force_refresh: force,
      })
    ).body;
  const works = async (token: unknown) => (await box.get(`/wechat/wxaapi/newtmpl/gettemplate?access_token=${String(token)}`)).body.errcode;

  it('token: each fetch replaces the one before, which overlaps five minutes', async () => {
    const [first, second] = [await plain(), await plain()];
    expect(second.access_token).not.toBe(first.access_token);
    expect(await works(first.access_token)).toBe(0);
    await box.script({ clockOffsetMs: 300_001 });
    expect(await works(first.access_token)).toBe(42001);
    expect(await works(second.access_token)).toBe(0);
  });

  it('stable_token: the same again with what is left, renewed near its end', async () => {
    const first = await stable();
    await box.script({ clockOffsetMs: 1000_000 });
    expect(await stable()).toEqual({ access_token: first.access_token, expires_in: expect.any(Number) });
    await box.script({ clockOffsetMs: 6950_000 });
    const renewed = await stable();
    expect(renewed.access_token).not.toBe(first.access_token);
    expect(await works(first.access_token)).toBe(0);
  });

  it('the families do not touch each other; a forced refresh kills the old one, 30 s apart', async () => {
    const [a, b] = [await plain(), await stable()];
    const forced = await stable(true);
    expect(await works(a.access_token)).toBe(0);
    expect(await works(b.access_token)).toBe(40001);
    expect(await works(forced.access_token)).toBe(0);
    expect((await stable(true)).errcode).toBe(45011);
  });

  it('refuses a wrong method, grant, address', async () => {
    expect((await box.get('/wechat/cgi-bin/stable_token')).body.errcode).toBe(43002);
    expect((await box.post('/wechat/cgi-bin/stable_token', { appid: mini.appId, secret: mini.secret })).body.errcode).toBe(40002);
    await box.script({ platform: 'wechat', allowedIps: [] });
    expect((await stable()).errcode).toBe(40164);
  });
});

describe('WeChat subscription messages', () => {
  it('uses one credit per accepted message, then 43101', async () => {
    await grant(1);
    expect(await send(message())).toEqual({ errcode: 0, errmsg: 'ok' });
    expect((await send(message())).errcode).toBe(43101);
    expect(await box.messages()).toMatchObject([{ platform: 'wechat', recipient: OPENID, attemptKey: 'c12a1', title: visit.title }]);
  });

  it('keeps a credit that a refused message did not use', async () => {
    await grant(1);
    expect((await send(message({ data: {} }))).errcode).toBe(47003);
    expect((await send(message())).errcode).toBe(0);
  });

  it('does not count a long-term consent', async () => {
    await grant(1, longTerm.id);
    const body = message({
      template_id: longTerm.id,
      data: { thing1: { value: '稳岗补贴' }, thing2: { value: '人社局' }, date3: { value: '2026-12-31' } },
    });
    for (let index = 0; index < 3; index += 1) expect((await send(body)).errcode).toBe(0);
  });

  it('names what it refuses', async () => {
    await grant(9);
    expect((await send(message(), 'no-token')).errcode).toBe(40001);
    expect((await send('{')).errcode).toBe(47001);
    expect((await send(message({ touser: 'nobody' }))).errcode).toBe(40003);
    expect((await send(message({ template_id: 'none' }))).errcode).toBe(40037);
    expect((await send(message({ page: '/pages/x' }))).errcode).toBe(41030);
    const data = message().data as Json;
    expect(await send(message({ data: { ...data, time3: { value: '明天' } } }))).toMatchObject({
      errcode: 47003,
      errmsg: expect.stringContaining('data.time3.value invalid'),
    });
    expect(await send(message({ data: { ...data, thing9: { value: '多' } } }))).toMatchObject({
      errcode: 47003,
      errmsg: expect.stringContaining('data.thing9'),
    });
    await box.script({ platform: 'wechat', quota: 0 });
    expect((await send(message())).errcode).toBe(45009);
    expect(await box.messages()).toHaveLength(0);
  });

  it('refuses a second send to one person meanwhile (43108)', async () => {
    await grant(2);
    await box.script({ platform: 'wechat', latencyMs: 200 });
    const token = await box.miniToken();
    const codes = (await Promise.all([send(message(), token), send(message(), token)])).map((answer) => answer.errcode);
    expect(codes.sort()).toEqual([0, 43108]);
    await box.script({ platform: 'wechat', latencyMs: 0 });
    expect((await send(message(), token)).errcode).toBe(0);
  });
});

describe('field rules of subscription messages', () => {
  const good: [string, string[]][] = [
    ['thing1', ['字'.repeat(20), 'a b,c']],
    ['number1', ['1', '3.14', '1'.repeat(32)]],
    ['letter1', ['abcXYZ']],
    ['symbol1', ['+-*']],
    ['character_string1', ['A-1 #9']],
    ['time1', ['14:30', '14:30:05', '2026年11月27日 18:00', '2026-11-27 9:05', '09:00~17:30']],
    ['date1', ['2026年11月27日', '2026-11-27', '11月27日', '2026.11.27 18:00', '2026-11-01~2026-11-27']],
    ['amount1', ['¥10.00', '100元', '$9']],
    ['phone_number1', ['+86-021-12345']],
    ['car_number1', ['粤A8Z888挂', '京A12345']],
    ['name1', ['张三', 'Robert Lee', '阿布·都']],
    ['phrase1', ['待办理']],
  ];
  const bad: [string, string[]][] = [
    ['thing1', ['', '字'.repeat(21), '一\n二']],
    ['number1', ['1,000', 'x', '1'.repeat(33)]],
    ['letter1', ['a1', 'a'.repeat(33)]],
    ['symbol1', ['abc', '++++++']],
    ['character_string1', ['含汉字', 'a'.repeat(33)]],
    ['time1', ['25:00', '明天 14:30', '14:30~15:00~16:00']],
    ['date1', ['明天', '20261127']],
    ['amount1', ['¥¥1', '12345678901', '十元']],
    ['phone_number1', ['1'.repeat(18), '电话']],
    ['car_number1', ['粤A8Z888888', '粤粤1', '']],
    ['name1', ['字'.repeat(11), 'a'.repeat(21)]],
    ['phrase1', ['办理中了吗啊', '办ok']],
    ['enum1', ['别的']],
    ['colour1', ['red']],
  ];
  it.each(good)('%s takes what it may', (key, values) => {
    for (const value of values) expect([value, isFieldValid(key, value)]).toEqual([value, true]);
  });
  it.each(bad)('%s refuses the rest', (key, values) => {
    for (const value of values) expect([value, isFieldValid(key, value, ['甲'])]).toEqual([value, false]);
  });
  it('takes a listed value only', () => expect(isFieldValid('enum1', '甲', ['甲', '乙'])).toBe(true));
});

describe('WeChat content check', () => {
  const check = async (body: Json) =>
    (await box.post(`/wechat/wxa/msg_sec_check?access_token=${await box.miniToken()}`, { version: 2, scene: 2, openid: OPENID, ...body }))
      .body;

  it('wants the person inside two hours, then judges with errcode 0', async () => {
    expect((await check({ content: '希望改善停车' })).errcode).toBe(61010);
    const { code } = (await box.post('/personas/graduate/wechat-login', {})).body;
    await box.get(
      `/wechat/sns/jscode2session?appid=${mini.appId}&secret=${mini.secret}&js_code=${String(code)}&grant_type=authorization_code`,
    );
    expect(await check({ content: '希望改善停车' })).toMatchObject({ errcode: 0, result: { suggest: 'pass', label: 100 } });
    expect(await check({ content: '网络赌博' })).toMatchObject({ errcode: 0, result: { suggest: 'risky', label: 20008 } });
    expect((await check({ content: '字'.repeat(2501) })).errcode).toBe(47001);
    expect((await check({ content: '好', scene: 9 })).errcode).toBe(40129);
  });
});

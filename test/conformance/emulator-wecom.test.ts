import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Json, type Sandbox, sandbox, textcard, voteCard, wecom } from './emulator-client';

let box: Sandbox;
beforeAll(async () => {
  box = await sandbox();
});
afterAll(() => box.close());
beforeEach(() => box.script({ reset: true }));

const codeOf = async (body: unknown, token?: string) => (await box.sendWecom(body, token)).body.errcode;

describe('WeCom tokens', () => {
  it('gives the same token again, another per corp', async () => {
    const first = await box.corpToken();
    expect(await box.corpToken()).toBe(first);
    const [joined] = wecom.linkedCorps;
    expect(await box.corpToken(joined)).not.toBe(first);
    const viaCity = await box.post(`/wecom/cgi-bin/corpgroup/corp/gettoken?access_token=${first}`, {
      corpid: joined.corpId,
      agentid: joined.agentId,
    });
    expect(viaCity.body).toMatchObject({ errcode: 0, access_token: await box.corpToken(joined) });
  });

  it('refuses a wrong secret (40001), a missing (41001), unknown or revoked (40014), and an outlived token (42001)', async () => {
    const token = await box.corpToken();
    expect((await box.get(`/wecom/cgi-bin/gettoken?corpid=${wecom.corpId}&corpsecret=no`)).body.errcode).toBe(40001);
    expect((await box.post('/wecom/cgi-bin/message/send', textcard('u1'))).body.errcode).toBe(41001);
    expect(await codeOf(textcard('u1'), 'nothing')).toBe(40014);
    await box.script({ platform: 'wecom', revokeTokens: true });
    expect(await codeOf(textcard('u1'), token)).toBe(40014);
    const renewed = await box.corpToken();
    expect(renewed).not.toBe(token);
    await box.script({ clockOffsetMs: 7201_000 });
    expect(await codeOf(textcard('u1'), renewed)).toBe(42001);
  });

  it('refuses callers outside the list (60020)', async () => {
    await box.script({ platform: 'wecom', allowedIps: ['10.0.0.1'] });
    expect((await box.get(`/wecom/cgi-bin/gettoken?corpid=${wecom.corpId}&corpsecret=${wecom.secret}`)).body.errcode).toBe(60020);
  });
});

describe('WeCom message/send refuses', () => {
  const card = (parts: Json) => ({
    ...voteCard('u1', 'task'),
    ...{ template_card: { ...(voteCard('u1', 'task').template_card as Json), ...parts } },
  });
  const options = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `o${index}`, text: `选项${index}` }));
  const select = (key: string, count = 2) => ({ question_key: key, title: '题', option_list: options(count) });
  const cases: [string, Json, number][] = [
    ['no agentid', { ...textcard('u1'), agentid: undefined }, 41011],
    ['an agentid of another app', { ...textcard('u1'), agentid: 9 }, 60011],
    ['an agentid that is no number', { ...textcard('u1'), agentid: '1000002' }, 40058],
    ['nobody', textcard(''), 82001],
    ['only unknown people', textcard('NoOne|Nobody'), 81013],
    ['1001 people', textcard(Array.from({ length: 1001 }, (_, i) => `u${i}`).join('|')), 40058],
    ['an unknown type', { ...textcard('u1'), msgtype: 'hologram' }, 40008],
    [
      'a title over 128 bytes',
      { ...textcard('u1'), textcard: { title: '题'.repeat(43), description: 'd', url: 'https://x.example' } },
      40058,
    ],
    [
      'a description over 512 bytes',
      { ...textcard('u1'), textcard: { title: 't', description: '述'.repeat(171), url: 'https://x.example' } },
      40058,
    ],
    ['no link', { ...textcard('u1'), textcard: { title: 't', description: 'd' } }, 40058],
    [
      'a button of five characters',
      { ...textcard('u1'), textcard: { title: 't', description: 'd', url: 'https://x.example', btntxt: '五个字按钮' } },
      40058,
    ],
    ['an interval over four hours', textcard('u1', { enable_duplicate_check: 1, duplicate_check_interval: 14_401 }), 40058],
    ['a flag that is no flag', textcard('u1', { enable_duplicate_check: 'yes' }), 40058],
    ['a card without a task id', card({ task_id: undefined }), 40058],
    ['a task id with other characters', card({ task_id: 'c1:a1' }), 40058],
    ['a card without a title', card({ main_title: {} }), 40058],
    ['21 options', card({ checkbox: { question_key: 'q', option_list: options(21) } }), 40058],
    ['two options of one id', card({ checkbox: { question_key: 'q', option_list: [...options(1), ...options(1)] } }), 40058],
    ['mode 2', card({ checkbox: { question_key: 'q', mode: 2, option_list: options(2) } }), 40058],
    ['no submit button', card({ submit_button: undefined }), 40058],
    ['four selects', card({ card_type: 'multiple_interaction', select_list: ['a', 'b', 'c', 'd'].map((key) => select(key)) }), 40058],
    ['11 options in a select', card({ card_type: 'multiple_interaction', select_list: [select('a', 11)] }), 40058],
    ['7 buttons', card({ card_type: 'button_interaction', button_list: options(7).map(({ id, text }) => ({ key: id, text })) }), 40058],
    [
      'a notice without words',
      card({ card_type: 'text_notice', main_title: {}, card_action: { type: 1, url: 'https://x.example' } }),
      40058,
    ],
    ['7 facts', card({ horizontal_content_list: options(7).map(({ id }) => ({ keyname: id })) }), 40058],
    ['an unknown card', card({ card_type: 'origami' }), 40058],
  ];
  it.each(cases)('%s', async (_name, body, code) => {
    const { body: answer } = await box.sendWecom(body);
    expect(answer).toMatchObject({ errcode: code, errmsg: expect.stringMatching(/rid: /) });
    expect(await box.messages()).toHaveLength(0);
  });

  it('no JSON (40058)', async () => expect(await codeOf('{"touser"')).toBe(40058));
});

describe('WeCom message/send', () => {
  it('sends to those who exist and names the others in lower case', async () => {
    const { body } = await box.sendWecom(textcard('U1|NoOne|u2|u1'));
    expect(body).toMatchObject({ errcode: 0, invaliduser: 'noone', msgid: expect.any(String) });
    expect((await box.messages()).map((message) => message.recipient)).toEqual(['u1', 'u2']);
  });

  it('knows registered members only in their own corp', async () => {
    const [joined] = wecom.linkedCorps;
    await box.post('/personas', { name: '王', wecom: { corpId: joined.corpId, userId: 'wang' } });
    expect(await codeOf(textcard('wang'))).toBe(81013);
    const token = await box.corpToken(joined);
    expect(await codeOf(textcard('wang'), token)).toBe(60011);
    expect(await codeOf({ ...textcard('wang'), agentid: joined.agentId }, token)).toBe(0);
    expect((await box.messages())[0]).toMatchObject({ corpId: joined.corpId, recipient: 'wang', attemptKey: 'c12a1' });
  });

  it('cuts a text at 2048 bytes between characters', async () => {
    await box.sendWecom({ touser: 'u1', agentid: wecom.agentId, msgtype: 'text', text: { content: '长'.repeat(700) } });
    expect((await box.messages())[0]?.body).toBe('长'.repeat(682));
  });

  it('takes each card type', async () => {
    const option_list = [{ id: '1', text: '一' }];
    const cards: Json[] = [
      { card_type: 'multiple_interaction', select_list: [{ question_key: 'a', title: '题', option_list }] },
      { card_type: 'button_interaction', button_list: [{ key: 'k', text: '好', style: 1 }] },
      { card_type: 'text_notice', card_action: { type: 1, url: 'https://x.example/w/c3a2' } },
    ];
    for (const [index, parts] of cards.entries()) expect(await codeOf(voteCard('u1', `c3a2-${index}`, parts))).toBe(0);
    expect((await box.messages()).map(({ kind, attemptKey }) => [kind, attemptKey])).toEqual([
      ['card-multiple', 'c3a2'],
      ['card-button', 'c3a2'],
      ['card-notice', 'c3a2'],
    ]);
  });

  it('takes a task id once per app', async () => {
    expect(await codeOf(voteCard('u1', 'once'))).toBe(0);
    expect(await codeOf(voteCard('u2', 'once'))).toBe(40058);
    const [joined] = wecom.linkedCorps;
    expect(await codeOf({ ...voteCard('u2', 'once'), agentid: joined.agentId }, await box.corpToken(joined))).toBe(0);
  });
});

describe('WeCom duplicate check', () => {
  const flagged = textcard('u1|u2', { enable_duplicate_check: 1, duplicate_check_interval: 600 });

  it('recognises identical bytes inside the interval, and says so in the observation', async () => {
    const first = await box.sendWecom(flagged);
    const second = await box.sendWecom(flagged);
    expect(second.body).toEqual(first.body);
    expect((await box.messages()).map((message) => message.deduped)).toEqual([false, false, true, true]);
    expect(await box.messages('&shown=true')).toHaveLength(2);
    expect((await box.get('/observe/counts')).body).toMatchObject({ shown: 2, deduped: 2, repeated: 0 });
  });

  it('does not without the flag, for other bytes, or after the interval', async () => {
    await box.sendWecom(textcard('u1'));
    await box.sendWecom(textcard('u1'));
    await box.sendWecom(flagged);
    await box.sendWecom(JSON.stringify(flagged, null, 1));
    await box.script({ clockOffsetMs: 600_001 });
    await box.sendWecom(flagged);
    expect((await box.messages()).filter((message) => message.deduped)).toHaveLength(0);
    expect((await box.get('/observe/counts')).body.repeated).toBe(6);
  });

  it('does not remember a refused request', async () => {
    await box.script({ platform: 'wecom', errors: { next: 1, code: -1 } });
    expect(await codeOf(flagged)).toBe(-1);
    expect(await codeOf(flagged)).toBe(0);
    expect(await box.messages('&shown=true')).toHaveLength(2);
  });

  it('repeats a card by the same bytes although its task id was used', async () => {
    const card = { ...voteCard('u1', 'c5a1'), enable_duplicate_check: 1 };
    expect(await codeOf(card)).toBe(0);
    expect(await codeOf(card)).toBe(0);
    expect((await box.messages()).map((message) => message.deduped)).toEqual([false, true]);
  });
});

describe('WeCom limits', () => {
  it('drops the 31st message of a minute to one member in silence', async () => {
    const token = await box.corpToken();
    for (let index = 0; index < 32; index += 1) expect(await codeOf(textcard(index === 31 ? 'u1|u2' : 'u1'), token)).toBe(0);
    expect((await box.messages()).filter((message) => message.dropped).map((message) => message.recipient)).toEqual(['u1', 'u1']);
    await box.script({ clockOffsetMs: 60_001 });
    await box.sendWecom(textcard('u1'));
    expect((await box.messages()).at(-1)?.dropped).toBe(false);
  });

  it('counts a scripted quota by people (45009)', async () => {
    await box.script({ platform: 'wecom', quota: 2 });
    expect(await codeOf(textcard('u1|u2'))).toBe(0);
    expect(await codeOf(textcard('u3'))).toBe(45009);
  });
});

describe('WeCom recall and members', () => {
  it('marks a recalled message', async () => {
    const { body } = await box.sendWecom(textcard('u1'));
    const token = await box.corpToken();
    expect((await box.post(`/wecom/cgi-bin/message/recall?access_token=${token}`, { msgid: body.msgid })).body.errcode).toBe(0);
    expect((await box.messages())[0]?.isRecalled).toBe(true);
  });

  it('knows no stranger (60111)', async () => {
    const token = await box.corpToken();
    expect((await box.get(`/wecom/cgi-bin/user/get?access_token=${token}&userid=stranger`)).body.errcode).toBe(60111);
    expect((await box.get(`/wecom/cgi-bin/user/get?access_token=${token}&userid=u1`)).body.errcode).toBe(0);
  });
});

import { afterEach, describe, expect, it } from '@jest/globals';
import { sandboxAccounts } from '@suiban/shared/sandbox';
import { PUSH_VARIANTS } from '../emulators/push/built-push';
import { MessageCrypt } from '../emulators/push/message-crypt';
import { signSms } from '../emulators/push/sms-push';
import { callbackServer, type Json, mini, type Push, type Sandbox, sandbox, until, voteCard, wecom } from './emulator-client';

type Server = Awaited<ReturnType<typeof callbackServer>>;
let open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.map((part) => part.close()));
  open = [];
});

async function pair(answer?: Parameters<typeof callbackServer>[0]): Promise<{ server: Server; box: Sandbox }> {
  const server = await callbackServer(answer);
  const box = await sandbox(server.url);
  open.push(box, server);
  await box.script({ push: { repeatDelayMs: 10, receiptDelayMs: 0 } });
  return { server, box };
}

const within = (text: string, name: string): string =>
  new RegExp(`<${name}>(?:<!\\[CDATA\\[)?(.*?)(?:\\]\\]>)?</${name}>`, 's').exec(text)?.[1] ?? '';

function openWecom(push: Push, corpId: string = wecom.corpId): string {
  const crypt = new MessageCrypt(wecom.token, wecom.encodingAesKey, corpId);
  const encrypted = within(push.body, 'Encrypt');
  const { searchParams } = push.url;
  expect(searchParams.get('msg_signature')).toBe(
    crypt.sign(searchParams.get('timestamp') ?? '', searchParams.get('nonce') ?? '', encrypted),
  );
  return crypt.decrypt(encrypted);
}

function openWechat(push: Push): Json {
  const crypt = new MessageCrypt(mini.token, mini.encodingAesKey, mini.appId);
  const { Encrypt } = JSON.parse(push.body) as { Encrypt: string };
  const { searchParams } = push.url;
  expect(searchParams.get('msg_signature')).toBe(crypt.sign(searchParams.get('timestamp') ?? '', searchParams.get('nonce') ?? '', Encrypt));
  return JSON.parse(crypt.decrypt(Encrypt)) as Json;
}

describe('a card answered on a phone', () => {
  const answer = { selected: [{ key: 'q1', optionIds: ['b'] }] };

  it('reaches the server as an encrypted event whose response code changes the card once', async () => {
    const { server, box } = await pair();
    await box.sendWecom(voteCard('u7', 'c4a1'));
    const id = encodeURIComponent(`wecom:${wecom.corpId}/u7`);
    expect((await box.post(`/personas/${id}/cards/latest`, answer)).status).toBe(200);
    await until(() => server.pushes.length === 1);
    const [push] = server.pushes;
    if (!push) throw new Error('no push');
    expect(push.url.pathname).toBe('/callbacks/wecom/default');
    const event = openWecom(push);
    expect([within(event, 'Event'), within(event, 'TaskId'), within(event, 'QuestionKey'), within(event, 'OptionId')]).toEqual([
      'template_card_event',
      'c4a1',
      'q1',
      'b',
    ]);
    const update = {
      userids: ['u7'],
      agentid: wecom.agentId,
      response_code: within(event, 'ResponseCode'),
      button: { replace_name: '已提交' },
    };
    const path = `/wecom/cgi-bin/message/update_template_card?access_token=${await box.corpToken()}`;
    expect((await box.post(path, update)).body.errcode).toBe(0);
    expect((await box.post(path, update)).body.errcode).toBe(40058);
    expect((await box.messages())[0]).toMatchObject({ cardState: { state: 'updated', note: '已提交', selected: answer.selected } });
    expect(await box.post(`/personas/${id}/cards/latest`, answer)).toMatchObject({ status: 404 });
  });

  it('refuses a response code after 24 hours', async () => {
    const { box } = await pair();
    const { body } = await box.sendWecom(voteCard('u7', 'c4a2'));
    await box.script({ clockOffsetMs: 24 * 3600_000 + 1 });
    const update = { userids: ['u7'], agentid: wecom.agentId, response_code: body.response_code, button: { replace_name: '已截止' } };
    expect((await box.post(`/wecom/cgi-bin/message/update_template_card?access_token=${await box.corpToken()}`, update)).body.errcode).toBe(
      40058,
    );
  });

  it('refuses an answer that the card does not offer, and pushes nothing', async () => {
    const { server, box } = await pair();
    await box.sendWecom(voteCard('u7', 'c4a3'));
    const path = `/personas/${encodeURIComponent(`wecom:${wecom.corpId}/u7`)}/cards/latest`;
    for (const optionIds of [[], ['z'], ['a', 'b']])
      expect((await box.post(path, { selected: [{ key: 'q1', optionIds }] })).status).toBe(409);
    expect(server.pushes).toHaveLength(0);
  });
});

describe('pushes of the mini-program', () => {
  it('tells of the prompt: an object for one template, an array for several, and grants credits', async () => {
    const { server, box } = await pair();
    const [a, b] = mini.templates.map((template) => template.id);
    await box.post('/personas/graduate/subscribe', { templateIds: [a], accept: true });
    await box.post('/personas/graduate/subscribe', {
      answers: [
        { templateId: a, accepted: false },
        { templateId: b, accepted: true },
      ],
    });
    await until(() => server.pushes.length === 2);
    const events = server.pushes.map(openWechat).sort((x, y) => Number(Array.isArray(x.List)) - Number(Array.isArray(y.List)));
    expect(events[0]).toMatchObject({ Event: 'subscribe_msg_popup_event', List: { TemplateId: a, SubscribeStatusString: 'accept' } });
    expect(events[1]?.List).toMatchObject([{ SubscribeStatusString: 'reject' }, { SubscribeStatusString: 'accept' }]);
    const templates = (await box.get('/personas/graduate')).body.templates as { left: number }[];
    expect(templates.map((template) => template.left)).toEqual([1, 1, 0]);
  });

  it('refuses to ask for one-time and long-term together, for six, or for an unknown one', async () => {
    const { box } = await pair();
    const ids = mini.templates.map((template) => template.id);
    for (const templateIds of [ids, Array(6).fill(ids[0]), ['none']])
      expect((await box.post('/personas/graduate/subscribe', { templateIds })).status).toBe(400);
  });

  it('speaks XML when the account is set so', async () => {
    const { server, box } = await pair();
    await box.script({ push: { wechatFormat: 'xml' } });
    await box.post('/personas/graduate/subscribe', { templateIds: [mini.templates[0]?.id] });
    await until(() => server.pushes.length === 1);
    const plain = new MessageCrypt(mini.token, mini.encodingAesKey, mini.appId).decrypt(within(server.pushes[0]?.body ?? '', 'Encrypt'));
    expect(plain).toMatch(/^<xml>.*<SubscribeMsgPopupEvent><List><TemplateId>/s);
  });
});

describe('receipts of the SMS gateway', () => {
  it('are signed over the raw body, name the reference, and no number', async () => {
    const { server, box } = await pair();
    const { body } = await box.sendSms({ to: '19900000002', signName: '随办', text: '您好', reference: 'c1a1:9' });
    await until(() => server.pushes.length === 1);
    const [push] = server.pushes;
    if (!push) throw new Error('no push');
    expect(push.url.pathname).toBe('/callbacks/sms/default');
    expect(JSON.parse(push.body)).toMatchObject({ messageId: body.messageId, reference: 'c1a1:9', result: 'delivered', code: 'DELIVRD' });
    expect(push.body).not.toContain('19900000002');
    const { 'x-sms-timestamp': timestamp, 'x-sms-nonce': nonce, 'x-sms-signature': signature } = push.headers as Record<string, string>;
    expect(signature).toBe(signSms(sandboxAccounts.sms.key, timestamp ?? '', nonce ?? '', push.body));
  });
});

describe('the push sender', () => {
  const subscribe = (box: Sandbox, index = 0) => box.post('/personas/graduate/subscribe', { templateIds: [mini.templates[index]?.id] });

  it('repeats after a failure, signed anew, until it is taken', async () => {
    const { server, box } = await pair((_push, count) => (count < 3 ? 503 : 200));
    await subscribe(box);
    await until(() => server.pushes.length === 3);
    await until(async () => (await box.get('/observe/counts')).body.pushesPending === 0);
    expect(server.pushes).toHaveLength(3);
    expect(new Set(server.pushes.map((push) => push.url.searchParams.get('nonce'))).size).toBe(3);
    expect(new Set(server.pushes.map((push) => JSON.stringify(openWechat(push)))).size).toBe(1);
  });

  it('hangs up when the server is silent and gives up after the repeats', async () => {
    const { server, box } = await pair(() => 'silence');
    await box.script({ push: { timeoutMs: 50, repeats: 2 } });
    await subscribe(box);
    await until(async () => server.pushes.length === 3 && (await box.get('/observe/counts')).body.pushesPending === 0);
    expect(server.pushes).toHaveLength(3);
  });

  it('duplicates and reorders on request', async () => {
    const { server, box } = await pair();
    await box.script({ push: { duplicates: 1, shuffle: 2 } });
    await subscribe(box, 0);
    expect(server.pushes).toHaveLength(0);
    await subscribe(box, 1);
    await until(() => server.pushes.length === 4);
    await until(async () => (await box.get('/observe/counts')).body.pushesPending === 0);
    const order = server.pushes.map((push) => (openWechat(push).List as { TemplateId: string }).TemplateId);
    expect(order[0]).toBe(mini.templates[1]?.id);
    expect(order.sort()).toEqual([0, 0, 1, 1].map((index) => mini.templates[index]?.id).sort());
  });

  it('forges: every variant but the valid one fails the check a server must make', async () => {
    const { server, box } = await pair();
    const event = { ToUserName: wecom.corpId, FromUserName: 'u1', CreateTime: 1, MsgType: 'text', Content: '你好', MsgId: '1' };
    const passes = (push: Push): boolean => {
      const { searchParams } = push.url;
      const crypt = new MessageCrypt(wecom.token, wecom.encodingAesKey, wecom.corpId);
      const encrypted = within(push.body, 'Encrypt');
      if (Math.abs(Date.parse(new Date(Number(searchParams.get('timestamp')) * 1000).toISOString()) - box.world.clock.ms()) > 300_000)
        return false;
      if (searchParams.get('msg_signature') !== crypt.sign(searchParams.get('timestamp') ?? '', searchParams.get('nonce') ?? '', encrypted))
        return false;
      try {
        return crypt.decrypt(encrypted).includes('你好');
      } catch {
        return false;
      }
    };
    for (const variant of PUSH_VARIANTS) await box.post('/push', { platform: 'wecom', event, variant });
    expect(PUSH_VARIANTS.map((variant, index) => [variant, passes(server.pushes[index] as Push)])).toEqual(
      PUSH_VARIANTS.map((variant) => [variant, variant === 'valid']),
    );
    const replay = await box.post('/push', { platform: 'wecom', event, times: 2 });
    expect(replay.body.results).toHaveLength(2);
    const [one, two] = server.pushes.slice(-2);
    expect(two).toEqual(one);
  });

  it('asks who has no target to name one', async () => {
    const box = await sandbox();
    open.push(box);
    expect(await box.post('/push', { platform: 'sms', event: {} })).toMatchObject({ status: 409, body: { code: 'NO_TARGET' } });
  });
});

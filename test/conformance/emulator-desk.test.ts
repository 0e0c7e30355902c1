import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attemptKeyOf, firstLink } from '../emulators/world/attempt-key';
import { Ring } from '../emulators/world/ring';
import { type Sandbox, sandbox, textcard } from './emulator-client';

let box: Sandbox;
beforeAll(async () => {
  box = await sandbox();
});
afterAll(() => box.close());
beforeEach(() => box.script({ reset: true }));

describe('scripts', () => {
  it('refuse what they do not know, and change nothing', async () => {
    const before = (await box.get('/script')).body;
    for (const body of [
      { latency: 5 },
      { platform: 'fax' },
      { latencyMs: 'slow' },
      { errors: { rate: 2, code: 1 } },
      { pushTarget: 'file:///x' },
      { push: { repeats: -1 } },
    ])
      expect((await box.script({ quota: 1, ...body })).status).toBe(400);
    const { now: _before, ...settingsBefore } = before;
    const { now: _after, ...settingsAfter } = (await box.get('/script')).body;
    expect(settingsAfter).toEqual(settingsBefore);
  });

  it('are written in the log in plain words of both languages, codes with their meaning', async () => {
    await box.script({ platform: 'wecom', latencyMs: 1000, quota: null });
    await box.script({ latencyMs: 0 });
    await box.sendWecom(textcard('NoOne'));
    await box.sendWecom(textcard('u1|u2|NoOne'));
    const words = async (lang: string) =>
      ((await box.get(`/observe/requests?since=0&lang=${lang}`)).body.requests as { words: string }[]).map((entry) => entry.words);
    expect(await words('zh')).toEqual(
      expect.arrayContaining([
        '模拟台设置（wecom） — 已生效：响应延迟 1000 ms，剩余额度 不限',
        '应用消息（NoOne） — 拒绝 81013：收件人全部无效',
        '应用消息（u1、u2） → 2 人 — 已受理：1 个成员不存在',
      ]),
    );
    expect(await words('en')).toEqual(
      expect.arrayContaining([
        'WeCom message (NoOne) — refused 81013: no valid recipient',
        'WeCom message (u1、u2) → 2 people — accepted: 1 unknown members',
      ]),
    );
  });

  it('a burst refuses so many sends with the code, an HTTP fault without a readable body', async () => {
    await box.script({ platform: 'wecom', errors: { next: 2, code: 45009 } });
    const codes = [];
    for (let index = 0; index < 3; index += 1) codes.push((await box.sendWecom(textcard('u1'))).body.errcode);
    expect(codes).toEqual([45009, 45009, 0]);
    await box.script({ platform: 'wecom', errors: { next: 1, code: 0, httpStatus: 502 } });
    expect(await box.sendWecom(textcard('u1'))).toMatchObject({ status: 502, body: { message: 'upstream error' } });
  });

  it('a lost reply is carried out and never answered', async () => {
    await box.script({ platform: 'sms', lostReplies: { next: 1 } });
    await expect(box.sendSms({ to: '19900000002', signName: '随办', text: '您好' })).rejects.toThrow();
    expect(await box.messages()).toHaveLength(1);
    expect((await box.get('/observe/requests')).body.requests).toContainEqual(
      expect.objectContaining({ platform: 'sms', outcome: 'lost', words: expect.stringContaining('未作应答') }),
    );
  });

  it('latency holds the answer back, and the call is taken half-way even when the caller is gone', async () => {
    await box.script({ platform: 'wecom', latencyMs: 0 });
    const token = await box.corpToken();
    await box.script({ platform: 'wecom', latencyMs: 300 });
    const startedAt = performance.now();
    await box.sendWecom(textcard('u1'), token);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(280);
    const gone = fetch(`${box.url}/wecom/cgi-bin/message/send?access_token=${token}`, {
      method: 'POST',
      body: JSON.stringify(textcard('u2')),
      signal: AbortSignal.timeout(60),
    });
    await expect(gone).rejects.toThrow();
    expect(await box.messages()).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await box.messages()).toHaveLength(2);
  });
});

describe('observation', () => {
  it('pages by sequence without gaps', async () => {
    for (let index = 0; index < 5; index += 1) await box.sendWecom(textcard(`u${index}`));
    const seen: unknown[] = [];
    let since = 0;
    for (;;) {
      const { body } = await box.get(`/observe/messages?since=${since}&limit=2`);
      const page = body.messages as { seq: number }[];
      if (page.length === 0) break;
      seen.push(...page.map((message) => message.seq));
      since = Number(body.next);
    }
    expect(seen).toEqual([1, 2, 3, 4, 5]);
  });

  it('streams what happens in few events', async () => {
    const abort = new AbortController();
    const response = await fetch(`${box.url}/observe/events`, { signal: abort.signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const token = await box.corpToken();
    await box.sendWecom(textcard(Array.from({ length: 500 }, (_, index) => `u${index}`).join('|')), token);
    let text = '';
    while (!text.includes('"count":500')) text += (await reader?.read())?.value ?? '';
    abort.abort();
    expect(text.match(/event: change/g)?.length).toBeLessThanOrEqual(2);
  });

  it('takes 20,000 messages in calls of a thousand in under five seconds', async () => {
    const token = await box.corpToken();
    const users = Array.from({ length: 1000 }, (_, index) => `u${index}`).join('|');
    const startedAt = performance.now();
    for (let index = 0; index < 20; index += 1) await box.sendWecom(textcard(users), token);
    expect(performance.now() - startedAt).toBeLessThan(5000);
    expect((await box.get('/observe/counts')).body).toMatchObject({ received: 20_000, dropped: 0 });
  });
});

describe('the ring', () => {
  it('holds the newest entries under their numbers, whatever is added', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.array(fc.integer(), { maxLength: 100 }), (capacity, values) => {
        const evicted: number[] = [];
        const ring = new Ring<{ value: number }>(capacity, (entry) => evicted.push(entry.value));
        for (const value of values) ring.add({ value });
        const held = [...ring.after(0)].map((entry) => entry.value);
        expect([...evicted, ...held]).toEqual(values);
        expect(held.length).toBe(Math.min(capacity, values.length));
        if (held.length > 0) expect(ring.at(ring.oldest)?.value).toBe(held[0]);
      }),
    );
  });
});

describe('the attempt key', () => {
  it('is read from a task id, a link, a personal token, a text', () => {
    expect(attemptKeyOf('c12a3')).toBe('c12a3');
    expect(attemptKeyOf('c12a3-0004@x')).toBe('c12a3');
    expect(attemptKeyOf(null, 'https://x.example/w?k=c7a2&x=1')).toBe('c7a2');
    expect(attemptKeyOf('https://x.example/s/c-5-2-abcdef')).toBe('c12a2');
    expect(attemptKeyOf('packages/surveys/pages/answer/index?link=a1-zz-1-Abc_-9')).toBe(`c${Number.parseInt('a1', 36)}a1`);
    expect(attemptKeyOf('abc12a3', 'no key')).toBeNull();
  });

  it('a link ends before Chinese text', () => {
    expect(firstLink('请填写 https://x.example/s/1-2-3-m，谢谢')).toBe('https://x.example/s/1-2-3-m');
    expect(firstLink('没有')).toBeNull();
  });
});

describe('people', () => {
  it('are registered all or none, each error naming its row and field', async () => {
    const total = (await box.get('/personas')).body.total;
    const bad = await box.post('/personas', {
      personas: [
        { name: '甲', mobile: '13800000001' },
        { name: '乙', mobile: '12' },
      ],
    });
    expect(bad).toMatchObject({ status: 400, body: { message: expect.stringContaining('personas[1].mobile') } });
    expect((await box.get('/personas')).body.total).toBe(total);
    const many = Array.from({ length: 1000 }, (_, index) => ({ name: `经办${index}`, mobile: `138${String(index).padStart(8, '0')}` }));
    expect((await box.post('/personas', { personas: many })).body.registered).toBe(1000);
    expect((await box.get('/personas?q=13800000777')).body.personas).toHaveLength(1);
  });

  it('are found by an address that got a message, and unknown ones are said to be unknown', async () => {
    await box.sendSms({ to: '13912345678', signName: '随办', text: '您好' });
    expect((await box.get('/personas?q=1391234')).body.personas).toMatchObject([{ id: 'sms:13912345678' }]);
    expect(((await box.get('/personas/sms:13912345678')).body.chats as { sms: unknown[] }).sms).toHaveLength(1);
    expect(await box.get('/personas/nobody')).toMatchObject({ status: 404, body: { code: 'UNKNOWN_PERSONA' } });
  });
});

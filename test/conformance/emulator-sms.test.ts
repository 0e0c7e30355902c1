import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Json, type Sandbox, sandbox } from './emulator-client';

let box: Sandbox;
beforeAll(async () => {
  box = await sandbox();
});
afterAll(() => box.close());
beforeEach(() => box.script({ reset: true }));

const sms = (more: Json = {}): Json => ({
  to: '19900000002',
  signName: '随办',
  text: '请填写问卷 https://city.example/s/c-5-1-mac 回T退订',
  ...more,
});

describe('SMS gateway', () => {
  it('takes a message, shows it with its link and attempt, and dedupes nothing', async () => {
    const [first, second] = [await box.sendSms(sms({ reference: 'c12a1:5' })), await box.sendSms(sms({ reference: 'c12a1:5' }))];
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(first.body.messageId).not.toBe(second.body.messageId);
    const shown = { recipient: '19900000002', link: 'https://city.example/s/c-5-1-mac', attemptKey: 'c12a1', deduped: false };
    expect(await box.messages()).toMatchObject([shown, shown]);
    expect((await box.get('/observe/counts')).body.repeated).toBe(1);
  });

  const cases: [string, Json, number, string][] = [
    ['a number that is none', sms({ to: '12345' }), 400, 'INVALID_NUMBER'],
    ['a sign of one character', sms({ signName: '随' }), 400, 'INVALID_SIGN'],
    ['an empty text', sms({ text: '' }), 400, 'INVALID_TEXT'],
    ['a text over 500', sms({ text: '字'.repeat(501) }), 400, 'INVALID_TEXT'],
    ['an unknown field', sms({ urgent: true }), 400, 'INVALID_BODY'],
    ['a reference with spaces', sms({ reference: 'a b' }), 400, 'INVALID_BODY'],
    ['a number that refuses', sms({ to: '13800000404' }), 403, 'BLACKLISTED'],
  ];
  it.each(cases)('refuses %s', async (_name, body, status, code) => {
    expect(await box.sendSms(body)).toMatchObject({ status, body: { code } });
    expect(await box.messages()).toHaveLength(0);
  });

  it('refuses a wrong key, a used-up quota, an 11th message a minute, and who answered TD', async () => {
    expect(await box.sendSms(sms(), 'no')).toMatchObject({ status: 401, body: { code: 'INVALID_KEY' } });
    for (let index = 0; index < 10; index += 1) expect((await box.sendSms(sms())).status).toBe(202);
    expect(await box.sendSms(sms())).toMatchObject({ status: 429, body: { code: 'PER_NUMBER_LIMIT' } });
    await box.script({ platform: 'sms', quota: 0 });
    expect(await box.sendSms(sms({ to: '19900000009' }))).toMatchObject({ status: 429, body: { code: 'QUOTA_EXHAUSTED' } });
    await box.post('/personas/graduate/say', { platform: 'sms', text: 'TD' });
    expect(await box.sendSms(sms({ to: '19900000003' }))).toMatchObject({ status: 403, body: { code: 'BLACKLISTED' } });
  });
});

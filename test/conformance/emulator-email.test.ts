import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { sandboxAccounts } from '../../shared/src/sandbox';
import { type Sandbox, sandbox } from './emulator-client';

/** Driven by nodemailer's own transport, which the channel does not use. */
let box: Sandbox;
beforeAll(async () => {
  box = await sandbox();
});
afterAll(() => box.close());
beforeEach(() => box.script({ reset: true }));

const { from } = sandboxAccounts.email;
const send = (to: string, more: object = {}, url = box.smtpUrl ?? '') =>
  createTransport(url).sendMail({
    from,
    to,
    subject: '餐饮企业服务问卷：请于本月底之前填写完毕并提交，约需三分钟',
    text: '请填写 https://city.example/w/c12a1',
    ...more,
  });

describe('the mail server of the sandbox', () => {
  it('stands on the port after the HTTP port', () => {
    expect(new URL(box.smtpUrl ?? '').port).toBe(String(box.port + 1));
  });

  it('shows each recipient the mail, as they would read it', async () => {
    await send('A@firm.example, b@firm.example', { html: '<p>请填写</p>' });
    expect(await box.messages('&platform=email')).toEqual(
      ['a@firm.example', 'b@firm.example'].map((recipient) =>
        expect.objectContaining({
          recipient,
          kind: 'mail',
          title: '餐饮企业服务问卷：请于本月底之前填写完毕并提交，约需三分钟',
          body: '请填写 https://city.example/w/c12a1',
          link: 'https://city.example/w/c12a1',
          attemptKey: 'c12a1',
        }),
      ),
    );
    const { body } = await box.get(`/personas/${encodeURIComponent('email:a@firm.example')}`);
    expect((body.chats as { email: unknown[] }).email).toHaveLength(1);
  });

  it('reads plain ASCII, base64 and long lines alike', async () => {
    await send('a@firm.example', { subject: 'Plain', text: `Dear Sir,\n\n${'word '.repeat(60)}end` });
    await send('a@firm.example', { subject: '问卷', text: '请填写', encoding: 'base64' });
    expect((await box.messages('&platform=email')).map(({ title, body }) => [title, body])).toEqual([
      ['Plain', `Dear Sir,\n\n${'word '.repeat(60)}end`],
      ['问卷', '请填写'],
    ]);
  });

  it('refuses a wrong password (535), a mailbox that is none (550), an account without quota (452), and as the script says', async () => {
    const wrong = (box.smtpUrl ?? '').replace(sandboxAccounts.email.password, 'wrong');
    await expect(send('a@firm.example', {}, wrong)).rejects.toMatchObject({ responseCode: 535 });
    await expect(send('gone0404@firm.example')).rejects.toMatchObject({ responseCode: 550 });
    await box.script({ platform: 'email', quota: 1 });
    await send('a@firm.example');
    await expect(send('a@firm.example')).rejects.toMatchObject({ responseCode: 452 });
    await box.script({ platform: 'email', quota: null, errors: { next: 1, code: 554 } });
    await expect(send('a@firm.example')).rejects.toMatchObject({ responseCode: 554 });
    await box.script({ platform: 'email', allowedIps: ['10.0.0.1'] });
    await expect(send('a@firm.example')).rejects.toMatchObject({ responseCode: 554 });
    expect(await box.messages('&platform=email')).toHaveLength(1);
  });

  it('takes a mail and hangs up, when answers are lost', async () => {
    await box.script({ platform: 'email', lostReplies: { next: 1 } });
    await expect(send('a@firm.example')).rejects.toMatchObject({ code: 'ECONNECTION' });
    expect(await box.messages('&platform=email')).toHaveLength(1);
    const { requests } = (await box.get('/observe/requests')).body as { requests: { words: string }[] };
    expect(requests.at(-1)?.words).toContain('邮件');
  });
});

import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Channel, ChannelBody, SendResult } from '../../bot-server/src/channels/channel';
import { emailChannel } from '../../bot-server/src/channels/email';
import { loadConfig } from '../../bot-server/src/config/load-config';
import { sandboxAccounts } from '../../shared/src/sandbox';
import { readMail } from '../emulators/email/read-mail';
import { type RunningEmulators, startEmulators } from '../emulators/start-emulators';
import { testClock } from '../support/clock';
import { temporaryFolder } from '../support/process';
import { until } from './emulator-client';

const body = {
  channel: 'email',
  subject: '餐饮企业服务问卷：请于 11 月 27 日 18:00 前填写，约需三分钟',
  text: '您好：\n请填写 <问卷> & 反馈：{link}\n\n咨询电话 12345',
} as const satisfies ChannelBody;
const link = 'https://example.test/s/1-1-1-abcdefghij?a=1&b=2';
const clock = testClock();
const never = new AbortController().signal;

const send = async (
  channel: Channel,
  email: string,
  said: ChannelBody = body,
  ref = '1',
  signal = never,
): Promise<SendResult | undefined> => {
  const [call] = channel.plan([{ ref, address: { type: 'email', account: 'default', email }, link }], { attemptKey: 'c12a3', body: said });
  return call && (await channel.sendCall(call, signal))[0];
};

describe('mail', () => {
  let sandbox: RunningEmulators;
  let channel: Channel;
  beforeAll(async () => {
    sandbox = await startEmulators({ port: 0 });
    const config = loadConfig({ DATA_DIR: temporaryFolder('email'), NODE_ENV: 'test', LOG_LEVEL: 'silent', SANDBOX_URL: sandbox.url });
    expect(config.accounts.email.smtpUrl).toBe(sandbox.smtpUrl);
    channel = emailChannel(config.accounts.email, { clock });
  });
  afterAll(() => sandbox.close());
  afterEach(() => sandbox.world.reset());
  const observed = () => [...sandbox.world.observation.after(0)];

  it('is in the mailbox as it was written, link and all', async () => {
    const result = await send(channel, 'Agent@Firm.example');
    expect(result).toMatchObject({ outcome: 'accepted', platformId: expect.stringMatching(/^c12a3s1\.[0-9a-f]{12}@city\.example$/) });
    expect(observed()).toEqual([
      expect.objectContaining({
        platform: 'email',
        kind: 'mail',
        recipient: 'agent@firm.example',
        title: body.subject,
        body: body.text.replace('{link}', link),
        link,
        attemptKey: 'c12a3',
        messageId: result?.outcome === 'accepted' ? result.platformId : '',
        fields: [{ name: 'from', value: sandboxAccounts.email.from }],
      }),
    ]);
  });

  it('that names no place for the link has it behind', async () => {
    await send(channel, 'a@firm.example', { ...body, text: '请填写问卷' });
    expect(observed()[0]?.body).toBe(`请填写问卷\n\n${link}`);
  });

  it('keeps its Message-ID when it is sent again, and has another for another attempt or person', async () => {
    const ids = new Set<string>();
    for (const ref of ['1', '1', '2']) {
      const result = await send(channel, 'a@firm.example', body, ref);
      if (result?.outcome === 'accepted') ids.add(result.platformId);
    }
    expect([ids.size, observed().length]).toEqual([2, 3]);
  });

  it.each([
    ['421', 'transient'],
    ['450', 'transient'],
    ['452', 'quota'],
    ['550', 'permanent'],
    ['554', 'permanent'],
  ] as const)('refused with %s is %s, and a code of its own to explain', async (code, meaning) => {
    sandbox.world.script.platforms.email.errors = { next: 1, rate: 0, code, httpStatus: 200 };
    expect(await send(channel, 'a@firm.example')).toMatchObject({ outcome: 'refused', class: meaning, code });
    expect(channel.explain?.(code).meaning.zh).not.toContain(code);
    expect(observed()).toEqual([]);
  });

  it('to a mailbox that does not exist is refused before the content is asked for', async () => {
    expect(await send(channel, 'gone0404@firm.example')).toMatchObject({ outcome: 'refused', class: 'permanent', code: '550' });
  });

  it.each(['no-at-sign', 'two@at@signs', 'line\r\nRCPT TO:<x@y.example>@z.example', '<a@firm.example>', 'a@firm.example, b@firm.example'])(
    'to an address that is none is refused without a word to the server: %j',
    async (address) => {
      const asked = sandbox.world.requests.last;
      expect(await send(channel, address)).toMatchObject({ outcome: 'refused', class: 'permanent', code: '553' });
      expect(sandbox.world.requests.last).toBe(asked);
    },
  );

  it('whose answer is lost is unknown, and was sent', async () => {
    sandbox.world.script.platforms.email.lostReplies = { next: 1, rate: 0 };
    expect(await send(channel, 'a@firm.example')).toMatchObject({ outcome: 'unknown', code: 'broken' });
    expect(observed()).toHaveLength(1);
  });

  it("with a wrong password is the account's fault", async () => {
    const wrong = emailChannel(
      { smtpUrl: (sandbox.smtpUrl ?? '').replace(sandboxAccounts.email.password, 'wrong'), from: sandboxAccounts.email.from },
      { clock },
    );
    expect(await send(wrong, 'a@firm.example')).toMatchObject({ outcome: 'refused', class: 'auth', code: '535' });
  });

  it('goes out a few at once, however many are sent, and all arrive', async () => {
    sandbox.world.script.platforms.email.latencyMs = { min: 30, max: 30 };
    const results = await Promise.all(Array.from({ length: 40 }, (_, n) => send(channel, `a${n}@firm.example`, body, String(n))));
    expect(results.every((result) => result?.outcome === 'accepted')).toBe(true);
    expect(new Set(observed().map(({ recipient }) => recipient)).size).toBe(40);
  });
});

/** A server that hangs up at one point of the dialogue. */
async function rudeServer(hangsUpAt: 'greeting' | 'MAIL FROM' | 'DATA' | 'content' | 'never') {
  const sockets = new Set<Socket>();
  let content = '';
  let words = '';
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (hangsUpAt === 'greeting') return socket.destroy();
    let isContent = false;
    socket.write('220 rude\r\n');
    socket.on('data', (chunk: Buffer) => {
      const said = chunk.toString();
      words += said;
      if (isContent) {
        content += said;
        if (content.endsWith('\r\n.\r\n') && hangsUpAt !== 'never') socket.destroy();
        return;
      }
      if (said.startsWith(hangsUpAt)) return socket.destroy();
      if (said.startsWith('STARTTLS')) return socket.write('502 not here\r\n');
      isContent = said.startsWith('DATA');
      socket.write(isContent ? '354 go on\r\n' : '250 well\r\n');
    });
  });
  // On every loopback address: 127.0.0.2 stands for another machine.
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    content: () => content,
    said: () => words,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('a mail server that hangs up', () => {
  it.each([
    ['greeting', 'refused'],
    ['MAIL FROM', 'refused'],
    ['DATA', 'refused'],
    ['content', 'unknown'],
  ] as const)('at %s leaves the mail %s: it certainly has none before it asks for the content', async (point, outcome) => {
    const server = await rudeServer(point);
    const channel = emailChannel({ smtpUrl: server.url, from: '随办 <notice@city.example>' }, { clock });
    const expected = outcome === 'unknown' ? { outcome, code: 'broken' } : { outcome, class: 'transient', code: 'no-connection' };
    expect(await send(channel, 'a@firm.example')).toMatchObject(expected);
    await server.close();
  });

  it('gets a mail of two parts that say the same, safe to show', async () => {
    const server = await rudeServer('content');
    await send(emailChannel({ smtpUrl: server.url, from: '随办 <notice@city.example>' }, { clock }), 'a@firm.example');
    const { headers, text, html } = readMail(Buffer.from(server.content().slice(0, -5), 'latin1'));
    expect(Object.fromEntries(headers)).toMatchObject({
      from: '随办 <notice@city.example>',
      to: 'a@firm.example',
      subject: body.subject,
      date: 'Wed, 10 Jun 2026 02:00:00 +0000',
      'auto-submitted': 'auto-generated',
      'message-id': expect.stringMatching(/^<c12a3s1\.[0-9a-f]{12}@city\.example>$/),
    });
    expect(text.trim()).toBe(body.text.replace('{link}', link));
    expect(html).toContain('请填写 &lt;问卷&gt; &amp; 反馈：');
    expect(html).toContain('<a href="https://example.test/s/1-1-1-abcdefghij?a=1&amp;b=2">');
    expect(html).not.toMatch(/<(?:img|script|link)/);
    await server.close();
  });

  it('or says nothing for too long is unknown once it has the content', async () => {
    const server = await rudeServer('never');
    const hasty = emailChannel({ smtpUrl: server.url, from: 'notice@city.example' }, { clock }, { timeoutMs: 200 });
    expect(await send(hasty, 'a@firm.example')).toMatchObject({ outcome: 'unknown', code: 'timeout' });
    await server.close();
  });

  it('is not waited for when the call is aborted, which is unknown, too', async () => {
    const server = await rudeServer('never');
    const stop = new AbortController();
    const sent = send(
      emailChannel({ smtpUrl: server.url, from: 'notice@city.example' }, { clock }),
      'a@firm.example',
      body,
      '2',
      stop.signal,
    );
    await until(() => server.content().endsWith('\r\n.\r\n'));
    stop.abort();
    expect(await sent).toMatchObject({ outcome: 'unknown', code: 'aborted' });
    await server.close();
  });

  it('is asked for encryption before it gets a password, unless it is this machine', async () => {
    const server = await rudeServer('content');
    const away = server.url.replace('smtp://127.0.0.1', 'smtp://user:secret@127.0.0.2');
    const result = await send(emailChannel({ smtpUrl: away, from: 'notice@city.example' }, { clock }), 'a@firm.example');
    expect(result).toMatchObject({ outcome: 'refused', class: 'auth', code: 'tls' });
    expect(server.said()).not.toMatch(/AUTH|secret/);
    expect(server.content()).toBe('');
    await server.close();
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Channel } from '../../bot-server/src/channels/channel';
import { type LeakyPlatform, leakedSecret, leakyPlatform } from '../support/leaky-platform';
import type { ChannelStage } from './channel-stage';
import type { SendingSubject, Subject } from './subjects/subject';

const link = {
  form: 'link',
  title: '问卷',
  description: '两题',
  url: 'https://example.test/q',
  page: 'pages/q',
  buttonText: '去填写',
} as const;

/** Everything of the port that asks the platform something, as far as the channel has it. */
function questionsOf(channel: Channel): Readonly<Record<string, () => Promise<unknown>>> {
  const { signIn, phoneNumber, codeImage, checkText, templates, massSend, publish, cityNotice, staffResults, cards, chat } = channel;
  return {
    ...(signIn && { signIn: () => signIn('code') }),
    ...(phoneNumber && { phoneNumber: () => phoneNumber('code') }),
    ...(codeImage && { codeImage: () => codeImage({ page: 'pages/index', scene: 'a=1', describe: '问卷' }) }),
    ...(checkText && { checkText: () => checkText('你好', 'oTest0000000001') }),
    ...(templates && { templates: () => templates() }),
    ...(massSend && {
      massSend: () => massSend.send({ audience: { to: 'all' }, content: { form: 'text', text: '通知' }, key: 'k1' }),
      massFind: () => massSend.find('1'),
    }),
    ...(publish && { publish: () => publish.submit('m1'), publishFind: () => publish.find('1') }),
    ...(cityNotice && {
      cityNotice: () => cityNotice.send({ openid: 'oTest0000000001', templateId: 't', orderNo: '1', url: null, data: { first: '好' } }),
    }),
    ...(staffResults && { staffResults: () => staffResults('m1') }),
    ...(cards && {
      updateCard: () => cards.update({ userId: 'u1', responseCode: 'r', corpId: 'ww0000sandbox', text: '已提交' }),
    }),
    ...(chat && {
      say: () => chat.say({ userId: 'u1' }, { form: 'text', text: '好' }, 'r1'),
      sayLink: () => chat.say({ userId: 'u1' }, link, 'r2'),
      setMenu: () => chat.setMenu([{ label: '问卷', key: 'survey' }]),
    }),
  };
}

/** All that a log or an answer could be made of, causes too. */
function everythingOf(value: unknown, depth = 0): string {
  if (!(value instanceof Error) || depth > 5) return JSON.stringify(value) ?? '';
  return [
    value.message,
    value.stack,
    JSON.stringify(value, Object.getOwnPropertyNames(value)),
    everythingOf(value.cause, depth + 1),
  ].join();
}

const words = { errmsg: leakedSecret, message: leakedSecret, sub_msg: leakedSecret, msg: leakedSecret };
const replies: readonly (readonly [name: string, status: number, body: object])[] = [
  ['a refusal', 200, { errcode: 45009, code: 'ACQ.REFUSED', ...words }],
  ['a code it never told us of', 200, { errcode: 999_999, code: 'NEVER_SEEN', ...words }],
  ['a dead token', 200, { errcode: 40001, ...words }],
  ['401', 401, words],
  ['500', 500, { errcode: -1, ...words }],
  ['an answer of another shape', 200, { errcode: 0, secret: leakedSecret, ticket: 7 }],
];

/** What a platform says of us in its errors stays in the channel. */
export function leakPromises(subject: Subject & { sending: SendingSubject }, stage: () => ChannelStage): void {
  describe('when the platform tells secrets in its errors', () => {
    let platform: LeakyPlatform;
    let channel: Channel;
    beforeAll(async () => {
      platform = await leakyPlatform();
      channel = stage().make(subject, { url: platform.url, timeoutMs: 2000 });
    });
    afterAll(() => platform.close());

    it.each(replies)('%s: results carry none of them', async (_name, status, body) => {
      platform.answers(status, body);
      const recipient = { ref: '1', address: subject.sending.address(1), link: 'https://example.test/s/1-1-1-abcdefghij' };
      for (const call of channel.plan([recipient], { attemptKey: 'c1a1', body: subject.body })) {
        const results = await channel.sendCall(call, new AbortController().signal);
        expect(everythingOf(results)).not.toContain(leakedSecret);
        for (const result of results) if (result.outcome === 'refused') expect(result.code).not.toBe('');
      }
    });

    it.each(replies)('%s: errors carry none of them, and are of the two known kinds', async (_name, status, body) => {
      for (const [what, ask] of Object.entries(questionsOf(channel))) {
        platform.answers(status, body);
        const said: unknown = await ask().catch((error: unknown) => error);
        if (!(said instanceof Error)) continue;
        expect([what, said.name]).toEqual([what, expect.stringMatching(/^(DomainError|PlatformError)$/)]);
        expect(everythingOf(said)).not.toContain(leakedSecret);
      }
    });
  });
}

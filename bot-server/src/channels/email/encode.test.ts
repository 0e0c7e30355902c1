import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Call } from '../channel';
import { encodeCall } from './encode';

const callOf = (text: string, link: string, ref = '5'): Call => ({
  recipients: [{ ref, address: { type: 'email', account: 'default', email: 'a@firm.example' }, link }],
  content: { attemptKey: 'c1a2', body: { channel: 'email', subject: '问卷', text } },
});
const link = 'https://city.example/s/1-5-2-abc?a=1&b=2';

describe('a mail', () => {
  it('has the link in it whatever the text, and in HTML only once it can be tapped', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const mail = encodeCall(callOf(text, link), 'city.example');
        expect(mail.text).toContain(link);
        expect(mail.html).toContain(`<a href="${link.replace('&', '&amp;')}">`);
      }),
    );
  });

  it('never lets the text become markup', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', 'a', 'script', '\n', ' ') }), (text) => {
        const { html } = encodeCall(callOf(text, ''), 'city.example');
        const tags = new Set([...html.matchAll(/<([^>]*)>/g)].map(([, tag]) => tag));
        for (const tag of tags)
          expect([
            '!DOCTYPE html',
            'html lang="zh-CN"',
            'head',
            'meta charset="utf-8"',
            '/head',
            'body',
            'p',
            '/p',
            'br',
            '/body',
            '/html',
          ]).toContain(tag);
      }),
    );
  });

  it('has a Message-ID of its attempt and person, and nothing of the address', () => {
    const ids = [callOf('x', link), callOf('x', link), callOf('x', link, '6')].map((call) => encodeCall(call, 'city.example').messageId);
    expect(ids[0]).toMatch(/^c1a2s5\.[0-9a-f]{12}@city\.example$/);
    expect([ids[0] === ids[1], ids[0] === ids[2], ids[0]?.includes('firm')]).toEqual([true, false, false]);
  });
});

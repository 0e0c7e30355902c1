import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ChatReply } from './chat';
import { messageCrypt, sha1OfSorted } from './message-crypt';
import { cutToBytes, passiveAnswer } from './passive-answer';
import { parsePush, textOf } from './push-body';

const crypt = messageCrypt('abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG', ['wx0']);
const seal = { token: 'token', encrypt: (xml: string) => crypt.encrypt(xml) };
const root = { ToUserName: 'gh_account', FromUserName: 'oPerson' };
const answerOf = (reply: ChatReply) => passiveAnswer({ root, reply, seal, nowSec: 1764000000 });
const opened = (reply: ChatReply) => {
  const envelope = parsePush(answerOf(reply)?.body ?? '');
  return { envelope, message: parsePush(crypt.decrypt(textOf(envelope, 'Encrypt')) ?? '') };
};
const link = { form: 'link', title: '问卷', description: '8 题', url: 'https://x.test/s/1', page: 'p', buttonText: '填' } as const;

describe('an answer inside a push', () => {
  it('goes back to who wrote, sealed and signed', () => {
    const { envelope, message } = opened({ form: 'text', text: '您好' });
    const [encrypted, timestamp, nonce] = ['Encrypt', 'TimeStamp', 'Nonce'].map((name) => textOf(envelope, name));
    expect(textOf(envelope, 'MsgSignature')).toBe(sha1OfSorted(['token', timestamp ?? '', nonce ?? '', encrypted ?? '']));
    expect(timestamp).toBe('1764000000');
    expect(message).toEqual({
      ToUserName: 'oPerson',
      FromUserName: 'gh_account',
      CreateTime: '1764000000',
      MsgType: 'text',
      Content: '您好',
    });
  });

  it('holds any text, markup and ends of CDATA too', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('字', 'a', ']', '>', '<', '&', '"', 'x '), minLength: 1, maxLength: 200 }), (text) => {
        fc.pre(text.trim() === text);
        expect(textOf(opened({ form: 'text', text }).message, 'Content')).toBe(text);
      }),
    );
  });

  it('is an article for a link, and nothing for a card', () => {
    expect(opened(link).message).toMatchObject({
      MsgType: 'news',
      ArticleCount: '1',
      Articles: { item: { Title: '问卷', Description: '8 题', Url: 'https://x.test/s/1' } },
    });
    const card = { taskId: 't', submitText: '提交', questions: [] };
    expect(answerOf({ form: 'card', title: '', description: '', card, fallback: link })).toBeUndefined();
  });
});

describe('cutting to bytes', () => {
  it('leaves what fits, and never splits a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 3, max: 60 }), (text, most) => {
        const cut = cutToBytes(text, most);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(Math.max(most, 3));
        if (Buffer.byteLength(text) <= most) expect(cut).toBe(text);
        else expect(text.startsWith(cut.slice(0, -1)) && cut.endsWith('…')).toBe(true);
        expect(cut).not.toContain('\uFFFD');
      }),
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { messageCrypt, sha1OfSorted } from './message-crypt';
import { messageKeyOf, verifyWechatPush } from './wechat-push';

const keys = { token: 'token', encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG', appId: 'wx0' };
const nowSec = 1764000000;
const clock = { now: () => new Date(nowSec * 1000) };
const verified = verifyWechatPush(keys, clock);
const forged = expect.objectContaining({ type: 'kernel:forged-callback' });

function push({ receiver = 'wx0', text = '<xml/>', atSec = nowSec, nonce = '77' } = {}) {
  const encrypted = messageCrypt(keys.encodingAesKey, [receiver]).encrypt(text);
  const timestamp = String(atSec);
  const signature = sha1OfSorted([keys.token, timestamp, nonce]);
  const query = { signature, timestamp, nonce, msg_signature: sha1OfSorted([keys.token, timestamp, nonce, encrypted]) };
  return { method: 'POST', headers: {}, query, body: Buffer.from(`<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`) } as const;
}

describe('a push in safe mode', () => {
  it('is read when everything holds', () => {
    const good = push({ text: '你好' });
    expect(verified(good)).toEqual({ text: '你好', nonce: good.query.msg_signature });
  });

  it('is refused with any one character of its signature, nonce, time or ciphertext changed', () => {
    const good = push({ text: '你好' });
    const parts = ['msg_signature', 'nonce', 'timestamp', 'body'] as const;
    const at = good.body.indexOf('CDATA[') + 6;
    fc.assert(
      fc.property(fc.constantFrom(...parts), fc.nat({ max: 10_000 }), (part, place) => {
        const change = (text: string) => {
          const index = place % text.length;
          return `${text.slice(0, index)}${text[index] === 'A' ? 'B' : 'A'}${text.slice(index + 1)}`;
        };
        const cipher = good.body.toString().slice(at, good.body.indexOf(']]>'));
        const body = part === 'body' ? Buffer.from(good.body.toString().replace(cipher, change(cipher))) : good.body;
        const query = part === 'body' ? good.query : { ...good.query, [part]: change(good.query[part]) };
        expect(() => verified({ ...good, query, body })).toThrow(forged);
      }),
    );
  });

  it.each([
    ['five minutes old', push({ atSec: nowSec - 301 })],
    ['five minutes ahead', push({ atSec: nowSec + 301 })],
    ['for another account', push({ receiver: 'wx1' })],
    ['without a nonce', push({ nonce: '' })],
    ['in plaintext', { ...push(), body: Buffer.from('<xml><MsgType>text</MsgType></xml>') }],
    ['signed by the plain signature alone', { ...push(), query: { ...push().query, msg_signature: push().query.signature } }],
  ])('is refused when it is %s', (_name, given) => {
    expect(() => verified(given)).toThrow(forged);
  });

  it('answers the check of the address with echostr as it came', () => {
    const { signature, timestamp, nonce } = push().query;
    const check = (query: Record<string, string>) => verified({ method: 'GET', headers: {}, query, body: Buffer.alloc(0) });
    expect(check({ signature, timestamp, nonce, echostr: '<b>"1' }).text).toBe('<b>"1');
    expect(() => check({ signature, timestamp, nonce: '78', echostr: '1' })).toThrow(forged);
    expect(() => check({ signature, timestamp, nonce })).toThrow(forged);
  });
});

describe('the key of a push', () => {
  const event = (more: Record<string, string>) =>
    messageKeyOf({ FromUserName: 'oPerson', CreateTime: '1', Event: 'CLICK', EventKey: 'a', ...more });

  it('is its MsgId, else what tells two happenings apart, without naming the person', () => {
    expect(messageKeyOf({ MsgId: '4561255354251345929', FromUserName: 'oPerson' })).toBe('m:4561255354251345929');
    expect(event({})).toBe(event({}));
    expect(new Set([event({}), event({ EventKey: 'b' }), event({ CreateTime: '2' }), event({ FromUserName: 'oB' })]).size).toBe(4);
    expect(event({})).not.toContain('oPerson');
  });
});

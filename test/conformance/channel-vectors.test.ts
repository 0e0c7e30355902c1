import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { messageCrypt, sha1OfSorted } from '../../bot-server/src/channels/message-crypt';
import { parsePush, textOf } from '../../bot-server/src/channels/push-body';
import { decode as decodeMini } from '../../bot-server/src/channels/wechat-mini/decode';
import { verify as verifyMini } from '../../bot-server/src/channels/wechat-mini/verify';
import { decode as decodeWecom } from '../../bot-server/src/channels/wecom/decode';
import { verify as verifyWecom } from '../../bot-server/src/channels/wecom/verify';

interface Vector {
  readonly id: string;
  readonly input: Readonly<Record<string, string>>;
  readonly expected: Readonly<Record<string, string>>;
}
const file = path.join(__dirnameOf(), '..', 'fixtures', 'platform-vectors', 'message-envelope.json');
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] };
function __dirnameOf(): string {
  return path.dirname(new URL(import.meta.url).pathname);
}
const vector = (id: string): Vector => {
  const found = vectors.find((each) => each.id === id);
  if (!found) throw new Error(id);
  return found;
};
const at = (seconds: string | undefined) => ({ now: () => new Date(Number(seconds) * 1000) });
const field = (values: Readonly<Record<string, string>>, name: string): string => values[name] ?? '';

describe('published vectors of the envelope', () => {
  it.each(['wx-url-verify', 'wx-push-plaintext'])('%s: plain signature', (id) => {
    const { input, expected } = vector(id);
    expect(sha1OfSorted([field(input, 'token'), field(input, 'timestamp'), field(input, 'nonce')])).toBe(expected.signature);
  });

  it.each(['wx-push-safe-decrypt', 'wecom-message-decrypt', 'wecom-message-decrypt-utf8'])('%s: signature and decryption', (id) => {
    const { input, expected } = vector(id);
    expect(sha1OfSorted(['token', 'timestamp', 'nonce', 'Encrypt'].map((name) => field(input, name)))).toBe(expected.msg_signature);
    expect(messageCrypt(field(input, 'encodingAESKey'), [field(input, 'receiveId')]).decrypt(field(input, 'Encrypt'))).toBe(expected.msg);
    expect(messageCrypt(field(input, 'encodingAESKey'), ['somebody-else']).decrypt(field(input, 'Encrypt'))).toBeUndefined();
  });

  it.each(['wx-push-safe-reply', 'oa-msgcrypt-encrypt-utf8'])('%s: encryption', (id) => {
    const { input, expected } = vector(id);
    const crypt = messageCrypt(field(input, 'encodingAESKey'), [field(input, 'receiveId')]);
    expect(crypt.encrypt(field(input, 'msg'), Buffer.from(field(input, 'random')))).toBe(expected.Encrypt);
  });

  it.each(['wecom-url-verify', 'wecom-echostr-2'])('%s: the URL check answers the plaintext', (id) => {
    const { input, expected } = vector(id);
    const verify = verifyWecom(
      { token: field(input, 'token'), encodingAesKey: field(input, 'encodingAESKey'), corpIds: [field(input, 'receiveId')] },
      at(input.timestamp),
    );
    const query = {
      msg_signature: field(expected, 'msg_signature'),
      timestamp: field(input, 'timestamp'),
      nonce: field(input, 'nonce'),
      echostr: field(input, 'echostr'),
    };
    expect(verify({ method: 'GET', headers: {}, query, body: Buffer.alloc(0) }).text).toBe(expected.responseBody);
  });

  it('wx-url-verify and wx-push-safe-decrypt pass through the channel itself', () => {
    const url = vector('wx-url-verify');
    const check = verifyMini({ token: field(url.input, 'token'), encodingAesKey: '', appId: 'wx' }, at(url.input.timestamp));
    const query = {
      signature: field(url.expected, 'signature'),
      timestamp: field(url.input, 'timestamp'),
      nonce: field(url.input, 'nonce'),
      echostr: field(url.input, 'echostr'),
    };
    expect(check({ method: 'GET', headers: {}, query, body: Buffer.alloc(0) }).text).toBe(url.input.echostr);

    const { input, expected } = vector('wx-push-safe-decrypt');
    const keys = { token: field(input, 'token'), encodingAesKey: field(input, 'encodingAESKey'), appId: field(input, 'receiveId') };
    const body = Buffer.from(JSON.stringify({ ToUserName: 'gh', Encrypt: input.Encrypt }));
    const asked = {
      signature: field(input, 'signature'),
      msg_signature: field(expected, 'msg_signature'),
      timestamp: field(input, 'timestamp'),
      nonce: field(input, 'nonce'),
    };
    const push = { method: 'POST', headers: {}, query: asked, body } as const;
    expect(decodeMini(verifyMini(keys, at(input.timestamp))(push))).toMatchObject({
      kind: 'message',
      event: { type: 'other', name: 'debug_demo' },
    });
    expect(() => verifyMini(keys, at(String(Number(input.timestamp) + 301)))(push)).toThrow(
      expect.objectContaining({ type: 'kernel:forged-callback' }),
    );
    expect(() => verifyMini(keys, at(input.timestamp))({ ...push, query: { ...asked, msg_signature: '' } })).toThrow(
      expect.objectContaining({ type: 'kernel:forged-callback' }),
    );
  });

  it('wecom-message-decrypt is decoded as text with its MsgId as key', () => {
    const { expected } = vector('wecom-message-decrypt');
    expect(decodeWecom({ text: field(expected, 'msg'), nonce: 'n' })).toMatchObject({
      messageKey: 'm:4561255354251345929',
      event: { type: 'text', from: 'mycreate', text: 'hello' },
    });
  });
});

describe('what a push may not hold', () => {
  it.each([
    ['a DTD', '<!DOCTYPE x [<!ENTITY a "b">]><xml><A>&a;</A></xml>'],
    ['an external entity', '<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><xml/>'],
    ['deep XML', `<xml>${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}</xml>`],
    ['deep JSON', `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
    ['neither format', 'hello'],
    ['broken JSON', '{"a":'],
  ])('%s', (_name, text) => {
    const startedAt = performance.now();
    expect(() => parsePush(text)).toThrow(expect.objectContaining({ type: 'kernel:invalid-request' }));
    expect(performance.now() - startedAt).toBeLessThan(50);
  });

  it('does not expand entities, and reads CDATA that looks like elements as text', () => {
    const root = parsePush('<xml><A><![CDATA[<b>&lt;]]></A><B>&amp;</B></xml>');
    expect([textOf(root, 'A'), textOf(root, 'B')]).toEqual(['<b>&lt;', '&amp;']);
  });
});

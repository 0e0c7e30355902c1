import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { flipOneCharacter } from '../emulators/push/built-push';
import { MessageCrypt } from '../emulators/push/message-crypt';

interface Vector {
  readonly id: string;
  readonly scheme: string;
  readonly input: Record<string, string>;
  readonly expected: Record<string, string>;
}

const file = path.join(process.cwd(), 'test/fixtures/message-crypt-vectors.json');
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] };
const key = 'A'.repeat(43);
const cryptOf = ({ input }: Vector) => new MessageCrypt(input.token ?? '', input.encodingAESKey ?? key, input.receiveId ?? '');
const withScheme = (...schemes: string[]) =>
  vectors.filter((vector) => schemes.includes(vector.scheme)).map((vector) => [vector.id, vector] as const);

describe('the envelope of pushes against published vectors', () => {
  it('has them all', () => expect(vectors.map((vector) => vector.id)).toHaveLength(11));

  it.each(withScheme('wechat-url-signature'))('%s: plain signature', (_id, vector) => {
    expect(cryptOf(vector).signPlain(vector.input.timestamp ?? '', vector.input.nonce ?? '')).toBe(vector.expected.signature);
  });

  it.each(withScheme('wechat-msgcrypt-encrypt'))('%s: the same bytes', (_id, vector) => {
    const { input, expected } = vector;
    const crypt = cryptOf(vector);
    const encrypted = crypt.encrypt(input.msg ?? '', Buffer.from(input.random ?? '', 'utf8'));
    expect(encrypted).toBe(expected.Encrypt);
    expect(crypt.decrypt(encrypted)).toBe(input.msg);
    if (expected.MsgSignature) expect(crypt.sign(input.timestamp ?? '', input.nonce ?? '', encrypted)).toBe(expected.MsgSignature);
  });

  it.each(withScheme('wechat-msgcrypt', 'wecom-url-verify'))('%s: signature, plaintext, foreign receiver', (_id, vector) => {
    const { input, expected } = vector;
    const encrypted = input.Encrypt ?? input.echostr ?? '';
    const crypt = cryptOf(vector);
    expect(crypt.sign(input.timestamp ?? '', input.nonce ?? '', encrypted)).toBe(expected.msg_signature);
    expect(crypt.decrypt(encrypted)).toBe(expected.msg ?? expected.responseBody);
    const foreign = new MessageCrypt(input.token ?? '', input.encodingAESKey ?? key, 'ww0000000000000000');
    expect(() => foreign.decrypt(encrypted)).toThrow('foreign receiver');
  });
});

describe('the envelope in general', () => {
  it('gives back what was put in, whatever its length and script', () => {
    const crypt = new MessageCrypt('t', key, 'ww0000sandbox');
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => crypt.decrypt(crypt.encrypt(text)) === text));
  });

  it('pads to 32 bytes, up to a whole block', () => {
    const crypt = new MessageCrypt('t', key, 'r');
    for (let length = 0; length <= 64; length += 1) expect(Buffer.from(crypt.encrypt('x'.repeat(length)), 'base64').length % 32).toBe(0);
  });

  it('signs other bytes otherwise', () => {
    const crypt = new MessageCrypt('t', key, 'r');
    const encrypted = crypt.encrypt('hello');
    expect(crypt.sign('1', '2', flipOneCharacter(encrypted))).not.toBe(crypt.sign('1', '2', encrypted));
  });
});

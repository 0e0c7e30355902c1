import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { flipOneCharacter } from '../emulators/push/built-push';
import { MessageCrypt } from '../emulators/push/message-crypt';

const key = 'A'.repeat(43);

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

import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aesFieldSealer } from './aes-field-sealer';

const keyOf = (fill: number): Buffer => Buffer.alloc(32, fill);
const blindIndexKey = keyOf(9);
const sealer = aesFieldSealer({ fieldKeys: { current: 'k1', keys: { k1: keyOf(1) } }, blindIndexKey });
const text = fc.string({ unit: 'binary', maxLength: 200 }).filter((value) => Buffer.from(value).toString() === value);
const purpose = fc.stringMatching(/^[a-z_]{1,12}\.[a-z_]{1,12}$/);

describe('field sealer', () => {
  it('opens what it sealed, and never seals the same twice', () => {
    fc.assert(
      fc.property(purpose, text, (name, plain) => {
        const sealed = sealer.seal(name, plain);
        expect(sealer.open(name, sealed)).toBe(plain);
        expect(sealer.seal(name, plain)).not.toBe(sealed);
      }),
    );
  });

  it('opens no value for another purpose', () => {
    fc.assert(
      fc.property(purpose, purpose, text, (one, other, plain) => {
        fc.pre(one !== other);
        expect(() => sealer.open(other, sealer.seal(one, plain))).toThrow();
      }),
    );
  });

  it('opens no value with any bit changed', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.integer({ min: 0, max: 7 }), (plain, place, bit) => {
        const bytes = Buffer.from(sealer.seal('a.b', plain).slice('k1.'.length), 'base64url');
        const at = place % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        expect(() => sealer.open('a.b', `k1.${bytes.toString('base64url')}`)).toThrow();
      }),
    );
  });

  it('opens values of an older key after the current one changed, and not when that key is gone', () => {
    const sealed = sealer.seal('a.b', '值');
    const rotated = aesFieldSealer({ fieldKeys: { current: 'k2', keys: { k1: keyOf(1), k2: keyOf(2) } }, blindIndexKey });
    expect(rotated.open('a.b', sealed)).toBe('值');
    expect(rotated.seal('a.b', '值')).toMatch(/^k2\./);
    const without = aesFieldSealer({ fieldKeys: { current: 'k2', keys: { k2: keyOf(2) } }, blindIndexKey });
    expect(() => without.open('a.b', sealed)).toThrow('unknown key');
  });

  it.each(['', 'k1', 'k1.', 'k1.AAAA', '.AAAA', 'no such'])('refuses %j', (sealed) => {
    expect(() => sealer.open('a.b', sealed)).toThrow();
  });

  it('has a blind index that is stable, of its purpose and of its key', () => {
    fc.assert(
      fc.property(purpose, purpose, text, text, (one, other, plain, another) => {
        const index = sealer.blindIndex(one, plain);
        expect(index).toMatch(/^[0-9a-f]{64}$/);
        expect(sealer.blindIndex(one, plain)).toBe(index);
        if (one !== other) expect(sealer.blindIndex(other, plain)).not.toBe(index);
        if (plain !== another) expect(sealer.blindIndex(one, another)).not.toBe(index);
      }),
    );
    expect(sealer.blindIndex('ab', 'c')).not.toBe(sealer.blindIndex('a', 'bc'));
    const other = aesFieldSealer({ fieldKeys: { current: 'k1', keys: { k1: keyOf(1) } }, blindIndexKey: randomBytes(32) });
    expect(other.blindIndex('a.b', 'x')).not.toBe(sealer.blindIndex('a.b', 'x'));
  });

  it('refuses keys it cannot use', () => {
    const keys = { k1: keyOf(1) };
    expect(() => aesFieldSealer({ fieldKeys: { current: 'k2', keys }, blindIndexKey })).toThrow('there is no field key k2');
    expect(() => aesFieldSealer({ fieldKeys: { current: 'k1', keys: { k1: Buffer.alloc(16) } }, blindIndexKey })).toThrow('not 32 bytes');
    expect(() => aesFieldSealer({ fieldKeys: { current: 'a.b', keys: { 'a.b': keyOf(1) } }, blindIndexKey })).toThrow('key id');
    expect(() => aesFieldSealer({ fieldKeys: { current: 'k1', keys }, blindIndexKey: Buffer.alloc(8) })).toThrow('blind index key');
  });
});

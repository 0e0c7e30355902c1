import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseExactJson } from './exact-json';

describe('JSON with ids of 64 bits', () => {
  it('keeps every digit', () => {
    expect(parseExactJson('{"errcode":0,"msgid":3155434566295977985,"n":-9223372036854775808}')).toEqual({
      errcode: 0,
      msgid: '3155434566295977985',
      n: '-9223372036854775808',
    });
  });

  it('leaves texts that look like numbers, fractions and short numbers as they are', () => {
    const text = '{"a":"x:1234567890123456789,","b\\":12345678901234567":1,"c":1.5,"d":1234567890123456.25,"e":12345678901234567e2}';
    expect(parseExactJson(text)).toEqual(JSON.parse(text));
  });

  it('is JSON.parse for everything else', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!/\d{16}/.test(text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '')));
        expect(parseExactJson(text)).toEqual(JSON.parse(text));
      }),
    );
    expect(() => parseExactJson('{"a":12345678901234567')).toThrow(SyntaxError);
  });

  it.each([
    ['an unfinished text', `"${'\\"'.repeat(120_000)}1234567890123456`],
    ['digits without end', `${'1'.repeat(250_000)}.x`],
    ['quotes', '"'.repeat(250_001).concat('1234567890123456')],
  ])('takes no longer for %s', (_name, text) => {
    const startedAt = performance.now();
    expect(() => parseExactJson(text)).toThrow(SyntaxError);
    expect(performance.now() - startedAt).toBeLessThan(200);
  });
});

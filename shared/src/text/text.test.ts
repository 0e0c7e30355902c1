import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  characterCount,
  dictionary,
  displayWidth,
  interpolate,
  toHalfWidth,
  truncateToBytes,
  truncateToCharacters,
  utf8ByteLength,
} from './index';

describe('dictionary', () => {
  const words = dictionary(
    { save: '提交问卷', left: '还剩 {count} 题，{on} 截止', twice: '{name}、{name}' },
    { save: 'Submit', left: '{count} left, until {on}', twice: '{name} and {name}' },
  );

  it('speaks both languages with the same keys', () => {
    expect(words('zh')('save')).toBe('提交问卷');
    expect(words('en')('left', { count: 3, on: '27 Nov' })).toBe('3 left, until 27 Nov');
    expect(words('zh')('left', { count: 3, on: '11月27日' })).toBe('还剩 3 题，11月27日 截止');
    expect(words('en')('twice', { name: 'A' })).toBe('A and A');
  });

  it('is held together by the compiler', () => {
    // @ts-expect-error English lacks a key
    expect(() => dictionary({ save: '提交', back: '返回' }, { save: 'Submit' })).not.toThrow();
    // @ts-expect-error a placeholder is not given
    expect(words('zh')('left', { count: 3 })).toContain('{on}');
    // @ts-expect-error there is no such key
    expect(() => words('zh')('gone')).toThrow();
  });

  it('refuses languages that ask for different things', () => {
    expect(() => dictionary({ left: '还剩 {count} 题' }, { left: '{number} left' })).toThrow(TypeError);
  });
});

describe('interpolate', () => {
  it('keeps what it is not given and searches no value again', () => {
    expect(interpolate('{a} {b} {toString}', { a: '{b}' })).toBe('{b} {b} {toString}');
    expect(interpolate('{n} 项', { n: 0 })).toBe('0 项');
    expect(interpolate('{ a } {}', { a: 'x' })).toBe('{ a } {}');
  });
});

describe('lengths', () => {
  it('count bytes as TextEncoder does, half surrogates included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (one, other) => {
        for (const text of [one, other, `${one}\ud83d`]) expect(utf8ByteLength(text)).toBe(new TextEncoder().encode(text).length);
      }),
    );
  });

  it('count characters, not code units', () => {
    expect(characterCount('您好😀')).toBe(3);
    expect(characterCount('')).toBe(0);
  });

  it('count columns', () => {
    expect(displayWidth('abc')).toBe(3);
    expect(displayWidth('企业，')).toBe(6);
    expect(displayWidth('Ａ１')).toBe(4);
    expect(displayWidth('😀')).toBe(2);
    expect(displayWidth('e\u0301\u200b')).toBe(1);
    expect(displayWidth('¥10.00')).toBe(6);
  });
});

describe('truncation', () => {
  it('keeps a text that fits and marks one that does not', () => {
    expect(truncateToCharacters('一二三四', 4)).toBe('一二三四');
    expect(truncateToCharacters('一二三四五', 4)).toBe('一二三…');
    expect(truncateToBytes('企业服务问卷', 12)).toBe('企业服…');
    expect(truncateToBytes('企业', 2)).toBe('');
    expect(truncateToCharacters('😀😀😀', 2)).toBe('😀…');
  });

  it('never passes the limit and never cuts a character in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, limit) => {
        const bytes = truncateToBytes(text, limit);
        expect(utf8ByteLength(bytes)).toBeLessThanOrEqual(limit);
        expect(text.startsWith(bytes.replace(/…$/, ''))).toBe(true);
        expect(bytes.replace(/…$/, '')).not.toMatch(/[\ud800-\udbff]$/);
        if (utf8ByteLength(text) <= limit) expect(bytes).toBe(text);
        expect(characterCount(truncateToCharacters(text, limit))).toBeLessThanOrEqual(limit);
      }),
    );
  });
});

describe('toHalfWidth', () => {
  it('turns full-width ASCII and nothing else', () => {
    expect(toHalfWidth('ＡＢｃ１２３＋　（）～')).toBe('ABc123+ ()~');
    expect(toHalfWidth('上，。“”ｱ')).toBe('上,。“”ｱ');
  });
});

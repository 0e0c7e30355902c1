import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkMobile, maskCreditCode, maskIdNumber, maskMobile, maskName, normaliseCode } from './index';

describe('checkMobile', () => {
  it.each([
    '13812345678',
    ' 138 1234 5678 ',
    '138-1234-5678',
    '+86 138 1234 5678',
    '+8613812345678',
    '008613812345678',
    '8613812345678',
    '（+86）13812345678',
    '１３８１２３４５６７８',
    '＋８６　１３８１２３４５６７８',
  ])('reads %s', (text) => {
    expect(checkMobile(text)).toEqual({ ok: true, value: '13812345678' });
  });

  it.each([
    ['1381234567', 'length', '10 位'],
    ['138123456789', 'length', '12 位'],
    ['', 'length', '0 位'],
    ['12812345678', 'prefix', '13 至 19'],
    ['02162345678', 'prefix', '13 至 19'],
    ['1381234567A', 'alphabet', '“A”'],
    ['1381234567😀', 'alphabet', '“😀”'],
    ['+1 415 555 0100', 'alphabet', '“+”'],
  ])('refuses %s by %s', (text, rule, said) => {
    const checked = checkMobile(text);
    expect(checked).toMatchObject({ ok: false, rule });
    expect(checked.ok ? '' : checked.detail).toContain(said);
  });

  it('accepts exactly 1[3-9] and nine digits, however it is written', () => {
    const number = fc.tuple(fc.integer({ min: 3, max: 9 }), fc.stringMatching(/^\d{9}$/)).map(([second, rest]) => `1${second}${rest}`);
    fc.assert(
      fc.property(number, fc.constantFrom('', '+86', '0086 ', '86', '＋86 '), (digits, before) => {
        expect(checkMobile(`${before}${digits.slice(0, 3)} ${digits.slice(3)}`)).toEqual({ ok: true, value: digits });
      }),
    );
  });
});

describe('masks', () => {
  it('hide as the screens show', () => {
    expect(maskMobile('13812345678')).toBe('138****5678');
    expect(maskIdNumber('310199199001010016')).toBe('310***********0016');
    expect(maskCreditCode('91110000802100433B')).toBe('9111**********433B');
    expect(maskName('张三丰')).toBe('张*');
    expect(maskName(' 李四 ')).toBe('李*');
    expect(maskName('𠮷田')).toBe('𠮷*');
    expect(maskName('')).toBe('');
  });

  it('hide a text whole that is too short to keep anything of', () => {
    expect(maskMobile('1381234')).toBe('*******');
    expect(maskMobile('12345678')).toBe('********');
    expect(maskName('张')).toBe('*');
  });

  it('never show more than the first and last few characters', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-Z]{0,30}$/), (text) => {
        const shown = [...maskIdNumber(text)].filter((char) => char !== '*').length;
        expect(shown).toBeLessThanOrEqual(7);
        expect(maskIdNumber(text)).toHaveLength(text.length);
      }),
    );
  });
});

describe('normaliseCode', () => {
  it('is done once: a second time changes nothing', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => normaliseCode(normaliseCode(text)) === normaliseCode(text)));
  });
});

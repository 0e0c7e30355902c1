import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cutter } from './cutter';
import { isOneSlip } from './distance';
import { matcher, type Named } from './matcher';
import { normalise, readChoice } from './normalise';
import { loadChatWords } from './words';

const intents: readonly Named[] = [
  { name: 'surveys', phrases: ['问卷'] },
  { name: 'report', phrases: ['诉求'] },
  { name: 'progress', phrases: ['进度'] },
  { name: 'operator', phrases: ['人工'] },
  { name: 'help', phrases: ['帮助'] },
];
const words = loadChatWords();
const match = (said: string) => matcher(intents, words, cutter).match(said);

describe('what people write', () => {
  it.each([
    ['问卷', 'surveys'],
    ['我要填问卷', 'surveys'],
    ['调查表在哪', 'surveys'],
    ['请问调查问卷在哪里填呀？', 'surveys'],
    ['「問卷」', 'surveys'],
    ['问券', 'surveys'],
    ['我要填问券', 'surveys'],
    ['卷问', 'surveys'],
    ['Where is the Survey?', 'surveys'],
    ['questionaire', 'surveys'],
    ['诉求', 'report'],
    ['诉球', 'report'],
    ['我要投诉', 'report'],
    ['我有问题要反映', 'report'],
    ['反应问题', 'report'],
    ['ｃｏｍｐｌａｉｎｔ', 'report'],
    ['进度', 'progress'],
    ['投诉进度', 'progress'],
    ['我的投诉有进度了吗', 'progress'],
    ['诉求的进度', 'progress'],
    ['我想查一下投诉有没有结果', 'progress'],
    ['查进渡', 'progress'],
    ['进度20261103-000123', 'progress'],
    ['进度 GD20261103000123', 'progress'],
    ['人工', 'operator'],
    ['转人工', 'operator'],
    ['轉人工！', 'operator'],
    ['找客服', 'operator'],
    ['转入工', 'operator'],
    ['帮助', 'help'],
    ['你好', 'help'],
    ['HELP', 'help'],
    ['在吗？', 'help'],
    ['您好，请问怎么投诉', 'report'],
    ['Hello, I want to complain', 'report'],
    ['你好 问卷在哪里', 'surveys'],
    ['帮我找个人工客服', 'operator'],
  ])('%s → %s', (said, name) => {
    expect(match(said)).toMatchObject({ kind: 'one', name });
  });

  it.each(['', '？！', '人工成本太高', '试卷', '进行', '今天天气不错', '12', 'hell of a day', 'ab'])('“%s” names nothing', (said) => {
    expect(match(said)).toEqual({ kind: 'none' });
  });

  it.each([
    ['问卷和诉求', ['surveys', 'report']],
    ['问卷、人工', ['surveys', 'operator']],
  ])('%s is asked back', (said, names) => {
    expect(match(said)).toEqual({ kind: 'several', names });
  });

  it('keeps what was said besides', () => {
    expect(match('进度 GD20261103-000123')).toMatchObject({ rest: 'gd20261103 000123', isExact: false });
    expect(match('进度')).toEqual({ kind: 'one', name: 'progress', rest: '', isExact: true });
  });

  it('finds the wish in a long letter, and takes no time over one without', () => {
    expect(match(`您好，${'我们店的情况是这样的，'.repeat(50)}所以要投诉。`)).toMatchObject({ kind: 'one', name: 'report' });
    const startedAt = performance.now();
    expect(match('路灯坏了很久没有人来修'.repeat(180))).toEqual({ kind: 'none' });
    expect(performance.now() - startedAt).toBeLessThan(100);
  });

  it('a term of two intents is asked back', () => {
    const two = matcher(
      [
        { name: 'a', phrases: ['预约'] },
        { name: 'b', phrases: ['预约'] },
      ],
      words,
      cutter,
    );
    expect(two.match('预约')).toEqual({ kind: 'several', names: ['a', 'b'] });
  });
});

const phrases = intents.flatMap(({ name, phrases: own }) =>
  own.flatMap((each) => [each, ...(words.synonyms.get(each) ?? [])]).map((term) => ({ name, term })),
);
const isChinese = (term: string) => !/^[\x20-\x7e]*$/.test(term);
const filler = fc.constantFrom(...'天地玄黄宇宙洪荒日月盈昃辰宿列张');

describe('one slip of the hand', () => {
  it('every phrase names its own intent', () => {
    for (const { name, term } of phrases)
      expect([term, match(term)]).toEqual([term, expect.objectContaining({ kind: 'one', name, isExact: true })]);
  });

  it('is forgiven wherever it falls, unless it makes another phrase or another word', () => {
    const misspelt = fc
      .tuple(
        fc.constantFrom(...phrases.filter(({ term }) => isChinese(term) && [...term].length >= 2)),
        fc.nat(20),
        filler,
        fc.constantFrom('change', 'insert', 'swap', 'drop'),
      )
      .map(([{ name, term }, place, put, slip]) => {
        const letters = [...term];
        const at = place % letters.length;
        if (slip === 'change') letters[at] = put;
        if (slip === 'insert') letters.splice(at, 0, put);
        if (slip === 'drop' && letters.length > 2) letters.splice(at, 1);
        if (slip === 'swap') letters.splice(at, 2, ...letters.slice(at, at + 2).reverse());
        return { name, term, said: letters.join('') };
      });
    fc.assert(
      fc.property(misspelt, ({ name, term, said }) => {
        const core = [...said].filter((letter) => !words.fillers.has(letter)).join('');
        const isOther = phrases.some(
          (each) => each.name !== name && (said.includes(each.term) || core.includes(each.term) || isOneSlip(said, each.term)),
        );
        fc.pre(!isOther && said !== term && cutter().words(said).length > 1);
        const found = match(said);
        const names = found.kind === 'one' ? [found.name] : found.kind === 'several' ? found.names : [];
        expect([said, names]).toEqual([said, expect.arrayContaining([name])]);
      }),
      { numRuns: 400, seed: 20261125 },
    );
  });
});

describe('isOneSlip', () => {
  it.each([
    ['问卷', '问卷', true],
    ['问券', '问卷', true],
    ['卷问', '问卷', true],
    ['问一卷', '问卷', true],
    ['问', '问卷', true],
    ['券题', '问卷', false],
    ['abcd', 'badc', false],
    ['问卷调查', '问卷', false],
  ])('%s ~ %s: %s', (one, other, is) => {
    expect(isOneSlip(one, other)).toBe(is);
    expect(isOneSlip(other, one)).toBe(is);
  });

  it('is what one edit makes', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...'abc'), { maxLength: 6 }), fc.nat(6), fc.constantFrom(...'abc'), (letters, place, put) => {
        const at = Math.min(place, letters.length);
        const word = letters.join('');
        expect(isOneSlip(word, [...letters.slice(0, at), put, ...letters.slice(at)].join(''))).toBe(true);
        expect(isOneSlip(word, [...letters.slice(0, at), put, ...letters.slice(at + 1)].join(''))).toBe(true);
        const swapped = [...letters.slice(0, at), ...letters.slice(at, at + 2).reverse(), ...letters.slice(at + 2)].join('');
        expect(isOneSlip(word, swapped)).toBe(true);
      }),
    );
  });
});

describe('normalise', () => {
  it('undoes full width, case, punctuation and spaces of Chinese', () => {
    expect(normalise('　「問卷」，  ＨＥＬＰ　Me！')).toBe('問卷 help me');
    expect(normalise('问 卷')).toBe('问卷');
  });

  it('reads a choice as people write it', () => {
    expect(['2', '２', '②', '第二个', '二', '2。', ' 2、'].map((said) => readChoice(said, 3))).toEqual([2, 2, 2, 2, 2, 2, 2]);
    expect(['4', '0', '问卷', '', '12', '一二'].map((said) => readChoice(said, 3))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildDocument, buildQuestion, documentAndAnswers, rule } from '../documents.arbitrary';
import { pulseForm } from '../forms/pulse';
import { cardOf, checkCardAnswer } from './card';
import { blankAnswers, checkAnswers } from './check-answers';
import { type Draft, draftAnswers, mergeDrafts } from './drafts';
import { extractProblems, nameVisibilityOf, saysNothing } from './extract-problems';
import { answerText, reviewOf } from './review';

const setting = { issuingBody: '某机关', keptUntilOn: '2027-12-31' };
const choice = (id: string, count: number, overrides = {}) =>
  buildQuestion(id, 'single', {
    config: { options: Array.from({ length: count }, (_, at) => ({ id: `o${at}`, label: { zh: `选项${at}` } })) },
    ...overrides,
  });
const reasonOf = (questions: Parameters<typeof buildDocument>[0]) => {
  const fit = cardOf(buildDocument(questions));
  return fit.ok ? 'ok' : fit.reason.zh;
};

describe('a card in the chat', () => {
  it('holds one question of 20 options, or three single ones of 10', () => {
    expect(reasonOf([choice('a', 20)])).toBe('ok');
    expect(reasonOf([choice('a', 21)])).toContain('1 到 20');
    expect(reasonOf([choice('a', 10), choice('b', 10), choice('c', 10)])).toBe('ok');
    expect(reasonOf([choice('a', 10), choice('b', 11)])).toContain('1 到 10');
    expect(reasonOf([choice('a', 2), choice('b', 2), choice('c', 2), choice('d', 2)])).toContain('最多 3 题');
    expect(reasonOf([buildQuestion('a', 'nps')])).toBe('ok');
    expect(reasonOf([choice('a', 2), buildQuestion('b', 'nps')])).toContain('1 到 10');
    expect(reasonOf([])).toContain('没有题目');
  });

  it('says why it cannot hold a question', () => {
    expect(reasonOf([choice('a', 2, { required: false })])).toContain('不是必答题');
    expect(reasonOf([choice('a', 2), choice('b', 2, { showIf: rule({ attribute: 'a', operator: 'isKnown' }) })])).toContain('显示条件');
    expect(reasonOf([buildQuestion('a', 'text')])).toContain('不能填写文字');
    expect(reasonOf([buildQuestion('a', 'single')])).toContain('“其他”');
    expect(reasonOf([buildQuestion('a', 'multiple')])).toContain('限制选几项');
    const open = {
      options: [
        { id: 'a', label: { zh: '甲' } },
        { id: 'b', label: { zh: '乙' } },
      ],
    };
    expect(reasonOf([buildQuestion('a', 'multiple', { config: open } as never)])).toBe('ok');
    expect(reasonOf([buildQuestion('a', 'multiple', { config: open } as never), choice('b', 2)])).toContain('只能单独');
  });

  it('turns what was chosen into an answer, and refuses what is not on it', () => {
    const document = pulseForm(setting);
    const fit = cardOf(document);
    expect(fit.ok && fit.card.questions.map((each) => each.key)).toEqual(['operation', 'help']);
    const good = checkCardAnswer(document, [
      { key: 'operation', optionIds: ['worse'] },
      { key: 'help', optionIds: ['yes'] },
    ]);
    expect(good.ok && good.answers).toEqual({ operation: { option: 'worse' }, help: { option: 'yes' } });
    expect(checkCardAnswer(document, [{ key: 'operation', optionIds: ['worse'] }]).ok).toBe(false);
    expect(
      checkCardAnswer(document, [
        { key: 'operation', optionIds: ['forged'] },
        { key: 'help', optionIds: ['yes'] },
      ]).ok,
    ).toBe(false);
    expect(
      checkCardAnswer(document, [
        { key: 'operation', optionIds: ['worse'] },
        { key: 'help', optionIds: ['yes', 'no'] },
      ]).ok,
    ).toBe(false);
    expect(checkCardAnswer(document, [{ key: 'zzz', optionIds: ['worse'] }]).ok).toBe(false);
  });

  it('carries every card option into an answer that passes', () => {
    for (const kind of ['scale', 'nps', 'dropdown'] as const) {
      const document = buildDocument([buildQuestion('a', kind)]);
      const fit = cardOf(document);
      if (!fit.ok) throw new Error(fit.reason.zh);
      for (const option of fit.card.questions[0]?.options ?? [])
        expect(checkCardAnswer(document, [{ key: 'a', optionIds: [option.id] }]).ok).toBe(true);
      expect(checkCardAnswer(document, [{ key: 'a', optionIds: ['p99'] }]).ok).toBe(false);
    }
  });
});

const draft: fc.Arbitrary<Draft> = fc.dictionary(
  fc.constantFrom('a', 'b', 'c'),
  fc.record({
    answer: fc.option(fc.constantFrom('x', 'y', 3), { nil: null }),
    savedAt: fc.integer({ min: 0, max: 3 }).map((minute) => `2026-11-24T10:0${minute}:00Z`),
    revision: fc.option(fc.nat({ max: 2 }), { nil: undefined }),
  }),
);

describe('drafts of several devices', () => {
  it('merge per question: the newer answer wins', () => {
    const phone = { a: { answer: 'x', savedAt: '2026-11-24T10:00:00Z' }, b: { answer: 'y', savedAt: '2026-11-24T10:05:00Z' } };
    const desk = { a: { answer: 'z', savedAt: '2026-11-24T18:03:00+08:00' }, b: { answer: null, savedAt: '2026-11-24T10:06:00Z' } };
    expect(mergeDrafts(phone, desk)).toEqual({ a: desk.a, b: desk.b });
    expect(draftAnswers(mergeDrafts(phone, desk))).toEqual({ a: 'z' });
    expect(mergeDrafts({ a: { ...phone.a, revision: 2 } }, desk).a?.answer).toBe('x');
  });

  it('come out the same in any order, and twice the same', () => {
    fc.assert(
      fc.property(draft, draft, draft, (one, two, three) => {
        expect(mergeDrafts(one, two)).toEqual(mergeDrafts(two, one));
        expect(mergeDrafts(mergeDrafts(one, two), three)).toEqual(mergeDrafts(one, mergeDrafts(two, three)));
        expect(mergeDrafts(one, one)).toEqual(one);
      }),
    );
  });
});

describe('the review page', () => {
  it('lists the path with answers in words and what is missing', () => {
    const document = buildDocument([
      buildQuestion('a', 'single'),
      buildQuestion('b', 'number', { required: false }),
      buildQuestion('c', 'scale'),
    ]);
    const items = reviewOf(document, { a: { option: 'other', otherText: '夜宵' }, b: 99 });
    expect(items.map((each) => [each.number, each.text, each.problems.map((problem) => problem.zh)])).toEqual([
      [1, '其他：夜宵', []],
      [2, null, ['不能大于 20']],
      [3, null, ['这道题必须回答']],
    ]);
  });

  it('has no problem exactly where the answers pass', () => {
    fc.assert(
      fc.property(documentAndAnswers, ([document, answers]) => {
        expect(reviewOf(document, answers).every((each) => each.problems.length === 0)).toBe(checkAnswers(document, answers).ok);
      }),
    );
  });

  it('starts from blank answers', () => {
    const document = buildDocument([buildQuestion('a', 'single'), buildQuestion('b', 'multiple'), buildQuestion('c', 'text')]);
    expect(blankAnswers(document)).toEqual({ a: null, b: { options: [] }, c: '' });
    expect(reviewOf(document, blankAnswers(document)).every((each) => each.text === null)).toBe(true);
    expect(answerText(buildQuestion('a', 'single'), { option: 'gone' })).toBeNull();
  });
});

describe('problems in answers', () => {
  const matter = { fromQuestion: 'kind', map: { a: 'rent', b: 'jobs' } };
  const when = rule({
    all: [
      { attribute: 'kind', operator: 'in', value: ['a', 'b'] },
      { attribute: 'phone', operator: 'isKnown' },
    ],
  });
  const document = buildDocument([
    buildQuestion('kind', 'single'),
    buildQuestion('phone', 'text', { required: false, sensitive: true }),
    buildQuestion('words', 'text', { required: false, problemSource: { rule: when, matter } }),
    buildQuestion('plain', 'longText', { required: false, problemSource: { matter: { fixed: 'other' } } }),
  ]);
  const answers = { kind: { option: 'a' }, phone: '13800001234', words: '房租太高' };

  it('come with text, matter and reasons, without what is personal', () => {
    const [problem, ...others] = extractProblems(document, answers);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ questionId: 'words', text: '房租太高', matterId: 'rent' });
    expect(problem?.reasons.map((each) => each.zh).join()).toContain('题目kind');
    expect(JSON.stringify(problem?.reasons)).not.toContain('13800001234');
  });

  it('are none where the rule is false, or unknown, or nothing is said', () => {
    expect(extractProblems(document, { ...answers, kind: { option: 'c' } })).toEqual([]);
    expect(extractProblems(document, { kind: { option: 'a' }, words: '房租太高' })).toEqual([]);
    expect(extractProblems(document, { ...answers, words: ' 暂无。 ' })).toEqual([]);
    expect(extractProblems(document, { plain: '停车难' })).toEqual([
      { questionId: 'plain', text: '停车难', matterId: 'other', reasons: [{ zh: '企业填写了具体内容', en: 'the firm wrote something' }] },
    ]);
  });

  it('know what people write when they have nothing to say', () => {
    expect(['无', '没有。', 'N/A', '暂无建议', '——', ' '].every(saysNothing)).toBe(true);
    expect(['无停车位', '没有客流', '1'].some(saysNothing)).toBe(false);
  });

  it('the firm decides who sees its name', () => {
    const named = buildDocument(
      [buildQuestion('name', 'single', { config: { options: [{ id: 'hidden', label: { zh: '不公开' } }] } } as never)],
      {
        nameVisibility: { default: 'industry-district', questionId: 'name' },
      },
    );
    expect(nameVisibilityOf(named, {})).toBe('industry-district');
    expect(nameVisibilityOf(named, { name: { option: 'hidden' } })).toBe('hidden');
    expect(nameVisibilityOf(named, { name: { option: 'forged' } })).toBe('industry-district');
  });
});

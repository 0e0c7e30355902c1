import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildQuestion } from '../documents.arbitrary';
import { type QuestionKind, questionKinds, questionTypeOf } from '../registry';

const check = (kind: QuestionKind, config: object, answer: unknown) => questionTypeOf(kind).checkAnswer(config, answer);
const rules = (kind: QuestionKind, config: object, answer: unknown): readonly string[] => {
  const checked = check(kind, config, answer);
  return checked.ok ? [] : checked.errors.map((each) => each.rule);
};
const findings = (kind: QuestionKind, config: object) =>
  questionTypeOf(kind)
    .checkConfig(config)
    .map((each) => each.rule);

const ab = {
  options: [
    { id: 'a', label: { zh: '甲' } },
    { id: 'b', label: { zh: '乙', en: 'B' } },
    { id: 'x', label: { zh: '其他' }, withText: true },
  ],
};

describe.each(questionKinds)('%s', (kind) => {
  const type = questionTypeOf(kind);
  const { config } = buildQuestion('q', kind);

  it('accepts its own samples, says them in words, and shows a rule a value of the type it offers', () => {
    const shapes = { enum: 'string', set: 'object', number: 'number', date: 'string', text: 'string' } as const;
    fc.assert(
      fc.property(fc.nat({ max: 500 }), (at) => {
        const checked = type.checkAnswer(config, type.sample(config, at));
        expect(checked.ok).toBe(true);
        if (!checked.ok) return;
        expect(type.isBlank(checked.answer)).toBe(false);
        expect(type.toText(config, checked.answer, 'zh')).not.toBe('');
        expect(typeof type.ruleAnswer(config, checked.answer)).toBe(shapes[type.attribute(config).type]);
        // What was cleaned once stays as it is.
        expect(type.checkAnswer(config, checked.answer)).toEqual(checked);
      }),
    );
  });

  it('has a blank answer that is blank and unknown to rules', () => {
    for (const blank of [type.blank(), null, undefined]) {
      expect(type.isBlank(blank)).toBe(true);
      expect(type.ruleAnswer(config, blank)).toBeUndefined();
    }
  });

  it('never throws, whatever the answer, and refuses what is none', () => {
    fc.assert(
      fc.property(fc.anything(), (answer) => {
        type.isBlank(answer);
        type.ruleAnswer(config, answer);
        const checked = type.checkAnswer(config, answer);
        if (checked.ok) expect(type.checkAnswer(config, checked.answer)).toEqual(checked);
        else expect(checked.errors.every((each) => each.detail.zh !== '' && each.detail.en !== '')).toBe(true);
      }),
    );
  });

  it('adds up: every answer is counted once', () => {
    let tally = type.aggregate.start(config);
    for (let at = 0; at < 25; at += 1) tally = type.aggregate.add(tally, type.sample(config, at));
    const result = type.aggregate.result(config, tally);
    expect(result.answered).toBe(25);
    if ('bars' in result && result.form !== 'options') expect(result.bars.reduce((sum, bar) => sum + bar.count, 0)).toBe(25);
    expect(type.aggregate.result(config, JSON.parse(JSON.stringify(tally)))).toEqual(result);
    expect(type.aggregate.result(config, type.aggregate.start(config)).answered).toBe(0);
  });

  it('has settings to begin with that are sound', () => {
    const fresh = type.newConfig();
    expect(type.checkConfig(fresh).filter((each) => each.severity === 'error')).toEqual([]);
    const errors: never[] = [];
    expect(type.config(JSON.parse(JSON.stringify(fresh)), { pointer: '', errors })).toEqual(fresh);
    expect(errors).toEqual([]);
  });
});

describe('choices', () => {
  it('refuse what is not on offer', () => {
    expect(rules('single', ab, { option: 'z' })).toEqual(['unknown-option']);
    expect(rules('single', ab, 'a')).toEqual(['type']);
    expect(rules('single', ab, { option: 'a', extra: 1 })).toEqual(['unknown-field']);
    expect(rules('single', ab, { option: 'constructor' })).toEqual(['unknown-option']);
    expect(check('single', ab, { option: 'a' })).toEqual({ ok: true, answer: { option: 'a' } });
  });

  it('want words with “other”, and only there', () => {
    expect(rules('single', ab, { option: 'x' })).toEqual(['other-text']);
    expect(rules('single', ab, { option: 'x', otherText: '   ' })).toEqual(['other-text']);
    expect(rules('single', ab, { option: 'a', otherText: '丙' })).toEqual(['other-text']);
    expect(rules('single', ab, { option: 'x', otherText: '长'.repeat(201) })).toEqual(['max-length']);
    expect(check('single', ab, { option: 'x', otherText: ' 丙 ' })).toEqual({ ok: true, answer: { option: 'x', otherText: '丙' } });
    expect(questionTypeOf('single').toText(ab, { option: 'x', otherText: '丙' }, 'zh')).toBe('其他：丙');
  });

  it('keep to minimum, maximum and what stands alone', () => {
    const config = {
      options: [...ab.options.slice(0, 2), { id: 'c', label: { zh: '丙' } }, { id: 'n', label: { zh: '无' }, exclusive: true }],
      min: 2,
      max: 2,
    };
    expect(rules('multiple', config, { options: ['a'] })).toEqual(['min-choices']);
    expect(rules('multiple', config, { options: ['a', 'b', 'c'] })).toEqual(['max-choices']);
    expect(rules('multiple', config, { options: ['a', 'n'] })).toEqual(['exclusive']);
    expect(rules('multiple', config, { options: ['a', 'a'] })).toEqual(['duplicate-option']);
    expect(rules('multiple', config, { options: ['n'] })).toEqual([]);
    expect(check('multiple', config, { options: ['c', 'a'] })).toEqual({ ok: true, answer: { options: ['a', 'c'] } });
  });

  it('name faults of their settings', () => {
    expect(findings('single', { options: [] })).toEqual(['empty-options']);
    expect(findings('single', { options: [ab.options[0]] })).toEqual(['single-option']);
    expect(findings('single', { options: [ab.options[0], ab.options[0]] })).toEqual(['duplicate-option', 'duplicate-option-id']);
    expect(findings('multiple', { ...ab, min: 3, max: 2 })).toEqual(['min-above-max']);
    expect(findings('multiple', { ...ab, max: 9 })).toEqual(['max-above-options']);
    const alone = { options: [ab.options[0], { id: 'n', label: { zh: '无' }, exclusive: true }], min: 2 };
    expect(findings('multiple', alone)).toEqual(['dead-option']);
  });
});

describe('written answers', () => {
  it('keep to their lengths and format', () => {
    expect(rules('text', { minLength: 3 }, ' ab ')).toEqual(['min-length']);
    expect(rules('text', { maxLength: 3 }, 'abcd')).toEqual(['max-length']);
    expect(rules('text', {}, 'a\nb')).toEqual(['one-line']);
    expect(rules('text', { format: 'mobile' }, '1380000123')).toEqual(['format']);
    expect(rules('text', { format: 'email' }, 'a@b')).toEqual(['format']);
    expect(check('longText', {}, ' a\r\nb ')).toEqual({ ok: true, answer: 'a\nb' });
    expect(findings('text', { minLength: 10, maxLength: 5 })).toEqual(['min-above-max']);
  });
});

describe('numbers', () => {
  it('keep to range and decimals', () => {
    expect(rules('number', { min: 1, max: 5 }, 0)).toEqual(['min']);
    expect(rules('number', { min: 1, max: 5 }, 6)).toEqual(['max']);
    expect(rules('number', {}, 1.5)).toEqual(['integer']);
    expect(rules('number', { decimals: 2 }, 0.125)).toEqual(['decimals']);
    expect(rules('number', { decimals: 2 }, 1e-7)).toEqual(['decimals']);
    expect(rules('number', {}, '5')).toEqual(['type']);
    expect(rules('number', {}, Number.NaN)).toEqual(['type']);
    expect(rules('scale', { min: 1, max: 5 }, 6)).toEqual(['range']);
    expect(rules('nps', {}, 11)).toEqual(['range']);
  });

  it('have mean, median and extremes', () => {
    const type = questionTypeOf('number');
    let tally = type.aggregate.start({});
    for (const value of [1, 2, 2, 10]) tally = type.aggregate.add(tally, value);
    expect(type.aggregate.result({}, tally)).toMatchObject({ mean: 3.75, median: 2, lowest: 1, highest: 10 });
    tally = type.aggregate.add(type.aggregate.add(tally, 9), 8);
    expect(type.aggregate.result({}, tally)).toMatchObject({ median: 5 });
  });

  it('fall into round steps that hold every answer', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -100_000, max: 100_000 }), { minLength: 1, maxLength: 200 }), (values) => {
        const type = questionTypeOf('number');
        const tally = values.reduce<unknown>((sum, value) => type.aggregate.add(sum, value), type.aggregate.start({}));
        const result = type.aggregate.result({}, tally);
        if (result.form !== 'numbers') throw new Error('not numbers');
        expect(result.bars.length).toBeLessThanOrEqual(12);
        expect(result.bars.reduce((sum, bar) => sum + bar.count, 0)).toBe(values.length);
        const sorted = [...values].sort((one, other) => one - other);
        expect(result.median).toBe(((sorted[Math.floor((values.length - 1) / 2)] ?? 0) + (sorted[Math.floor(values.length / 2)] ?? 0)) / 2);
      }),
    );
  });

  it('give the NPS score of promoters less detractors', () => {
    const type = questionTypeOf('nps');
    const tally = [10, 9, 8, 7, 6, 0, 10, 9, 9, 10].reduce<unknown>(
      (sum, value) => type.aggregate.add(sum, value),
      type.aggregate.start({}),
    );
    expect(type.aggregate.result({}, tally)).toMatchObject({ promoters: 6, passives: 2, detractors: 2, score: 40 });
  });
});

describe('dates', () => {
  it('are real and in range', () => {
    expect(rules('date', {}, '2026-02-30')).toEqual(['date']);
    expect(rules('date', {}, '2026-2-3')).toEqual(['date']);
    expect(rules('date', { minOn: '2026-01-01' }, '2025-12-31')).toEqual(['min']);
    expect(rules('date', { maxOn: '2026-01-01' }, '2026-01-02')).toEqual(['max']);
    expect(rules('date', {}, '2028-02-29')).toEqual([]);
    expect(questionTypeOf('date').toText({}, '2026-02-03', 'zh')).toBe('2026年2月3日');
    expect(findings('date', { minOn: '2026-02-01', maxOn: '2026-01-01' })).toEqual(['min-above-max']);
  });
});

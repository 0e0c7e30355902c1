import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RuleNode } from '../../rules';
import type { Question } from '../document';
import { anyAnswers, anyDocument, buildDocument, buildQuestion, rule } from '../documents.arbitrary';
import { pathOf } from '../engine/path';
import { pulseForm } from '../forms/pulse';
import { restaurantForm } from '../forms/restaurant';
import { checkDocument, isBlocked } from './check-document';
import { missingHeadingFields, newDocument, noticeText } from './heading';
import { canBeReached } from './reachability';

const found = (questions: readonly Question[], overrides = {}) =>
  checkDocument(buildDocument(questions, overrides)).map((each) => `${each.where ?? ''} ${each.rule} ${each.blocks}`);
const shown = (id: string, when: RuleNode, kind: Question['kind'] = 'text') => buildQuestion(id, kind, { showIf: rule(when) });
const a = buildQuestion('a', 'single');

describe('static checks', () => {
  it('find nothing in a sound questionnaire', () => {
    expect(found([a, shown('b', { attribute: 'a', operator: 'eq', value: 'a' })])).toEqual([]);
  });

  it('name a rule that asks about a missing or a later question, with the place', () => {
    const findings = checkDocument(
      buildDocument([
        a,
        shown('b', {
          all: [
            { attribute: 'gone', operator: 'isKnown' },
            { attribute: 'c', operator: 'isKnown' },
          ],
        }),
        buildQuestion('c', 'text'),
      ]),
    );
    expect(findings.map((each) => [each.where, each.rule, each.pointer])).toEqual([
      ['b', 'missing-question', '/pages/0/questions/1/showIf/when/all/0/attribute'],
      ['b', 'forward-reference', '/pages/0/questions/1/showIf/when/all/1/attribute'],
    ]);
    expect(findings[0]?.detail.zh).toContain('“gone”不存在');
    expect(found([shown('a', { attribute: 'a', operator: 'isKnown' })])).toEqual(['a forward-reference publish']);
  });

  it('name an option that is not there and an operator that does not fit', () => {
    expect(found([a, shown('b', { attribute: 'a', operator: 'eq', value: 'zzz' })])).toEqual(['b unknown-option publish']);
    expect(found([a, shown('b', { attribute: 'a', operator: 'lt', value: 3 })])).toEqual(['b wrong-operator publish']);
  });

  it('prove a contradiction and a question that no answers lead to', () => {
    expect(
      found([
        a,
        shown('b', {
          all: [
            { attribute: 'a', operator: 'eq', value: 'a' },
            { attribute: 'a', operator: 'eq', value: 'b' },
          ],
        }),
      ]),
    ).toEqual(['b contradiction publish']);
    const onlyA = shown('b', { attribute: 'a', operator: 'eq', value: 'a' });
    const needsB = shown('c', {
      all: [
        { attribute: 'b', operator: 'isKnown' },
        { attribute: 'a', operator: 'eq', value: 'b' },
      ],
    });
    expect(found([a, onlyA, needsB])).toEqual(['c unreachable publish']);
    expect(found([buildQuestion('n', 'number'), shown('b', { attribute: 'n', operator: 'gt', value: 20 })])).toEqual([
      'b unreachable publish',
    ]);
    expect(found([buildQuestion('n', 'number'), shown('b', { attribute: 'n', operator: 'gt', value: 19.9 })])).toEqual([]);
    expect(found([buildQuestion('n', 'scale'), shown('b', { attribute: 'n', operator: 'gt', value: 5 })])).toEqual([
      'b unreachable publish',
    ]);
    expect(found([buildQuestion('d', 'date'), shown('b', { attribute: 'd', operator: 'lt', value: '2026-01-01' })])).toEqual([
      'b unreachable publish',
    ]);
    const onDate = (operator: 'gt' | 'lt', value: string) =>
      found([buildQuestion('d', 'date'), shown('b', { attribute: 'd', operator, value })]);
    expect([onDate('gt', '2026-12-30'), onDate('gt', '2026-12-31'), onDate('lt', '2026-01-02')]).toEqual([
      [],
      ['b unreachable publish'],
      [],
    ]);
    const between = [
      { attribute: 'd', operator: 'gt', value: '2026-03-01' },
      { attribute: 'd', operator: 'lt', value: '2026-03-03' },
    ] as const;
    expect(found([buildQuestion('d', 'date'), shown('b', { all: between })])).toEqual([]);
    expect(found([buildQuestion('t', 'text'), shown('b', { attribute: 't', operator: 'startsWith', value: '无' })])).toEqual([]);
  });

  it('know the limits of a multiple choice', () => {
    const m = buildQuestion('m', 'multiple');
    const all = (value: readonly string[]) => shown('b', { attribute: 'm', operator: 'containsAll', value });
    expect(found([m, all(['a', 'b', 'c'])])).toEqual([]);
    expect(found([m, all(['a', 'b', 'c', 'd'])])).toEqual(['b unreachable publish']);
    expect(found([m, all(['a', 'none'])])).toEqual(['b unreachable publish']);
    expect(found([m, all(['none'])])).toEqual([]);
  });

  it('name what is empty, repeated or not translated', () => {
    expect(found([])).toEqual([' no-questions publish']);
    expect(found([a, a])).toEqual(['a duplicate-id publish']);
    expect(found([buildQuestion('a', 'text', { title: { zh: ' ' } })])).toEqual(['a missing-question-title publish']);
    expect(found([buildQuestion('a', 'single', { config: { options: [] } } as never)])).toEqual(['a empty-options publish']);
    expect(found([a], { title: { zh: '' } })).toEqual([' missing-title publish']);
    expect(found([a], { languages: ['zh', 'en'] })).toEqual(['a missing-translation nothing']);
    const page = { id: 'p1', questions: [a] };
    expect(found([], { pages: [page, { id: 'p1', questions: [] }] })).toEqual([' duplicate-page-id publish', ' empty-page nothing']);
  });

  it('hold a launch, not a draft or a version, without heading and notice', () => {
    const document = buildDocument([a], {
      heading: { tableNumber: '', issuingBody: '某机关', approvalNumber: ' ', validUntilOn: '2027-01-01' },
      notice: { zh: '' },
    });
    const findings = checkDocument(document);
    expect(findings.map((each) => each.pointer)).toEqual(['/heading/tableNumber', '/heading/approvalNumber', '/notice']);
    expect([isBlocked(findings, 'publish'), isBlocked(findings, 'launch')]).toEqual([false, true]);
    expect(missingHeadingFields({ exempt: true, reason: '', issuingBody: '' })).toEqual(['reason']);
    expect(missingHeadingFields({ exempt: true, reason: '内部调研', issuingBody: '' })).toEqual([]);
    expect(isBlocked(checkDocument(newDocument()), 'publish')).toBe(true);
  });

  it('check where a problem goes and who sees the name', () => {
    const source = (problemSource: Question['problemSource']) => buildQuestion('b', 'text', { problemSource });
    expect(found([a, source({ matter: { fromQuestion: 'gone' } })])).toEqual(['b missing-question publish']);
    expect(found([buildQuestion('n', 'nps'), source({ matter: { fromQuestion: 'n' } })])).toEqual(['b matter-question publish']);
    expect(found([a, source({ rule: rule({ attribute: 'gone', operator: 'isKnown' }) })])).toEqual(['b missing-question publish']);
    expect(
      found([source({ rule: rule({ attribute: 'z', operator: 'isKnown' }), matter: { fixed: 'm' } }), buildQuestion('z', 'text')]),
    ).toEqual([]);
    const named = (questionId: string) => found([a], { nameVisibility: { default: 'public', questionId } });
    expect(named('gone')).toEqual([' missing-question publish']);
    expect(named('a')).toEqual([' name-question publish']);
  });
});

describe('what is called unreachable', () => {
  it('is never on any path, and what is on a path is never called so', () => {
    const withAnswers = anyDocument.chain((document) =>
      fc.tuple(fc.constant(document), fc.array(anyAnswers(document), { minLength: 1, maxLength: 30 })),
    );
    fc.assert(
      fc.property(withAnswers, ([document, tries]) => {
        for (const answers of tries) {
          for (const id of pathOf(document, answers).questionIds) expect([id, canBeReached(document, id)]).not.toEqual([id, false]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('says nothing rather than trying for ever', () => {
    const many = Array.from({ length: 12 }, (_, at) => buildQuestion(`q${at}`, 'nps'));
    const all = many.map((each): RuleNode => ({ attribute: each.id, operator: 'lt', value: 0 }));
    expect(canBeReached(buildDocument([...many, shown('z', { any: all })]), 'z')).toBeNull();
  });
});

describe('our own forms', () => {
  const setting = {
    issuingBody: '某机关',
    keptUntilOn: '2027年12月31日',
    matters: [
      { id: 'rent', name: { zh: '房租', en: 'Rent' } },
      { id: 'jobs', name: { zh: '用工', en: 'Jobs' } },
    ],
  };

  it('lack nothing but the heading, which an official fills', () => {
    for (const form of [restaurantForm(setting), pulseForm(setting)]) {
      expect(checkDocument(form).map((each) => each.pointer)).toEqual([
        '/heading/tableNumber',
        '/heading/approvalNumber',
        '/heading/validUntilOn',
      ]);
    }
    expect(restaurantForm(setting).pages.flatMap((page) => page.questions)).toHaveLength(8);
  });

  it('carry the notice with who uses the answers and until when', () => {
    expect(noticeText(setting).zh).toBe(
      '自愿填写，不作为执法检查、信用评价依据。请勿填写国家秘密、工作秘密；涉及商业秘密的内容请谨慎填写。答卷仅供某机关改进服务使用，保存至2027年12月31日。',
    );
  });

  it('ask for a request once there is a difficulty, and for its matter once there is a request', () => {
    const form = restaurantForm(setting);
    const start = { operation: { option: 'suspended' }, difficulties: { options: ['none'] } };
    expect(pathOf(form, start).questionIds).toEqual(['operation', 'difficulties', 'policies', 'contact', 'nameVisible']);
    const troubled = { operation: { option: 'normal' }, difficulties: { options: ['rent'] } };
    expect(pathOf(form, troubled).questionIds).toEqual([
      'operation',
      'turnover',
      'difficulties',
      'request',
      'policies',
      'contact',
      'nameVisible',
    ]);
    expect(pathOf(form, { ...troubled, request: '希望减免房租' }).questionIds).toContain('matter');
    expect(pathOf(form, { ...troubled, request: '无' }).questionIds).not.toContain('matter');
  });
});

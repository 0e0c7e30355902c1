import { describe, expect, it } from '@jest/globals';
import type { RuleDocument } from '@suiban/shared/rules';
import { newDocument, parseDocument, type Question, questionKinds, questionsOf, type SurveyDocument } from '@suiban/shared/surveys';
import fc from 'fast-check';
import {
  addPage,
  dependentsOf,
  duplicatePage,
  duplicateQuestion,
  finishedRule,
  insertQuestion,
  moveBefore,
  movePage,
  moveQuestion,
  nameQuestion,
  newQuestion,
  numberOf,
  removePage,
  removeQuestion,
  wholeForm,
  withKind,
} from './document-edits';

const withQuestions = (count: number, document: SurveyDocument = newDocument()): SurveyDocument =>
  Array.from({ length: count }).reduce<SurveyDocument>((grown) => insertQuestion(grown, wholeForm, newQuestion(grown, 'single')), document);

const idsOf = (document: SurveyDocument) => questionsOf(document).map((each) => each.id);
const asks = (attribute: string): RuleDocument => ({ v: 1, when: { all: [{ attribute, operator: 'isKnown' }] } });

describe('questions of a document', () => {
  it('come behind the selected one, with an id of their own', () => {
    const document = withQuestions(3);
    const made = newQuestion(document, 'date');
    expect(made.id).toBe('q4');
    expect(idsOf(insertQuestion(document, { of: 'question', questionId: 'q1' }, made))).toEqual(['q1', 'q4', 'q2', 'q3']);
    expect(idsOf(insertQuestion({ ...document, pages: [] }, wholeForm, made))).toEqual(['q4']);
  });

  it('are copied right behind the original', () => {
    const made = duplicateQuestion(withQuestions(2), 'q1');
    expect(made.questionId).toBe('q3');
    expect(idsOf(made.document)).toEqual(['q1', 'q3', 'q2']);
  });

  it('move within their page, over its edge, and not out of the document', () => {
    const first = withQuestions(2);
    const { document } = addPage(first);
    const moved = moveQuestion(moveQuestion(document, 'q1', 1), 'q1', 1);
    expect(moved.pages.map((page) => page.questions.map((each) => each.id))).toEqual([['q2'], ['q1']]);
    expect(moveQuestion(moved, 'q1', 1)).toBe(moved);
    expect(idsOf(moveQuestion(moved, 'q1', -1))).toEqual(['q2', 'q1']);
    expect(idsOf(moveBefore(moved, 'q1', 'q2'))).toEqual(['q1', 'q2']);
    expect(moveBefore(moved, 'q1', 'q1')).toBe(moved);
  });

  it('hold no English that a Chinese questionnaire would hide', () => {
    const document = newDocument();
    expect(JSON.stringify([newQuestion(document, 'scale'), nameQuestion(document)])).not.toContain('"en"');
    expect(JSON.stringify(newQuestion({ ...document, languages: ['zh', 'en'] }, 'scale'))).toContain('"en"');
  });

  it('keep their options when one choice becomes another', () => {
    const document = withQuestions(1);
    const [question] = questionsOf(document);
    const multiple = withKind(document, question as Question, 'multiple');
    expect(multiple.config).toEqual({ options: (question as Question & { kind: 'single' }).config.options });
    expect(withKind(document, multiple, 'number').config).not.toHaveProperty('options');
  });

  it('say who would lose something without them', () => {
    const document = withQuestions(3);
    const linked: SurveyDocument = {
      ...document,
      pages: document.pages.map((page) => ({
        ...page,
        questions: page.questions.map((each) =>
          each.id === 'q2'
            ? { ...each, showIf: asks('q1') }
            : each.id === 'q3'
              ? { ...each, problemSource: { matter: { fromQuestion: 'q1' } } }
              : each,
        ),
      })),
    };
    expect(dependentsOf(linked, 'q1').map((each) => each.id)).toEqual(['q2', 'q3']);
    expect(dependentsOf(linked, 'q1', new Set(['q2'])).map((each) => each.id)).toEqual(['q3']);
    expect(dependentsOf(linked, 'q2')).toEqual([]);
  });
});

describe('pages', () => {
  it('are added, copied with new ids, moved and removed', () => {
    const added = addPage(withQuestions(1), 'p1');
    expect(added.document.pages.map((page) => page.id)).toEqual(['p1', 'p2']);
    const copied = duplicatePage(added.document, 'p1');
    expect(copied.document.pages.map((page) => page.id)).toEqual(['p1', 'p3', 'p2']);
    expect(idsOf(copied.document)).toEqual(['q1', 'q2']);
    expect(movePage(copied.document, 'p1', 1).pages.map((page) => page.id)).toEqual(['p3', 'p1', 'p2']);
    expect(movePage(copied.document, 'p1', -1)).toBe(copied.document);
    expect(removePage(copied.document, 'p3').pages.map((page) => page.id)).toEqual(['p1', 'p2']);
  });
});

describe('a rule that is being written', () => {
  it('reaches the document without the conditions that are only begun', () => {
    const blank = { attribute: '', operator: 'eq' } as const;
    const known = { attribute: 'q1', operator: 'isKnown' } as const;
    expect(finishedRule({ v: 1, when: { all: [blank] } })).toBeUndefined();
    expect(finishedRule({ v: 1, when: { all: [known, { any: [blank] }, { not: { any: [blank, known] } }] } })).toEqual({
      v: 1,
      when: { all: [known, { not: { any: [known] } }] },
    });
  });
});

type Edit = (document: SurveyDocument) => SurveyDocument;

const pick = <T>(items: readonly T[], at: number): T | undefined => items[at % Math.max(1, items.length)];

const anyEdit: fc.Arbitrary<Edit> = fc
  .tuple(
    fc.constantFrom('add', 'copy', 'up', 'down', 'remove', 'page', 'copyPage', 'before'),
    fc.nat(),
    fc.nat(),
    fc.constantFrom(...questionKinds),
  )
  .map(
    ([name, one, other, kind]): Edit =>
      (document) => {
        const id = pick(idsOf(document), one) ?? '';
        const pageId = pick(document.pages, one)?.id ?? '';
        switch (name) {
          case 'add':
            return insertQuestion(document, wholeForm, newQuestion(document, kind));
          case 'copy':
            return duplicateQuestion(document, id).document;
          case 'up':
            return moveQuestion(document, id, -1);
          case 'down':
            return moveQuestion(document, id, 1);
          case 'remove':
            return removeQuestion(document, id);
          case 'page':
            return addPage(document, pageId).document;
          case 'copyPage':
            return duplicatePage(document, pageId).document;
          default:
            return moveBefore(document, id, pick(idsOf(document), other) ?? '');
        }
      },
  );

describe('any sequence of edits', () => {
  it('leaves a document that can be saved, with every id once', () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 15 }), (edits) => {
        const document = edits.reduce((before, edit) => edit(before), newDocument());
        expect(parseDocument(document).ok).toBe(true);
        expect(new Set(idsOf(document)).size).toBe(idsOf(document).length);
        expect(new Set(document.pages.map((page) => page.id)).size).toBe(document.pages.length);
        expect(idsOf(document).map((id) => numberOf(document, id))).toEqual(idsOf(document).map((_, at) => at + 1));
      }),
      { numRuns: 200 },
    );
  });
});

import fc from 'fast-check';
import type { RuleDocument, RuleNode } from '../rules';
import type { Question, RawAnswers, SurveyDocument } from './document';
import { newDocument } from './editing/heading';
import { type QuestionKind, questionKinds, questionTypeOf } from './registry';

/** For tests: a document around these questions. */
export const buildDocument = (questions: readonly Question[], overrides: Partial<SurveyDocument> = {}): SurveyDocument => ({
  ...newDocument(),
  title: { zh: '测试问卷' },
  notice: { zh: '自愿填写' },
  heading: { tableNumber: 'T1', issuingBody: '某机关', approvalNumber: '备案1', validUntilOn: '2027-12-31' },
  pages: [{ id: 'p1', questions }],
  ...overrides,
});

export const rule = (when: RuleNode): RuleDocument => ({ v: 1, when });

const optionIds = ['a', 'b', 'c', 'd'];
const options = optionIds.map((id) => ({ id, label: { zh: `选项${id}` } }));

const configs: Readonly<Record<QuestionKind, object>> = {
  single: { options: [...options, { id: 'other', label: { zh: '其他' }, withText: true }] },
  multiple: { options: [...options, { id: 'none', label: { zh: '都没有' }, exclusive: true }], max: 3 },
  dropdown: { options },
  text: { maxLength: 20 },
  longText: { minLength: 2, maxLength: 100 },
  number: { min: 0, max: 20, decimals: 1 },
  scale: { min: 1, max: 5 },
  nps: {},
  date: { minOn: '2026-01-01', maxOn: '2026-12-31' },
};

/** A valid question of the kind. */
export const buildQuestion = (id: string, kind: QuestionKind, overrides: Partial<Question> = {}): Question =>
  ({ id, kind, title: { zh: `题目${id}` }, required: true, config: configs[kind], ...overrides }) as Question;

function conditionOn(question: Question): fc.Arbitrary<RuleNode> {
  const attribute = question.id;
  const presence = fc.constantFrom<RuleNode>({ attribute, operator: 'isKnown' }, { attribute, operator: 'isUnknown' });
  const item = fc.constantFrom(...optionIds);
  switch (questionTypeOf(question.kind).attribute(question.config).type) {
    case 'enum':
      return fc.oneof(
        presence,
        item.map((value): RuleNode => ({ attribute, operator: 'eq', value })),
        fc.uniqueArray(item, { minLength: 1 }).map((value): RuleNode => ({ attribute, operator: 'in', value })),
      );
    case 'set':
      return fc.oneof(
        presence,
        item.map((value): RuleNode => ({ attribute, operator: 'contains', value })),
        fc.uniqueArray(item, { minLength: 1 }).map((value): RuleNode => ({ attribute, operator: 'containsAll', value })),
      );
    case 'number':
      return fc.oneof(
        presence,
        fc
          .tuple(fc.constantFrom('lt', 'gte', 'eq'), fc.integer({ min: -1, max: 12 }))
          .map(([operator, value]) => ({ attribute, operator, value }) as RuleNode),
      );
    case 'date':
      return fc.oneof(
        presence,
        fc.constantFrom('2025-12-31', '2026-06-01', '2026-12-31').map((value): RuleNode => ({ attribute, operator: 'gt', value })),
      );
    case 'text':
      return fc.oneof(
        presence,
        fc.constantFrom('无', '有').map((value): RuleNode => ({ attribute, operator: 'eq', value })),
      );
  }
}

function ruleOver(earlier: readonly Question[]): fc.Arbitrary<RuleDocument | undefined> {
  if (earlier.length === 0) return fc.constant(undefined);
  const leaf = fc.constantFrom(...earlier).chain(conditionOn);
  const group = fc.array(leaf, { minLength: 1, maxLength: 3 });
  const node = fc.oneof(
    leaf,
    group.map((all): RuleNode => ({ all })),
    group.map((any): RuleNode => ({ any })),
    leaf.map((not): RuleNode => ({ not })),
  );
  return fc.option(node.map(rule), { nil: undefined, freq: 2 });
}

/** A document of up to eight questions of all kinds on up to two pages, rules over earlier ones among them. */
export const anyDocument: fc.Arbitrary<SurveyDocument> = fc
  .array(fc.tuple(fc.constantFrom(...questionKinds), fc.boolean()), { minLength: 1, maxLength: 8 })
  .chain((kinds) => {
    const plain = kinds.map(([kind, required], at) => buildQuestion(`q${at}`, kind, { required }));
    const rules = plain.map((_, at) => ruleOver(plain.slice(0, at)));
    return fc.tuple(fc.tuple(...rules), fc.nat({ max: plain.length })).map(([showIfs, cut]) => {
      const questions = plain.map((each, at) => (showIfs[at] ? { ...each, showIf: showIfs[at] } : each));
      const pages = [
        { id: 'p1', questions: questions.slice(0, cut) },
        { id: 'p2', questions: questions.slice(cut) },
      ];
      return buildDocument([], { pages: pages.filter((page) => page.questions.length > 0) });
    });
  });

/** Valid answers to any of the questions, whether they are on the path or not. */
export const anyAnswers = (document: SurveyDocument): fc.Arbitrary<RawAnswers> => {
  const questions = document.pages.flatMap((page) => page.questions);
  return fc.tuple(...questions.map(() => fc.option(fc.nat({ max: 40 }), { nil: undefined }))).map((choices) =>
    Object.fromEntries(
      questions.flatMap((each, at) => {
        const choice = choices[at];
        return choice === undefined ? [] : [[each.id, questionTypeOf(each.kind).sample(each.config, choice)]];
      }),
    ),
  );
};

export const documentAndAnswers = anyDocument.chain((document) => fc.tuple(fc.constant(document), anyAnswers(document)));

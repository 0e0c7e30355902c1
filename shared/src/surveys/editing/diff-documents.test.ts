import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '../canonical-json';
import { anyDocument, buildDocument, buildQuestion, rule } from '../documents.arbitrary';
import { diffDocuments } from './diff-documents';

const [a, b, c] = [buildQuestion('a', 'single'), buildQuestion('b', 'text'), buildQuestion('c', 'nps')];
const changes = (before: ReturnType<typeof buildDocument>, after: ReturnType<typeof buildDocument>) =>
  diffDocuments(before, after).map((each) => `${each.kind} ${each.where ?? '-'} ${each.detail.zh}`);

describe('what changed between two versions', () => {
  it('is said question by question', () => {
    const before = buildDocument([a, b]);
    expect(changes(before, buildDocument([a, b, c]))).toEqual(['added c 新增题目“题目c”']);
    expect(changes(before, buildDocument([a]))).toEqual(['removed b 删除题目“题目b”']);
    expect(changes(before, buildDocument([b, a]))).toHaveLength(1);
    expect(changes(before, buildDocument([a, { ...b, required: false }]))).toEqual(['changed b 题目“题目b”：改为选答']);
    expect(changes(before, buildDocument([a, { ...b, showIf: rule({ attribute: 'a', operator: 'isKnown' }) }]))).toEqual([
      'changed b 题目“题目b”：修改了显示条件',
    ]);
    expect(changes(before, buildDocument([a, buildQuestion('b', 'longText')]))[0]).toContain('题型由填空题改为问答题');
    expect(changes(before, buildDocument([a, b], { minutes: 9 }))).toEqual(['changed - 修改了预计用时']);
  });

  it('names options that came, went and were renamed', () => {
    const options = [
      { id: 'a', label: { zh: '甲' } },
      { id: 'z', label: { zh: '新' } },
    ];
    const before = {
      ...a,
      config: {
        options: [
          { id: 'a', label: { zh: '选项a' } },
          { id: 'b', label: { zh: '选项b' } },
        ],
      },
    } as typeof a;
    expect(changes(buildDocument([before]), buildDocument([{ ...a, config: { options } } as typeof a]))).toEqual([
      'changed a 题目“题目a”：新增选项“新”',
      'changed a 题目“题目a”：删除选项“选项b”',
      'changed a 题目“题目a”：选项“选项a”改为“甲”',
    ]);
  });

  it('moves as few questions as it can', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((id) => buildQuestion(id, 'text'));
    const moved = [many[4], ...many.slice(0, 4)].flatMap((each) => each ?? []);
    expect(changes(buildDocument(many), buildDocument(moved))).toEqual(['moved e 题目“题目e”换了位置']);
  });

  it('is empty exactly for equal documents', () => {
    fc.assert(
      fc.property(anyDocument, anyDocument, (one, other) => {
        expect(diffDocuments(one, one)).toEqual([]);
        expect(diffDocuments(one, other).length > 0).toBe(canonicalJson(one) !== canonicalJson(other));
      }),
    );
  });
});

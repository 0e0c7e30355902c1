import type { Words } from '../../words';
import { canonicalJson } from '../canonical-json';
import { type Question, questionsOf, type SurveyDocument } from '../document';
import { questionTypes } from '../registry';

export interface DocumentChange {
  readonly kind: 'added' | 'removed' | 'moved' | 'changed';
  /** Id of the question; null = the questionnaire as a whole. */
  readonly where: string | null;
  readonly detail: Words;
}

const differs = (one: unknown, other: unknown): boolean => canonicalJson(one) !== canonicalJson(other);

const wholeNames = {
  title: { zh: '标题', en: 'the title' },
  intro: { zh: '说明', en: 'the introduction' },
  heading: { zh: '表头（表号、机关、文号、有效期）', en: 'the heading' },
  notice: { zh: '填表须知', en: 'the notice' },
  minutes: { zh: '预计用时', en: 'the minutes' },
  languages: { zh: '语言', en: 'the languages' },
  nameVisibility: { zh: '名称公开范围', en: 'who may see the name' },
} as const;

const questionNames = {
  title: { zh: '题目文字', en: 'the title' },
  hint: { zh: '提示', en: 'the hint' },
  showIf: { zh: '显示条件', en: 'the condition' },
  problemSource: { zh: '诉求规则', en: 'the problem rule' },
  sensitive: { zh: '个人信息标记', en: 'the personal mark' },
} as const;

interface Labelled {
  readonly id: string;
  readonly label: { readonly zh: string; readonly en?: string };
}

const optionsOf = (question: Question): readonly Labelled[] | undefined =>
  'options' in question.config ? question.config.options : undefined;

function optionChanges(before: readonly Labelled[], after: readonly Labelled[]): readonly Words[] {
  const old = new Map(before.map((each) => [each.id, each]));
  const now = new Map(after.map((each) => [each.id, each]));
  return [
    ...after
      .filter((each) => !old.has(each.id))
      .map((each) => ({ zh: `新增选项“${each.label.zh}”`, en: `option "${each.label.zh}" added` })),
    ...before
      .filter((each) => !now.has(each.id))
      .map((each) => ({ zh: `删除选项“${each.label.zh}”`, en: `option "${each.label.zh}" removed` })),
    ...after.flatMap((each) => {
      const was = old.get(each.id);
      if (!was || !differs(was.label, each.label)) return [];
      return [{ zh: `选项“${was.label.zh}”改为“${each.label.zh}”`, en: `option "${was.label.zh}" is now "${each.label.zh}"` }];
    }),
  ];
}

function questionChanges(before: Question, after: Question): readonly Words[] {
  const changes: Words[] = [];
  if (before.kind !== after.kind) {
    const [was, is] = [questionTypes[before.kind].name, questionTypes[after.kind].name];
    changes.push({ zh: `题型由${was.zh}改为${is.zh}`, en: `kind changed from ${was.en} to ${is.en}` });
  }
  if (before.required !== after.required) {
    changes.push(after.required ? { zh: '改为必答', en: 'is now required' } : { zh: '改为选答', en: 'is now optional' });
  }
  for (const [field, name] of Object.entries(questionNames) as [keyof typeof questionNames, Words][]) {
    if (differs(before[field], after[field])) changes.push({ zh: `修改了${name.zh}`, en: `${name.en} changed` });
  }
  const [was, is] = [optionsOf(before), optionsOf(after)];
  const options = was && is ? optionChanges(was, is) : [];
  changes.push(...options);
  if (options.length === 0 && before.kind === after.kind && differs(before.config, after.config)) {
    changes.push({ zh: '修改了题目设置', en: 'settings changed' });
  }
  return changes;
}

/** The longest run of common ids that keeps its order: what is not in it was moved. */
function keptInOrder(before: readonly string[], after: readonly string[]): ReadonlySet<string> {
  const places = new Map(before.map((id, at) => [id, at]));
  const best: { id: string; at: number; length: number; from: number }[] = [];
  for (const id of after) {
    const at = places.get(id);
    if (at === undefined) continue;
    let from = -1;
    best.forEach((each, index) => {
      if (each.at < at && (from < 0 || each.length > (best[from]?.length ?? 0))) from = index;
    });
    best.push({ id, at, length: (best[from]?.length ?? 0) + 1, from });
  }
  const kept = new Set<string>();
  let index = best.reduce((top, each, at) => (each.length > (best[top]?.length ?? 0) ? at : top), 0);
  for (let each = best[index]; each; index = each.from, each = best[index]) kept.add(each.id);
  return kept;
}

/** What changed between two versions, in words for who signs: the whole first, then question by question. Equal documents give []. */
export function diffDocuments(before: SurveyDocument, after: SurveyDocument): readonly DocumentChange[] {
  const changes: DocumentChange[] = [];
  for (const [field, name] of Object.entries(wholeNames) as [keyof typeof wholeNames, Words][]) {
    if (differs(before[field], after[field]))
      changes.push({ kind: 'changed', where: null, detail: { zh: `修改了${name.zh}`, en: `${name.en} changed` } });
  }
  const old = new Map(questionsOf(before).map((each) => [each.id, each]));
  const now = new Map(questionsOf(after).map((each) => [each.id, each]));
  const kept = keptInOrder([...old.keys()], [...now.keys()]);
  for (const [id, question] of now) {
    const was = old.get(id);
    const name = question.title.zh;
    if (!was) {
      changes.push({ kind: 'added', where: id, detail: { zh: `新增题目“${name}”`, en: `question "${name}" added` } });
      continue;
    }
    if (!kept.has(id)) changes.push({ kind: 'moved', where: id, detail: { zh: `题目“${name}”换了位置`, en: `question "${name}" moved` } });
    for (const each of questionChanges(was, question)) {
      changes.push({ kind: 'changed', where: id, detail: { zh: `题目“${name}”：${each.zh}`, en: `question "${name}": ${each.en}` } });
    }
  }
  for (const [id, question] of old) {
    if (now.has(id)) continue;
    const name = question.title.zh;
    changes.push({ kind: 'removed', where: id, detail: { zh: `删除题目“${name}”`, en: `question "${name}" removed` } });
  }
  if (changes.length === 0 && differs(before.pages, after.pages)) {
    changes.push({ kind: 'changed', where: null, detail: { zh: '调整了分页', en: 'pages changed' } });
  }
  return changes;
}

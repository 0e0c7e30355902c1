import type { RuleDocument, RuleNode } from '@suiban/shared/rules';
import {
  nameVisibilities,
  type Question,
  type QuestionKind,
  questionsOf,
  questionTypeOf,
  type SurveyDocument,
  type SurveyPage,
} from '@suiban/shared/surveys';

/** What the settings at the right are about. */
export type Selection =
  | { readonly of: 'form' }
  | { readonly of: 'page'; readonly pageId: string }
  | { readonly of: 'question'; readonly questionId: string };

export const wholeForm: Selection = { of: 'form' };

/** The first free name of a numbered series: an id that was deleted in this document may come back, one in use never does. */
function freshId(prefix: string, taken: Iterable<string>): string {
  const known = new Set(taken);
  const numbers = [...known].flatMap((id) => (id.startsWith(prefix) ? Number(id.slice(prefix.length)) || 0 : 0));
  return `${prefix}${Math.max(0, ...numbers) + 1}`;
}

const questionIdsOf = (document: SurveyDocument) => questionsOf(document).map((each) => each.id);

export const newOptionId = (taken: readonly { readonly id: string }[]): string =>
  freshId(
    'o',
    taken.map((each) => each.id),
  );

export const numberOf = (document: SurveyDocument, questionId: string): number => questionIdsOf(document).indexOf(questionId) + 1;

export const pageOf = (document: SurveyDocument, questionId: string): SurveyPage | undefined =>
  document.pages.find((page) => page.questions.some((each) => each.id === questionId));

const withPages = (document: SurveyDocument, pages: readonly SurveyPage[]): SurveyDocument => ({ ...document, pages });

const mapPage = (document: SurveyDocument, pageId: string, change: (page: SurveyPage) => SurveyPage): SurveyDocument =>
  withPages(
    document,
    document.pages.map((page) => (page.id === pageId ? change(page) : page)),
  );

export const changeQuestion = (document: SurveyDocument, questionId: string, change: (question: Question) => Question): SurveyDocument =>
  withPages(
    document,
    document.pages.map((page) =>
      page.questions.some((each) => each.id === questionId)
        ? { ...page, questions: page.questions.map((each) => (each.id === questionId ? change(each) : each)) }
        : page,
    ),
  );

export const changePage = mapPage;

/** Where a new question goes: behind the selected one, at the end of the selected page, else at the end. */
function placeFor(document: SurveyDocument, selection: Selection): { pageId: string; at: number } | undefined {
  if (selection.of === 'question') {
    const page = pageOf(document, selection.questionId);
    if (page) return { pageId: page.id, at: page.questions.findIndex((each) => each.id === selection.questionId) + 1 };
  }
  const page = (selection.of === 'page' && document.pages.find((each) => each.id === selection.pageId)) || document.pages.at(-1);
  return page && { pageId: page.id, at: page.questions.length };
}

const insertedAt = <T>(items: readonly T[], at: number, item: T): readonly T[] => [...items.slice(0, at), item, ...items.slice(at)];

export function insertQuestion(document: SurveyDocument, selection: Selection, made: Question): SurveyDocument {
  const whole = document.pages.length === 0 ? addPage(document).document : document;
  const place = placeFor(whole, selection);
  if (!place) return whole;
  return mapPage(whole, place.pageId, (page) => ({ ...page, questions: insertedAt(page.questions, place.at, made) }));
}

export const newQuestion = (document: SurveyDocument, kind: QuestionKind): Question =>
  inLanguagesOf(document, {
    id: freshId('q', questionIdsOf(document)),
    kind,
    title: { zh: '' },
    required: true,
    config: questionTypeOf(kind).newConfig(),
  } as Question);

function chineseOnly(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(chineseOnly);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => !(key === 'en' && 'zh' in value));
  return Object.fromEntries(entries.map(([key, each]) => [key, chineseOnly(each)]));
}

/** A questionnaire in Chinese holds no English that nobody sees or edits. */
const inLanguagesOf = (document: SurveyDocument, question: Question): Question =>
  document.languages.includes('en') ? question : (chineseOnly(question) as Question);

export function duplicateQuestion(document: SurveyDocument, questionId: string): { document: SurveyDocument; questionId: string } {
  const original = questionsOf(document).find((each) => each.id === questionId);
  if (!original) return { document, questionId };
  const copy = { ...original, id: freshId('q', questionIdsOf(document)) };
  return { document: insertQuestion(document, { of: 'question', questionId }, copy), questionId: copy.id };
}

export const removeQuestion = (document: SurveyDocument, questionId: string): SurveyDocument =>
  withPages(
    document,
    document.pages.map((page) => ({ ...page, questions: page.questions.filter((each) => each.id !== questionId) })),
  );

/** One step up or down; over the edge of its page it goes to the end or the start of the next one. */
export function moveQuestion(document: SurveyDocument, questionId: string, by: -1 | 1): SurveyDocument {
  const pageAt = document.pages.findIndex((page) => page.questions.some((each) => each.id === questionId));
  const page = document.pages[pageAt];
  const at = page?.questions.findIndex((each) => each.id === questionId) ?? -1;
  const question = page?.questions[at];
  if (!page || !question) return document;
  const without = page.questions.filter((each) => each.id !== questionId);
  const to = at + by;
  if (to >= 0 && to < page.questions.length) {
    return mapPage(document, page.id, () => ({ ...page, questions: insertedAt(without, to, question) }));
  }
  const next = document.pages[pageAt + by];
  if (!next) return document;
  return mapPage(removeQuestion(document, questionId), next.id, (each) => ({
    ...each,
    questions: by === 1 ? [question, ...each.questions] : [...each.questions, question],
  }));
}

/** Dropped before another question (drag and drop). */
export function moveBefore(document: SurveyDocument, questionId: string, beforeId: string): SurveyDocument {
  const question = questionsOf(document).find((each) => each.id === questionId);
  if (!question || questionId === beforeId) return document;
  const without = removeQuestion(document, questionId);
  const page = pageOf(without, beforeId);
  if (!page) return document;
  const at = page.questions.findIndex((each) => each.id === beforeId);
  return mapPage(without, page.id, (each) => ({ ...each, questions: insertedAt(each.questions, at, question) }));
}

export function addPage(document: SurveyDocument, afterId?: string): { document: SurveyDocument; pageId: string } {
  const pageId = freshId(
    'p',
    document.pages.map((page) => page.id),
  );
  const at = document.pages.findIndex((page) => page.id === afterId);
  const place = at < 0 ? document.pages.length : at + 1;
  return { document: withPages(document, insertedAt(document.pages, place, { id: pageId, questions: [] })), pageId };
}

export function duplicatePage(document: SurveyDocument, pageId: string): { document: SurveyDocument; pageId: string } {
  const original = document.pages.find((page) => page.id === pageId);
  if (!original) return { document, pageId };
  const added = addPage(document, pageId);
  const taken = questionIdsOf(document);
  const questions = original.questions.map((each) => {
    const id = freshId('q', taken);
    taken.push(id);
    return { ...each, id };
  });
  return { ...added, document: mapPage(added.document, added.pageId, (page) => ({ ...original, id: page.id, questions })) };
}

export const removePage = (document: SurveyDocument, pageId: string): SurveyDocument =>
  withPages(
    document,
    document.pages.filter((page) => page.id !== pageId),
  );

export function movePage(document: SurveyDocument, pageId: string, by: -1 | 1): SurveyDocument {
  const at = document.pages.findIndex((page) => page.id === pageId);
  const page = document.pages[at];
  const to = at + by;
  if (!page || to < 0 || to >= document.pages.length) return document;
  return withPages(document, insertedAt(removePage(document, pageId).pages, to, page));
}

/** Another kind: what both have in common (options, limits of the same name) stays. */
export function withKind(document: SurveyDocument, question: Question, kind: QuestionKind): Question {
  const fresh = newQuestion(document, kind).config as Readonly<Record<string, unknown>>;
  const old = question.config as Readonly<Record<string, unknown>>;
  const isChoice = 'options' in fresh && 'options' in old;
  return { ...question, kind, config: isChoice ? { ...fresh, options: old.options } : fresh } as Question;
}

/** The choice that every firm may be given about its name. */
export const nameQuestion = (document: SurveyDocument): Question =>
  inLanguagesOf(document, {
    ...(newQuestion(document, 'single') as Question & { kind: 'single' }),
    title: { zh: '您的企业名称可以公开到什么范围', en: 'Who may see the name of your firm?' },
    required: false,
    config: {
      options: [
        { id: 'public', label: { zh: '公开', en: 'Everyone' } },
        { id: 'industry-district', label: { zh: '仅公开行业和区', en: 'Industry and district only' } },
        { id: 'hidden', label: { zh: '不公开', en: 'No one' } },
      ],
    },
  });

export const isNameQuestion = (question: Question): boolean =>
  (question.kind === 'single' || question.kind === 'dropdown') &&
  question.config.options.length > 0 &&
  question.config.options.every((option) => nameVisibilities.some((known) => known === option.id));

/** “属于哪一类”: its options are the city's matters. */
export const matterQuestion = (document: SurveyDocument, matters: readonly { readonly id: string; readonly name: string }[]): Question =>
  inLanguagesOf(document, {
    ...(newQuestion(document, 'dropdown') as Question & { kind: 'dropdown' }),
    title: { zh: '这件事属于哪一类（由对应的部门答复）', en: 'Which kind of matter is it (its department answers)?' },
    config: { options: matters.map((each) => ({ id: each.id, label: { zh: each.name } })) },
  });

const asksAbout = (node: RuleNode, questionId: string): boolean => {
  if ('all' in node) return node.all.some((each) => asksAbout(each, questionId));
  if ('any' in node) return node.any.some((each) => asksAbout(each, questionId));
  if ('not' in node) return asksAbout(node.not, questionId);
  return node.attribute === questionId;
};

const isAsked = (rule: RuleDocument | undefined, questionId: string): boolean => rule !== undefined && asksAbout(rule.when, questionId);

/** Questions outside `within` that would lose something if the question went. */
export function dependentsOf(document: SurveyDocument, questionId: string, within: ReadonlySet<string> = new Set()): readonly Question[] {
  return questionsOf(document).filter((each) => {
    if (each.id === questionId || within.has(each.id)) return false;
    const matter = each.problemSource?.matter;
    const isMatter = matter !== undefined && 'fromQuestion' in matter && matter.fromQuestion === questionId;
    return isMatter || isAsked(each.showIf, questionId) || isAsked(each.problemSource?.rule, questionId);
  });
}

/** Every question that the rule asks about. */
export function askedIn(node: RuleNode): readonly string[] {
  if ('all' in node) return node.all.flatMap(askedIn);
  if ('any' in node) return node.any.flatMap(askedIn);
  if ('not' in node) return askedIn(node.not);
  return node.attribute === '' ? [] : [node.attribute];
}

/** The rule without conditions that somebody has only begun; undefined where nothing is left. */
export function finishedRule(rule: RuleDocument): RuleDocument | undefined {
  const when = finishedNode(rule.when);
  return when && { v: 1, when };
}

function finishedNode(node: RuleNode): RuleNode | undefined {
  const listOf = (nodes: readonly RuleNode[]) => nodes.flatMap((each) => finishedNode(each) ?? []);
  if ('all' in node) {
    const all = listOf(node.all);
    return all.length > 0 ? { all } : undefined;
  }
  if ('any' in node) {
    const any = listOf(node.any);
    return any.length > 0 ? { any } : undefined;
  }
  if ('not' in node) {
    const not = finishedNode(node.not);
    return not && { not };
  }
  return node.attribute === '' ? undefined : node;
}

import type { Words } from '../words';
import type { Flag, ImportedKind, Proposal } from './imported';
import { chineseNumber, readChineseNumber } from './wjx-lines';

export interface Finding {
  readonly line: number;
  readonly detail: Words;
  readonly proposal: Proposal;
}

/** How headings of sections end in business questionnaires. */
const headingEnd = /(?:概况|情况|信息|状况|现状|资料|部分|需求|建议|评价|问题|背景|特征|意见)/g;
const goesOn = /^[及和与的、之或]/;

/** Where a heading that is glued to a title may end; undefined where nothing says so. */
function splitHeading(rest: string): { heading: string; title: string } | undefined {
  const space = /^(\S{2,20})\s+(\S.*)$/.exec(rest);
  if (space && !/[?？]$/.test(space[1] ?? '')) return { heading: space[1] ?? '', title: space[2] ?? '' };
  for (const found of rest.matchAll(headingEnd)) {
    const end = found.index + found[0].length;
    const title = rest.slice(end);
    if (end >= 3 && end <= 16 && !goesOn.test(title)) return { heading: rest.slice(0, end), title: title.trim() };
  }
  return undefined;
}

const mayBeHeadingAlone = (rest: string, kind: ImportedKind): boolean =>
  (kind === 'text' || kind === 'longText') && rest.length <= 8 && !/[?？:：]/.test(rest);

/** `isCounted`: the neighbours carry the numbers before and after, so it is the questions that are numbered so. */
function guessHeading(title: string, kind: ImportedKind, line: number, isCounted: boolean): Finding | undefined {
  const numbered = readChineseNumber(title);
  if (!numbered || numbered.rest === '') return undefined;
  const numbering: Finding = {
    line,
    detail: {
      zh: `题目里自带编号“${numbered.prefix.trim()}”，建议去掉`,
      en: `the title carries a number of its own: "${numbered.prefix.trim()}"`,
    },
    proposal: { kind: 'numbering', prefix: numbered.prefix },
  };
  if (isCounted) return numbering;
  const split = splitHeading(numbered.rest) ?? (mayBeHeadingAlone(numbered.rest, kind) ? { heading: numbered.rest, title: '' } : undefined);
  if (!split) return numbering;
  const { heading } = split;
  const isWholeQuestion = split.title === '';
  const detail = isWholeQuestion
    ? { zh: `这道题看起来只是小标题“${heading}”，建议改为分页标题`, en: `this looks like a section heading only: "${heading}"` }
    : {
        zh: `小标题“${heading}”好像与题目“${split.title}”连在了一起，建议拆开`,
        en: `the section heading "${heading}" seems to be glued to the title "${split.title}"`,
      };
  const prefix = isWholeQuestion ? title : title.slice(0, title.length - split.title.length);
  return { line, detail, proposal: { kind: 'heading', prefix, heading, isWholeQuestion } };
}

function guessNumbering(title: string, line: number): Finding | undefined {
  const found = /^[（(]?\d{1,3}\s*[.．、)）]\s*(?!\d)(?=\S)/.exec(title);
  if (!found) return undefined;
  const detail = { zh: `题目里自带编号“${found[0].trim()}”，建议去掉`, en: `the title carries a number of its own: "${found[0].trim()}"` };
  return { line, detail, proposal: { kind: 'numbering', prefix: found[0] } };
}

function guessRequired(title: string, required: boolean, line: number): Finding | undefined {
  const says = /[（([【]\s*(选填|选答|可不填|非必填|可以不填)\s*[)）\]】]/.test(title)
    ? false
    : /[（([【]\s*(必填|必答)\s*[)）\]】]/.test(title)
      ? true
      : undefined;
  if (says === undefined || says === required) return undefined;
  const detail = says
    ? { zh: '题目里写着必填，但没有必答标记“*”', en: 'the title says required, the mark "*" is missing' }
    : { zh: '题目里写着选填，却带有必答标记“*”', en: 'the title says optional, the mark "*" says required' };
  return { line, detail, proposal: { kind: 'required', required: says } };
}

const countWord = '(\\d{1,2}|[一二三四五六七八九十])';
const limits = [
  new RegExp(`不超过\\s*${countWord}\\s*[项个种]`),
  new RegExp(`(?:最多|限)(?:可?选)?(?:择)?\\s*${countWord}\\s*[项个种]`),
  new RegExp(`可选\\s*${countWord}\\s*[项个种]`),
];

function guessMultiple(title: string, kind: ImportedKind, line: number): Finding | undefined {
  if (kind !== 'single') return undefined;
  const found = limits.map((limit) => limit.exec(title)).find((each) => each !== null);
  const written = found?.[1] ?? '';
  const max = /^\d+$/.test(written) ? Number(written) : chineseNumber(written);
  if (max < 2 && !/可多选|（多选）|\(多选\)/.test(title)) return undefined;
  const detail = { zh: '标为单选题，但题目要求可以选多项，建议改为多选题', en: 'marked as single choice, but the title allows several' };
  return { line, detail, proposal: max >= 2 ? { kind: 'multiple', max } : { kind: 'multiple' } };
}

/** What a title suggests beyond its words. */
export const guessesOfTitle = (given: {
  title: string;
  kind: ImportedKind;
  required: boolean;
  line: number;
  isCounted: boolean;
}): readonly Finding[] =>
  [
    guessHeading(given.title, given.kind, given.line, given.isCounted) ?? guessNumbering(given.title, given.line),
    guessRequired(given.title, given.required, given.line),
    guessMultiple(given.title, given.kind, given.line),
  ].filter((each) => each !== undefined);

const countOf = (text: string, characters: string): number => [...text].filter((each) => characters.includes(each)).length;

/** What is odd about a title without suggesting anything. */
export function flagsOfTitle(title: string, line: number, titleLength: number): readonly Flag[] {
  const flags: Flag[] = [];
  if (title === '') flags.push({ kind: 'noTitle', line, detail: { zh: '没有题目文字', en: 'there is no title' } });
  if (countOf(title, '（(') !== countOf(title, '）)')) {
    flags.push({ kind: 'cutTitle', line, detail: { zh: '括号不成对，题目可能被截断', en: 'unpaired brackets: the title may be cut off' } });
  }
  if (title.length > titleLength) {
    flags.push({
      kind: 'tooLong',
      line,
      detail: { zh: `题目超过 ${titleLength} 个字，不能导入`, en: `longer than ${titleLength} characters: cannot be imported` },
    });
  }
  return flags;
}

import type { ImportedKind } from './imported';
import { readBracket } from './wjx-kinds';

export interface SourceLine {
  /** Counted from 1. */
  readonly line: number;
  /** As it is in the file. */
  readonly raw: string;
  /** White space of all kinds reduced, full-width digits halved. Empty = blank. */
  readonly text: string;
}

const halfDigits = (text: string): string => text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));

/** Splits at any line end, takes the byte order mark away. */
export const linesOf = (text: string): readonly SourceLine[] =>
  text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .map((raw, at) => ({ line: at + 1, raw, text: halfDigits(raw.replace(/[\s\u00a0\u3000\u200b\ufeff]+/g, ' ').trim()) }));

/** The end of a title: `*[单选题]`, `【多选题】【必答】`, `［填空题，选填］`. */
export interface TitleEnd {
  /** What stands before it. */
  readonly before: string;
  readonly writtenType: string;
  readonly kind: ImportedKind;
  /** undefined = nothing is said. */
  readonly required: boolean | undefined;
}

const opening = '[［【〔';
const closing = ']］】〕';

/** The last bracket of a text and what stands before it; undefined where it does not end with one. */
function lastBracket(text: string): { before: string; content: string } | undefined {
  if (!closing.includes(text.slice(-1)) || text === '') return undefined;
  for (let at = text.length - 2; at >= 0 && text.length - at < 40; at -= 1) {
    const each = text.charAt(at);
    if (closing.includes(each)) return undefined;
    if (opening.includes(each)) return { before: text.slice(0, at).trim(), content: text.slice(at + 1, -1).trim() };
  }
  return undefined;
}

const starred = (text: string): { text: string; isStarred: boolean } =>
  /[*＊]$/.test(text) ? { text: text.replace(/[\s*＊]+$/, ''), isStarred: true } : { text, isStarred: false };

/** Reads a line as the end of a title; undefined where no bracket names a kind of question. */
export function readTitleEnd(text: string): TitleEnd | undefined {
  let rest = starred(text);
  let isStarred = rest.isStarred;
  let type: { writtenType: string; kind: ImportedKind } | undefined;
  let required: boolean | undefined;
  for (let bracket = lastBracket(rest.text); bracket; bracket = lastBracket(rest.text)) {
    const said = readBracket(bracket.content);
    if (!said || (said.kind !== undefined && type)) break;
    if (said.kind !== undefined) type = { writtenType: said.writtenType ?? '', kind: said.kind };
    required = said.required ?? required;
    rest = starred(bracket.before);
    isStarred = isStarred || rest.isStarred;
  }
  if (!type) return undefined;
  return { before: rest.text, ...type, required: required ?? (isStarred ? true : undefined) };
}

/** `12. `, `12、`, `12）`, `Q12：` before a title; a leading asterisk is taken along. */
export function readNumber(text: string): { number: number; rest: string; isStarred: boolean } | undefined {
  const found =
    /^([*＊]?)\s*[Qq]?(\d{1,4})\s*[.．、)）:：]\s*([*＊]?)\s*(?!\d)(.*)$/.exec(text) ??
    /^([*＊]?)\s*第\s?(\d{1,4})\s?题\s*[.．、:：]?\s*([*＊]?)(.*)$/.exec(text);
  return found ? { number: Number(found[2]), rest: (found[4] ?? '').trim(), isStarred: Boolean(found[1] || found[3]) } : undefined;
}

const numerals = '一二三四五六七八九十';

/** 一 … 九十九 as a number; 0 where it is none. */
export function chineseNumber(text: string): number {
  const found = /^([一二三四五六七八九])?(十)?([一二三四五六七八九])?$/.exec(text);
  if (!found || text === '') return 0;
  const digit = (each: string | undefined) => (each ? numerals.indexOf(each) + 1 : 0);
  if (!found[2]) return text.length === 1 ? digit(text) : 0;
  return (found[1] ? digit(found[1]) : 1) * 10 + digit(found[3]);
}

/** `一、`, `（二）`, `第三部分` before a heading or title. */
export function readChineseNumber(text: string): { prefix: string; value: number; rest: string } | undefined {
  const found =
    /^(第([一二三四五六七八九十]{1,3})(?:部分|章|节|篇)[\s:：、.．]*|[（(]([一二三四五六七八九十]{1,3})[)）]\s*[、.．]?\s*|([一二三四五六七八九十]{1,3})\s*[、.．:：]\s*)(.*)$/.exec(
      text,
    );
  if (!found) return undefined;
  const value = chineseNumber(found[2] ?? found[3] ?? found[4] ?? '');
  return value === 0 ? undefined : { prefix: found[1] ?? '', value, rest: found[5] ?? '' };
}

export const isPageBreak = (text: string): boolean => /^[=＝\-—_*#]*\s*分页(?:符|栏)?\s*[=＝\-—_*#]*$/.test(text);

/** Underscores and the like that stand for a gap on paper. */
export const isGap = (text: string): boolean => /^[_＿\s]+$/.test(text);

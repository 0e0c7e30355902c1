import { type Block, blocksOf, type QuestionBlock } from './blocks';
import {
  type Guess,
  type ImportedKind,
  type ImportedQuestion,
  type ImportedQuestionnaire,
  type ImportedSection,
  type ImportSummary,
  importLimits,
  type LineReading,
  type UnreadLine,
} from './imported';
import { readQuestion, titleOf, unreadLine } from './read-question';
import { hasOptions } from './wjx-kinds';
import { linesOf, readChineseNumber, readNumber, type SourceLine } from './wjx-lines';

/** What has been read so far. */
interface Sheet {
  title: string;
  intro: string;
  readonly questions: ImportedQuestion[];
  readonly sections: ImportedSection[];
  readonly unread: UnreadLine[];
  readonly guessedLines: Set<number>;
}

const introLength = 2000;
const titleLength = 100;

function readLooseLine(sheet: Sheet, source: SourceLine, isFirst: boolean): void {
  const { text, line } = source;
  const isBeforeAll = sheet.questions.length === 0;
  if (readChineseNumber(text) && text.length <= 60) {
    sheet.sections.push({ beforeQuestion: sheet.questions.length, title: text, line });
  } else if (readNumber(text)) {
    sheet.unread.push(
      unreadLine(source, '有题号，但没有题型标记（如“[单选题]”）', 'a number, but no bracket with a kind such as [单选题]'),
    );
    return;
  } else if (isBeforeAll && isFirst && sheet.title === '' && text.length <= titleLength) sheet.title = text;
  else if (isBeforeAll && sheet.intro.length + text.length < introLength)
    sheet.intro = sheet.intro === '' ? text : `${sheet.intro}\n${text}`;
  else {
    sheet.unread.push(unreadLine(source, '没有题型标记，也不属于上面的题目', 'no bracket with a kind, and no part of the question above'));
    return;
  }
  sheet.guessedLines.add(line);
}

/** The value of the Chinese number before the title of the question at `at`; 0 without. */
const countedAs = (blocks: readonly QuestionBlock[], at: number): number => {
  const block = blocks[at];
  return block ? (readChineseNumber(titleOf(block).title)?.value ?? 0) : 0;
};

/** Three neighbours that count on are numbered questions; two may be headings that stand as questions of their own. */
function isCountedAt(blocks: readonly QuestionBlock[], at: number): boolean {
  const value = countedAs(blocks, at);
  if (value === 0) return false;
  let [from, to] = [at, at];
  while (countedAs(blocks, from - 1) > 0 && countedAs(blocks, from - 1) === countedAs(blocks, from) - 1) from -= 1;
  while (countedAs(blocks, to + 1) === countedAs(blocks, to) + 1) to += 1;
  return to - from >= 2;
}

const sameKey = (question: ImportedQuestion): string =>
  JSON.stringify([question.title.replace(/[\s\p{P}]/gu, ''), question.kind, question.options.map((each) => each.label)]);

/** A question that was asked before: the first stays, leaving the later ones out is proposed. */
function withDuplicates(questions: readonly ImportedQuestion[]): readonly ImportedQuestion[] {
  const seen = new Map<string, ImportedQuestion>();
  return questions.map((question) => {
    const key = sameKey(question);
    const first = seen.get(key);
    if (!first) seen.set(key, question);
    if (!first || question.title === '' || !question.isSupported) return question;
    const detail = { zh: `与第 ${first.line} 行的题目重复，建议去掉`, en: `the same question as in line ${first.line}: leave it out?` };
    const guess: Guess = {
      id: `${question.line}-duplicate`,
      kind: 'duplicate',
      line: question.line,
      detail,
      proposal: { kind: 'duplicate', ofLine: first.line },
    };
    return { ...question, guesses: [...question.guesses, guess] };
  });
}

function summaryOf(questions: readonly ImportedQuestion[], lines: ImportedQuestionnaire['lines']): ImportSummary {
  const byKind: Partial<Record<ImportedKind, number>> = {};
  for (const { kind, guessedKind } of questions) {
    // A single choice that should allow several stays counted as written: its form is understood.
    const counted = guessedKind && guessedKind !== 'multiple' ? guessedKind : kind;
    byKind[counted] = (byKind[counted] ?? 0) + 1;
  }
  const having = (kind: Guess['kind']) => questions.filter((each) => each.guesses.some((guess) => guess.kind === kind)).length;
  const reading = (as: LineReading) => lines.filter((each) => each.as === as).length;
  return {
    questions: questions.length,
    byKind,
    scalesGuessed: questions.filter((each) => each.guessedKind === 'scale').length,
    mixedFlagged: questions.filter((each) => each.guessedKind === 'mixed').length,
    headingsGuessed: having('heading'),
    duplicatesGuessed: having('duplicate'),
    unsupported: questions.filter((each) => !each.isSupported).length,
    required: questions.filter((each) => each.required).length,
    optional: questions.filter((each) => !each.required).length,
    lines: { understood: reading('understood'), guessed: reading('guessed'), unread: reading('unread') },
  };
}

function readBlocks(sheet: Sheet, blocks: readonly Block[]): void {
  const questionBlocks = blocks.filter((each) => each.type === 'question');
  const taken = new Set<Block>();
  blocks.forEach((block, at) => {
    if (taken.has(block)) return;
    if (block.type === 'page-break') {
      sheet.sections.push({ beforeQuestion: sheet.questions.length, title: '', line: block.line.line });
    } else if (block.type === 'loose') {
      block.lines.forEach((line, index) => {
        readLooseLine(sheet, line, index === 0);
      });
    } else {
      const next = blocks[at + 1];
      const isBare = hasOptions(block.end.kind) && block.end.kind !== 'nps' && block.below.length === 0;
      const isOptions = next?.type === 'loose' && !next.lines.some((line) => readChineseNumber(line.text));
      const afterBlank = isBare && isOptions && next.type === 'loose' ? next.lines : [];
      if (afterBlank.length > 0 && next) taken.add(next);
      const read = readQuestion(block, afterBlank, isCountedAt(questionBlocks, sheet.questions.length));
      sheet.questions.push(read.question);
      sheet.unread.push(...read.unread);
      for (const line of read.guessedLines) sheet.guessedLines.add(line);
    }
  });
}

/**
 * Reads the plain text in which 问卷星 imports and exports questions. Never throws; every line that is not blank comes out exactly once, as
 * understood, guessed or unread. Bytes to text (UTF-8, GB18030) is the caller's work.
 */
export function parseWjx(text: string): ImportedQuestionnaire {
  const sheet: Sheet = { title: '', intro: '', questions: [], sections: [], unread: [], guessedLines: new Set() };
  const all = linesOf(text);
  const kept = all.slice(0, importLimits.lines).filter((each) => each.text.length <= importLimits.lineLength);
  const isKept = new Set(kept);
  for (const each of all) {
    if (!isKept.has(each) && each.text !== '')
      sheet.unread.push(unreadLine(each, '这一行过长，或文件行数过多', 'the line is too long, or the file has too many'));
  }
  readBlocks(sheet, blocksOf(kept));
  const questions = withDuplicates(sheet.questions);
  for (const each of questions) {
    if (each.guesses.some((guess) => guess.kind === 'duplicate')) sheet.guessedLines.add(each.line);
  }
  const unread = [...sheet.unread].sort((one, other) => one.line - other.line);
  const unreadLines = new Set(unread.map((each) => each.line));
  const lines = all
    .filter((each) => each.text !== '')
    .map(({ line }) => {
      const as: LineReading = unreadLines.has(line) ? 'unread' : sheet.guessedLines.has(line) ? 'guessed' : 'understood';
      return { line, as };
    });
  return {
    title: sheet.title,
    intro: sheet.intro,
    questions,
    sections: sheet.sections,
    unread,
    lines,
    summary: summaryOf(questions, lines),
  };
}

import type { Words } from '../words';
import type { QuestionBlock } from './blocks';
import { flagsOfOptions, guessesOfOptions, inlineOptions } from './guess-options';
import { type Finding, flagsOfTitle, guessesOfTitle } from './guess-title';
import { type Flag, type Guess, type ImportedOption, type ImportedQuestion, importLimits, type UnreadLine } from './imported';
import { hasOptions, isSupportedKind } from './wjx-kinds';
import { isGap, readNumber, type SourceLine } from './wjx-lines';

/** A question with the lines it could not use, and those it had to guess about. */
export interface QuestionReading {
  readonly question: ImportedQuestion;
  readonly unread: readonly UnreadLine[];
  readonly guessedLines: readonly number[];
}

const isLatinEnd = (text: string): boolean => /[A-Za-z0-9,.;]$/.test(text);

/** The title over all its lines: Chinese joins without a space. */
const joined = (parts: readonly string[]): string =>
  parts
    .filter((each) => each !== '')
    .reduce((all, each) => (all !== '' && isLatinEnd(all) && /^[A-Za-z0-9]/.test(each) ? `${all} ${each}` : all + each), '');

/** The title of a block with its number; also used to look at a neighbour before it is read. */
export function titleOf(block: QuestionBlock): { title: string; number: number | null; isStarred: boolean } {
  const texts = block.titleLines.map((each, at) => (at === block.titleLines.length - 1 ? block.end.before : each.text));
  const whole = joined(texts);
  const numbered = readNumber(whole);
  return {
    title: numbered?.rest ?? whole.replace(/^[*＊]\s*/, ''),
    number: numbered?.number ?? null,
    isStarred: numbered?.isStarred ?? /^[*＊]/.test(whole),
  };
}

function readOptions(lines: readonly SourceLine[], line: number, unread: UnreadLine[]): { options: ImportedOption[]; findings: Finding[] } {
  const options: ImportedOption[] = [];
  const findings: Finding[] = [];
  for (const source of lines) {
    const parts = inlineOptions(source.text);
    const labels = parts ?? [source.text];
    if (labels.some((each) => each.length > importLimits.labelLength)) {
      unread.push(
        unreadLine(source, `选项超过 ${importLimits.labelLength} 个字`, `an option longer than ${importLimits.labelLength} characters`),
      );
      continue;
    }
    if (options.length + labels.length > importLimits.options) {
      unread.push(unreadLine(source, `选项超过 ${importLimits.options} 个`, `more than ${importLimits.options} options`));
      continue;
    }
    options.push(...labels.map((label) => ({ label, line: source.line })));
    if (parts && !findings.some((each) => each.proposal.kind === 'inlineOptions')) {
      const detail = { zh: '一行里写了几个选项，已按字母拆开', en: 'several options in one line were taken apart at their letters' };
      findings.push({ line: line, detail, proposal: { kind: 'inlineOptions' } });
    }
  }
  return { options, findings };
}

export const unreadLine = (source: SourceLine, zh: string, en: string): UnreadLine => ({
  line: source.line,
  text: source.raw,
  reason: { zh, en },
});

/** A scale as 问卷星 writes it: numbers are points, words are the names of points, nothing is 1 to 5. */
function scaleFindings(options: readonly ImportedOption[], line: number): { findings: Finding[]; flags: Flag[] } {
  const points = options.map((each) => (/^\d{1,2}\s*分?$/.test(each.label) ? Number.parseInt(each.label, 10) : Number.NaN));
  const [first = Number.NaN] = points;
  if (options.length === 0) {
    const detail: Words = { zh: '量表题没有写分值，按 1 到 5 分', en: 'the scale names no points: taken as 1 to 5' };
    return { findings: [{ line, detail, proposal: { kind: 'scale', min: 1, max: 5 } }], flags: [] };
  }
  const isPlain =
    options.length >= 2 &&
    (first === 0 || first === 1) &&
    points.every((each, at) => each === first + at) &&
    first + options.length - 1 <= 10;
  if (isPlain) return { findings: [], flags: [] };
  if (options.length <= 10 && options.length >= 2 && points.every(Number.isNaN)) {
    const lowLabel = options[0]?.label.slice(0, 20);
    const highLabel = options[options.length - 1]?.label.slice(0, 20);
    const detail: Words = {
      zh: `分值是文字，按 1 到 ${options.length} 分，只保留两端的文字“${lowLabel}”“${highLabel}”`,
      en: `points are words: taken as 1 to ${options.length}, only the words of both ends are kept`,
    };
    return {
      findings: [{ line: options[0]?.line ?? line, detail, proposal: { kind: 'scale', min: 1, max: options.length, lowLabel, highLabel } }],
      flags: [],
    };
  }
  const detail: Words = {
    zh: '分值不是连续的 0 或 1 到 10，将按单选题导入',
    en: 'the points are not a run within 0 to 10: imported as single choice',
  };
  return { findings: [], flags: [{ kind: 'points', line, detail }] };
}

function belowText(lines: readonly SourceLine[], unread: UnreadLine[]): void {
  for (const source of lines) {
    if (!isGap(source.text))
      unread.push(unreadLine(source, '这种题型下面不应有内容，没有导入', 'nothing is expected below this kind of question'));
  }
}

const linesGuessed = (
  finding: Finding,
  question: { options: readonly ImportedOption[]; titleLines: readonly number[] },
): readonly number[] => {
  const optionLines = question.options.map((each) => each.line);
  switch (finding.proposal.kind) {
    case 'scale':
    case 'nps':
    case 'mixed':
    case 'optionLetters':
    case 'inlineOptions':
    case 'optionsAfterBlank':
      return optionLines.length > 0 ? optionLines : question.titleLines;
    case 'brokenTitle':
      return question.titleLines;
    case 'otherText':
    case 'exclusive':
      return finding.proposal.at.flatMap((at) => optionLines[at] ?? []);
    default:
      return [finding.line];
  }
};

function unsupported(block: QuestionBlock, question: ImportedQuestion, below: readonly SourceLine[]): QuestionReading {
  const zh = `暂不支持“${block.end.writtenType}”，请改为其他题型后手工添加`;
  const en = `the kind "${block.end.writtenType}" is not supported: add the question by hand as another kind`;
  const flag: Flag = { kind: 'unsupported', line: question.line, detail: { zh, en } };
  const options = below.filter((each) => !isGap(each.text)).map((each) => ({ label: each.text, line: each.line }));
  return {
    question: { ...question, options, isSupported: false, flags: [flag] },
    unread: [...block.titleLines, ...below].map((each) => unreadLine(each, zh, en)),
    guessedLines: [],
  };
}

/** Reads one block. `afterBlank`: lines behind a blank line that can only be its options. */
export function readQuestion(block: QuestionBlock, afterBlank: readonly SourceLine[], isCounted: boolean): QuestionReading {
  const { kind, writtenType } = block.end;
  const { title, number, isStarred } = titleOf(block);
  const line = block.titleLines[0]?.line ?? 0;
  const required = block.end.required ?? isStarred;
  const base: ImportedQuestion = {
    number,
    line,
    title,
    writtenType,
    kind,
    isSupported: true,
    required,
    options: [],
    guesses: [],
    flags: [],
  };
  const below = [...block.below, ...afterBlank];
  if (!isSupportedKind(kind)) return unsupported(block, base, below);

  const unread: UnreadLine[] = [];
  const findings: Finding[] = [];
  if (number === null)
    findings.push({
      line,
      detail: { zh: '没有题号，已按题型标记识别', en: 'no number: recognised by its bracket' },
      proposal: { kind: 'missingNumber' },
    });
  if (block.titleLines.length > 1)
    findings.push({
      line,
      detail: { zh: '题目分成了几行，已合并', en: 'the title was over several lines' },
      proposal: { kind: 'brokenTitle' },
    });
  findings.push(...guessesOfTitle({ title, kind, required, line, isCounted }));
  const flags: Flag[] = [...flagsOfTitle(title, line, importLimits.titleLength)];
  let options: readonly ImportedOption[] = [];
  if (hasOptions(kind)) {
    const read = readOptions(below, line, unread);
    options = read.options;
    findings.push(...read.findings);
    if (afterBlank.length > 0) {
      findings.push({
        line,
        detail: { zh: '选项与题目之间有空行，已归到这道题', en: 'a blank line stood before the options' },
        proposal: { kind: 'optionsAfterBlank' },
      });
    }
    const scale = kind === 'scale' ? scaleFindings(options, line) : undefined;
    findings.push(...(scale?.findings ?? guessesOfOptions(options, kind, title)));
    flags.push(...(scale?.flags ?? flagsOfOptions(options, kind, line)));
  } else belowText(below, unread);

  const guesses: readonly Guess[] = findings.map((each) => ({
    id: `${each.line}-${each.proposal.kind}`,
    kind: each.proposal.kind,
    ...each,
  }));
  const guessed = guesses.find(
    (each) => each.kind === 'scale' || each.kind === 'nps' || each.kind === 'mixed' || each.kind === 'multiple',
  )?.kind;
  const guessedKind =
    guessed === kind || flags.some((each) => each.kind === 'mixed') ? undefined : (guessed as ImportedQuestion['guessedKind']);
  const titleLines = block.titleLines.map((each) => each.line);
  return {
    question: { ...base, options, guesses, flags, guessedKind: flags.some((each) => each.kind === 'mixed') ? 'mixed' : guessedKind },
    unread,
    guessedLines: findings.flatMap((each) => linesGuessed(each, { options, titleLines })),
  };
}

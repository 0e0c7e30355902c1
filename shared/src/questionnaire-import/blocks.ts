import { importLimits } from './imported';
import { isPageBreak, readChineseNumber, readNumber, readTitleEnd, type SourceLine, type TitleEnd } from './wjx-lines';

/** A question as it lies in the file: the lines of its title and those below it. */
export interface QuestionBlock {
  readonly type: 'question';
  readonly titleLines: readonly SourceLine[];
  readonly end: TitleEnd;
  readonly below: SourceLine[];
}

export type Block =
  | QuestionBlock
  | { readonly type: 'page-break'; readonly line: SourceLine }
  /** Lines without a bracket that belong to no question. */
  | { readonly type: 'loose'; readonly lines: readonly SourceLine[] };

/** Whether a broken title starts here: it goes on without a number and ends with a bracket before the next blank line. */
function startsBrokenTitle(lines: readonly SourceLine[], at: number, expected: number | undefined): boolean {
  const number = readNumber(lines[at]?.text ?? '')?.number;
  if (number === undefined || number !== expected) return false;
  for (let next = at + 1; next < lines.length && next - at < importLimits.titleLines; next += 1) {
    const text = lines[next]?.text ?? '';
    if (text === '' || readNumber(text)) return false;
    if (readTitleEnd(text)) return true;
  }
  return false;
}

/**
 * Cuts a file into questions and the rest. A question begins with its title (one or several lines, the last of which ends with a bracket)
 * and runs to the next blank line or title.
 *
 * States: *open* = below the title of a question; *pending* = lines seen that may be the start of a title; neither = between questions.
 * A bracket line ends pending (they become its title, or loose) and opens; a blank line closes open and makes pending loose.
 */
export function blocksOf(lines: readonly SourceLine[]): readonly Block[] {
  const blocks: Block[] = [];
  let open: QuestionBlock | undefined;
  let pending: SourceLine[] = [];

  const loosen = () => {
    if (pending.length > 0) blocks.push({ type: 'loose', lines: pending });
    pending = [];
  };
  const start = (line: SourceLine, end: TitleEnd) => {
    const isContinued =
      pending.length > 0 && pending.length < importLimits.titleLines && !readNumber(line.text) && mayBeginTitle(pending[0]);
    const titleLines = isContinued ? [...pending, line] : [line];
    if (isContinued) pending = [];
    loosen();
    open = { type: 'question', titleLines, end, below: [] };
    blocks.push(open);
  };

  lines.forEach((line, at) => {
    const end = readTitleEnd(line.text);
    if (line.text === '') {
      open = undefined;
      loosen();
    } else if (isPageBreak(line.text)) {
      open = undefined;
      loosen();
      blocks.push({ type: 'page-break', line });
    } else if (end) start(line, end);
    else if (open && !startsBrokenTitle(lines, at, nextNumber(open))) open.below.push(line);
    else {
      open = undefined;
      pending.push(line);
    }
  });
  loosen();
  return blocks;
}

/** A section heading stands alone; it is not the first half of a title. */
const mayBeginTitle = (line: SourceLine | undefined): boolean => line !== undefined && readChineseNumber(line.text) === undefined;

function nextNumber(block: QuestionBlock): number | undefined {
  const number = readNumber(block.titleLines[0]?.text ?? '')?.number;
  return number === undefined ? undefined : number + 1;
}

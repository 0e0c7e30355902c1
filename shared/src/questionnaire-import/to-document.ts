import type { Question, SurveyDocument, SurveyPage } from '../surveys';
import { newDocument, surveyLimits } from '../surveys';
import type { Words } from '../words';
import type { Guess, ImportedQuestion, ImportedQuestionnaire, MatrixRow } from './imported';

/** Which guesses a person accepted, by id; or all of them. */
export type Confirmations = { readonly accepted: readonly string[]; readonly rejected?: readonly string[] } | 'all';

export interface LeftOut {
  readonly line: number;
  readonly title: string;
  readonly reason: Words;
}

export interface ImportedDocument {
  readonly document: SurveyDocument;
  /** Questions that are not in the document, each with the reason. */
  readonly leftOut: readonly LeftOut[];
  /** Guesses that nobody has decided: the document takes the file at its word there. */
  readonly open: readonly Guess[];
}

interface Shaped {
  title: string;
  kind: ImportedQuestion['kind'];
  required: boolean;
  labels: string[];
  withText: Set<number>;
  exclusive: Set<number>;
  max?: number;
  range?: { min: number; max: number; lowLabel?: string; highLabel?: string };
  rows?: readonly MatrixRow[];
  heading?: string;
  leftOut?: Words;
}

function apply(shaped: Shaped, { proposal }: Guess): void {
  switch (proposal.kind) {
    case 'heading':
      shaped.heading = proposal.heading;
      if (proposal.isWholeQuestion) shaped.leftOut = { zh: '已改为分页标题', en: 'became the title of a page' };
      else shaped.title = shaped.title.slice(proposal.prefix.length).trim();
      break;
    case 'numbering':
      shaped.title = shaped.title.slice(proposal.prefix.length).trim();
      break;
    case 'scale':
      shaped.kind = 'scale';
      shaped.range = proposal;
      break;
    case 'nps':
      shaped.kind = 'nps';
      break;
    case 'mixed':
      shaped.rows = proposal.rows;
      break;
    case 'optionLetters':
    case 'otherText':
      shaped.labels = [...proposal.labels];
      if (proposal.kind === 'otherText') shaped.withText = new Set(proposal.at);
      break;
    case 'exclusive':
      shaped.exclusive = new Set(proposal.at);
      break;
    case 'multiple':
      shaped.kind = 'multiple';
      shaped.max = proposal.max;
      break;
    case 'required':
      shaped.required = proposal.required;
      break;
    case 'duplicate':
      shaped.leftOut = { zh: `与第 ${proposal.ofLine} 行重复`, en: `the same as in line ${proposal.ofLine}` };
      break;
    default:
      break;
  }
}

const pointsOf = (labels: readonly string[]): readonly number[] => labels.map((each) => Number.parseInt(each, 10));

function shapeOf(question: ImportedQuestion, isAccepted: (guess: Guess) => boolean): Shaped {
  const shaped: Shaped = {
    title: question.title,
    kind: question.kind,
    required: question.required,
    labels: question.options.map((each) => each.label),
    withText: new Set(),
    exclusive: new Set(),
  };
  if (question.kind === 'scale') {
    const points = pointsOf(shaped.labels);
    const isPlain =
      points.length >= 2 &&
      !question.flags.some((each) => each.kind === 'points') &&
      !question.guesses.some((each) => each.kind === 'scale');
    if (isPlain) shaped.range = { min: points[0] ?? 1, max: points[points.length - 1] ?? 5 };
    else shaped.kind = 'single';
  }
  for (const guess of question.guesses) if (isAccepted(guess)) apply(shaped, guess);
  if (!question.isSupported)
    shaped.leftOut = { zh: `暂不支持“${question.writtenType}”`, en: `the kind "${question.writtenType}" is not supported` };
  else if (question.flags.some((each) => each.kind === 'tooLong')) shaped.leftOut = { zh: '题目过长', en: 'the title is too long' };
  else if (question.guessedKind === 'mixed' && !shaped.rows) {
    shaped.leftOut = { zh: '选项里混着几个小题，确认拆分后才能导入', en: 'several rows are mixed: confirm the split first' };
  }
  return shaped;
}

const cut = (text: string | undefined, length: number) => (text === undefined ? undefined : { zh: text.slice(0, length) });

function scaleQuestion(id: string, title: string, required: boolean, range: NonNullable<Shaped['range']>): Question {
  const { min, max } = range;
  const lowLabel = cut(range.lowLabel, 20);
  const highLabel = cut(range.highLabel, 20);
  return {
    id,
    kind: 'scale',
    title: { zh: title },
    required,
    config: { min, max, ...(lowLabel && { lowLabel }), ...(highLabel && { highLabel }) },
  };
}

function questionsFrom(shaped: Shaped, id: string): readonly Question[] {
  const { required, rows, range } = shaped;
  if (rows)
    return rows.map((row, at) =>
      scaleQuestion(`${id}_${at + 1}`, `${shaped.title}：${row.label}`.slice(-surveyLimits.titleLength), required, row),
    );
  const head = { id, title: { zh: shaped.title }, required };
  const options = shaped.labels.map((label, at) => ({
    id: `o${at + 1}`,
    label: { zh: label },
    ...(shaped.withText.has(at) && { withText: true }),
  }));
  switch (shaped.kind) {
    case 'multiple': {
      const marked = options.map((each, at) => (shaped.exclusive.has(at) ? { ...each, exclusive: true } : each));
      return [{ ...head, kind: 'multiple', config: { options: marked, ...(shaped.max && { max: shaped.max }) } }];
    }
    case 'dropdown':
      return [{ ...head, kind: 'dropdown', config: { options } }];
    case 'scale':
      return [scaleQuestion(id, shaped.title, required, range ?? { min: 1, max: 5 })];
    case 'text':
      return [{ ...head, kind: 'text', config: {} }];
    case 'longText':
      return [{ ...head, kind: 'longText', config: {} }];
    case 'number':
      return [{ ...head, kind: 'number', config: {} }];
    case 'date':
      return [{ ...head, kind: 'date', config: {} }];
    case 'nps':
      return [{ ...head, kind: 'nps', config: {} }];
    default:
      return [{ ...head, kind: 'single', config: { options } }];
  }
}

/** Pages in the making: a heading or page break begins one; an empty one takes the next heading's title. */
class Pages {
  private readonly pages: { title: string; questions: Question[] }[] = [{ title: '', questions: [] }];

  begin(title: string): void {
    const last = this.pages[this.pages.length - 1];
    if (last && last.questions.length === 0) last.title = title || last.title;
    else this.pages.push({ title, questions: [] });
  }

  add(questions: readonly Question[]): void {
    this.pages[this.pages.length - 1]?.questions.push(...questions);
  }

  get count(): number {
    return this.pages.reduce((sum, each) => sum + each.questions.length, 0);
  }

  done(): readonly SurveyPage[] {
    const filled = this.pages.filter((each, at) => each.questions.length > 0 || at === 0).slice(0, surveyLimits.pages);
    return filled.map(({ title, questions }, at) => ({ id: `p${at + 1}`, ...(title !== '' && { title: { zh: title } }), questions }));
  }
}

/** Half a minute for words, a third of one for a choice; at least one minute. */
const minutesOf = (questions: readonly Question[]): number => {
  const seconds = questions.reduce((sum, each) => sum + (each.kind === 'text' || each.kind === 'longText' ? 30 : 20), 0);
  return Math.min(surveyLimits.minutes, Math.max(1, Math.round(seconds / 60)));
};

/**
 * Builds the questionnaire: accepted guesses are applied, the others leave the file at its word, and what cannot be taken over is named.
 * The result passes `parseDocument`; `checkDocument` says what is still missing (heading, notice, empty titles).
 */
export function toDocument(parsed: ImportedQuestionnaire, confirmations: Confirmations): ImportedDocument {
  const accepted = new Set(confirmations === 'all' ? [] : confirmations.accepted);
  const rejected = new Set(confirmations === 'all' ? [] : confirmations.rejected);
  const isAccepted = (guess: Guess) => confirmations === 'all' || accepted.has(guess.id);
  const leftOut: LeftOut[] = [];
  const pages = new Pages();
  parsed.questions.forEach((question, at) => {
    // A page limit reached leaves the remaining sections on the last page.
    for (const section of parsed.sections) if (section.beforeQuestion === at) pages.begin(section.title);
    const shaped = shapeOf(question, isAccepted);
    if (shaped.heading !== undefined) pages.begin(shaped.heading);
    const questions = shaped.leftOut ? [] : questionsFrom(shaped, `q${at + 1}`);
    const isFull = pages.count + questions.length > surveyLimits.questions;
    const reason =
      shaped.leftOut ??
      (isFull ? { zh: `超过 ${surveyLimits.questions} 题`, en: `more than ${surveyLimits.questions} questions` } : undefined);
    if (reason) leftOut.push({ line: question.line, title: question.title, reason });
    else pages.add(questions);
  });
  const done = pages.done();
  const document: SurveyDocument = {
    ...newDocument(),
    title: { zh: parsed.title },
    intro: { zh: parsed.intro },
    minutes: minutesOf(done.flatMap((each) => each.questions)),
    pages: done,
  };
  const open = parsed.questions.flatMap((each) => each.guesses).filter((guess) => !isAccepted(guess) && !rejected.has(guess.id));
  return { document, leftOut, open };
}

import type { Cutter } from './cutter';
import { isOneSlip } from './distance';
import { isLatin, normalise } from './normalise';
import type { ChatWords } from './words';

/** What a matcher needs of an intent. */
export interface Named {
  readonly name: string;
  readonly phrases: readonly string[];
}

export type Match =
  | { readonly kind: 'none' }
  /** `rest`: what was said besides. `isExact`: nothing else was said, and without a slip. */
  | { readonly kind: 'one'; readonly name: string; readonly rest: string; readonly isExact: boolean }
  /** Which of these is meant has to be asked. */
  | { readonly kind: 'several'; readonly names: readonly string[] };

/** A way to read the words: the higher `score`, the surer. `start` and `end` are the place in the normalised words. */
interface Reading {
  readonly name: string;
  readonly term: string;
  readonly score: number;
  readonly start: number;
  readonly end: number;
}

const scores = { exact: 100, core: 95, inside: 60, wholeSlip: 45, coreSlip: 40, partSlip: 35 } as const;
/** Readings this close are told apart by asking. */
const margin = 8;
/** A slip of the word that menus and help show is likelier than one of a synonym: 问券 is 问卷, not 问题. */
const ownWord = 10;

export interface Matcher {
  match(said: string): Match;
}

export function matcher(intents: readonly Named[], words: ChatWords, cut: () => Cutter): Matcher {
  const terms: readonly Term[] = intents.flatMap(({ name, phrases }) => {
    const own = new Set(phrases.map(normalise));
    const all = new Set([...own].flatMap((phrase) => [phrase, ...(words.synonyms.get(phrase) ?? [])]));
    return [...all].map((term) => ({ name, term, isOwn: own.has(term), isFiller: words.fillers.has(term) }));
  });
  return {
    match(said) {
      const text = normalise(said);
      if (text === '') return { kind: 'none' };
      const heard = hear(text, words, cut());
      const sure = terms.flatMap((each) => sureReading(each, heard) ?? []);
      const isBrief = text.length <= longestWithSlips;
      const readings = sure.length > 0 || !isBrief ? sure : terms.flatMap((each) => slipReading(each, heard, cut()) ?? []);
      return decide(bestPerIntent(readings), text, words);
    },
  };
}

/** `isOwn`: the intent's own word for it, not a synonym. `isFiller`: a wish only where nothing else is said, as 您好. */
interface Term extends Pick<Reading, 'name' | 'term'> {
  readonly isOwn: boolean;
  readonly isFiller: boolean;
}

/** Who writes at length is telling, not naming: a slip in it is looked for in vain, at a cost that grows with its square. */
const longestWithSlips = 40;

/** What was said, cut once. */
interface Heard {
  readonly text: string;
  /** Without the words that carry no wish: 我要填问卷 → 问卷. */
  readonly core: string;
  /** Places where a word begins or ends. */
  readonly edges: ReadonlySet<number>;
}

function hear(text: string, { fillers }: ChatWords, cut: Cutter): Heard {
  const parts = isLatin(text) ? text.split(/(?<= )|(?= )/) : cut.words(text);
  const edges = new Set([0]);
  let at = 0;
  for (const part of parts) {
    at += part.length;
    edges.add(at);
  }
  const core = parts.filter((part) => part !== ' ' && !fillers.has(part)).join(isLatin(text) ? ' ' : '');
  return { text, core, edges };
}

function sureReading({ name, term, isFiller }: Term, heard: Heard): Reading | undefined {
  const { text, core } = heard;
  if (text === term) return { name, term, score: scores.exact, start: 0, end: text.length };
  if (isFiller) return undefined;
  const start = placeOf(term, heard);
  const place = { start: Math.max(0, start), end: start < 0 ? text.length : start + term.length };
  if (core === term) return { name, term, score: scores.core, ...place };
  return start < 0 ? undefined : { name, term, score: scores.inside + (30 * term.length) / text.length, ...place };
}

/** Where the term stands as words of their own: 人工 is not in 人工成本太高. -1: nowhere. */
function placeOf(term: string, { text, edges }: Heard): number {
  for (let start = text.indexOf(term); start >= 0; start = text.indexOf(term, start + 1)) {
    if (edges.has(start) && edges.has(start + term.length)) return start;
  }
  return -1;
}

/** Slips are forgiven in words of two characters or four letters; a word of the dictionary is no slip of another. */
const isSlip = (heard: string, term: string, cut: Cutter): boolean => {
  const least = isLatin(term) ? 4 : 2;
  const isLong = [...term].length >= least && [...heard].length >= least;
  return isLong && isOneSlip(heard, term) && (isLatin(heard) || cut.words(heard).length > 1);
};

function slipReading({ name, term, isOwn }: Term, { text, core }: Heard, cut: Cutter): Reading | undefined {
  const whole = { name, term, start: 0, end: text.length };
  const more = isOwn ? ownWord : 0;
  if (isSlip(text, term, cut)) return { ...whole, score: scores.wholeSlip + more };
  if (isSlip(core, term, cut)) return { ...whole, score: scores.coreSlip + more };
  const part = partsOf(text, [...term].length, cut).find((piece) => isSlip(piece, term, cut));
  if (part === undefined) return undefined;
  const start = text.indexOf(part);
  return { name, term, score: scores.partSlip + more, start, end: start + part.length };
}

/** Pieces that may be a misspelt term of that length: guessed words and, for longer terms, every piece of about its length. English words are too near to each other (hell, help). */
function partsOf(text: string, length: number, cut: Cutter): readonly string[] {
  if (isLatin(text)) return [];
  const guessed = cut.forSearch(text);
  if (length < 3) return guessed;
  const characters = [...text];
  const pieces = [length, length - 1, length + 1].flatMap((size) =>
    characters.slice(0, Math.max(0, characters.length - size + 1)).map((_, at) => characters.slice(at, at + size).join('')),
  );
  return [...guessed, ...pieces];
}

function bestPerIntent(readings: readonly Reading[]): readonly Reading[] {
  const best = new Map<string, Reading>();
  for (const reading of readings) {
    const known = best.get(reading.name);
    if (!known || reading.score > known.score) best.set(reading.name, reading);
  }
  return [...best.values()].sort((one, other) => other.score - one.score);
}

function decide(readings: readonly Reading[], text: string, words: ChatWords): Match {
  const [top] = readings;
  if (!top) return { kind: 'none' };
  const close = readings.filter((each) => top.score - each.score <= margin && !(each !== top && isWithin(each, top)));
  const left = close.length > 1 && top.score < scores.core ? headsOf(close, text, words) : close.filter(({ score }) => score === top.score);
  const [one] = left;
  if (left.length > 1 || !one) return { kind: 'several', names: left.map(({ name }) => name) };
  const rest = `${text.slice(0, one.start)} ${text.slice(one.end)}`.trim();
  return { kind: 'one', name: one.name, rest, isExact: one.score >= scores.core };
}

const isWithin = (inner: Reading, outer: Reading): boolean =>
  inner.start >= outer.start && inner.end <= outer.end && inner.end - inner.start < outer.end - outer.start;

/** In 投诉的进度 the first word says which, the last one what: of readings that hang together the last stays. */
function headsOf(readings: readonly Reading[], text: string, { joints }: ChatWords): readonly Reading[] {
  const inOrder = [...readings].sort((one, other) => one.start - other.start);
  return inOrder.filter((each, index) => {
    const next = inOrder[index + 1];
    return !next || next.start < each.end || !joints.has(text.slice(each.end, next.start));
  });
}

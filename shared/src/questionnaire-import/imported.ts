import type { Words } from '../words';

/** What a question is: kinds of the engine, and those of 问卷星 that the engine does not have. */
export type ImportedKind =
  | 'single'
  | 'multiple'
  | 'dropdown'
  | 'text'
  | 'longText'
  | 'number'
  | 'scale'
  | 'nps'
  | 'date'
  /** A choice whose options are rows of a matrix, each followed by its points: guessed, never written. */
  | 'mixed'
  | 'matrix'
  | 'ranking'
  | 'weight'
  | 'table'
  | 'multiText'
  | 'slider'
  | 'upload'
  | 'note'
  | 'unknown';

export interface ImportedOption {
  readonly label: string;
  readonly line: number;
}

export interface MatrixRow {
  readonly label: string;
  readonly min: number;
  readonly max: number;
}

/** What accepting a guess does to the question. */
export type Proposal =
  | { readonly kind: 'heading'; readonly prefix: string; readonly heading: string; readonly isWholeQuestion: boolean }
  | { readonly kind: 'numbering'; readonly prefix: string }
  | { readonly kind: 'scale'; readonly min: number; readonly max: number; readonly lowLabel?: string; readonly highLabel?: string }
  | { readonly kind: 'nps' }
  | { readonly kind: 'mixed'; readonly rows: readonly MatrixRow[] }
  | { readonly kind: 'optionLetters'; readonly labels: readonly string[] }
  | { readonly kind: 'otherText'; readonly at: readonly number[]; readonly labels: readonly string[] }
  | { readonly kind: 'exclusive'; readonly at: readonly number[] }
  | { readonly kind: 'multiple'; readonly max?: number }
  | { readonly kind: 'required'; readonly required: boolean }
  | { readonly kind: 'duplicate'; readonly ofLine: number }
  /** The text was put together in the only way that made sense; nothing changes by accepting. */
  | { readonly kind: 'brokenTitle' | 'missingNumber' | 'inlineOptions' | 'optionsAfterBlank' };

/** Something that was guessed, for a person to confirm. Not applied until accepted. */
export interface Guess {
  /** Unique in the file. */
  readonly id: string;
  readonly kind: Proposal['kind'];
  readonly line: number;
  readonly detail: Words;
  readonly proposal: Proposal;
}

/** Something a person should look at; there is nothing to accept. */
export interface Flag {
  readonly kind: 'mixed' | 'unsupported' | 'noOptions' | 'noTitle' | 'cutTitle' | 'duplicateOption' | 'tooLong' | 'points';
  readonly line: number;
  readonly detail: Words;
}

export interface ImportedQuestion {
  /** The number printed before the title; null where there is none. */
  readonly number: number | null;
  readonly line: number;
  /** As written, less number, asterisk and bracket. */
  readonly title: string;
  /** What the bracket says, e.g. 单选题. */
  readonly writtenType: string;
  readonly kind: ImportedKind;
  /** What it rather seems to be. */
  readonly guessedKind?: 'scale' | 'nps' | 'mixed' | 'multiple';
  readonly isSupported: boolean;
  readonly required: boolean;
  readonly options: readonly ImportedOption[];
  readonly guesses: readonly Guess[];
  readonly flags: readonly Flag[];
}

/** A section heading on a line of its own, or a page break (empty title): a page begins before question `beforeQuestion`. */
export interface ImportedSection {
  readonly beforeQuestion: number;
  readonly title: string;
  readonly line: number;
}

export interface UnreadLine {
  readonly line: number;
  readonly text: string;
  readonly reason: Words;
}

export type LineReading = 'understood' | 'guessed' | 'unread';

export interface ImportSummary {
  readonly questions: number;
  /** By kind, guesses counted as what they seem to be. */
  readonly byKind: Readonly<Partial<Record<ImportedKind, number>>>;
  readonly scalesGuessed: number;
  readonly mixedFlagged: number;
  readonly headingsGuessed: number;
  readonly duplicatesGuessed: number;
  readonly unsupported: number;
  readonly required: number;
  readonly optional: number;
  readonly lines: Readonly<Record<LineReading, number>>;
}

/** The file as understood, guessed and unread. Every line that is not blank is in `lines` exactly once. */
export interface ImportedQuestionnaire {
  /** Guessed from the lines before the first question; empty where there are none. */
  readonly title: string;
  readonly intro: string;
  readonly questions: readonly ImportedQuestion[];
  readonly sections: readonly ImportedSection[];
  readonly unread: readonly UnreadLine[];
  /** By line number, counted from 1. */
  readonly lines: readonly { readonly line: number; readonly as: LineReading }[];
  readonly summary: ImportSummary;
}

export const importLimits = { lineLength: 2000, titleLength: 500, labelLength: 200, options: 200, titleLines: 6, lines: 20_000 } as const;

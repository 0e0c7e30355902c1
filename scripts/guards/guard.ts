import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../support/processes';

/** What makes a check pass: exact text of a file, and what stands there when the guard is gone. */
export interface Guard {
  /** Number in the list of checks. */
  readonly check: string;
  readonly guard: string;
  readonly test: string;
  /** Only the tests whose names match; the others of the file say nothing about this guard. */
  readonly testName?: string;
  readonly file: string;
  readonly text: string;
  readonly replacement: string;
}

export const guardsFile = 'test/faults/guards.json';

export const readGuards = (): readonly Guard[] => JSON.parse(readFileSync(path.join(root, guardsFile), 'utf8')) as Guard[];

/** The file without the guard. @throws Error when its text is not there exactly once: then the guard has rotted */
export function withoutGuard(source: string, { file, guard, text, replacement }: Guard): string {
  const places = source.split(text).length - 1;
  if (places !== 1) throw new Error(`${file}: the text of the guard "${guard}" is there ${places} times`);
  return source.replace(text, () => replacement);
}

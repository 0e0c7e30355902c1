import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { songs } from '../../test/support/canaries';

export interface LogSearch {
  readonly files: number;
  readonly lines: number;
  /** Lines at level info: a folder of warnings alone would prove nothing. */
  readonly infoLines: number;
  /** File, line and kind; never what was found. */
  readonly hits: readonly string[];
}

/** Every line of every file in the folder, against every canary. A folder that is not there is an empty one. */
export function searchLogs(folder: string): LogSearch {
  const files = namesIn(folder);
  const hits: string[] = [];
  let lines = 0;
  let infoLines = 0;
  for (const file of files) {
    for (const [index, line] of readFileSync(path.join(folder, file), 'utf8').split('\n').entries()) {
      if (line === '') continue;
      lines += 1;
      if (line.startsWith('{"level":30,')) infoLines += 1;
      for (const [kind, song] of Object.entries(songs)) if (song.test(line)) hits.push(`${file}:${index + 1}: ${kind}`);
    }
  }
  return { files: files.length, lines, infoLines, hits };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.log'));
  } catch {
    return [];
  }
}

/** What is wrong with it, in one line each; empty when all is well. */
export function complaintsOf({ infoLines, hits }: LogSearch): readonly string[] {
  if (infoLines === 0) return ['no suite logged anything at level info: there is nothing to search'];
  const shown = hits.slice(0, 20).map((hit) => `a canary in the log: ${hit}`);
  return hits.length > shown.length ? [...shown, `… and ${hits.length - shown.length} more`] : shown;
}

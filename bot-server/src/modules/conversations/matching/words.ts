import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { packageDir } from '../../../config/paths';
import { normalise } from './normalise';

const list = z.array(z.string());
const schema = z.strictObject({
  synonyms: z.record(z.string(), list),
  commands: z.strictObject({ cancel: list, back: list, leave: list }),
  fillers: list,
  joints: list,
});

/** What people call things; the same for every city. All of it normalised. */
export interface ChatWords {
  readonly synonyms: ReadonlyMap<string, readonly string[]>;
  readonly commands: Readonly<Record<'cancel' | 'back' | 'leave', ReadonlySet<string>>>;
  readonly fillers: ReadonlySet<string>;
  readonly joints: ReadonlySet<string>;
}

const setOf = (words: readonly string[]): ReadonlySet<string> => new Set(words.map(normalise));

export function readChatWords(text: string): ChatWords {
  const { synonyms, commands, fillers, joints } = schema.parse(parse(text));
  return {
    synonyms: new Map(Object.entries(synonyms).map(([word, others]) => [normalise(word), others.map(normalise)])),
    commands: { cancel: setOf(commands.cancel), back: setOf(commands.back), leave: setOf(commands.leave) },
    fillers: setOf(fillers),
    joints: setOf(joints),
  };
}

export const loadChatWords = (): ChatWords => readChatWords(readFileSync(path.join(packageDir, 'words', 'synonyms.yaml'), 'utf8'));

import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict';

export interface Cutter {
  /** Words of the dictionary, one after another; what it does not know, letter by letter. */
  words(text: string): readonly string[];
  /** As a search engine cuts: guesses at unknown words, too, and gives long words also in their parts. */
  forSearch(text: string): readonly string[];
}

let loaded: Cutter | undefined;

/** The dictionary is read at the first call (0.3 s, once per process): `onStart` makes it. */
export function cutter(): Cutter {
  if (loaded) return loaded;
  const jieba = Jieba.withDict(dict);
  loaded = { words: (text) => jieba.cut(text, false), forSearch: (text) => jieba.cutForSearch(text, true) };
  return loaded;
}

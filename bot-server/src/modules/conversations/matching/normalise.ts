import { toHalfWidth } from '@suiban/shared/text';

/** What is said, as it is compared: half-width, lower case, spaces beside Chinese gone, then punctuation of every script as a space. */
export const normalise = (said: string): string =>
  toHalfWidth(said.normalize('NFKC'))
    .toLowerCase()
    .replace(/(?<=\p{Script=Han})\s+|\s+(?=\p{Script=Han})/gu, '')
    .replace(/[\p{P}\p{S}\p{C}\p{Z}]+/gu, ' ')
    .trim();

export const isLatin = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

const digits = '一二三四五六七八九十';

/** The number of a list somebody chose: `2`, `２`, `②`, `第二`, `二`; undefined: none. */
export function readChoice(said: string, most: number): number | undefined {
  const text = normalise(said)
    .replace(/^第/, '')
    .replace(/(个|项|类|家|号)$/, '');
  const named = digits.indexOf(text) + 1;
  const chosen = /^\d{1,2}$/.test(text) ? Number(text) : text.length === 1 ? named : 0;
  return chosen >= 1 && chosen <= most ? chosen : undefined;
}

import { toHalfWidth } from '../text/half-width';

/** What a code or number looks like after copying from a letter, a table or a chat: spaces and invisible marks gone, ASCII, capitals. */
export const normaliseCode = (text: string): string =>
  toHalfWidth(text)
    .replace(/[\s\u200b-\u200f\u2060\ufeff]/g, '')
    .toUpperCase();

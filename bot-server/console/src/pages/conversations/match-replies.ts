import type { CannedReply } from '@suiban/shared/api/conversations';
import { toHalfWidth } from '@suiban/shared/text';

/** What stands behind a leading `/` (a Chinese keyboard writes `、` with that key); null: nobody asks for canned replies. */
export function wordsAfterSlash(text: string): string | null {
  return /^[/／、]([^\n]{0,30})$/.exec(text)?.[1] ?? null;
}

const plain = (text: string): string => toHalfWidth(text).toLowerCase().replace(/\s+/g, '');

/** Those whose title begins with the words first, then those that hold them anywhere. */
export function matchingReplies(replies: readonly CannedReply[], words: string): readonly CannedReply[] {
  const wanted = plain(words);
  if (wanted === '') return replies;
  const rank = ({ title, text }: CannedReply): number =>
    plain(title).startsWith(wanted) ? 0 : plain(title).includes(wanted) ? 1 : plain(text).includes(wanted) ? 2 : 3;
  return replies.filter((reply) => rank(reply) < 3).sort((a, b) => rank(a) - rank(b));
}

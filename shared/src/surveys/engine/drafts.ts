import { canonicalJson } from '../canonical-json';
import type { Answer, Answers } from '../document';

/** One saved answer of a draft. `revision` counts the saves of a device where it counts them; `answer: null` = taken back. */
export interface DraftAnswer {
  readonly answer: Answer | null;
  /** Instant, ISO 8601. */
  readonly savedAt: string;
  readonly revision?: number;
}

export type Draft = Readonly<Record<string, DraftAnswer>>;

/** A total order, so that devices that merge the same drafts in any order end with the same one. */
function isNewer(one: DraftAnswer, other: DraftAnswer): boolean {
  const byRevision = (one.revision ?? 0) - (other.revision ?? 0);
  if (byRevision !== 0) return byRevision > 0;
  const byTime = Date.parse(one.savedAt) - Date.parse(other.savedAt);
  if (byTime !== 0 && !Number.isNaN(byTime)) return byTime > 0;
  return canonicalJson(one) > canonicalJson(other);
}

/** Merges two drafts question by question: the higher revision wins, then the later save. Commutative, associative, idempotent. */
export function mergeDrafts(one: Draft, other: Draft): Draft {
  const merged = new Map(Object.entries(one));
  for (const [id, theirs] of Object.entries(other)) {
    const ours = merged.get(id);
    if (!ours || isNewer(theirs, ours)) merged.set(id, theirs);
  }
  return Object.fromEntries(merged);
}

/** The answers of a draft, those taken back left out. */
export const draftAnswers = (draft: Draft): Answers =>
  Object.fromEntries(Object.entries(draft).flatMap(([id, { answer }]) => (answer === null ? [] : [[id, answer]])));

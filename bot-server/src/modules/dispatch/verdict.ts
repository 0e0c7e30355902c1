import type { SendResult } from '../../channels/channel';

/**
 * What an answer means for the row. sending → accepted | unknown | refused, or back to planned: `again` on the same step after a
 * pause, `next` on the next step of the plan, where the row has an address there (else refused). While a result is unknown
 * nothing else is tried: a second channel could make it a second message.
 */
export type Verdict = 'accepted' | 'unknown' | 'refused' | 'again' | 'next';

export const maxTries = 4;

export interface Settled {
  readonly seq: number;
  readonly attemptNo: number;
  readonly state: 'accepted' | 'refused' | 'unknown';
  readonly errorClass: string | null;
  readonly code: string | null;
  readonly platformId: string | null;
  /** A member of staff has to confirm before anything reaches the person. */
  readonly awaitsStaff: boolean;
  readonly verdict: Verdict;
}

/** `tries` counts this one. Wrong keys are the account's fault, not the row's: it waits, however often. */
export function verdictOf(result: SendResult, tries: number): Verdict {
  if (result.outcome !== 'refused') return result.outcome;
  if (result.class === 'auth') return 'again';
  if (result.class === 'permanent') return 'next';
  return tries < maxTries ? 'again' : 'next';
}

export function settledOf(result: SendResult, attemptNo: number, tries: number): Settled {
  const seq = Number(result.ref);
  const verdict = verdictOf(result, tries);
  if (result.outcome === 'accepted') {
    const platformId = result.platformId || null;
    const awaitsStaff = result.awaits === 'staff' && platformId !== null;
    return { seq, attemptNo, state: 'accepted', errorClass: null, code: null, platformId, awaitsStaff, verdict };
  }
  const errorClass = result.outcome === 'refused' ? result.class : 'unknown';
  return { seq, attemptNo, state: result.outcome, errorClass, code: result.code, platformId: null, awaitsStaff: false, verdict };
}

const firstPauseMs = 1_000;
const longestPauseMs = 300_000;

/** How long a lane rests: as long as the platform asked, else twice as long after each failure in a row. */
export function pauseMsAfter(results: readonly SendResult[], failures: number): number {
  const asked = Math.max(0, ...results.map((result) => (result.outcome === 'refused' ? (result.retryAfterMs ?? 0) : 0)));
  return asked > 0 ? Math.min(asked, longestPauseMs) : Math.min(firstPauseMs * 2 ** Math.min(failures, 10), longestPauseMs);
}

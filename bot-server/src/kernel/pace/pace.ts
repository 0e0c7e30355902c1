/**
 * Turns that one person may take in a minute, over every process that shares a Redis. Keys are hashes: what is counted is kept where
 * anybody who looks after the machine can read it.
 */
export interface Pace {
  /** Takes one turn for each key, in order. 0 = taken; else in how many milliseconds to ask again, and no turn was taken. */
  take(name: string, perMin: number, keys: readonly string[]): Promise<readonly number[]>;
}

/** How `perMin` is kept: at most `turns` in any window of `windowSec` that begins with a turn. */
export interface PaceWindow {
  readonly turns: number;
  readonly windowSec: number;
}

/**
 * A platform counts over any 60 seconds. Such a minute touches at most one window more than fit into it, so the turns of all of
 * them together stay within the limit: 30 a minute are 3 in 7 seconds (10 windows), 10 a minute are 2 in 15 (5 windows).
 */
export function paceWindow(perMin: number): PaceWindow {
  const turns = perMin >= 20 ? Math.floor(perMin / 10) : perMin >= 6 ? 2 : 1;
  const touched = Math.floor(perMin / turns);
  return { turns, windowSec: touched <= 1 ? 60 : Math.ceil(60 / (touched - 1)) };
}

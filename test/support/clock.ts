import type { Clock } from '@suiban/shared/time';

export interface TestClock extends Clock {
  set(instant: string | Date): void;
  advance(ms: number): void;
}

/** Stands still until told otherwise. Default: a Wednesday morning in the city, a working day. */
export function testClock(start: string | Date = '2026-06-10T02:00:00.000Z'): TestClock {
  let now = new Date(start);
  return {
    now: () => new Date(now),
    set(instant) {
      now = new Date(instant);
    },
    advance(ms) {
      now = new Date(now.getTime() + ms);
    },
  };
}

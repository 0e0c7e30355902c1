import { type Clock, systemClock } from '@suiban/shared/time';

/** The platforms' clock: the machine's, moved by an offset that a script sets. */
export class EmulatedClock implements Clock {
  offsetMs = 0;

  constructor(private readonly base: Clock = systemClock) {}

  now(): Date {
    return new Date(this.ms());
  }

  ms(): number {
    return this.base.now().getTime() + this.offsetMs;
  }

  sec(): number {
    return Math.floor(this.ms() / 1000);
  }
}

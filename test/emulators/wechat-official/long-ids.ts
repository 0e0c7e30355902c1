import type { EmulatedClock } from '../world/emulated-clock';

/** Ids of this platform have 19 digits and come as bare numbers in JSON and XML: more than a double can hold. */
export class LongIds {
  private next = 0n;

  constructor(private readonly clock: EmulatedClock) {}

  fresh(): bigint {
    this.next += 1n;
    return 3_000_000_000_000_000_000n + BigInt(this.clock.ms()) * 10_000n + (this.next % 10_000n);
  }
}

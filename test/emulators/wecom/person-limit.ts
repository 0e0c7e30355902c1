const WINDOW_MS = 60_000;
const SWEEP_EVERY = 50_000;

/** So many messages a minute to one member; what is over is dropped without a word to the sender. */
export class PersonLimit {
  private readonly times = new Map<string, number[]>();
  private sinceSweep = 0;

  constructor(private readonly perMinute: number) {}

  take(person: string, nowMs: number): boolean {
    if (++this.sinceSweep >= SWEEP_EVERY) this.sweep(nowMs);
    const times = this.times.get(person) ?? [];
    while (times.length > 0 && (times[0] ?? 0) <= nowMs - WINDOW_MS) times.shift();
    if (times.length >= this.perMinute) return false;
    times.push(nowMs);
    this.times.set(person, times);
    return true;
  }

  clear(): void {
    this.times.clear();
  }

  private sweep(nowMs: number): void {
    this.sinceSweep = 0;
    for (const [person, times] of this.times) if ((times.at(-1) ?? 0) <= nowMs - WINDOW_MS) this.times.delete(person);
  }
}

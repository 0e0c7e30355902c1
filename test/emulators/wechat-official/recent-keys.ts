import type { EmulatedClock } from '../world/emulated-clock';

/** What was answered under a key, for as long as the platform remembers it. */
export class RecentKeys {
  private readonly byKey = new Map<string, { readonly answer: bigint; readonly untilMs: number }>();

  constructor(
    private readonly clock: EmulatedClock,
    private readonly lifeMs: number,
  ) {}

  find(key: string): bigint | undefined {
    const found = this.byKey.get(key);
    return found && found.untilMs > this.clock.ms() ? found.answer : undefined;
  }

  remember(key: string, answer: bigint): void {
    for (const [old, { untilMs }] of this.byKey) {
      if (untilMs > this.clock.ms()) break;
      this.byKey.delete(old);
    }
    this.byKey.set(key, { answer, untilMs: this.clock.ms() + this.lifeMs });
  }

  clear(): void {
    this.byKey.clear();
  }
}

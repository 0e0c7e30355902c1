/** What the platform remembers of a request whose sender asked for the duplicate check. */
interface Remembered {
  readonly body: object;
  readonly untilMs: number;
}

const HELD = 100_000;

/**
 * Duplicate check: only a request with the same bytes, of the same app, with the flag set, inside the interval the first
 * one named. The code on a hit is not documented: the first answer is given again.
 */
export class RecentRequests {
  private readonly remembered = new Map<string, Remembered>();

  find(key: string, nowMs: number): object | undefined {
    const found = this.remembered.get(key);
    return found && found.untilMs > nowMs ? found.body : undefined;
  }

  remember(key: string, body: object, untilMs: number): void {
    this.remembered.delete(key);
    this.remembered.set(key, { body, untilMs });
    if (this.remembered.size > HELD) for (const oldest of this.remembered.keys()) return void this.remembered.delete(oldest);
  }

  clear(): void {
    this.remembered.clear();
  }
}

import { setTimeout as sleep } from 'node:timers/promises';

interface Wait {
  readonly timeoutMs: number;
  readonly everyMs?: number;
  /** A failed look counts as "not yet": for servers that are being killed. */
  readonly forgives?: boolean;
}

/** Looks again and again until `look` gives something. @throws Error naming what was waited for */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  { timeoutMs, everyMs = 200, forgives = false }: Wait,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  let last: unknown;
  while (performance.now() < deadline) {
    try {
      const found = await look();
      if (found !== undefined && found !== false) return found;
    } catch (error) {
      if (!forgives) throw error;
      last = error;
    }
    await sleep(everyMs);
  }
  throw new Error(`${what}: not within ${timeoutMs / 1000} s${last instanceof Error ? ` (${last.message})` : ''}`);
}

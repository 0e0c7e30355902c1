const windowMs = 60_000;
const sweepAt = 20_000;

/**
 * How much one member got from one app in the last minute, as this process knows it. The platform drops the surplus without a word,
 * so a conversation must hear of it from us; campaigns have their own limiter and are only counted in.
 */
export interface PersonWindow {
  /** @returns false: one more would be dropped */
  take(corpId: string, userId: string, nowMs: number): boolean;
  count(corpId: string, userId: string, nowMs: number): void;
}

export function personWindow(perMinute: number): PersonWindow {
  const times = new Map<string, number[]>();
  const recent = (corpId: string, userId: string, nowMs: number): number[] => {
    if (times.size >= sweepAt) for (const [name, list] of times) if ((list.at(-1) ?? 0) <= nowMs - windowMs) times.delete(name);
    const name = `${corpId}/${userId.toLowerCase()}`;
    const list = (times.get(name) ?? []).filter((at) => at > nowMs - windowMs);
    times.set(name, list);
    return list;
  };
  return {
    take(corpId, userId, nowMs) {
      const list = recent(corpId, userId, nowMs);
      if (list.length >= perMinute) return false;
      list.push(nowMs);
      return true;
    },
    count: (corpId, userId, nowMs) => {
      recent(corpId, userId, nowMs).push(nowMs);
    },
  };
}

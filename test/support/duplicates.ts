import type { World } from '../emulators/world/world';

/** Shown messages whose person had been shown the same attempt before. */
export function duplicatesOf(world: World): number {
  const seen = new Set<string>();
  let duplicates = 0;
  for (const message of world.observation.after(0)) {
    if (message.deduped || message.dropped) continue;
    if (message.attemptKey === null) throw new Error(`a message without an attempt key: ${message.platform}`);
    const name = `${message.platform}/${message.corpId}/${message.recipient}/${message.attemptKey}`;
    if (seen.has(name)) duplicates += 1;
    seen.add(name);
  }
  return duplicates;
}

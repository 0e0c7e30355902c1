import { useRef } from 'react';
import { isMessage } from '../chat/chat-scroll';
import type { Thread } from '../threads';

/** Messages after the newest one the person has had on screen, by chat. `watching` is the chat they look at. */
export function useUnread(personaId: string, threads: readonly Thread[], watching: string | null): ReadonlyMap<string, number> {
  const seen = useRef(new Map<string, number>());
  const unread = new Map<string, number>();
  for (const { id, entries } of threads) {
    const messages = entries.filter(isMessage);
    const key = `${personaId}:${id}`;
    const last = messages.at(-1)?.seq ?? 0;
    if (id === watching || last < (seen.current.get(key) ?? 0)) seen.current.set(key, last);
    const after = seen.current.get(key) ?? 0;
    unread.set(id, messages.filter((message) => message.seq > after).length);
  }
  return unread;
}

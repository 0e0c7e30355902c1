import { type ReactNode, useEffect, useRef } from 'react';
import type { ChatEntry, ObservedMessage } from '../desk-client';
import { useWords } from '../words';

export const isMessage = (entry: ChatEntry): entry is ObservedMessage => 'seq' in entry;

/** Regions that scroll take the keyboard (WCAG 2.1.1), though they are no controls. */
export const SCROLLS_BY_KEY = { tabIndex: 0 };

const GAP_MS = 5 * 60_000;

interface ScrollProps {
  readonly entries: readonly ChatEntry[];
  readonly empty: string;
  readonly children: (entry: ChatEntry) => ReactNode;
}

/** Scrolls with the newest entry as long as the reader is at the end; a time stands above an entry after five quiet minutes. */
export function ChatScroll({ entries, empty, children }: ScrollProps) {
  const word = useWords();
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const last = entries.at(-1)?.at;
  const count = entries.length;
  useEffect(() => {
    if (last && count && isAtEnd.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [last, count]);
  return (
    <div
      ref={box}
      className="chat-scroll"
      role="log"
      aria-label={word('chat')}
      {...SCROLLS_BY_KEY}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < 48;
      }}
    >
      {entries.length === 0 ? <p className="chat-empty">{empty}</p> : null}
      {entries.map((entry, index) => {
        const before = entries[index - 1];
        const isAfterPause = !before || Date.parse(entry.at) - Date.parse(before.at) > GAP_MS;
        return (
          <div key={keyOf(entry)} className="chat-row">
            {isAfterPause ? <ChatTime at={entry.at} /> : null}
            {isMessage(entry) && entry.isRecalled ? <p className="chat-time">{word('recalled')}</p> : children(entry)}
          </div>
        );
      })}
    </div>
  );
}

const keyOf = (entry: ChatEntry): string => (isMessage(entry) ? `m${entry.seq}` : `o${entry.at}${entry.text}`);

const now = (): Date => new Date(performance.timeOrigin + performance.now());
const clockTime = (when: Date): string =>
  new Intl.DateTimeFormat('zh-CN', { hour: '2-digit', minute: '2-digit', hour12: false }).format(when);
const dayText = (when: Date): string => new Intl.DateTimeFormat('zh-CN', { month: 'long', day: 'numeric' }).format(when);
const DAY_MS = 24 * 3600_000;

/** As a list of chats says it: the time today, 昨天, then the day. */
export function shortTime(at: string, yesterday: string): string {
  const when = new Date(at);
  if (when.toDateString() === now().toDateString()) return clockTime(when);
  return when.toDateString() === new Date(now().getTime() - DAY_MS).toDateString() ? yesterday : dayText(when);
}

export function ChatTime({ at }: { at: string }) {
  const word = useWords();
  const when = new Date(at);
  const day = when.toDateString() === now().toDateString() ? word('today') : dayText(when);
  return (
    <p className="chat-time">
      <time dateTime={at}>{`${day} ${clockTime(when)}`}</time>
    </p>
  );
}

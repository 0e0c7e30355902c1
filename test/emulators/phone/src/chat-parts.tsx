import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { ChatEntry, ObservedMessage, Persona, Platform, TemplateView } from './desk-client';
import { useWords } from './words';

/** What every chat of a phone can do. */
export interface ChatProps {
  readonly persona: Persona | null;
  readonly templates: readonly TemplateView[];
  readonly entries: readonly ChatEntry[] | null;
  readonly act: (work: Promise<unknown>) => Promise<boolean>;
  readonly open: (link: string, from: Platform) => void;
  readonly ask: (templates: readonly TemplateView[]) => Promise<Record<string, string>>;
}

export const isMessage = (entry: ChatEntry): entry is ObservedMessage => 'seq' in entry;

/** Regions that scroll take the keyboard (WCAG 2.1.1), though they are no controls. */
export const SCROLLS_BY_KEY = { tabIndex: 0 };

const GAP_MS = 5 * 60_000;

/** Scrolls with the newest entry as long as the reader is at the end; a time stands above an entry after five quiet minutes. */
export function ChatScroll({
  entries,
  empty,
  children,
}: {
  entries: readonly ChatEntry[];
  empty: string;
  children: (entry: ChatEntry) => ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const last = entries.at(-1)?.at;
  useEffect(() => {
    if (last && isAtEnd.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [last]);
  return (
    <div
      ref={box}
      className="chat-scroll"
      role="log"
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
          <div key={isMessage(entry) ? `m${entry.seq}` : `o${entry.at}`} className="chat-row">
            {isAfterPause ? <ChatTime at={entry.at} /> : null}
            {isMessage(entry) && entry.isRecalled ? <Recalled /> : children(entry)}
          </div>
        );
      })}
    </div>
  );
}

function Recalled() {
  return <p className="chat-time">{useWords()('recalled')}</p>;
}

export function ChatTime({ at }: { at: string }) {
  const word = useWords();
  const when = new Date(at);
  const time = new Intl.DateTimeFormat('zh-CN', { hour: '2-digit', minute: '2-digit', hour12: false }).format(when);
  const isToday = when.toDateString() === new Date(performance.timeOrigin + performance.now()).toDateString();
  const day = isToday ? word('today') : new Intl.DateTimeFormat('zh-CN', { month: 'long', day: 'numeric' }).format(when);
  return (
    <p className="chat-time">
      <time dateTime={at}>{`${day} ${time}`}</time>
    </p>
  );
}

/** A line to write in; Enter sends. */
export function ChatInput({ onSend }: { onSend: (text: string) => Promise<boolean> }) {
  const word = useWords();
  const [text, setText] = useState('');
  const send = async (): Promise<void> => {
    if (text.trim() && (await onSend(text))) setText('');
  };
  return (
    <form
      className="chat-input"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <input
        aria-label={word('write')}
        placeholder={word('write')}
        value={text}
        maxLength={600}
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit" disabled={text.trim() === ''}>
        {word('send')}
      </button>
    </form>
  );
}

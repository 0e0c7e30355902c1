import type { ReactNode } from 'react';
import type { ChatEntry } from '../desk-client';
import { useWords } from '../words';
import { isMessage, SCROLLS_BY_KEY, shortTime } from './chat-scroll';

export interface Row {
  readonly id: string;
  readonly name: string;
  readonly mark: ReactNode;
  /** Beside the name: where the other one belongs. */
  readonly from?: string;
  readonly entries: readonly ChatEntry[];
  readonly unread: number;
  /** Stands where the last message would. */
  readonly preview?: string;
}

/** An app's list of chats, the one with the newest message first. */
export function ThreadList({ rows, onOpen, empty, children }: ThreadListProps) {
  const word = useWords();
  const sorted = [...rows].sort((a, b) => lastAt(b).localeCompare(lastAt(a)));
  return (
    <section className="thread-scroll" {...SCROLLS_BY_KEY} aria-label={word('chats')}>
      {children}
      <ul className="thread-list">
        {sorted.map((row) => (
          <li key={row.id}>
            <button type="button" className="thread-row" onClick={() => onOpen(row.id)}>
              <span className="thread-mark">
                {row.mark}
                {row.unread > 0 ? (
                  <span className="badge">
                    {row.unread > 99 ? '99+' : row.unread}
                    <span className="visually-hidden">{word('unread')}</span>
                  </span>
                ) : null}
              </span>
              <span className="thread-name">
                {row.name}
                {row.from ? <i>{row.from}</i> : null}
              </span>
              <time dateTime={lastAt(row) || undefined}>{lastAt(row) ? shortTime(lastAt(row), word('yesterday')) : ''}</time>
              <span className="thread-preview">{row.preview ?? previewOf(row.entries.at(-1), word('recalled'), word('noMessages'))}</span>
            </button>
          </li>
        ))}
      </ul>
      {rows.length === 0 && empty ? <p className="chat-empty">{empty}</p> : null}
    </section>
  );
}

interface ThreadListProps {
  readonly rows: readonly Row[];
  readonly onOpen: (id: string) => void;
  readonly empty?: string;
  /** Above the rows. */
  readonly children?: ReactNode;
}

const lastAt = (row: Row): string => row.entries.at(-1)?.at ?? '';

function previewOf(entry: ChatEntry | undefined, recalled: string, nothing: string): string {
  if (!entry) return nothing;
  if (!isMessage(entry)) return entry.text;
  if (entry.isRecalled) return recalled;
  return (entry.title ? `[${entry.title}]` : entry.body).replace(/\s+/g, ' ');
}

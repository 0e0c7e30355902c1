import type { ReactNode } from 'react';
import type { ObservedMessage } from '../desk-client';
import { icons } from '../icons';

interface CardProps {
  readonly message: ObservedMessage;
  readonly mark: ReactNode;
  readonly from: string;
  /** At the foot: what a tap does. */
  readonly opens: string;
  readonly onOpen: () => void;
}

/** A message of a template: who it is from, what it is about, its fields, and where a tap leads. */
export function NoticeCard({ message, mark, from, opens, onOpen }: CardProps) {
  return (
    <button type="button" className="notice-card" onClick={onOpen} disabled={!message.link}>
      <span className="notice-from">
        {mark}
        {from}
        {icons.more}
      </span>
      <span className="notice-title">{message.title}</span>
      <span className="notice-fields">
        {message.fields.map(({ name, value }) => (
          <span key={name}>
            <i>{name}</i>
            <b>{value}</b>
          </span>
        ))}
      </span>
      {message.link ? (
        <span className="notice-open">
          {opens}
          {icons.chevron}
        </span>
      ) : null}
    </button>
  );
}

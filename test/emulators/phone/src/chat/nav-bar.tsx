import type { ReactNode } from 'react';
import { icons } from '../icons';
import { useWords } from '../words';

interface NavBarProps {
  readonly title: string;
  readonly note?: string;
  /** Absent at the top of an app. */
  readonly onBack?: () => void;
  /** Messages that wait in the other chats. */
  readonly waiting?: number;
  /** At most one thing at the right. */
  readonly action?: ReactNode;
}

/** The bar at the top of an app's page: back, title, one action. */
export function NavBar({ title, note, onBack, waiting = 0, action }: NavBarProps) {
  const word = useWords();
  return (
    <div className="nav-bar">
      {onBack ? (
        <button type="button" className="nav-back" onClick={onBack}>
          {icons.back}
          <span className="visually-hidden">{word('back')}</span>
          {waiting > 0 ? <span className="nav-waiting">{waiting > 99 ? '99+' : waiting}</span> : null}
        </button>
      ) : null}
      <div className="nav-title">
        <h2>{title}</h2>
        {note ? <small>{note}</small> : null}
      </div>
      {action ? <div className="nav-action">{action}</div> : null}
    </div>
  );
}

export function NavButton({ label, isOn, onClick, children }: { label: string; isOn?: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" className="nav-button" aria-label={label} title={label} aria-pressed={isOn} onClick={onClick}>
      {children}
    </button>
  );
}

import { AppMark } from '../icons';
import { type App, apps } from '../threads';
import { useWords } from '../words';

interface TabsProps {
  readonly slot: number;
  readonly app: App;
  readonly unread: Partial<Record<App, number>>;
  /** Apps this person does not have. */
  readonly absent: readonly App[];
  readonly onPick: (app: App) => void;
}

/** The phone's apps, beside each other above it. */
export function AppTabs({ slot, app, unread, absent, onPick }: TabsProps) {
  const word = useWords();
  const move = (by: number): void => {
    const next = apps[(apps.indexOf(app) + by + apps.length) % apps.length] ?? app;
    onPick(next);
    document.getElementById(`phone-${slot}-${next}`)?.focus();
  };
  return (
    <div className="app-tabs" role="tablist" aria-label={word('apps')}>
      {apps.map((candidate) => (
        <button
          key={candidate}
          id={`phone-${slot}-${candidate}`}
          type="button"
          role="tab"
          className={absent.includes(candidate) ? 'is-absent' : ''}
          aria-selected={candidate === app}
          aria-controls={`phone-${slot}`}
          tabIndex={candidate === app ? 0 : -1}
          onClick={() => onPick(candidate)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowRight') move(1);
            if (event.key === 'ArrowLeft') move(-1);
          }}
        >
          <AppMark app={candidate} />
          {word(candidate)}
          {unread[candidate] ? (
            <span className="badge">
              {unread[candidate] > 99 ? '99+' : unread[candidate]}
              <span className="visually-hidden">{word('unread')}</span>
            </span>
          ) : null}
        </button>
      ))}
    </div>
  );
}

import { useEffect, useId, useRef, useState } from 'react';
import { deskClient, type Persona } from '../desk-client';
import { icons } from '../icons';
import { useWords } from '../words';

interface PickerProps {
  readonly current: Persona | null;
  readonly onPick: (id: string) => void;
  readonly onRemove: (() => void) | null;
}

export function PersonaPicker({ current, onPick, onRemove }: PickerProps) {
  const word = useWords();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div className="picker">
      <button
        ref={button}
        type="button"
        className="picker-button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <span className="avatar" aria-hidden="true">
          {current?.name.slice(0, 1) ?? '…'}
        </span>
        <span className="picker-name">
          <b>{current?.name ?? word('choosePerson')}</b>
          <small>{current ? describe(current, word) : ''}</small>
        </span>
        {icons.down}
      </button>
      {onRemove ? (
        <button type="button" className="icon-button" aria-label={word('removePhone')} title={word('removePhone')} onClick={onRemove}>
          {icons.close}
        </button>
      ) : null}
      {isOpen ? (
        <PersonList
          onPick={(id) => {
            onPick(id);
            close();
          }}
          onClose={close}
        />
      ) : null}
    </div>
  );
}

const describe = (persona: Persona, word: ReturnType<typeof useWords>): string =>
  persona.firm || (persona.role === 'resident' ? word('resident') : (persona.mobile ?? persona.wecom?.userId ?? word('agent')));

const PAUSE_MS = 120;

/** Asks after a pause in typing; an answer to an older question is thrown away. */
function useSearch() {
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<readonly Persona[]>([]);
  const [active, setActive] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      deskClient.search(query).then(
        ({ personas }) => {
          if (!isCurrent) return;
          setFound(personas);
          setActive(0);
        },
        () => undefined,
      );
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [query]);
  return { query, setQuery, found, active, setActive };
}

interface OptionProps {
  readonly id: string;
  readonly persona: Persona;
  readonly isActive: boolean;
  readonly onPick: () => void;
  readonly onActive: () => void;
  readonly onKey: (key: string) => boolean;
}

function Option({ id, persona, isActive, onPick, onActive, onKey }: OptionProps) {
  const word = useWords();
  const lines = [describe(persona, word), persona.mobile].filter((text, at, all) => text && all.indexOf(text) === at);
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      className="picker-option"
      onClick={onPick}
      onKeyDown={(event) => onKey(event.key)}
      onPointerMove={onActive}
    >
      <span className="avatar" aria-hidden="true">
        {persona.name.slice(0, 1)}
      </span>
      <span className="picker-name">
        <b>{persona.name}</b>
        <small>{lines.join(' · ')}</small>
      </span>
      <span className="reach" aria-hidden="true">
        {persona.openid ? <i className="app-mark-wechat" /> : null}
        {persona.wecom ? <i className="app-mark-wecom" /> : null}
        {persona.alipayOpenId ? <i className="app-mark-alipay" /> : null}
        {persona.mobile ? <i className="app-mark-sms" /> : null}
      </span>
    </div>
  );
}

function PersonList({ onPick, onClose }: { onPick: (id: string) => void; onClose: () => void }) {
  const word = useWords();
  const { query, setQuery, found, active, setActive } = useSearch();
  const listId = useId();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const leave = (event: PointerEvent): void => {
      if (event.target instanceof Node && !box.current?.parentElement?.contains(event.target)) onClose();
    };
    document.addEventListener('pointerdown', leave);
    return () => document.removeEventListener('pointerdown', leave);
  }, [onClose]);
  const onKey = (key: string): boolean => {
    if (key === 'Escape') onClose();
    else if (key === 'ArrowDown') setActive(Math.min(active + 1, found.length - 1));
    else if (key === 'ArrowUp') setActive(Math.max(active - 1, 0));
    else if (key === 'Enter' && found[active]) onPick(found[active].id);
    else return false;
    return true;
  };
  return (
    <div className="picker-list" role="dialog" aria-label={word('choosePerson')} ref={box}>
      <label className="picker-search">
        {icons.search}
        <span className="visually-hidden">{word('searchPerson')}</span>
        <input
          // The list opens because a person asked for it: typing is the next thing they do.
          ref={(input) => input?.focus()}
          value={query}
          placeholder={word('searchPerson')}
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={found[active] ? `${listId}-${active}` : undefined}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            if (onKey(event.key)) event.preventDefault();
          }}
        />
      </label>
      <div id={listId} role="listbox" aria-label={word('choosePerson')} className="picker-options">
        {found.map((persona, index) => (
          <Option
            key={persona.id}
            id={`${listId}-${index}`}
            persona={persona}
            isActive={index === active}
            onPick={() => onPick(persona.id)}
            onActive={() => setActive(index)}
            onKey={onKey}
          />
        ))}
        {found.length === 0 ? <p className="picker-empty">{word('noPerson')}</p> : null}
      </div>
    </div>
  );
}

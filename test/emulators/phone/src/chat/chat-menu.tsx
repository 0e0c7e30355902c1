import { useEffect, useRef, useState } from 'react';
import type { MenuEntry } from '../desk-client';
import { useWords } from '../words';

interface MenuProps {
  readonly items: readonly MenuEntry[];
  /** One number at the top, a second below it. */
  readonly onTap: (index: readonly number[], entry: MenuEntry) => void;
}

/** The menu at the foot of a chat: entries beside each other; one with entries below it unfolds them upwards. */
export function ChatMenu({ items, onTap }: MenuProps) {
  const word = useWords();
  const [unfolded, setUnfolded] = useState<number | null>(null);
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (unfolded === null) return;
    bar.current?.querySelector<HTMLElement>('.menu-below button')?.focus();
    const leave = (event: PointerEvent): void => {
      if (event.target instanceof Node && !bar.current?.contains(event.target)) setUnfolded(null);
    };
    document.addEventListener('pointerdown', leave);
    return () => document.removeEventListener('pointerdown', leave);
  }, [unfolded]);
  const fold = (): void => {
    const at = unfolded;
    setUnfolded(null);
    if (at !== null) bar.current?.querySelectorAll<HTMLElement>('.menu-top')[at]?.focus();
  };
  return (
    <nav
      className="chat-menu"
      aria-label={word('menu')}
      ref={bar}
      onKeyDown={(event) => {
        if (event.key === 'Escape') fold();
        if (event.key === 'ArrowDown' || event.key === 'ArrowUp') stepFocus(event.key === 'ArrowDown' ? 1 : -1);
      }}
    >
      {items.map((item, top) => (
        <div key={item.label} className="menu-place">
          {unfolded === top ? (
            <div className="menu-below">
              {item.items.map((below, at) => (
                <button
                  key={below.label}
                  type="button"
                  onClick={() => {
                    fold();
                    onTap([top, at], below);
                  }}
                >
                  {below.label}
                </button>
              ))}
            </div>
          ) : null}
          <button
            type="button"
            className="menu-top"
            {...(item.items.length > 0 ? { 'aria-haspopup': 'true' as const, 'aria-expanded': unfolded === top } : {})}
            onClick={() => {
              if (item.items.length === 0) onTap([top], item);
              else setUnfolded(unfolded === top ? null : top);
            }}
          >
            {item.items.length > 0 ? <span className="menu-lines" aria-hidden="true" /> : null}
            {item.label}
          </button>
        </div>
      ))}
    </nav>
  );
}

/** Up and down go through the entries that are unfolded. */
function stepFocus(by: number): void {
  const here = document.activeElement;
  const entries = [...(here?.closest('.menu-below')?.querySelectorAll<HTMLElement>('button') ?? [])];
  const at = here instanceof HTMLElement ? entries.indexOf(here) : -1;
  if (at >= 0) entries[(at + by + entries.length) % entries.length]?.focus();
}

import { useState } from 'react';
import type { MenuEntry } from '../desk-client';
import { icons } from '../icons';
import { useWords } from '../words';
import { ChatInput } from './chat-input';
import { ChatMenu } from './chat-menu';

interface BarProps {
  readonly items: readonly MenuEntry[];
  readonly onTap: (index: readonly number[], entry: MenuEntry) => void;
  readonly onSend: (text: string) => Promise<boolean>;
}

/** Foot of a chat with an account: its menu, or the line to write in; the key at the left switches. Without a menu only the line. */
export function MenuBar({ items, onTap, onSend }: BarProps) {
  const word = useWords();
  const [isWriting, setWriting] = useState(false);
  if (items.length === 0) return <ChatInput onSend={onSend} />;
  const label = word(isWriting ? 'showMenu' : 'showKeyboard');
  const key = (
    <button type="button" className="bar-switch" aria-label={label} title={label} onClick={() => setWriting(!isWriting)}>
      {isWriting ? icons.lines : icons.keyboard}
    </button>
  );
  if (isWriting) return <ChatInput onSend={onSend}>{key}</ChatInput>;
  return (
    <div className="menu-bar">
      {key}
      <ChatMenu items={items} onTap={onTap} />
    </div>
  );
}

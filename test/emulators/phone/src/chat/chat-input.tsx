import { type ReactNode, useState } from 'react';
import { useWords } from '../words';

interface InputProps {
  readonly onSend: (text: string) => Promise<boolean>;
  /** Before the line: what switches to the menu. */
  readonly children?: ReactNode;
}

/** A line to write in; Enter sends. What was typed stays until it is sent. */
export function ChatInput({ onSend, children }: InputProps) {
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
      {children}
      <input
        aria-label={word('write')}
        placeholder={word('write')}
        value={text}
        maxLength={600}
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit" disabled={text.trim() === ''}>
        {word('send')}
      </button>
    </form>
  );
}

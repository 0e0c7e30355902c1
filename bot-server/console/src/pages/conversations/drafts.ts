import { createContext, useContext, useState } from 'react';

/** What was typed and not sent, by conversation; kept while the page is open. */
export type Drafts = Map<string, string>;
export const DraftsContext = createContext<Drafts>(new Map());

export function useDraft(conversationId: string): [string, (text: string) => void] {
  const drafts = useContext(DraftsContext);
  const [text, setText] = useState(() => drafts.get(conversationId) ?? '');
  const keep = (next: string): void => {
    drafts.set(conversationId, next);
    setText(next);
  };
  return [text, keep];
}

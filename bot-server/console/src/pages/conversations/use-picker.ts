import { type CannedReply, conversationsApi } from '@suiban/shared/api/conversations';
import { type KeyboardEvent, useState } from 'react';
import { useRead } from '../../api/hooks';
import { matchingReplies, wordsAfterSlash } from './match-replies';

export interface Picker {
  readonly replies: readonly CannedReply[];
  readonly isLoading: boolean;
  readonly isOpen: boolean;
  readonly active: number;
  readonly listId: string;
  readonly setActive: (at: number) => void;
  readonly pick: (reply: CannedReply) => void;
}

/** Opened by `/` at the start of an empty line, or by its button; the words after the `/` narrow it. */
export function usePicker(text: string, onPick: (reply: CannedReply) => void) {
  const canned = useRead(conversationsApi.listCannedReplies);
  const typed = wordsAfterSlash(text);
  const [isAsked, setAsked] = useState(false);
  const [closedAt, setClosedAt] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const isOpen = isAsked || (typed !== null && closedAt !== text);
  const replies = matchingReplies(canned.data?.items ?? [], typed ?? '');
  const at = Math.min(active, Math.max(0, replies.length - 1));
  const close = () => {
    setAsked(false);
    setClosedAt(text);
    setActive(0);
  };
  const pick = (reply: CannedReply) => {
    close();
    onPick(reply);
  };
  const move = (by: number) => setActive((at + by + replies.length) % Math.max(1, replies.length));
  const onKey = (event: KeyboardEvent): boolean => {
    if (!isOpen || event.nativeEvent.isComposing) return false;
    const chosen = replies[at];
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && !event.shiftKey && chosen) pick(chosen);
    else return false;
    event.preventDefault();
    return true;
  };
  const listId = 'talk-canned';
  const fieldProps = isOpen
    ? {
        'aria-controls': listId,
        'aria-autocomplete': 'list' as const,
        'aria-activedescendant': replies[at] ? `${listId}-${at}` : undefined,
      }
    : {};
  const toggle = () => (isOpen ? close() : setAsked(true));
  return { replies, isLoading: canned.isPending, isOpen, active: at, listId, setActive, pick, onKey, toggle, close, fieldProps };
}

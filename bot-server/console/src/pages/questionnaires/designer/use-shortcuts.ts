import { type KeyboardEvent, useEffect } from 'react';
import { useDesigner } from './designer-context';
import { duplicatePage, duplicateQuestion, insertQuestion, movePage, moveQuestion, newQuestion } from './document-edits';
import type { Editor } from './use-editing';
import { useRemoval } from './use-removal';

const isTyping = (target: EventTarget): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, [contenteditable="true"]');

/** Moves, copies and removes what is selected; the buttons of the canvas and the keys do the same. */
export function useActions() {
  const { editor } = useDesigner();
  const { selection, edit } = editor;
  const remove = useRemoval();
  return {
    move: (by: -1 | 1) => {
      if (selection.of === 'question') edit((document) => moveQuestion(document, selection.questionId, by));
      if (selection.of === 'page') edit((document) => movePage(document, selection.pageId, by));
    },
    duplicate: () => {
      if (selection.of === 'question') {
        const made = duplicateQuestion(editor.document, selection.questionId);
        edit(() => made.document, { select: { of: 'question', questionId: made.questionId } });
      }
      if (selection.of === 'page') {
        const made = duplicatePage(editor.document, selection.pageId);
        edit(() => made.document, { select: { of: 'page', pageId: made.pageId } });
      }
    },
    /** The same kind again, right behind. */
    add: () => {
      const before = editor.document.pages.flatMap((page) => page.questions);
      const like = selection.of === 'question' ? before.find((each) => each.id === selection.questionId) : undefined;
      const made = newQuestion(editor.document, like?.kind ?? 'single');
      edit((document) => insertQuestion(document, selection, made), { select: { of: 'question', questionId: made.id } });
    },
    remove: () => remove(selection),
  };
}

/** Alt+↑↓ move, Alt+C copy, Alt+Enter add, Alt+Backspace remove. True where the key was one of them. */
export function useShortcuts(): (event: KeyboardEvent) => boolean {
  const { isReadOnly } = useDesigner();
  const actions = useActions();
  return (event) => {
    if (isReadOnly || event.defaultPrevented) return false;
    const typing = isTyping(event.target);
    const act = actionOf(event, typing);
    if (!act) return false;
    event.preventDefault();
    if (act === 'up' || act === 'down') actions.move(act === 'up' ? -1 : 1);
    else actions[act]();
    return true;
  };
}

function actionOf(event: KeyboardEvent, typing: boolean): 'up' | 'down' | 'duplicate' | 'add' | 'remove' | undefined {
  const isCommand = event.ctrlKey || event.metaKey;
  if (!event.altKey || isCommand) return undefined;
  if (event.code === 'ArrowUp') return 'up';
  if (event.code === 'ArrowDown') return 'down';
  if (event.code === 'Enter') return 'add';
  if (typing) return undefined;
  if (event.code === 'KeyC') return 'duplicate';
  return event.code === 'Backspace' || event.code === 'Delete' ? 'remove' : undefined;
}

/**
 * Ctrl+Z and Ctrl+Shift+Z anywhere in the designer: the browser's own undo would take back letters of a field that is no longer shown.
 * The phone's answers and dialogs keep theirs.
 */
export function useUndoKeys({ undo, redo }: Pick<Editor, 'undo' | 'redo'>, isEnabled: boolean): void {
  useEffect(() => {
    if (!isEnabled) return;
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.code !== 'KeyZ' || event.isComposing) return;
      if (event.target instanceof Element && event.target.closest('.trial, .ant-modal, .ant-drawer')) return;
      event.preventDefault();
      if (event.shiftKey) redo();
      else undo();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [undo, redo, isEnabled]);
}

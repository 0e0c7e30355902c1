import { questionsOf, type SurveyDocument } from '@suiban/shared/surveys';
import { useCallback, useReducer, useRef } from 'react';
import { type Selection, wholeForm } from './document-edits';

/**
 * The document being designed. Every edit is a new document; the ones before it are kept for undo. Edits with the same `mark`
 * (typing in one field) are one step.
 */
interface Editing {
  readonly document: SurveyDocument;
  readonly past: readonly SurveyDocument[];
  readonly future: readonly SurveyDocument[];
  readonly mark: string | null;
  readonly selection: Selection;
}

type Step =
  | {
      readonly do: 'edit';
      readonly change: (document: SurveyDocument) => SurveyDocument;
      readonly mark?: string;
      readonly select?: Selection;
    }
  | { readonly do: 'select'; readonly selection: Selection }
  | { readonly do: 'undo' }
  | { readonly do: 'redo' };

const mostSteps = 100;
/** A pause in typing ends the step that undo takes back. */
const pauseMs = 1_500;

function stands(document: SurveyDocument, selection: Selection): boolean {
  if (selection.of === 'form') return true;
  if (selection.of === 'page') return document.pages.some((page) => page.id === selection.pageId);
  return questionsOf(document).some((each) => each.id === selection.questionId);
}

function reduce(state: Editing, step: Step): Editing {
  switch (step.do) {
    case 'select':
      return { ...state, selection: step.selection, mark: null };
    case 'edit': {
      const document = step.change(state.document);
      const selection = step.select ?? state.selection;
      if (document === state.document) return { ...state, selection };
      const isSameStep = step.mark !== undefined && step.mark === state.mark;
      const past = isSameStep ? state.past : [...state.past, state.document].slice(-mostSteps);
      return { document, past, future: [], mark: step.mark ?? null, selection: stands(document, selection) ? selection : wholeForm };
    }
    case 'undo':
    case 'redo': {
      const from = step.do === 'undo' ? state.past : state.future;
      const document = step.do === 'undo' ? from.at(-1) : from[0];
      if (!document) return state;
      const past = step.do === 'undo' ? state.past.slice(0, -1) : [...state.past, state.document];
      const future = step.do === 'undo' ? [state.document, ...state.future] : state.future.slice(1);
      const selection = stands(document, state.selection) ? state.selection : wholeForm;
      return { document, past, future, mark: null, selection };
    }
  }
}

export interface Editor {
  readonly document: SurveyDocument;
  readonly selection: Selection;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly edit: (change: (document: SurveyDocument) => SurveyDocument, options?: { mark?: string; select?: Selection }) => void;
  readonly select: (selection: Selection) => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

export function useEditing(initial: SurveyDocument): Editor {
  const [state, dispatch] = useReducer(reduce, initial, (document): Editing => {
    const [first] = questionsOf(document);
    const selection: Selection = first ? { of: 'question', questionId: first.id } : wholeForm;
    return { document, past: [], future: [], mark: null, selection };
  });
  const typing = useRef({ atMs: 0, run: 0 });
  const edit = useCallback<Editor['edit']>((change, { mark, select } = {}) => {
    const nowMs = performance.now();
    if (nowMs - typing.current.atMs > pauseMs) typing.current.run += 1;
    typing.current.atMs = nowMs;
    dispatch({ do: 'edit', change, ...(mark ? { mark: `${mark} ${typing.current.run}` } : {}), ...(select ? { select } : {}) });
  }, []);
  const select = useCallback((selection: Selection) => dispatch({ do: 'select', selection }), []);
  const undo = useCallback(() => dispatch({ do: 'undo' }), []);
  const redo = useCallback(() => dispatch({ do: 'redo' }), []);
  return {
    document: state.document,
    selection: state.selection,
    canUndo: state.past.length > 0,
    canRedo: state.future.length > 0,
    edit,
    select,
    undo,
    redo,
  };
}

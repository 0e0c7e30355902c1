import type { DocumentFinding } from '@suiban/shared/surveys';
import { createContext, useContext } from 'react';
import type { Editor } from './use-editing';

interface DesignerContextValue {
  readonly editor: Editor;
  readonly findings: readonly DocumentFinding[];
  readonly isReadOnly: boolean;
}

export const DesignerContext = createContext<DesignerContextValue | null>(null);

/** The document in the hands of every part of the designer. */
export function useDesigner(): DesignerContextValue {
  const value = useContext(DesignerContext);
  if (!value) throw new Error('useDesigner outside the designer');
  return value;
}

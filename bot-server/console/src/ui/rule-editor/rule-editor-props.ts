import type { AttributeRegistry, RuleDocument } from '@suiban/shared/rules';

export interface RuleEditorProps {
  rule: RuleDocument;
  onChange: (rule: RuleDocument) => void;
  /** What may be asked about: the attributes of enterprises, or the questions of a questionnaire (`answerRegistry`). */
  registry: AttributeRegistry;
  /** Names the editor for screen readers: “对象规则”, “显示条件”. */
  label: string;
  /** Said where the rule has no condition yet, in place of the checker's own word: “始终显示”. */
  emptyText?: string;
  /** Before the sentence below, without its colon: “对象”, “显示”. */
  sentencePrefix?: string;
  isReadOnly?: boolean;
}

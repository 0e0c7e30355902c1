import type { Answer, QuestionKind, QuestionOf } from '@suiban/shared/surveys';
import type { Lang } from '@suiban/shared/text';

/** What a question's view gets. Views show and collect; whether an answer is good is the engine's to say. */
export interface QuestionViewProps<Kind extends QuestionKind> {
  question: QuestionOf<Kind>;
  /** As kept: may be half done, or of a shape that an older draft had. */
  answer: unknown;
  onChange: (answer: Answer | null) => void;
  onLeave: () => void;
  language: Lang;
  title: string;
  isInvalid: boolean;
  errorId: string;
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

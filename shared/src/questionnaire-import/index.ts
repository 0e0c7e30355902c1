export type {
  Flag,
  Guess,
  ImportedKind,
  ImportedOption,
  ImportedQuestion,
  ImportedQuestionnaire,
  ImportedSection,
  ImportSummary,
  LineReading,
  MatrixRow,
  Proposal,
  UnreadLine,
} from './imported';
export { parseWjx } from './parse-wjx';
export { type Confirmations, type ImportedDocument, type LeftOut, toDocument } from './to-document';

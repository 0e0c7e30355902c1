/** What cannot be done while a finding stands. A draft can always be saved. */
export type Blocks = 'publish' | 'launch' | 'nothing';

/** One thing the static checks found. Errors block publishing (or, for the heading and notice, the launch), warnings nothing. */
export interface DocumentFinding {
  readonly severity: 'error' | 'warning';
  readonly blocks: Blocks;
  /** Id of the question; null = the questionnaire as a whole. */
  readonly where: string | null;
  /** JSON pointer into the document. */
  readonly pointer: string;
  readonly rule: string;
  readonly detail: { readonly zh: string; readonly en: string };
}

type Found = Pick<DocumentFinding, 'where' | 'pointer' | 'rule'>;

export const finding = (blocks: Blocks, found: Found, zh: string, en: string): DocumentFinding => ({
  severity: blocks === 'nothing' ? 'warning' : 'error',
  blocks,
  ...found,
  detail: { zh, en },
});

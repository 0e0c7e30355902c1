import type { Tx } from '../../kernel/db/database';

export interface OrderOfSubmission {
  readonly submissionId: string;
  readonly id: string;
  readonly number: string;
}

/** What surveys needs of a module that stands above it; given by `compose.ts`, so that the arrows of the module graph hold. */
export interface SurveyPorts {
  /** Work orders that were opened from these answers, oldest first. */
  workOrdersOf(tx: Tx, submissionIds: readonly string[]): Promise<readonly OrderOfSubmission[]>;
}

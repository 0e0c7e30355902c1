/** A content rule that is broken: which field, which rule, in words for the official who wrote it. */
export interface Problem {
  readonly field: string;
  readonly rule: string;
  readonly detail: string;
}

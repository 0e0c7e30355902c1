import { type ProblemType, problemTypes } from './problem-types';

/** One broken rule. `pointer` is a JSON pointer into the request (`/body/mobile`) or a `line:column` of an imported file. */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

/** An expected failure. Its text is shown to the user: what is wrong, where, how to go on; never another system's words. */
export class DomainError extends Error {
  readonly httpStatus: number;
  readonly errors: readonly FieldError[];
  readonly retryAfterMs: number | undefined;

  constructor(
    readonly type: ProblemType,
    detail?: string,
    extra: { errors?: readonly FieldError[]; retryAfterMs?: number } = {},
  ) {
    super(detail ?? problemTypes[type].title);
    this.name = 'DomainError';
    this.httpStatus = problemTypes[type].status;
    this.errors = extra.errors ?? [];
    this.retryAfterMs = extra.retryAfterMs;
  }
}

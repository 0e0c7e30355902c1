import { DomainError, type FieldError, type ProblemType, problemTypes, problemUrn } from '@suiban/shared/errors';
import { translateSqlError } from '../db/sql-state';
import { OutboundError } from '../outbound/outbound-error';

/** RFC 9457. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly request_id: string;
  readonly errors?: readonly FieldError[];
  readonly retry_after_ms?: number;
}

export const problemMediaType = 'application/problem+json; charset=utf-8';

/**
 * The expected failure that an error stands for, or undefined for a bug. A foreign error's `status`, `expose` and `message`
 * are never looked at: they may be another system's words.
 */
export function expectedFailure(error: unknown): DomainError | undefined {
  if (error instanceof DomainError) return error;
  if (error instanceof OutboundError) {
    if (error.failure === 'circuit-open') return new DomainError('kernel:unavailable', undefined, { retryAfterMs: 5000 });
    return new DomainError('kernel:upstream');
  }
  const translated = translateSqlError(error);
  return translated instanceof DomainError ? translated : undefined;
}

export function problemOf(error: DomainError, where: { instance: string; requestId: string }): Problem {
  const { status, title } = problemTypes[error.type];
  return {
    type: problemUrn(error.type),
    title,
    status,
    detail: error.message,
    instance: where.instance,
    request_id: where.requestId,
    ...(error.errors.length > 0 ? { errors: error.errors } : {}),
    ...(error.retryAfterMs === undefined ? {} : { retry_after_ms: error.retryAfterMs }),
  };
}

/** Types whose answer always says when to come back. */
const defaultRetryMs: Partial<Record<ProblemType, number>> = { 'kernel:too-many-requests': 60_000, 'kernel:unavailable': 1000 };

/** Value of `Retry-After`, whole seconds, rounded up. */
export function retryAfter(error: DomainError): string | undefined {
  const waitMs = error.retryAfterMs ?? defaultRetryMs[error.type];
  return waitMs === undefined ? undefined : String(Math.max(1, Math.ceil(waitMs / 1000)));
}

export const invalidRequest = (errors: readonly FieldError[]): DomainError =>
  new DomainError(
    'kernel:invalid-request',
    errors.length === 1 && errors[0] ? errors[0].detail : `有 ${errors.length} 处不符合要求，请改正后重试`,
    {
      errors,
    },
  );

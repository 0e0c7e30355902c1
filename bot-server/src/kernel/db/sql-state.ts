import { DomainError } from '@suiban/shared/errors';

/** Serialization failure, deadlock: nothing was written, the same work may succeed at once. */
const retryable: ReadonlySet<string> = new Set(['40001', '40P01']);

/** The server is away, full, or took too long: the caller may try again later. */
const unavailable: ReadonlySet<string> = new Set([
  '53300', // too many connections
  '55P03', // lock not available
  '57014', // cancelled by statement_timeout
  '57P01', // terminated by an administrator
  '57P02', // crash of another backend
  '57P03', // starting up
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT', // unix socket not there yet
]);

/** pg and pg-pool give these without a code. */
const lostConnection = /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error/;

const retryAfterMs = 1000;

export function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

export const isRetryable = (error: unknown): boolean => retryable.has(sqlState(error) ?? '');

/** The constraint that a statement broke (`23505` unique, `23503` foreign key, `23514` check), for use-cases that name it to the user. */
export function brokenConstraint(error: unknown): string | undefined {
  if (!sqlState(error)?.startsWith('23')) return undefined;
  const { constraint } = error as { constraint?: unknown };
  return typeof constraint === 'string' ? constraint : undefined;
}

/** kernel:unavailable where waiting helps, else the error as it came. */
export function translateSqlError(error: unknown): unknown {
  const code = sqlState(error) ?? '';
  const isAway =
    unavailable.has(code) || code.startsWith('08') || (error instanceof Error && code === '' && lostConnection.test(error.message));
  if (!isAway) return error;
  const unavailableError = new DomainError('kernel:unavailable', undefined, { retryAfterMs });
  // For the log; an answer carries only the detail.
  unavailableError.cause = error;
  return unavailableError;
}

export type Level = 'ok' | 'warn' | 'fail';

/** One line of the doctor: what was looked at, how it is, and what to do where it is not well. */
export interface Finding {
  readonly level: Level;
  readonly name: string;
  readonly text: string;
  readonly todo?: string;
}

export const ok = (name: string, text: string): Finding => ({ level: 'ok', name, text });
export const warn = (name: string, text: string, todo: string): Finding => ({ level: 'warn', name, text, todo });
export const fail = (name: string, text: string, todo: string): Finding => ({ level: 'fail', name, text, todo });

/** The cause in one line; addresses with a password are never part of a driver's message. */
export const reasonOf = (error: unknown): string => {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  if (error instanceof Error && error.cause instanceof Error) return reasonOf(error.cause);
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
};

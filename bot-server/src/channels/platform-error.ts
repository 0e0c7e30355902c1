import type { ErrorClass } from './channel';

/** A platform said no, or nothing. Carries its code, never its words: nothing of them can reach a user or a log. */
export class PlatformError extends Error {
  constructor(
    readonly platform: string,
    readonly code: string,
    readonly errorClass: ErrorClass,
  ) {
    super(`${platform} ${errorClass} ${code}`);
    this.name = 'PlatformError';
  }
}

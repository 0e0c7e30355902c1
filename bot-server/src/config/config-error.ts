/** The start cannot go on: one line per problem, each `NAME: rule`. The process prints them and exits 78 (EX_CONFIG). */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
  }
}

/** @see sysexits.h, EX_CONFIG */
export const exitConfig = 78;

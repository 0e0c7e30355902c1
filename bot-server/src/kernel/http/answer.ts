export interface SetCookie {
  readonly name: string;
  readonly value: string;
  /** Absent: ends with the browser session. */
  readonly maxAgeSec?: number;
}

export interface AnswerExtras {
  /** In place of the operation's own status of success. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Set as HttpOnly, SameSite=Strict, Path=/api, and Secure when the public address is https. A handler chooses name, value and
   * age only.
   */
  readonly setCookie?: SetCookie;
  /** Name of a cookie to remove. */
  readonly clearCookie?: string;
}

/** A value together with what HTTP must add to it. Made by `answer`. */
export class Answer<T> {
  constructor(
    readonly value: T,
    readonly extras: AnswerExtras,
  ) {}
}

/**
 * Lets a handler set a cookie, a header or another status beside its value:
 * `return answer(official, { setCookie: { name: sessionCookie, value: token, maxAgeSec: 43200 } })`.
 */
export const answer = <T>(value: T, extras: AnswerExtras): Answer<T> => new Answer(value, extras);

import type { OfficialActor, PersonActor } from './actor';

/** Where a request came from: for new-device notices and session binding. */
export interface RequestOrigin {
  readonly clientAddress: string;
  readonly userAgent: string;
}

/** Name of the officials' session cookie. */
export const sessionCookie = 'suiban_session';

/**
 * Given to the kernel by the identity module (`Module.authenticator`). Tokens are opaque here: unknown, expired, revoked and
 * malformed ones all give `undefined`, which is answered 401. Called on every request, so it must be cheap, and must see a
 * logout or a cut role within one second.
 */
export interface Authenticator {
  /** `token`: value of the session cookie. Moves the idle limit. */
  official(token: string, from: RequestOrigin): Promise<OfficialActor | undefined>;
  /** `token`: what follows `Authorization: Bearer`. */
  person(token: string, from: RequestOrigin): Promise<PersonActor | undefined>;
}

export type OutboundFailure =
  | 'timeout'
  /** No connection: refused, unreachable, no such host, bad certificate. */
  | 'no-connection'
  /** The connection broke after the request began. */
  | 'broken'
  | 'circuit-open'
  | 'too-large'
  | 'not-json'
  /** The address or the URL is not allowed. */
  | 'blocked'
  | 'aborted';

/**
 * No usable answer from another system. Carries none of its text, so nothing of it can reach a user or a log.
 * `mayHaveArrived` is false only when it is certain that the other side never saw the request: then a repeat is safe.
 */
export class OutboundError extends Error {
  constructor(
    readonly failure: OutboundFailure,
    readonly origin: string,
    readonly mayHaveArrived: boolean,
  ) {
    super(`outbound ${failure}: ${origin}`);
    this.name = 'OutboundError';
  }
}

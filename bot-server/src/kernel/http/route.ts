import type { Readable } from 'node:stream';
import type { BodyOf, Operation, ParamsOf, QueryOf, ResponseOf } from '@suiban/shared/api/operation';
import type { Actor, AnonymousActor, OfficialActor, PersonActor } from './actor';
import type { Answer, SetCookie } from './answer';

export interface RequestInfo {
  readonly requestId: string;
  /** Client address, for rate limits and new-device notices; never logged in full. */
  readonly clientAddress: string;
  readonly userAgent: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Exact bytes, only for operations with auth `platform`. */
  readonly rawBody: Buffer;
  /** Aborted when the client goes away or the deadline passes. */
  readonly signal: AbortSignal;
}

type ActorOf<O extends Operation> = O['auth'] extends 'official'
  ? OfficialActor
  : O['auth'] extends 'person'
    ? PersonActor
    : O['auth'] extends 'anonymous' | 'platform'
      ? AnonymousActor
      : Actor;

export interface Input<O extends Operation> {
  readonly params: ParamsOf<O>;
  readonly query: QueryOf<O>;
  readonly body: BodyOf<O>;
  readonly request: RequestInfo;
}

/** One part of a multipart upload, streamed; the handler must consume it. */
export interface Upload {
  readonly fileName: string;
  readonly mimeType: string;
  readonly stream: Readable;
}

export interface Download {
  readonly fileName: string;
  readonly mimeType: string;
  readonly stream: Readable;
}

/** Server-sent events: each yielded value is one `data:` line of JSON under its event name. */
export type EventStream = AsyncIterable<{ event: string; data: unknown; id?: string }>;

/** A plain answer for platforms that want exact bytes (`success`, an echostr), or a redirect (`headers: { location }`). */
export interface RawAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** As `answer` sets one. */
  readonly setCookie?: SetCookie;
}

/** A handler returns the plain value, or `answer(value, { setCookie, clearCookie, status, headers })` from `./answer`. */
type Result<T> = Promise<T | Answer<T>>;

export interface Route {
  readonly operation: Operation;
  /** How the handler's result is written. `raw` goes with transport `json`; the others with the transport of their name. */
  readonly kind: 'json' | 'upload' | 'download' | 'events' | 'raw';
  readonly handle: (actor: Actor, input: Input<Operation>, upload?: Upload) => Promise<unknown>;
}

/** Binds an operation of the contract to its use-case; the types of both must agree. */
export const route = <O extends Operation>(operation: O, handle: (actor: ActorOf<O>, input: Input<O>) => Result<ResponseOf<O>>): Route => ({
  operation,
  kind: 'json',
  handle: handle as unknown as Route['handle'],
});

/** One file per request. Other form fields must come before the file: they are the operation's `body`. */
export const uploadRoute = <O extends Operation>(
  operation: O,
  handle: (actor: ActorOf<O>, input: Input<O>, upload: Upload) => Result<ResponseOf<O>>,
): Route => ({ operation, kind: 'upload', handle: handle as unknown as Route['handle'] });

/** Always an attachment with `nosniff`, never shown inline. */
export const downloadRoute = <O extends Operation>(
  operation: O,
  handle: (actor: ActorOf<O>, input: Input<O>) => Promise<Download>,
): Route => ({ operation, kind: 'download', handle: handle as unknown as Route['handle'] });

/** The iterator is ended (`return`) when the client leaves or the server drains; `Last-Event-ID` is in `request.headers`. */
export const eventsRoute = <O extends Operation>(
  operation: O,
  handle: (actor: ActorOf<O>, input: Input<O>) => Promise<EventStream>,
): Route => ({ operation, kind: 'events', handle: handle as unknown as Route['handle'] });

/** Exact bytes, a platform's acknowledgement, or a redirect. */
export const rawRoute = <O extends Operation>(operation: O, handle: (actor: ActorOf<O>, input: Input<O>) => Promise<RawAnswer>): Route => ({
  operation,
  kind: 'raw',
  handle: handle as unknown as Route['handle'],
});

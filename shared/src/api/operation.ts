import type { z } from 'zod';
import type { ProblemType } from '../errors/problem-types';

/** Who may call: nobody known, a signed-in official, a signed-in person (phone), or a platform with its own signature. */
export type Auth = 'anonymous' | 'official' | 'person' | 'platform';

/** Budgets per class are in `bot-server/src/kernel/http/rate.ts`; every operation names one. */
export type RateClass = 'read' | 'write' | 'sign-in' | 'upload' | 'export' | 'stream' | 'public-read' | 'public-write' | 'callback';

/** How the body travels: JSON both ways, a multipart upload, a file to download, or server-sent events. */
export type Transport = 'json' | 'upload' | 'download' | 'events';

export interface Operation<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> {
  /** camelCase verb + noun, unique; becomes the OpenAPI operationId. */
  readonly id: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Koa syntax: `/api/campaigns/:campaignId`. */
  readonly path: string;
  readonly summary: string;
  readonly auth: Auth;
  /** `<module>.<permission>`: a key of that module's policy file; `public` only with auth `anonymous` or `platform`. */
  readonly permission: string;
  readonly rate: RateClass;
  readonly transport: Transport;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly response: R;
  /** Status of success. */
  readonly status: 200 | 201 | 202 | 204;
  /** Problem types beyond the ones every operation may answer (validation, sign-in, permission, rate, internal). */
  readonly problems: readonly ProblemType[];
}

export type ParamsOf<O extends Operation> = z.output<O['params']>;
export type QueryOf<O extends Operation> = z.output<O['query']>;
export type BodyOf<O extends Operation> = z.output<O['body']>;
/** What a handler returns (before serialisation) and what a client reads: schemas of responses do not transform. */
export type ResponseOf<O extends Operation> = z.output<O['response']>;
/** What a client sends. */
export type RequestOf<O extends Operation> = z.input<O['body']>;
export type SearchOf<O extends Operation> = z.input<O['query']>;

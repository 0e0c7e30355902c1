import { z } from 'zod';
import type { Auth, Operation } from './operation';

const nothing = z.strictObject({});
type Nothing = typeof nothing;

type Given<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType> = Pick<
  Operation,
  'id' | 'method' | 'path' | 'summary' | 'auth' | 'permission' | 'rate'
> &
  Partial<Pick<Operation, 'transport' | 'status' | 'problems'>> & { params?: P; query?: Q; body?: B; response?: R };

/**
 * Declares one operation of the HTTP contract. Objects in `params`, `query` and `body` are strict: an unknown field is a 400.
 * `auth` keeps its literal, so that a handler's actor has the type it will have.
 */
export function operation<
  const A extends Auth,
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = Nothing,
  R extends z.ZodType = z.ZodVoid,
>(given: Given<P, Q, B, R> & { auth: A }): Operation<P, Q, B, R> & { readonly auth: A } {
  return {
    transport: 'json',
    status: 200,
    problems: [],
    ...given,
    params: given.params ?? (nothing as unknown as P),
    query: given.query ?? (nothing as unknown as Q),
    body: given.body ?? (nothing as unknown as B),
    response: given.response ?? (z.void() as unknown as R),
  };
}

/** Ids travel as strings: uuid, or the decimal digits of a bigint. */
export const id = z.string().min(1).max(64);
/** An instant in ISO 8601 with offset, as JSON carries it. */
export const instant = z.iso.datetime({ offset: true });
/** A civil date, `YYYY-MM-DD`, in the city's time zone. */
export const civilDate = z.iso.date();

/** Cursor paging: `cursor` is opaque; absent = first page. */
export const pageQuery = { cursor: z.string().max(400).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) };
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.number().int().nullable() });

/** A JSON document with a parser of its own (survey, rule): the contract only says "object", the use-case parses and names the fault. */
export const jsonObject = <T extends object>() => z.looseObject({}) as unknown as z.ZodType<T, T>;

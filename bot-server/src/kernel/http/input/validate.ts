import type { FieldError } from '@suiban/shared/errors';
import type { z } from 'zod';
import { issueWords } from './issue-words';
import { pointerTo, unsafeParts } from './unsafe-text';

export type Part = 'params' | 'query' | 'body';

const maxErrors = 50;

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inside, key) => (typeof inside === 'object' && inside !== null ? Reflect.get(inside, key) : undefined), value);

function fieldErrors(issue: z.core.$ZodIssue, value: unknown, part: Part): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ pointer: pointerTo(part, ...issue.path, key), detail: issueWords(issue, false) }));
  }
  const isAbsent = issue.code === 'invalid_type' && valueAt(value, issue.path) === undefined;
  return [{ pointer: pointerTo(part, ...issue.path), detail: issueWords(issue, isAbsent) }];
}

/** Parses one part of a request against its schema. Pointers begin with the part's name: `/body/mobile`. */
export function validate(schema: z.ZodType, value: unknown, part: Part): { value: unknown } | { errors: FieldError[] } {
  const unsafe = unsafeParts(value, [part]);
  if (unsafe.length > 0) return { errors: unsafe.slice(0, maxErrors) };
  const parsed = schema.safeParse(value);
  if (parsed.success) return { value: parsed.data };
  return { errors: parsed.error.issues.flatMap((issue) => fieldErrors(issue, value, part)).slice(0, maxErrors) };
}

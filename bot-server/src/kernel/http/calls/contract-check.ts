import type { Operation } from '@suiban/shared/api/operation';
import { z } from 'zod';

/** A JSON operation that answers nothing says so with 204, whether or not its author wrote it. */
export const successStatus = (operation: Operation): number =>
  operation.transport === 'json' && operation.status === 200 && operation.response instanceof z.ZodVoid ? 204 : operation.status;

/** Paths of what is in `given` and not in `known`: fields that the contract does not name and that would leave the server unseen. */
function undeclared(given: unknown, known: unknown, path: string): string[] {
  if (typeof given !== 'object' || given === null || typeof known !== 'object' || known === null) return [];
  return Object.entries(given).flatMap(([key, value]) =>
    Object.hasOwn(known, key) ? undeclared(value, Reflect.get(known, key), `${path}/${key}`) : [`${path}/${key}`],
  );
}

/**
 * For tests: an answer that breaks the contract, or says more than it, is a bug. Looks at what the client would read, after
 * serialisation. @throws Error naming operation and place
 */
export function refuseOffContract(operation: Operation, body: string | undefined): void {
  const written: unknown = body === undefined ? undefined : JSON.parse(body);
  const parsed = operation.response.safeParse(written);
  if (!parsed.success) {
    const places = parsed.error.issues.map((issue) => `${issue.path.join('/')}: ${issue.message}`);
    throw new Error(`${operation.id} answers off its contract: ${places.slice(0, 5).join('; ')}`);
  }
  const extra = undeclared(written, parsed.data, '');
  if (extra.length > 0) throw new Error(`${operation.id} answers fields its contract does not name: ${extra.slice(0, 5).join(', ')}`);
}

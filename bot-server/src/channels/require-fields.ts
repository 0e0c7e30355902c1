import { DomainError } from '@suiban/shared/errors';
import type { Problem } from './content';

/** What the platform would refuse is refused before it is asked. @throws DomainError kernel:invalid-request with every field */
export function requireFields(problems: readonly Problem[]): void {
  const [first] = problems;
  if (!first) return;
  const errors = problems.map(({ field, detail }) => ({ pointer: `/${field}`, detail }));
  throw new DomainError('kernel:invalid-request', first.detail, { errors });
}

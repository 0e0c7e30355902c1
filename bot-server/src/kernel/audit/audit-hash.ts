import { createHash } from 'node:crypto';
import { canonicalJson } from '../crypto/canonical-json';

/** What is hashed of an event, as the database gives it back. `at` in ISO 8601 with microseconds, UTC. */
export interface SealedContent {
  readonly id: string;
  readonly aggregate: string;
  readonly aggregateId: string;
  readonly action: string;
  readonly actorKind: string;
  readonly actorId: string;
  readonly reason: string | null;
  readonly before: unknown;
  readonly after: unknown;
  readonly at: string;
}

/** Before the first link of every chain. */
export const noHash = '0'.repeat(64);

export function hashEvent(prevHash: string, content: SealedContent): string {
  const { id, aggregate, aggregateId, action, actorKind, actorId, reason, before, after, at } = content;
  const text = canonicalJson({ id, aggregate, aggregateId, action, actorKind, actorId, reason, before, after, at });
  return createHash('sha256').update(prevHash).update(text).digest('hex');
}

import { DomainError } from '@suiban/shared/errors';
import type { PersonActor, Role } from '../../kernel/http/actor';

export const permissions = { 'messages.read': [] } as const satisfies Readonly<Record<string, readonly Role[]>>;

/** Firms whose messages this person may see: those they are agent of; by a personal link only that one. @throws DomainError kernel:not-found */
export function firmsOf(actor: PersonActor, asked: string | undefined): readonly string[] {
  const own = actor.scope ? [actor.scope.enterpriseId] : actor.enterpriseIds;
  if (asked === undefined) return own;
  if (!own.includes(asked)) throw new DomainError('kernel:not-found');
  return [asked];
}

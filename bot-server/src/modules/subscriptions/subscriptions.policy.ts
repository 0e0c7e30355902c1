import { DomainError } from '@suiban/shared/errors';
import type { OfficialActor, Role } from '../../kernel/http/actor';

export const permissions = {
  'subscriptions.grant': [],
  'subscriptions.read': ['drafter', 'reviewer', 'signatory', 'supervisor', 'liaison', 'system-admin'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

/** Only who signed in inside the mini-program can be sent its messages. @throws DomainError campaigns:no-openid */
export function requireOpenid(openid: string | undefined): string {
  if (openid === undefined) throw new DomainError('campaigns:no-openid');
  return openid;
}

/** Figures over the whole city, no person in them. @throws DomainError kernel:not-allowed */
export function mayReadFigures(actor: OfficialActor): void {
  const readers: readonly Role[] = permissions['subscriptions.read'];
  if (!actor.roles.some((role) => readers.includes(role))) throw new DomainError('kernel:not-allowed');
}

export const isKnownOpenid = <T>(identity: T | undefined): identity is T => identity !== undefined;

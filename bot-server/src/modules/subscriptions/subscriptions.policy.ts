import { DomainError } from '@suiban/shared/errors';
import type { Role } from '../../kernel/http/actor';

export const permissions = { 'subscriptions.grant': [] } as const satisfies Readonly<Record<string, readonly Role[]>>;

/** Only who signed in inside the mini-program can be sent its messages. @throws DomainError campaigns:no-openid */
export function requireOpenid(openid: string | undefined): string {
  if (openid === undefined) throw new DomainError('campaigns:no-openid');
  return openid;
}

export const isKnownOpenid = <T>(identity: T | undefined): identity is T => identity !== undefined;

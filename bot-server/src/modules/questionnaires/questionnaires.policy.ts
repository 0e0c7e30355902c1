import { DomainError } from '@suiban/shared/errors';
import type { OfficialActor, Role } from '../../kernel/http/actor';

export const permissions = {
  'questionnaires.read': ['drafter', 'reviewer', 'signatory', 'dispatcher', 'supervisor', 'liaison'],
  'questionnaires.write': ['drafter'],
  'questionnaires.publish': ['drafter', 'reviewer'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

/** A text file to recognise: the longest questionnaire met in the wild is a hundredth of this. */
export const textLimits = { bytes: 2 * 1024 * 1024 } as const;

/** Every bureau's questionnaires may be read by whoever holds the permission: reuse is the point. @throws DomainError kernel:not-found */
export function mayRead<T>(row: T | undefined, detail = '没有这份问卷'): T {
  if (row !== undefined) return row;
  throw new DomainError('kernel:not-found', detail);
}

/** Only its bureau may change it. @throws DomainError kernel:not-allowed */
export function mayChange(actor: OfficialActor, row: { readonly bureau_id: string }): void {
  if (row.bureau_id !== actor.bureauId) throw new DomainError('kernel:not-allowed', '这份问卷属于其他单位，可以复制一份后修改');
}

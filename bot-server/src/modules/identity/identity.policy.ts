import { DomainError } from '@suiban/shared/errors';
import type { Actor, OfficialActor, Role } from '../../kernel/http/actor';
import { roles } from '../../kernel/http/actor';

/** `own` is every official's; `person` any signed-in person's. System and security administrators are kept apart from the work itself. */
export const permissions = {
  'identity.own': roles,
  'identity.person': [],
  'identity.list-officials': ['system-admin', 'security-admin', 'audit-admin', 'dispatcher', 'supervisor', 'drafter', 'signatory'],
  'identity.manage-officials': ['security-admin'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Console sessions. */
export const officialSessionLimits = { idleMs: 30 * minuteMs, absoluteMs: 12 * hourMs } as const;
/** Phones stay signed in; a personal link opens one afternoon's work. */
export const personSessionLimits = { idleMs: 30 * dayMs, absoluteMs: 90 * dayMs, linkMs: 12 * hourMs } as const;
/** The try after the fifth is refused, whatever it says. */
export const signInLimits = { tries: 5, windowMs: 15 * minuteMs, blockMs: 15 * minuteMs } as const;
export const phoneCodeLimits = { tries: 5, lifeMs: 5 * minuteMs, resendMs: minuteMs, perDay: 10 } as const;
/** From leaving for the platform's page to coming back. */
export const oauthLifeMs = 10 * minuteMs;
export const passwordLength = { min: 12, max: 200 } as const;

/** An official may not take away the roles or the account of themselves: somebody else must see it happen. */
export function mayChangeOfficial(actor: OfficialActor, officialId: string): void {
  if (actor.id === officialId) throw new DomainError('kernel:not-allowed', '不能修改自己的角色或停用自己的账号，请由另一名安全管理员操作');
}

/** Roles that must not meet in one pair of hands (三员分立). */
const apart: readonly Role[] = ['system-admin', 'security-admin', 'audit-admin'];

export function checkRoles(given: readonly Role[]): void {
  const administrators = given.filter((role) => apart.includes(role));
  const isMixed = administrators.length > 1 || (administrators.length === 1 && given.length > 1);
  if (isMixed) {
    throw new DomainError('kernel:invalid-request', '系统、安全、审计管理员须由不同的人担任，且不兼任业务角色', {
      errors: [{ pointer: '/body/roles', detail: '管理员角色不能与其他角色同时授予' }],
    });
  }
}

/** A session opened by a personal link proves no person: it may not bind a mobile or end others' sessions. */
export function mustBePerson(actor: Actor): string {
  if (actor.kind === 'person' && !actor.scope) return actor.id;
  throw new DomainError('kernel:not-allowed', '请先用手机号验证码登录');
}

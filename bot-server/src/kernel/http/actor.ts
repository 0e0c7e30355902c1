/** 拟制人, 审核人, 签发人, 派单员, 承办人, 督办人员, 服务专员, 系统/安全/审计 administrators (kept apart). */
export const roles = [
  'drafter',
  'reviewer',
  'signatory',
  'dispatcher',
  'handler',
  'supervisor',
  'liaison',
  'system-admin',
  'security-admin',
  'audit-admin',
] as const;
export type Role = (typeof roles)[number];

export interface OfficialActor {
  readonly kind: 'official';
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly bureauId: string;
  /** Districts the official may see; empty = whole city. */
  readonly districtCodes: readonly string[];
}

export interface PersonActor {
  readonly kind: 'person';
  readonly id: string;
  /** Enterprises whose agent (经办人) this person is. */
  readonly enterpriseIds: readonly string[];
  /** Set when signed in by a personal short link: only that campaign, as that enterprise. */
  readonly scope?: { readonly campaignId: string; readonly enterpriseId: string };
}

export interface SystemActor {
  readonly kind: 'system';
  /** Which part acted: `dispatcher`, `sealer`, … */
  readonly id: string;
}

export interface AnonymousActor {
  readonly kind: 'anonymous';
}

export type Actor = OfficialActor | PersonActor | SystemActor | AnonymousActor;

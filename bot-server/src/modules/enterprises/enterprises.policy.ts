import { DomainError } from '@suiban/shared/errors';
import type { OfficialActor, PersonActor, Role } from '../../kernel/http/actor';

export const permissions = {
  'enterprises.read': ['drafter', 'reviewer', 'signatory', 'dispatcher', 'handler', 'supervisor', 'liaison'],
  'enterprises.import': ['drafter', 'system-admin'],
  'enterprises.manage': ['drafter', 'liaison'],
  'enterprises.invite': ['drafter', 'liaison'],
  'enterprises.unmask': ['drafter', 'dispatcher', 'liaison'],
  'enterprises.bind': [],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

/** 100 MB; named in the answer of a larger upload. */
export const importLimits = {
  fileBytes: 100 * 1024 * 1024,
  columns: 200,
  recordBytes: 65_536,
  /** Rows whose effects are committed together. */
  chunkRows: 500,
  previewRows: 20,
  /** An upload that nobody started goes, with its file, after this. */
  idleUploadMs: 24 * 3_600_000,
} as const;

export const invitationLimits = {
  lifeMs: 30 * 24 * 3_600_000,
  perRequest: 20_000,
  /** In flight at once: after a crash at most so many are unknown. */
  windowSize: 50,
} as const;

/** Unmasking more than this many contacts in an hour is logged as an alert. */
export const unmaskAlert = { count: 30, withinMs: 3_600_000 } as const;

/** Districts whose firms the official may see; null = all. A firm elsewhere is answered as not found. */
export const districtsOf = (actor: OfficialActor): readonly string[] | null =>
  actor.districtCodes.length > 0 ? actor.districtCodes : null;

/** Imports belong to the bureau that uploaded them; another bureau's is answered as not found. */
export function mustOwnImport(actor: OfficialActor, run: { readonly bureau_id: string } | undefined): void {
  const isOwn = run !== undefined && (run.bureau_id === actor.bureauId || actor.roles.includes('system-admin'));
  if (!isOwn) throw new DomainError('kernel:not-found', '没有这个导入任务');
}

/** A WeCom member can be sent to only in the city's corp and those joined to it; an openid always. */
export const canBeAddress = (kind: string, corp: object | undefined): boolean => kind !== 'wecom' || corp !== undefined;

/** A session opened by a campaign's link proves no person, so it binds none. */
export function mayBind(actor: PersonActor): string {
  if (!actor.scope) return actor.id;
  throw new DomainError('kernel:not-allowed', '请先用收到邀请的手机号登录');
}

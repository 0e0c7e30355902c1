import type { EnterpriseSummary, Invitation } from '@suiban/shared/api/enterprises';
import { industryLabel } from '@suiban/shared/enterprises';
import { DomainError } from '@suiban/shared/errors';
import { maskMobile } from '@suiban/shared/identity';
import type { City } from '../../config/city';
import type { FieldSealer } from '../../kernel/crypto/field-sealer';
import { mobilePurpose } from './contacts.repo';
import type { EnterpriseRow } from './enterprises.repo';
import type { InvitationRow } from './invitations.repo';

export const amountOf = (fen: string | null): number | null => (fen === null ? null : Number(fen));

export function summaryOf(city: City, row: EnterpriseRow): EnterpriseSummary {
  return {
    id: row.id,
    creditCode: row.credit_code,
    name: row.name,
    industryCode: row.industry_code,
    industryName: industryLabel(row.industry_code, 'zh'),
    districtCode: row.district_code,
    districtName: city.districts.find(({ code }) => code === row.district_code)?.name ?? null,
    subdistrict: row.subdistrict,
    staffCount: row.staff_count,
    sizeClass: row.size_class,
    tags: [...row.tags],
    funnel: row.funnel,
    isSuppressed: row.is_suppressed,
    isDemo: row.is_demo,
  };
}

/** Opaque to the client. */
export const cursorOf = (...parts: readonly string[]): string => Buffer.from(parts.join('|')).toString('base64url');

/** @throws DomainError kernel:invalid-request for one that we did not make */
export function readCursor(cursor: string | undefined, form: RegExp): readonly string[] | undefined {
  if (cursor === undefined) return undefined;
  const text = Buffer.from(cursor, 'base64url').toString();
  if (form.test(text)) return text.split('|');
  throw new DomainError('kernel:invalid-request', '翻页位置无效，请从第一页重新查看', {
    errors: [{ pointer: '/query/cursor', detail: '不是本系统给出的翻页位置' }],
  });
}

/** `310101,310104` */
export const listOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

export const invitationView = (sealer: FieldSealer, row: InvitationRow): Invitation => ({
  id: row.id,
  enterpriseId: row.enterprise_id,
  enterpriseName: row.enterprise_name,
  mobileMasked: maskMobile(sealer.open(mobilePurpose, row.mobile_sealed)),
  state: row.state,
  tries: row.tries,
  plannedAt: row.planned_at.toISOString(),
  sentAt: row.sent_at?.toISOString() ?? null,
  expiresAt: row.expires_at.toISOString(),
  boundAt: row.bound_at?.toISOString() ?? null,
});

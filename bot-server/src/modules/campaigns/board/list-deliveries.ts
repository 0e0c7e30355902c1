import type { DeliveryRow as DeliveryView, SendingChannel } from '@suiban/shared/api/campaigns';
import { DomainError } from '@suiban/shared/errors';
import { maskCreditCode } from '@suiban/shared/identity';
import { type DeliveryRow, listDeliveryRows } from '../../dispatch';
import type { Deps } from '../../module';
import { requireCampaign } from '../loading';
import { explainCode } from './reasons';

export interface DeliveryQuery {
  readonly state?: string;
  readonly q?: string;
  readonly code?: string;
  readonly isAnswered?: 'true' | 'false';
  readonly cursor?: string;
  readonly limit: number;
}

/** In the order of the ledger. */
export async function listDeliveries(deps: Deps, campaignId: string, { state, q, code, isAnswered, cursor, limit }: DeliveryQuery) {
  const row = await requireCampaign(deps.db, campaignId);
  if (cursor !== undefined && !/^\d{1,9}$/.test(cursor))
    throw new DomainError('kernel:invalid-request', '翻页位置无效，请从第一页重新查看');
  const rows = await listDeliveryRows(deps.db, row.id, {
    afterSeq: Number(cursor ?? 0),
    limit: limit + 1,
    ...(state ? { state } : {}),
    ...(q?.trim() ? { text: q.trim() } : {}),
    ...(code ? { code } : {}),
    ...(isAnswered ? { isAnswered: isAnswered === 'true' } : {}),
  });
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { items: rows.slice(0, limit).map((each) => deliveryView(deps, each)), nextCursor: last ? String(last.seq) : null, total: null };
}

export function deliveryView(deps: Deps, row: DeliveryRow): DeliveryView {
  const said = row.code === null ? undefined : explainCode(deps, row.channel, row.code).meaning;
  return {
    seq: row.seq,
    enterpriseId: row.enterpriseId,
    enterpriseName: row.name,
    creditCodeMasked: maskCreditCode(row.creditCode),
    districtCode: row.districtCode,
    state: row.state,
    channel: row.channel as SendingChannel | null,
    attempts: row.attempts,
    code: row.code,
    codeLabel: said?.zh ?? null,
    codeLabelEn: said?.en ?? null,
    isInboxOnly: row.state === 'refused',
    awaitsStaff: row.awaitsStaff,
    settledAt: row.settledAt?.toISOString() ?? null,
    openedAt: row.openedAt?.toISOString() ?? null,
    answeredAt: row.answeredAt?.toISOString() ?? null,
    isDemo: row.isDemo,
  };
}

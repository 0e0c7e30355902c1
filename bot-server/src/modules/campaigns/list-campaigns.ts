import type { CampaignSummary } from '@suiban/shared/api/campaigns';
import { DomainError } from '@suiban/shared/errors';
import type { OfficialActor } from '../../kernel/http/actor';
import { countsOf, noCounts } from '../dispatch';
import type { Deps } from '../module';
import { mayRead } from './campaigns.policy';
import { listCampaignRows } from './campaigns.repo';
import { summaryOf } from './read-campaign';

export interface CampaignQuery {
  readonly q?: string;
  readonly state?: string;
  readonly kind?: string;
  readonly cursor?: string;
  readonly limit: number;
}

/** Newest first. */
export async function listCampaigns(deps: Deps, actor: OfficialActor, { q, state, kind, cursor, limit }: CampaignQuery) {
  mayRead(actor);
  const before = cursor === undefined ? undefined : readCursor(cursor);
  const filter = { ...(q ? { text: q } : {}), ...(state ? { state } : {}), ...(kind ? { kind } : {}), ...(before ? { before } : {}) };
  const rows = await listCampaignRows(deps.db, { ...filter, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const counts = await countsOf(
    deps.db,
    page.map(({ id }) => id),
  );
  const items: CampaignSummary[] = [];
  for (const row of page) items.push(await summaryOf(deps, deps.db, row, counts.get(row.id) ?? noCounts));
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { items, nextCursor: last ? Buffer.from(`${last.createdAt.toISOString()}|${last.id}`).toString('base64url') : null, total: null };
}

function readCursor(cursor: string): { at: Date; id: string } {
  const [, at, id] = /^([0-9TZ:.-]{24})\|(\d{1,18})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (!at || !id) throw new DomainError('kernel:invalid-request', '翻页位置无效，请从第一页重新查看');
  return { at: new Date(at), id };
}

import type { EnterpriseSummary } from '@suiban/shared/api/enterprises';
import type { OfficialActor } from '../../kernel/http/actor';
import type { Deps } from '../module';
import { funnelLabels } from './attributes';
import { districtsOf } from './enterprises.policy';
import { countByFunnel, countEnterprises, type EnterpriseFilter, type Funnel, listEnterpriseRows } from './enterprises.repo';
import { cursorOf, listOf, readCursor, summaryOf } from './views';

interface Filters {
  readonly q?: string | undefined;
  readonly district?: string | undefined;
  readonly industry?: string | undefined;
  readonly size?: string | undefined;
  readonly tag?: string | undefined;
  readonly funnel?: string | undefined;
}

const countedUpTo = 100_000;

const filterOf = (actor: OfficialActor, query: Filters): EnterpriseFilter => ({
  q: query.q,
  districts: listOf(query.district),
  industries: listOf(query.industry),
  sizes: listOf(query.size),
  tags: listOf(query.tag),
  funnels: listOf(query.funnel),
  visibleDistricts: districtsOf(actor),
});

/** Newest first. `total` is null beyond 100,000. */
export async function listEnterprises(
  { db, city }: Deps,
  actor: OfficialActor,
  query: Filters & { cursor?: string | undefined; limit: number },
): Promise<{ items: EnterpriseSummary[]; nextCursor: string | null; total: number | null }> {
  const filter = filterOf(actor, query);
  const [before] = readCursor(query.cursor, /^\d{1,18}$/) ?? [];
  const rows = await listEnterpriseRows(db, filter, before, query.limit + 1);
  const total = await countEnterprises(db, filter, countedUpTo + 1);
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return {
    items: items.map((row) => summaryOf(city, row)),
    nextCursor: rows.length > query.limit && last ? cursorOf(last.id) : null,
    total: total > countedUpTo ? null : total,
  };
}

const steps: readonly Funnel[] = ['imported', 'invited', 'bound', 'subscribed'];

/** 已导入 → 已邀请 → 已绑定 → 已授权订阅: how many stand at each step, and how many came at least so far. */
export async function readFunnel({ db }: Deps, actor: OfficialActor, query: Filters) {
  const counts = new Map((await countByFunnel(db, filterOf(actor, query))).map(({ funnel, count }) => [funnel, count]));
  const at = (step: Funnel): number => counts.get(step) ?? 0;
  return {
    total: steps.reduce((sum, step) => sum + at(step), 0),
    steps: steps.map((step, index) => ({
      step,
      label: funnelLabels[step].zh,
      at: at(step),
      reached: steps.slice(index).reduce((sum, later) => sum + at(later), 0),
    })),
  };
}

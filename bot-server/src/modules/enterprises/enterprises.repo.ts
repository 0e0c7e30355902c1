import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

export type Funnel = 'imported' | 'invited' | 'bound' | 'subscribed';
export type SizeClass = 'large' | 'medium' | 'small' | 'micro';

export interface EnterpriseRow {
  readonly id: string;
  readonly credit_code: string;
  readonly name: string;
  readonly industry_code: string;
  readonly district_code: string;
  readonly subdistrict: string | null;
  readonly staff_count: number | null;
  readonly annual_revenue_fen: string | null;
  readonly total_assets_fen: string | null;
  readonly size_class: SizeClass | null;
  readonly tags: readonly string[];
  readonly funnel: Funnel;
  readonly is_suppressed: boolean;
  readonly suppressed_reason: string | null;
  readonly is_demo: boolean;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const columns = sql.raw(`id::text as id, credit_code, name, industry_code, district_code, subdistrict, staff_count,
  annual_revenue_fen::text as annual_revenue_fen, total_assets_fen::text as total_assets_fen, size_class, tags, funnel, is_suppressed,
  suppressed_reason, is_demo, created_at, updated_at`);

export interface EnterpriseFilter {
  readonly q?: string | undefined;
  readonly districts?: readonly string[] | undefined;
  readonly industries?: readonly string[] | undefined;
  readonly sizes?: readonly string[] | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly funnels?: readonly string[] | undefined;
  /** What the reader may see; null = all. */
  readonly visibleDistricts: readonly string[] | null;
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

function conditionsOf(filter: EnterpriseFilter): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [sql`true`];
  if (filter.visibleDistricts) all.push(sql`district_code = any(${filter.visibleDistricts}::text[])`);
  if (filter.districts?.length) all.push(sql`district_code = any(${filter.districts}::text[])`);
  if (filter.industries?.length) all.push(sql`industry_code like any(${filter.industries.map((code) => `${escapeLike(code)}%`)}::text[])`);
  if (filter.sizes?.length) all.push(sql`size_class = any(${filter.sizes}::text[])`);
  if (filter.tags?.length) all.push(sql`tags && ${filter.tags}::text[]`);
  if (filter.funnels?.length) all.push(sql`funnel = any(${filter.funnels}::text[])`);
  if (filter.q) {
    const prefix = `${escapeLike(filter.q.toUpperCase())}%`;
    all.push(sql`(name ilike ${`%${escapeLike(filter.q)}%`} or credit_code like ${prefix})`);
  }
  return sql.join(all, sql` and `);
}

/** Newest first; `before` is the last id of the page before. */
export const listEnterpriseRows = (tx: Tx, filter: EnterpriseFilter, before: string | undefined, limit: number): Promise<EnterpriseRow[]> =>
  tx.rows(sql<EnterpriseRow>`
    select ${columns} from enterprise
    where ${conditionsOf(filter)} and (${before ?? null}::bigint is null or id < ${before ?? null}::bigint)
    order by enterprise.id desc limit ${limit}`);

/** Counts no further than `most`: beyond it a number is not worth the time. */
export const countEnterprises = async (tx: Tx, filter: EnterpriseFilter, most: number): Promise<number> =>
  (
    await tx.one<{ count: number }>(sql`
      select count(*)::int as count from (select 1 from enterprise where ${conditionsOf(filter)} limit ${most}) found`)
  ).count;

export const countByFunnel = (tx: Tx, filter: EnterpriseFilter): Promise<{ funnel: Funnel; count: number }[]> =>
  tx.rows(sql<{ funnel: Funnel; count: number }>`
    select funnel, count(*)::int as count from enterprise where ${conditionsOf(filter)} group by funnel`);

export const findEnterprise = (tx: Tx, id: string): Promise<EnterpriseRow | undefined> =>
  tx.first(sql<EnterpriseRow>`select ${columns} from enterprise where id = ${id}::bigint`);

export const findByCreditCode = (tx: Tx, creditCode: string): Promise<EnterpriseRow | undefined> =>
  tx.first(sql<EnterpriseRow>`select ${columns} from enterprise where credit_code = ${creditCode}`);

export const findAudienceRow = (tx: Tx, id: string): Promise<Record<string, unknown> | undefined> =>
  tx.first(sql<Record<string, unknown>>`select * from enterprise_audience where enterprise_id = ${id}::bigint`);

export const setSuppressionRow = (tx: Tx, id: string, reason: string | null, now: Date): Promise<number> =>
  tx.run(sql`
    update enterprise set is_suppressed = ${reason !== null}, suppressed_reason = ${reason}, updated_at = ${now} where id = ${id}::bigint`);

export const setTagsRow = (tx: Tx, id: string, tags: readonly string[], now: Date): Promise<number> =>
  tx.run(sql`update enterprise set tags = ${tags}::text[], updated_at = ${now} where id = ${id}::bigint`);

/** Moves firms up to a step of the funnel; those that came further stay. */
export const advanceFunnel = (tx: Tx, ids: readonly string[], step: Exclude<Funnel, 'imported'>, now: Date): Promise<number> => {
  const earlier = { invited: ['imported'], bound: ['imported', 'invited'], subscribed: ['imported', 'invited', 'bound'] }[step];
  return tx.run(sql`
    update enterprise set funnel = ${step}, updated_at = ${now} where id = any(${ids}::bigint[]) and funnel = any(${earlier}::text[])`);
};

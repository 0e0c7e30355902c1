import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

export interface AuditRow {
  readonly id: string;
  readonly at: Date;
  readonly aggregate: string;
  readonly aggregate_id: string;
  readonly action: string;
  readonly actor_kind: 'official' | 'person' | 'system' | 'anonymous';
  readonly actor_id: string;
  readonly reason: string | null;
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
  readonly is_sealed: boolean;
}

export interface AuditFilter {
  readonly aggregate?: string | undefined;
  readonly aggregateId?: string | undefined;
  readonly action?: string | undefined;
  readonly actorId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Newest first. `action` may be a beginning: `campaign.` gives all of a campaign's. */
export const listAuditRows = (tx: Tx, filter: AuditFilter, before: string | undefined, limit: number): Promise<AuditRow[]> => {
  const is = (column: string, value: string | undefined) => (value === undefined ? sql`true` : sql`${sql.ref(column)} = ${value}`);
  const action = filter.action === undefined ? sql`true` : sql`starts_with(action, ${filter.action})`;
  return tx.rows(sql<AuditRow>`
    select id::text as id, at, aggregate, aggregate_id, action, actor_kind, actor_id, reason, before, after, seal_no is not null as is_sealed
    from audit_event
    where ${is('aggregate', filter.aggregate)} and ${is('aggregate_id', filter.aggregateId)} and ${action} and ${is('actor_id', filter.actorId)}
      and (${filter.from ?? null}::timestamptz is null or at >= ${filter.from ?? null}::timestamptz)
      and (${filter.to ?? null}::timestamptz is null or at < ${filter.to ?? null}::timestamptz)
      and (${before ?? null}::bigint is null or audit_event.id < ${before ?? null}::bigint)
    order by audit_event.id desc limit ${limit}`);
};

export const countUnsealed = async (tx: Tx): Promise<number> =>
  (await tx.one<{ count: number }>(sql`select count(*)::int as count from audit_event where seal_no is null`)).count;

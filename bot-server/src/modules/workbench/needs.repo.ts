import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

export interface CampaignNeed {
  readonly id: string;
  readonly title: string;
  readonly since: Date;
  readonly count: number;
}

/** Waiting for a signature of this bureau, but not of the one who drafted it. */
export const listToSign = (tx: Tx, bureauId: string, officialId: string, limit: number): Promise<CampaignNeed[]> =>
  tx.rows(sql<CampaignNeed>`
    select campaign_id::text as id, title, submitted_at as since, 1 as count from campaign_progress
    where state = 'in_review' and bureau_id = ${bureauId} and drafter_id <> ${officialId}::uuid and submitted_at is not null
    order by submitted_at limit ${limit}`);

export const listWithUnknown = (tx: Tx, bureauId: string, limit: number): Promise<CampaignNeed[]> =>
  tx.rows(sql<CampaignNeed>`
    select campaign_id::text as id, title, launched_at as since, unknown as count from campaign_progress
    where unknown > 0 and bureau_id = ${bureauId} and launched_at is not null order by launched_at limit ${limit}`);

export interface OrderNeed {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly since: Date;
  readonly due_at: Date;
}

/** `owner`: orders that the bureau asked for or answers; `handler`: only those it answers. */
export const listOverdue = (tx: Tx, bureauId: string, side: 'owner' | 'handler', now: Date, limit: number): Promise<OrderNeed[]> =>
  tx.rows(sql<OrderNeed>`
    select id, number, title, created_at as since, due_at from work_order_overview
    where state in ('to-assign', 'to-accept', 'handling', 'reply-review') and due_at < ${now}
      and ((bureau_id = ${bureauId} and state <> 'to-assign') or (${side === 'owner'}::boolean and owner_bureau_id = ${bureauId}))
    order by due_at, id limit ${limit}`);

export type OrderQueue = 'to-assign' | 'to-accept' | 'reply-review';

export const countQueue = (tx: Tx, bureauId: string, queue: OrderQueue): Promise<{ count: number; since: Date | null }> =>
  tx.one(sql<{ count: number; since: Date | null }>`
    select count(*)::int as count, min(created_at) as since from work_order_overview
    where state = ${queue} and case when ${queue}::text = 'to-accept' then bureau_id = ${bureauId}
      when ${queue}::text = 'to-assign' then owner_bureau_id = ${bureauId}
      else owner_bureau_id = ${bureauId} or bureau_id = ${bureauId} end`);

export interface DayCount {
  readonly on: string;
  readonly count: number;
}

export interface Days {
  readonly bureauId: string;
  readonly zone: string;
  /** First instant of the first day. */
  readonly from: Date;
}

/** By the day of launch: sums of the ledger's counters, never a count over its rows. */
export const acceptedByDay = (tx: Tx, { bureauId, zone, from }: Days): Promise<DayCount[]> =>
  tx.rows(sql<DayCount>`
    select ((launched_at at time zone ${zone})::date)::text as "on", sum(accepted)::int as count from campaign_progress
    where launched_at >= ${from} and bureau_id = ${bureauId} group by 1`);

export const answeredByDay = (tx: Tx, { bureauId, zone, from }: Days): Promise<DayCount[]> =>
  tx.rows(sql<DayCount>`
    select ((s.submitted_at at time zone ${zone})::date)::text as "on", count(*)::int as count
    from submission_overview s join campaign_state c on c.campaign_id = s.campaign_id
    where s.submitted_at >= ${from} and c.bureau_id = ${bureauId} group by 1`);

export const ordersByDay = (tx: Tx, { bureauId, zone, from }: Days, when: 'created_at' | 'closed_at'): Promise<DayCount[]> =>
  tx.rows(sql<DayCount>`
    select ((${sql.ref(when)} at time zone ${zone})::date)::text as "on", count(*)::int as count from work_order_overview
    where ${sql.ref(when)} >= ${from} and (owner_bureau_id = ${bureauId} or bureau_id = ${bureauId}) group by 1`);

import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';
import { type OrderRow, orderColumns } from './orders.repo';

/** What an official may see: `rolesOn` of the policy, as SQL over many rows. */
export interface Scope {
  readonly bureauId: string;
  /** null = every district. */
  readonly districts: readonly string[] | null;
  /** Dispatcher, reviewer or supervisor: sees what the bureau asked. */
  readonly seesOwned: boolean;
  /** Handler, reviewer or supervisor: sees what the bureau has to answer. */
  readonly seesAnswered: boolean;
}

export interface Filter {
  readonly state?: string | undefined;
  readonly overdueAt?: Date | undefined;
  readonly campaignId?: string | undefined;
  readonly bureauId?: string | undefined;
  readonly matterId?: string | undefined;
  readonly q?: string | undefined;
  /** What waits for this official. */
  readonly waitsFor?: { readonly officialId: string; readonly states: readonly string[] } | undefined;
}

const within = (scope: Scope): RawBuilder<unknown> => sql`
  ((${scope.seesOwned} and w.owner_bureau_id = ${scope.bureauId})
    or (${scope.seesAnswered} and w.bureau_id = ${scope.bureauId} and w.state <> 'to-assign'))
  and (${scope.districts === null} or w.district_code = any(${[...(scope.districts ?? [])]}::text[]))`;

const escaped = (q: string): string => `%${q.replace(/[\\%_]/g, '\\$&')}%`;

function matching(filter: Filter): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [sql`true`];
  if (filter.state) all.push(sql`w.state = ${filter.state}`);
  if (filter.campaignId) all.push(sql`w.campaign_id = ${filter.campaignId}::bigint`);
  if (filter.bureauId) all.push(sql`w.bureau_id = ${filter.bureauId}`);
  if (filter.matterId) all.push(sql`w.matter_id = ${filter.matterId}`);
  if (filter.overdueAt) all.push(sql`c.due_at < ${filter.overdueAt}`);
  if (filter.q)
    all.push(sql`(w.number like ${escaped(filter.q)} or w.title ilike ${escaped(filter.q)} or w.body ilike ${escaped(filter.q)})`);
  if (filter.waitsFor) {
    const { officialId, states } = filter.waitsFor;
    all.push(sql`((w.handler_id = ${officialId}::uuid and w.state in ('to-accept', 'handling')) or w.state = any(${[...states]}::text[]))`);
  }
  return sql.join(all, sql` and `);
}

/** The clock that runs now: the first to end of those not done. */
const withClock = sql`
  work_order w left join lateral (
    select due_at, is_provisional from work_order_clock where work_order_id = w.id and done_at is null order by due_at limit 1) c on true`;

export interface QueuedRow extends OrderRow {
  readonly due_at: Date | null;
  readonly is_provisional: boolean | null;
}

export type After = { readonly key: string; readonly id: string } | undefined;

/** The soonest to end first, orders without a running clock last; or the newest first. `after.key` is an instant, or `infinity`. */
export function listQueue(
  tx: Tx,
  scope: Scope,
  filter: Filter,
  sort: 'clock' | 'newest',
  after: After,
  limit: number,
): Promise<QueuedRow[]> {
  const key = sort === 'clock' ? sql`coalesce(c.due_at, 'infinity'::timestamptz)` : sql`w.created_at`;
  const direction = sql.raw(sort === 'clock' ? 'asc' : 'desc');
  const beyond = sql.raw(sort === 'clock' ? '>' : '<');
  const place = after ? sql`(${key}, w.id) ${beyond} (${after.key}::timestamptz, ${after.id}::uuid)` : sql`true`;
  return tx.rows<QueuedRow>(sql`
    select ${orderColumns}, c.due_at, c.is_provisional from ${withClock}
    where ${within(scope)} and ${matching(filter)} and ${place} order by ${key} ${direction}, w.id ${direction} limit ${limit}`);
}

export const countQueue = async (tx: Tx, scope: Scope, filter: Filter): Promise<number> =>
  (await tx.one<{ count: number }>(sql`select count(*)::int as count from ${withClock} where ${within(scope)} and ${matching(filter)}`))
    .count;

export const countByState = (tx: Tx, scope: Scope): Promise<{ state: string; count: number }[]> =>
  tx.rows<{ state: string; count: number }>(sql`
    select w.state, count(*)::int as count from work_order w where ${within(scope)} group by w.state`);

export interface Outcomes {
  readonly all: number;
  readonly solved: number;
  readonly rated: number;
  readonly satisfied: number;
  readonly contacts_due: number;
  readonly contacts_in_time: number;
}

/** What the rates are made of; each formula is on screen. */
export const readOutcomes = (tx: Tx, scope: Scope, now: Date): Promise<Outcomes> =>
  tx.one<Outcomes>(sql`
    select count(*)::int as "all",
      (count(*) filter (where w.closed_by = 'rating' and w.rating ->> 'solved' = 'yes'))::int as solved,
      (count(*) filter (where w.rating is not null))::int as rated,
      (count(*) filter (where (w.rating ->> 'satisfaction')::int >= 4))::int as satisfied,
      (count(*) filter (where k.done_at is not null or k.due_at < ${now}))::int as contacts_due,
      (count(*) filter (where k.done_at <= k.due_at))::int as contacts_in_time
    from work_order w left join work_order_clock k on k.work_order_id = w.id and k.kind = 'contact'
    where ${within(scope)}`);

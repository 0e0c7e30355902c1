import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../../kernel/db/database';
import { type ConversationRow, conversationColumns } from '../conversations.repo';

/** What an official may see: `mustSee` of the policy, as SQL over many rows. */
export interface Scope {
  readonly bureauId: string;
  /** null = every district. */
  readonly districts: readonly string[] | null;
}

export interface Filter {
  readonly view: 'waiting' | 'mine' | 'all';
  readonly officialId: string;
  /** Part of a firm's name. */
  readonly q?: string | undefined;
}

export type After = { readonly at: string; readonly id: string } | undefined;

export interface QueuedRow extends ConversationRow {
  readonly enterpriseName: string | null;
}

const within = (scope: Scope): RawBuilder<unknown> => sql`
  c.bureau_id = ${scope.bureauId} and (${scope.districts === null} or c.district_code = any(${[...(scope.districts ?? [])]}::text[]))`;

const escaped = (q: string): string => `%${q.replace(/[\\%_]/g, '\\$&')}%`;

function matching({ view, officialId, q }: Filter): RawBuilder<unknown> {
  const views = {
    waiting: sql`c.state = 'waiting'`,
    mine: sql`c.operator_id = ${officialId}::uuid`,
    all: sql`true`,
  };
  return q ? sql`${views[view]} and e.name ilike ${escaped(q)}` : views[view];
}

const withFirm = sql`conversation c left join enterprise_audience e on e.enterprise_id = c.enterprise_id`;

/** Who waits longest first; of the others what happened last. */
export function listQueue(tx: Tx, scope: Scope, filter: Filter, after: After, limit: number): Promise<QueuedRow[]> {
  const isQueue = filter.view === 'waiting';
  const key = sql.raw(isQueue ? 'c.waiting_since' : 'c.changed_at');
  const direction = sql.raw(isQueue ? 'asc' : 'desc');
  const beyond = sql.raw(isQueue ? '>' : '<');
  const place = after ? sql`(${key}, c.id) ${beyond} (${after.at}::timestamptz, ${after.id}::uuid)` : sql`true`;
  return tx.rows<QueuedRow>(sql`
    select ${conversationColumns}, e.name as "enterpriseName" from ${withFirm}
    where ${within(scope)} and ${matching(filter)} and ${place} order by ${key} ${direction}, c.id ${direction} limit ${limit}`);
}

export const countQueue = async (tx: Tx, scope: Scope, filter: Filter): Promise<number> =>
  (await tx.one<{ count: number }>(sql`select count(*)::int as count from ${withFirm} where ${within(scope)} and ${matching(filter)}`))
    .count;

export const countQueues = (tx: Tx, scope: Scope, officialId: string) =>
  tx.one<{ waiting: number; mine: number; assigned: number; all: number }>(sql`
    select (count(*) filter (where c.state = 'waiting'))::int as waiting,
      (count(*) filter (where c.operator_id = ${officialId}::uuid))::int as mine,
      (count(*) filter (where c.state = 'assigned'))::int as assigned, count(*)::int as "all"
    from conversation c where ${within(scope)}`);

export const findQueued = (tx: Tx, id: string): Promise<QueuedRow | undefined> =>
  tx.first<QueuedRow>(sql`select ${conversationColumns}, e.name as "enterpriseName" from ${withFirm} where c.id = ${id}::uuid`);

/** In which something happened since then; the newest. */
export const listChanged = (tx: Tx, scope: Scope, since: Date, limit: number): Promise<{ id: string; at: Date }[]> =>
  tx.rows(sql<{ id: string; at: Date }>`
    select c.id, c.changed_at as at from conversation c where ${within(scope)} and c.changed_at > ${since}
    order by c.changed_at desc limit ${limit}`);

export const lastChangeAt = async (tx: Tx, scope: Scope): Promise<Date | undefined> =>
  (await tx.one<{ at: Date | null }>(sql`select max(c.changed_at) as at from conversation c where ${within(scope)}`)).at ?? undefined;

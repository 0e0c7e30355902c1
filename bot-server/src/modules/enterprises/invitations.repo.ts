import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

export type InvitationState = 'planned' | 'sending' | 'accepted' | 'refused' | 'unknown';

export interface InvitationRow {
  readonly id: string;
  readonly enterprise_id: string;
  readonly enterprise_name: string;
  readonly is_demo: boolean;
  readonly mobile_sealed: string;
  readonly mobile_index: string;
  readonly state: InvitationState;
  readonly tries: number;
  readonly planned_at: Date;
  readonly sent_at: Date | null;
  readonly expires_at: Date;
  readonly bound_at: Date | null;
}

const select = (rest: RawBuilder<unknown>): RawBuilder<InvitationRow> => sql<InvitationRow>`
  select i.id, i.enterprise_id::text as enterprise_id, e.name as enterprise_name, e.is_demo, c.mobile_sealed, c.mobile_index, i.state, i.tries,
    i.planned_at, i.sent_at, i.expires_at, i.bound_at
  from invitation i join enterprise e on e.id = i.enterprise_id join enterprise_contact c on c.id = i.contact_id
  ${rest}`;

export const listInvitationsOf = (tx: Tx, enterpriseId: string): Promise<InvitationRow[]> =>
  tx.rows(select(sql`where i.enterprise_id = ${enterpriseId}::bigint order by i.planned_at desc, i.id limit 20`));

export const findInvitation = (tx: Tx, id: string): Promise<InvitationRow | undefined> => tx.first(select(sql`where i.id = ${id}::uuid`));

export interface InvitationPage {
  readonly state: string | undefined;
  readonly visibleDistricts: readonly string[] | null;
  readonly before: { readonly plannedAt: string; readonly id: string } | undefined;
  readonly limit: number;
}

export const listInvitationRows = (tx: Tx, page: InvitationPage): Promise<InvitationRow[]> =>
  tx.rows(
    select(sql`
      where (${page.state ?? null}::text is null or i.state = ${page.state ?? null}::text)
        and (${page.visibleDistricts}::text[] is null or e.district_code = any(${page.visibleDistricts}::text[]))
        and (${page.before?.id ?? null}::uuid is null
          or (i.planned_at, i.id) < (${page.before?.plannedAt ?? null}::timestamptz, ${page.before?.id ?? null}::uuid))
      order by i.planned_at desc, i.id desc limit ${page.limit}`),
  );

export interface Chosen {
  readonly matched: number;
  readonly already_invited: number;
  readonly already_bound: number;
  readonly without_mobile: number;
  readonly suppressed: number;
}

/** Which firms, as a condition over `enterprise_audience` under the name `a`. */
export type Target = RawBuilder<unknown>;

/** Why the chosen firms are not invited; each counts under its first reason. */
export const countTarget = (tx: Tx, target: Target, retryRefused: boolean): Promise<Chosen> =>
  tx.one(sql<Chosen>`
    select count(*)::int as matched,
      count(*) filter (where reason = 'suppressed')::int as suppressed,
      count(*) filter (where reason = 'bound')::int as already_bound,
      count(*) filter (where reason = 'mobile')::int as without_mobile,
      count(*) filter (where reason = 'invited')::int as already_invited
    from (
      select case
        when a.is_suppressed then 'suppressed'
        when a.funnel in ('bound', 'subscribed') then 'bound'
        when not exists (select 1 from enterprise_contact c where c.enterprise_id = a.enterprise_id) then 'mobile'
        when exists (select 1 from invitation i where i.enterprise_id = a.enterprise_id
          and not (${retryRefused}::boolean and i.state = 'refused')) then 'invited'
        else 'plan' end as reason
      from enterprise_audience a where ${target}) judged`);

/** One invitation per firm, to its first contact. Rows that are there stay as they are, but refused ones when asked for. Returns how many are planned. */
export const planInvitationRows = (
  tx: Tx,
  given: { target: Target; retryRefused: boolean; officialId: string; now: Date; expiresAt: Date; limit: number },
): Promise<number> =>
  tx.run(sql`
    insert into invitation as i (enterprise_id, contact_id, requested_by, planned_at, expires_at)
    select a.enterprise_id, c.id, ${given.officialId}::uuid, ${given.now}, ${given.expiresAt}
    from enterprise_audience a
    join lateral (
      select id from enterprise_contact where enterprise_id = a.enterprise_id order by position, created_at, id limit 1) c on true
    where ${given.target} and not a.is_suppressed and a.funnel in ('imported', 'invited')
      and not exists (select 1 from invitation o where o.enterprise_id = a.enterprise_id
        and not (${given.retryRefused}::boolean and o.state = 'refused'))
    order by a.enterprise_id limit ${given.limit}
    on conflict (enterprise_id, contact_id) do update
      set state = 'planned', code = null, planned_at = excluded.planned_at, expires_at = excluded.expires_at, requested_by = excluded.requested_by
      where i.state = 'refused' and ${given.retryRefused}::boolean`);

export interface DueInvitation {
  readonly id: string;
  readonly enterprise_id: string;
  readonly mobile_sealed: string;
  readonly tries: number;
}

/** Marks the next ones as being sent: from here on a crash leaves `unknown`, never a second message. */
export const takeDue = (tx: Tx, limit: number, now: Date): Promise<DueInvitation[]> =>
  tx.rows(sql<DueInvitation>`
    with due as (
      select id from invitation where state = 'planned' order by planned_at, id limit ${limit} for update skip locked)
    update invitation i set state = 'sending', tries = i.tries + 1, sent_at = ${now}
    from due, enterprise_contact c where i.id = due.id and c.id = i.contact_id
    returning i.id, i.enterprise_id::text as enterprise_id, c.mobile_sealed, i.tries`);

export interface Settled {
  readonly id: string;
  readonly state: 'accepted' | 'refused' | 'unknown';
  readonly code: string | null;
}

export const settle = (tx: Tx, results: readonly Settled[], now: Date): Promise<number> =>
  tx.run(sql`
    update invitation i set state = r.state, code = r.code, settled_at = ${now}
    from unnest(${results.map(({ id }) => id)}::uuid[], ${results.map(({ state }) => state)}::text[],
      ${results.map(({ code }) => code)}::text[]) as r (id, state, code)
    where i.id = r.id and i.state = 'sending'`);

/** Left by a worker that died: nobody knows whether the message went out. */
export const giveUpStale = (tx: Tx, sentBefore: Date, now: Date): Promise<number> =>
  tx.run(sql`
    update invitation set state = 'unknown', code = 'worker-lost', settled_at = ${now}
    where state = 'sending' and sent_at < ${sentBefore}`);

export const countPlanned = async (tx: Tx): Promise<number> =>
  (await tx.one<{ count: number }>(sql`select count(*)::int as count from invitation where state = 'planned'`)).count;

export const markBound = (tx: Tx, id: string, now: Date): Promise<number> =>
  tx.run(sql`update invitation set bound_at = coalesce(bound_at, ${now}) where id = ${id}::uuid`);

import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';
import type { CreditSource } from './subscriptions.repo';

/*
 * Age of permissions. A message uses the oldest permission a person has left, so what is left are the newest: of a person with two
 * credits the two newest grants are unused. Nothing has to be kept beside the entries to know how old they are.
 */

/** Days since the permission was given: up to a month, a quarter, half a year, longer (or before entries were kept). */
export const ageBounds = [30, 90, 180] as const;

export interface CreditFigures {
  readonly channel: CreditSource['channel'];
  readonly account: string;
  readonly templateId: string;
  /** May be sent this template today. */
  readonly people: number;
  readonly longTerm: number;
  /** Messages that may be sent, one-time permissions only. */
  readonly credits: number;
  /** Gave permissions once, none is left. */
  readonly usedUp: number;
  /** The platform cannot reach them any more. */
  readonly gone: number;
  /** Credits by age, in the order of the bounds and then the rest. */
  readonly byAge: readonly number[];
  readonly oldestAt: Date | null;
}

/** Grants with what is left of each. */
const unused = sql`
  grant_left as (
    select g.channel, g.account, g.template_id, g.at, least(g.delta, greatest(0, g.credits - g.newer))::int as n
    from (
      select c.channel, c.account, c.template_id, e.at, e.delta, c.credits,
        coalesce(sum(e.delta) over (
          partition by e.account, e.openid, e.template_id order by e.at desc, e.ref desc rows between unbounded preceding and 1 preceding), 0) as newer
      from subscription_credit c
      join subscription_entry e on e.account = c.account and e.openid = c.openid and e.template_id = c.template_id and e.delta > 0
      where c.credits > 0 and not c.is_long_term and not exists (
        select 1 from subscription_gone x where x.channel = c.channel and x.account = c.account and x.openid = c.openid)
    ) g
  )`;

export const listCreditFigures = (tx: Tx, now: Date): Promise<CreditFigures[]> =>
  tx.rows(sql<CreditFigures>`
    with ${unused}, aged as (
      select channel, account, template_id, min(at) filter (where n > 0) as oldest,
        coalesce(sum(n) filter (where at > ${now}::timestamptz - make_interval(days => ${ageBounds[0]})), 0)::int as a,
        coalesce(sum(n) filter (where at > ${now}::timestamptz - make_interval(days => ${ageBounds[1]})), 0)::int as b,
        coalesce(sum(n) filter (where at > ${now}::timestamptz - make_interval(days => ${ageBounds[2]})), 0)::int as c
      from grant_left group by 1, 2, 3
    ), held as (
      select r.channel, r.account, r.template_id, (count(*) filter (where r.credits > 0))::int as people,
        (count(*) filter (where r.credits > 0 and r.is_long_term))::int as long_term,
        coalesce(sum(r.credits) filter (where not r.is_long_term), 0)::int as credits,
        (count(*) filter (where r.credits = 0 and not r.is_gone))::int as used_up, (count(*) filter (where r.is_gone))::int as gone
      from subscription_reach r group by 1, 2, 3
    )
    select h.channel, h.account, h.template_id as "templateId", h.people, h.long_term as "longTerm", h.credits, h.used_up as "usedUp", h.gone,
      jsonb_build_array(coalesce(a.a, 0), coalesce(a.b - a.a, 0), coalesce(a.c - a.b, 0), h.credits - coalesce(a.c, 0)) as "byAge",
      a.oldest as "oldestAt"
    from held h left join aged a on a.channel = h.channel and a.account = h.account and a.template_id = h.template_id
    order by h.people desc, h.template_id`);

export interface ReachToday {
  readonly reachable: number;
  readonly longTerm: number;
  readonly usedUp: number;
  readonly gone: number;
  /** Never asked for this template. */
  readonly unasked: number;
}

/** How many of these people can be sent this template now. */
export const countReachable = (tx: Tx, { channel, account, templateId }: CreditSource, openids: readonly string[]): Promise<ReachToday> =>
  tx.one(sql<ReachToday>`
    select (count(*) filter (where r.credits > 0))::int as reachable, (count(*) filter (where r.credits > 0 and r.is_long_term))::int as "longTerm",
      (count(*) filter (where r.credits = 0 and not r.is_gone))::int as "usedUp", (count(*) filter (where r.is_gone))::int as gone,
      (count(*) filter (where r.openid is null))::int as unasked
    from (select distinct unnest(${[...openids]}::text[]) as openid) p
    left join subscription_reach r
      on r.channel = ${channel} and r.account = ${account} and r.template_id = ${templateId} and r.openid = p.openid`);

/**
 * Entries that explain nothing any more: older than so many days, and no grant that is still unused. Returns how many went.
 * A cause that old is not told again: prompts, pushes and attempts repeat within days.
 */
export const deleteOldEntries = (tx: Tx, before: Date, limit: number): Promise<number> =>
  tx.run(sql`
    with old as (
      select o.account, o.openid, o.template_id, o.ref from subscription_entry o
      where o.at < ${before} and not exists (
        select 1 from subscription_credit c
        where o.delta > 0 and c.account = o.account and c.openid = o.openid and c.template_id = o.template_id and c.credits > (
          select coalesce(sum(n.delta), 0) from subscription_entry n
          where n.account = o.account and n.openid = o.openid and n.template_id = o.template_id and n.delta > 0 and (n.at, n.ref) > (o.at, o.ref)))
      limit ${limit}
    )
    delete from subscription_entry e using old o
    where e.account = o.account and e.openid = o.openid and e.template_id = o.template_id and e.ref = o.ref`);

import type { SendingChannel } from '@suiban/shared/campaigns';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

/** Who is meant, who is left out, and where they can be reached: the same statement counts a preview and freezes a launch. */
export interface Audience {
  /** Boolean SQL over `enterprise_audience a`. */
  readonly rule: RawBuilder<unknown>;
  readonly excludedCreditCodes: readonly string[];
  readonly excludedCampaignIds: readonly string[];
  readonly askedWithinDays: number | null;
  readonly isOnePerPerson: boolean;
  /** In the order tried. `templateId`: only who has a credit for it is reached there. */
  readonly steps: readonly {
    readonly channel: SendingChannel;
    /** Name of these addresses in `enterprise_address`. */
    readonly source: string;
    readonly account: string;
    readonly templateId: string | null;
  }[];
}

const stepTable = (steps: Audience['steps']): RawBuilder<unknown> => sql`
  unnest(${steps.map((_, index) => index)}::int[], ${steps.map(({ channel }) => channel)}::text[], ${steps.map(({ source }) => source)}::text[],
    ${steps.map(({ account }) => account)}::text[], ${steps.map(({ templateId }) => templateId)}::text[])
    as t (step, channel, source, account, template_id)`;

/**
 * CTEs `matched` (with `excluded`: why a firm is left out, or null), `addr` (best address per firm and step) and `recipient`
 * (one row per firm in the ledger: state, step, code). Materialised: everything below sees one state of the data.
 */
function audienceSql({ rule, steps, ...audience }: Audience): RawBuilder<unknown> {
  const days = audience.askedWithinDays ?? 0;
  return sql`
    step as (
      select * from ${stepTable(steps)}
    ), matched as materialized (
      select a.enterprise_id, a.is_suppressed, case
        when a.credit_code = any(${audience.excludedCreditCodes}::text[]) then 'by-name'
        when exists (select 1 from delivery d where d.enterprise_id = a.enterprise_id and d.campaign_id = any(${audience.excludedCampaignIds}::bigint[]))
          then 'other-campaign'
        when ${days}::int > 0 and exists (
          select 1 from delivery d join campaign_state c on c.campaign_id = d.campaign_id
          where d.enterprise_id = a.enterprise_id and c.launched_at > now() - make_interval(days => ${days}::int)
            and d.state in ('planned', 'sending', 'accepted', 'unknown')) then 'recently-asked'
        end as excluded
      from enterprise_audience a where ${rule}
    ), addr as materialized (
      select distinct on (m.enterprise_id, s.step) m.enterprise_id, s.step, s.channel, s.account, e.address, e.person_key
      from matched m
      join enterprise_address e on e.enterprise_id = m.enterprise_id
      join step s on s.source = e.channel and s.account = e.address ->> 'account'
      left join subscription_reach r
        on s.template_id is not null and r.channel = s.channel and r.account = s.account and r.openid = e.address ->> 'openid' and r.template_id = s.template_id
      where m.excluded is null and (s.template_id is null or r.credits > 0)
      order by m.enterprise_id, s.step, e.rank
    ), first_step as (
      select distinct on (enterprise_id) enterprise_id, step, person_key from addr order by enterprise_id, step
    ), ranked as (
      select m.enterprise_id, m.is_suppressed, f.step,
        case when f.person_key is null or m.is_suppressed then 1
          else row_number() over (partition by f.person_key, m.is_suppressed order by m.enterprise_id) end as nth
      from matched m left join first_step f on f.enterprise_id = m.enterprise_id
      where m.excluded is null
    ), recipient as materialized (
      select enterprise_id, step,
        case when is_suppressed then 'suppressed' when step is null then 'refused'
          when nth > 1 and ${audience.isOnePerPerson}::boolean then 'suppressed' else 'planned' end as state,
        case when is_suppressed then 'firm-suppressed' when step is null then 'no-address'
          when nth > 1 and ${audience.isOnePerPerson}::boolean then 'same-person' end as code
      from ranked
    )`;
}

export interface Frozen {
  readonly matched: number;
  readonly planned: number;
  readonly excluded: Readonly<Record<string, number>>;
  readonly dataVersion: string;
}

/** Ledger rows and their addresses, in one statement. Rows of one first step lie together, so that a batch is mostly one lane. */
export const insertDeliveries = (tx: Tx, campaignId: string, audience: Audience): Promise<Frozen> =>
  tx.one(sql<Frozen>`
    with ${audienceSql(audience)},
    ledger as (
      insert into delivery (campaign_id, seq, enterprise_id, state, step, error_class, code, settled_at)
      select ${campaignId}::bigint, (row_number() over (order by step nulls last, state, enterprise_id))::int, enterprise_id, state, step,
        case state when 'refused' then 'local' end, code, case when state <> 'planned' then now() end
      from recipient
      returning seq, enterprise_id, state
    ), addresses as (
      insert into delivery_address (campaign_id, seq, step, channel, account, address)
      select ${campaignId}::bigint, l.seq, a.step, a.channel, a.account, a.address
      from ledger l join addr a on a.enterprise_id = l.enterprise_id
      where l.state = 'planned'
      returning 1
    )
    select (select count(*) from matched)::int as matched, (select count(*) from ledger)::int as planned,
      coalesce((select jsonb_object_agg(excluded, n) from (
        select excluded, count(*)::int as n from matched where excluded is not null group by excluded) x), '{}'::jsonb) as excluded,
      pg_current_snapshot()::text as "dataVersion",
      (select count(*) from addresses)::int as addresses`);

/** Batches of consecutive rows and their lanes, from the ledger as it is. */
export async function insertBatches(tx: Tx, campaignId: string, batchSize: number): Promise<void> {
  await tx.run(sql`
    insert into batch (campaign_id, batch_no, from_seq, to_seq, planned, waiting, refused, suppressed)
    select campaign_id, (seq - 1) / ${batchSize}::int + 1, min(seq), max(seq), count(*), count(*) filter (where state = 'planned'),
      count(*) filter (where state = 'refused'), count(*) filter (where state = 'suppressed')
    from delivery where campaign_id = ${campaignId}::bigint group by 1, 2`);
  await tx.run(sql`
    insert into batch_lane (campaign_id, batch_no, step, channel, account, waiting)
    select d.campaign_id, (d.seq - 1) / ${batchSize}::int + 1, d.step, s.steps -> d.step::int ->> 'channel', s.steps -> d.step::int ->> 'account', count(*)
    from delivery d join campaign_snapshot s on s.campaign_id = d.campaign_id
    where d.campaign_id = ${campaignId}::bigint and d.state = 'planned' group by 1, 2, 3, 4, 5`);
}

export interface NewSnapshot {
  readonly campaignId: string;
  readonly ruleHash: string;
  readonly steps: unknown;
  readonly batchSize: number;
}

/** false: it was frozen before. */
export const insertSnapshot = async (tx: Tx, snapshot: NewSnapshot): Promise<boolean> =>
  (await tx.run(sql`
    insert into campaign_snapshot (campaign_id, rule_hash, data_version, matched, planned, audience_hash, steps, batch_size)
    values (${snapshot.campaignId}::bigint, ${snapshot.ruleHash}, '', 0, 0, '', ${JSON.stringify(snapshot.steps)}::jsonb, ${snapshot.batchSize})
    on conflict (campaign_id) do nothing`)) > 0;

export async function finishSnapshot(tx: Tx, campaignId: string, frozen: Frozen): Promise<void> {
  await tx.run(sql`
    update campaign_snapshot set data_version = ${frozen.dataVersion}, matched = ${frozen.matched}, planned = ${frozen.planned},
      audience_hash = (
        select encode(sha256(coalesce(string_agg(enterprise_id::text, ',' order by seq), '')::bytea), 'hex')
        from delivery where campaign_id = ${campaignId}::bigint)
    where campaign_id = ${campaignId}::bigint`);
  for (const [reason, firms] of Object.entries(frozen.excluded)) {
    await tx.run(sql`insert into delivery_exclusion (campaign_id, reason, firms) values (${campaignId}::bigint, ${reason}, ${firms})`);
  }
}

export interface Reach {
  readonly matched: number;
  readonly planned: number;
  readonly sendable: number;
  readonly unreachable: number;
  readonly excluded: Readonly<Record<string, number>>;
  readonly suppressed: Readonly<Record<string, number>>;
  readonly byStep: readonly StepReach[];
  readonly funnel: Readonly<Record<string, number>>;
  readonly sampleIds: readonly string[];
}

/** Firms per step of the plan. `gone`, `longTerm`: only where the channel counts credits. */
export interface StepReach {
  readonly step: number;
  readonly addressed: number;
  readonly reachable: number;
  readonly longTerm: number;
  readonly gone: number;
  readonly first: number;
}

const sampleSize = 10;

/** The same rules as the freeze, counted. The sample is the ten firms whose hashed id is smallest: the same ten for the same audience. */
export const countReach = (tx: Tx, audience: Audience): Promise<Reach> =>
  tx.one(sql<Reach>`
    with ${audienceSql(audience)},
    place as (
      select m.enterprise_id, s.step, coalesce(bool_or(r.is_long_term), false) as is_long_term, coalesce(bool_or(r.is_gone), false) as is_gone
      from matched m
      join enterprise_address e on e.enterprise_id = m.enterprise_id
      join step s on s.source = e.channel and s.account = e.address ->> 'account'
      left join subscription_reach r on s.template_id is not null and r.channel = s.channel and r.account = s.account
        and r.openid = e.address ->> 'openid' and r.template_id = s.template_id
      where m.excluded is null
      group by m.enterprise_id, s.step
    )
    select (select count(*) from matched)::int as matched, (select count(*) from recipient)::int as planned,
      (select count(*) from recipient where state = 'planned')::int as sendable,
      (select count(*) from recipient where code = 'no-address')::int as unreachable,
      coalesce((select jsonb_object_agg(excluded, n) from (
        select excluded, count(*)::int as n from matched where excluded is not null group by 1) x), '{}'::jsonb) as excluded,
      coalesce((select jsonb_object_agg(code, n) from (
        select code, count(*)::int as n from recipient where state = 'suppressed' group by 1) x), '{}'::jsonb) as suppressed,
      coalesce((select jsonb_agg(jsonb_build_object('step', s.step, 'addressed', s.addressed, 'reachable', s.reachable,
          'longTerm', s.long_term, 'gone', s.gone, 'first', s.first) order by s.step) from (
        select p.step, count(*)::int as addressed, count(a.step)::int as reachable,
          (count(*) filter (where a.step is not null and p.is_long_term))::int as long_term,
          (count(*) filter (where a.step is null and p.is_gone))::int as gone,
          (count(*) filter (where r.step = a.step and r.state = 'planned'))::int as first
        from place p join recipient r on r.enterprise_id = p.enterprise_id
        left join addr a on a.enterprise_id = p.enterprise_id and a.step = p.step
        group by p.step) s), '[]'::jsonb) as "byStep",
      coalesce((select jsonb_object_agg(funnel, n) from (
        select e.funnel, count(*)::int as n from recipient r join enterprise_audience e on e.enterprise_id = r.enterprise_id group by 1) x),
        '{}'::jsonb) as funnel,
      coalesce((select jsonb_agg(enterprise_id::text) from (
        select enterprise_id from recipient order by md5(enterprise_id::text) limit ${sampleSize}) x), '[]'::jsonb) as "sampleIds"`);

/** On which channels of a plan each of these firms can be reached now, in the order tried. */
export async function channelsOf(
  tx: Tx,
  enterpriseIds: readonly string[],
  steps: Audience['steps'],
): Promise<ReadonlyMap<string, readonly SendingChannel[]>> {
  const rows = await tx.rows<{ id: string; steps: number[] }>(sql`
    select e.enterprise_id::text as id, array_agg(distinct s.step order by s.step) as steps
    from enterprise_address e
    join (select * from ${stepTable(steps)}) s on s.source = e.channel and s.account = e.address ->> 'account'
    left join subscription_reach r on s.template_id is not null and r.channel = s.channel and r.account = s.account
      and r.openid = e.address ->> 'openid' and r.template_id = s.template_id
    where e.enterprise_id = any(${[...enterpriseIds]}::bigint[]) and (s.template_id is null or r.credits > 0)
    group by e.enterprise_id`);
  return new Map(rows.map((row) => [row.id, row.steps.flatMap((step) => steps[step]?.channel ?? [])]));
}

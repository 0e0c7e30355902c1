import type { Answers } from '@suiban/shared/surveys';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';
import type { Via } from './submissions.repo';

export interface ResultFilter {
  readonly districtCode?: string | undefined;
  /** A division takes its classes along: `62` means `6210` too. */
  readonly industryCode?: string | undefined;
  readonly sizeClass?: string | undefined;
  readonly via?: Via | undefined;
}

const firmIs = ({ districtCode, industryCode, sizeClass }: ResultFilter): RawBuilder<unknown> => sql`
  (${districtCode ?? null}::text is null or e.district_code = ${districtCode ?? null})
  and (${industryCode ?? null}::text is null or starts_with(e.industry_code, ${industryCode ?? null}))
  and (${sizeClass ?? null}::text is null or e.size_class = ${sizeClass ?? null})`;

const from = (campaignId: string, filter: ResultFilter): RawBuilder<unknown> => sql`
  from submission s join enterprise_audience e on e.enterprise_id = s.enterprise_id
  where s.campaign_id = ${campaignId}::bigint and (${filter.via ?? null}::text is null or s.via = ${filter.via ?? null}) and ${firmIs(filter)}`;

export interface Figures {
  readonly answered: number;
  readonly problems: number;
  readonly median_seconds: number | null;
}

export const readFigures = (tx: Tx, campaignId: string, filter: ResultFilter): Promise<Figures> =>
  tx.one<Figures>(sql`
    select count(*)::int as answered, coalesce(sum(s.problem_count), 0)::int as problems,
      round(percentile_cont(0.5) within group (order by extract(epoch from s.submitted_at - s.started_at))
        filter (where s.started_at is not null))::int as median_seconds
    ${from(campaignId, filter)}`);

/** By the city's calendar: `offsetMin` is its zone. */
export const countByDay = (
  tx: Tx,
  campaignId: string,
  filter: ResultFilter,
  offsetMin: number,
): Promise<{ on: string; answered: number }[]> =>
  tx.rows<{ on: string; answered: number }>(sql`
    select ((s.submitted_at at time zone 'UTC') + make_interval(mins => ${offsetMin}::int))::date as "on", count(*)::int as answered
    ${from(campaignId, filter)} group by 1 order by 1`);

export const countByVia = (tx: Tx, campaignId: string, filter: ResultFilter): Promise<{ via: Via; answered: number }[]> =>
  tx.rows<{ via: Via; answered: number }>(sql`
    select s.via, count(*)::int as answered ${from(campaignId, filter)} group by s.via order by answered desc, s.via`);

/** 应发, and how many of these the message reached, as far as anyone can tell: accepted by a platform, opened, or answered. */
export const countAsked = (tx: Tx, campaignId: string, filter: ResultFilter): Promise<{ planned: number; reached: number }> =>
  tx.one<{ planned: number; reached: number }>(sql`
    select count(*)::int as planned,
      (count(*) filter (where r.state = 'accepted' or r.opened_at is not null or r.answered_at is not null))::int as reached
    from campaign_recipient r join enterprise_audience e on e.enterprise_id = r.enterprise_id
    where r.campaign_id = ${campaignId}::bigint and ${firmIs(filter)}`);

/** Answers only, oldest first, for adding up. */
export const answersToAdd = (campaignId: string, filter: ResultFilter): RawBuilder<{ answers: Answers }> =>
  sql<{ answers: Answers }>`select s.answers ${from(campaignId, filter)} order by s.submitted_at, s.id`;

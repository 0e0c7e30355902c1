import { sql } from 'kysely';
import type { Tx } from '../../../kernel/db/database';

export interface ReachedRow {
  readonly campaignId: string;
  readonly title: string;
  readonly bureauId: string;
  readonly state: string;
  readonly launchedAt: Date;
  readonly openedAt: Date | null;
  readonly answeredAt: Date | null;
  readonly enterpriseId: string;
  readonly enterpriseName: string;
}

/** Campaigns that went to these firms, as campaigns and enterprises show them to others, newest first. */
export const listReached = (tx: Tx, enterpriseIds: readonly string[], limit: number): Promise<ReachedRow[]> =>
  tx.rows(sql<ReachedRow>`
    select r.campaign_id::text as "campaignId", c.title, c.bureau_id as "bureauId", r.state, c.launched_at as "launchedAt",
      r.opened_at as "openedAt", r.answered_at as "answeredAt", r.enterprise_id::text as "enterpriseId", e.name as "enterpriseName"
    from campaign_recipient r
    join campaign_state c on c.campaign_id = r.campaign_id
    join enterprise_audience e on e.enterprise_id = r.enterprise_id
    where r.enterprise_id = any(${[...enterpriseIds]}::bigint[]) and c.launched_at is not null
    order by c.launched_at desc limit ${limit}`);

export interface SubmittedRow {
  readonly campaignId: string;
  readonly title: string;
  readonly bureauId: string;
  readonly submittedAt: Date;
  readonly problemCount: number;
  readonly enterpriseName: string;
}

export const listSubmitted = (tx: Tx, enterpriseIds: readonly string[], limit: number): Promise<SubmittedRow[]> =>
  tx.rows(sql<SubmittedRow>`
    select s.campaign_id::text as "campaignId", c.title, c.bureau_id as "bureauId", s.submitted_at as "submittedAt",
      s.problem_count as "problemCount", e.name as "enterpriseName"
    from submission_overview s
    join campaign_state c on c.campaign_id = s.campaign_id
    join enterprise_audience e on e.enterprise_id = s.enterprise_id
    where s.enterprise_id = any(${[...enterpriseIds]}::bigint[])
    order by s.submitted_at desc limit ${limit}`);

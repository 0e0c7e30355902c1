import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';
import { isRowId } from './surveys.policy';

/** A cloud visit that was launched, as campaigns shows it to other modules. */
export interface SurveyCampaignRow {
  readonly campaign_id: string;
  readonly state: string;
  readonly title: string;
  readonly bureau_id: string;
  readonly questionnaire_id: string;
  readonly questionnaire_version: number;
  readonly closes_at: Date;
  readonly closed_at: Date | null;
}

/** One firm that was asked. */
export interface AskedRow extends SurveyCampaignRow {
  readonly enterprise_id: string;
  readonly enterprise_name: string;
  readonly is_demo: boolean;
  readonly submission_id: string | null;
  readonly submitted_at: Date | null;
}

const campaignColumns =
  sql.raw(`c.campaign_id::text as campaign_id, c.state, c.title, c.bureau_id, c.questionnaire_id, c.questionnaire_version,
  c.closes_at, c.closed_at`);
const isLaunchedVisit = sql.raw(`c.kind = 'cloud_visit' and c.launched_at is not null and c.questionnaire_id is not null`);

const askedOf = sql`
  select ${campaignColumns}, r.enterprise_id::text as enterprise_id, e.name as enterprise_name, e.is_demo, s.id as submission_id, s.submitted_at
  from campaign_recipient r
  join campaign_state c on c.campaign_id = r.campaign_id
  join enterprise_audience e on e.enterprise_id = r.enterprise_id
  left join submission s on s.campaign_id = r.campaign_id and s.enterprise_id = r.enterprise_id
  where ${isLaunchedVisit}`;

export const findAsked = (tx: Tx, campaignId: string, enterpriseId: string): Promise<AskedRow | undefined> =>
  tx.first<AskedRow>(sql`${askedOf} and r.campaign_id = ${campaignId}::bigint and r.enterprise_id = ${enterpriseId}::bigint`);

/** Newest first. `campaignId` null: of every campaign. */
export const listAsked = (tx: Tx, enterpriseIds: readonly string[], campaignId: string | null, limit: number): Promise<AskedRow[]> =>
  tx.rows<AskedRow>(sql`${askedOf} and r.enterprise_id = any(${[...enterpriseIds]}::bigint[])
    and (${campaignId}::bigint is null or r.campaign_id = ${campaignId}::bigint)
    order by c.launched_at desc, r.campaign_id desc, r.enterprise_id limit ${limit}`);

/** `id` may be anything a client sent. */
export const findSurveyCampaign = async (tx: Tx, campaignId: string): Promise<SurveyCampaignRow | undefined> =>
  isRowId(campaignId) ? findById(tx, campaignId) : undefined;

const findById = (tx: Tx, campaignId: string): Promise<SurveyCampaignRow | undefined> =>
  tx.first<SurveyCampaignRow>(sql`
    select ${campaignColumns} from campaign_state c where c.campaign_id = ${campaignId}::bigint and ${isLaunchedVisit}`);

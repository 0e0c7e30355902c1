import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

/** What campaigns and enterprises show of themselves to other modules. */
export const findCampaignFace = (tx: Tx, campaignId: string) =>
  tx.first<{ title: string; bureau_id: string }>(
    sql`select title, bureau_id from campaign_state where campaign_id = ${campaignId}::bigint`,
  );

export interface FirmFace {
  readonly enterprise_id: string;
  readonly name: string;
  readonly credit_code: string;
  readonly industry_code: string;
  readonly district_code: string;
  readonly size_class: string | null;
}

export const listFirmFaces = (tx: Tx, enterpriseIds: readonly string[]): Promise<FirmFace[]> =>
  tx.rows<FirmFace>(sql`
    select enterprise_id::text as enterprise_id, name, credit_code, industry_code, district_code, size_class
    from enterprise_audience where enterprise_id = any(${[...new Set(enterpriseIds)]}::bigint[])`);

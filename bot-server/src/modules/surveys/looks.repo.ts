import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

export const nameLookAction = 'submission.name-looked';

/** When a dispatcher looked at the name of the firm behind these answers, from the audit trail. */
export const listNameLooks = (tx: Tx, submissionId: string): Promise<{ at: Date }[]> =>
  tx.rows<{ at: Date }>(sql`
    select at from audit_event where aggregate = 'submission' and aggregate_id = ${submissionId} and action = ${nameLookAction} order by id`);

export const countNameLooks = async (tx: Tx, officialId: string, since: Date): Promise<number> =>
  (
    await tx.one<{ count: number }>(sql`
      select count(*)::int as count from audit_event
      where actor_kind = 'official' and actor_id = ${officialId} and action = ${nameLookAction} and at > ${since}`)
  ).count;

import type { Answer, Draft } from '@suiban/shared/surveys';
import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

export interface DraftRow {
  readonly enterprise_id: string;
  readonly campaign_id: string;
  readonly question_id: string;
  /** Sealed where the question is sensitive. */
  readonly answer: Answer | null;
  readonly saved_at: Date;
}

/** Saves and the submission of one firm, one at a time: no save slips in behind the submission that removed the drafts. */
export const lockAnswers = (tx: Tx, campaignId: string, enterpriseId: string): Promise<number> =>
  tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`survey:${campaignId}:${enterpriseId}`}, 0))`);

const columns = sql.raw('campaign_id::text as campaign_id, enterprise_id::text as enterprise_id, question_id, answer, saved_at');

export const listDraftRows = (tx: Tx, campaignId: string, enterpriseId: string): Promise<DraftRow[]> =>
  tx.rows<DraftRow>(sql`
    select ${columns} from survey_draft where campaign_id = ${campaignId}::bigint and enterprise_id = ${enterpriseId}::bigint`);

export const listDraftRowsOf = (tx: Tx, pairs: readonly { campaignId: string; enterpriseId: string }[]): Promise<DraftRow[]> =>
  tx.rows<DraftRow>(sql`
    select ${columns} from survey_draft
    where (campaign_id, enterprise_id) in (
      select * from unnest(${pairs.map((pair) => pair.campaignId)}::bigint[], ${pairs.map((pair) => pair.enterpriseId)}::bigint[]))`);

export const upsertDraft = (
  tx: Tx,
  key: { campaignId: string; enterpriseId: string; savedBy: string | null },
  draft: Draft,
): Promise<number> => {
  const saved = Object.entries(draft);
  return tx.run(sql`
    insert into survey_draft (campaign_id, enterprise_id, question_id, answer, saved_at, saved_by)
    select ${key.campaignId}::bigint, ${key.enterpriseId}::bigint, each.id, each.answer::jsonb, each.at, ${key.savedBy}::uuid
    from unnest(${saved.map(([id]) => id)}::text[], ${saved.map(([, { answer }]) => (answer === null ? null : JSON.stringify(answer)))}::text[],
      ${saved.map(([, { savedAt }]) => savedAt)}::timestamptz[]) as each (id, answer, at)
    on conflict (campaign_id, enterprise_id, question_id)
      do update set answer = excluded.answer, saved_at = excluded.saved_at, saved_by = excluded.saved_by`);
};

/** Removes the drafts; returns when the first of them was saved. */
export const removeDrafts = async (tx: Tx, campaignId: string, enterpriseId: string): Promise<Date | null> =>
  (
    await tx.one<{ started_at: Date | null }>(sql`
      with gone as (
        delete from survey_draft where campaign_id = ${campaignId}::bigint and enterprise_id = ${enterpriseId}::bigint returning saved_at)
      select min(saved_at) as started_at from gone`)
  ).started_at;

import type { CampaignDraft, Exclusions, SendingPlan } from '@suiban/shared/api/campaigns';
import type { CampaignState } from '@suiban/shared/campaigns';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

export interface CampaignRow {
  readonly id: string;
  readonly kind: 'cloud_visit' | 'notice';
  readonly title: string;
  readonly state: CampaignState;
  readonly stateReason: string | null;
  readonly bureauId: string;
  readonly questionnaireId: string | null;
  readonly questionnaireVersion: number | null;
  readonly noticeText: string;
  readonly audience: Record<string, unknown>;
  readonly exclusions: Exclusions;
  readonly plan: SendingPlan;
  readonly startAt: Date | null;
  readonly notAfterAt: Date | null;
  readonly closesAt: Date;
  readonly revision: number;
  readonly contentHash: string;
  readonly approvedHash: string | null;
  readonly reviewedDraft: CampaignDraft | null;
  readonly headingExemptionReason: string | null;
  readonly rejectionReason: string | null;
  readonly rejectedBy: string | null;
  readonly rejectedAt: Date | null;
  readonly drafterId: string;
  readonly signatoryId: string | null;
  readonly createdAt: Date;
  readonly submittedAt: Date | null;
  readonly approvedAt: Date | null;
  readonly launchedAt: Date | null;
  readonly endedAt: Date | null;
  readonly closedAt: Date | null;
}

const select = (rest: RawBuilder<unknown>): RawBuilder<CampaignRow> => sql<CampaignRow>`
  select id::text as id, kind, title, state, state_reason as "stateReason", bureau_id as "bureauId", questionnaire_id as "questionnaireId",
    questionnaire_version as "questionnaireVersion", notice_text as "noticeText", audience, exclusions, plan, start_at as "startAt",
    not_after_at as "notAfterAt", closes_at as "closesAt", revision, content_hash as "contentHash", approved_hash as "approvedHash",
    reviewed_draft as "reviewedDraft", heading_exemption_reason as "headingExemptionReason", rejection_reason as "rejectionReason",
    rejected_by as "rejectedBy", rejected_at as "rejectedAt", drafter_id as "drafterId", signatory_id as "signatoryId",
    created_at as "createdAt", submitted_at as "submittedAt", approved_at as "approvedAt", launched_at as "launchedAt",
    ended_at as "endedAt", closed_at as "closedAt"
  from campaign ${rest}`;

/** Ids are digits: anything else is nobody's. */
const idOf = (id: string): RawBuilder<unknown> => sql`where id = (case when ${id} ~ '^[0-9]{1,18}$' then ${id} end)::bigint`;

export const findCampaign = (tx: Tx, id: string): Promise<CampaignRow | undefined> => tx.first(select(idOf(id)));
export const lockCampaign = (tx: Tx, id: string): Promise<CampaignRow | undefined> => tx.first(select(sql`${idOf(id)} for update`));

export interface CampaignFilter {
  readonly text?: string;
  readonly state?: string;
  readonly kind?: string;
  readonly before?: { readonly at: Date; readonly id: string };
  readonly limit: number;
}

export const listCampaignRows = (tx: Tx, { text, state, kind, before, limit }: CampaignFilter): Promise<CampaignRow[]> =>
  tx.rows(
    select(sql`
      where true
        ${text === undefined ? sql`` : sql`and title like ${`%${text.replace(/[\\%_]/g, '\\$&')}%`}`}
        ${state === undefined ? sql`` : sql`and state = ${state}`}
        ${kind === undefined ? sql`` : sql`and kind = ${kind}`}
        ${before === undefined ? sql`` : sql`and (created_at, id) < (${before.at}, ${before.id}::bigint)`}
      order by created_at desc, id desc limit ${limit}`),
  );

const fieldsOf = (draft: CampaignDraft, contentHash: string) => sql`
  kind = ${draft.kind}, title = ${draft.title}, questionnaire_id = ${draft.questionnaire?.questionnaireId ?? null}::uuid,
  questionnaire_version = ${draft.questionnaire?.version ?? null}::int, notice_text = ${draft.noticeText},
  audience = ${JSON.stringify(draft.audience)}::jsonb, exclusions = ${JSON.stringify(draft.exclusions)}::jsonb,
  plan = ${JSON.stringify(draft.plan)}::jsonb, start_at = ${draft.window.startAt}::timestamptz,
  not_after_at = ${draft.window.notAfterAt}::timestamptz, closes_at = ${draft.window.closesAt}::timestamptz, content_hash = ${contentHash}`;

export async function insertCampaign(
  tx: Tx,
  draft: CampaignDraft,
  given: { contentHash: string; bureauId: string; drafterId: string; now: Date },
): Promise<string> {
  const { id } = await tx.one<{ id: string }>(sql`
    insert into campaign (kind, title, bureau_id, audience, exclusions, plan, closes_at, content_hash, drafter_id, created_at, updated_at)
    values (${draft.kind}, ${draft.title}, ${given.bureauId}, '{}', '{}', '[]', ${draft.window.closesAt}::timestamptz, '', ${given.drafterId}::uuid,
      ${given.now}, ${given.now})
    returning id::text as id`);
  await tx.run(sql`update campaign set ${fieldsOf(draft, given.contentHash)} where id = ${id}::bigint`);
  return id;
}

/** Any change of what was approved voids the approval. */
export const updateCampaignDraft = (tx: Tx, id: string, draft: CampaignDraft, contentHash: string, now: Date): Promise<number> =>
  tx.run(sql`
    update campaign set ${fieldsOf(draft, contentHash)}, revision = revision + 1, updated_at = ${now}, state = 'draft',
      approved_hash = null, signatory_id = null, approved_at = null, heading_exemption_reason = null
    where id = ${id}::bigint`);

export const setState = (tx: Tx, id: string, state: CampaignState, now: Date, reason: string | null = null): Promise<number> =>
  tx.run(sql`
    update campaign set state = ${state}, state_reason = ${reason}, updated_at = ${now},
      launched_at = case when ${state} = 'running' then coalesce(launched_at, ${now}) else launched_at end,
      ended_at = case when ${state} in ('completed', 'cancelled') then ${now}::timestamptz else null end
    where id = ${id}::bigint`);

export const setSubmitted = (tx: Tx, id: string, now: Date): Promise<number> =>
  tx.run(sql`
    update campaign set state = 'in_review', submitted_at = ${now}, updated_at = ${now}, rejection_reason = null, rejected_by = null, rejected_at = null
    where id = ${id}::bigint`);

export const setWithdrawn = (tx: Tx, id: string, now: Date): Promise<number> =>
  tx.run(sql`
    update campaign set state = 'draft', approved_hash = null, signatory_id = null, approved_at = null, heading_exemption_reason = null, updated_at = ${now}
    where id = ${id}::bigint`);

export const setApproved = (
  tx: Tx,
  id: string,
  given: { hash: string; signatoryId: string; exemptionReason: string | null; draft: CampaignDraft; now: Date },
): Promise<number> =>
  tx.run(sql`
    update campaign set state = 'approved', approved_hash = ${given.hash}, signatory_id = ${given.signatoryId}::uuid, approved_at = ${given.now},
      heading_exemption_reason = ${given.exemptionReason}, reviewed_draft = ${JSON.stringify(given.draft)}::jsonb, updated_at = ${given.now}
    where id = ${id}::bigint`);

export const setRejected = (tx: Tx, id: string, given: { by: string; reason: string; draft: CampaignDraft; now: Date }): Promise<number> =>
  tx.run(sql`
    update campaign set state = 'draft', rejection_reason = ${given.reason}, rejected_by = ${given.by}::uuid, rejected_at = ${given.now},
      reviewed_draft = ${JSON.stringify(given.draft)}::jsonb, updated_at = ${given.now}
    where id = ${id}::bigint`);

export const setClosed = (tx: Tx, id: string, now: Date): Promise<number> =>
  tx.run(sql`update campaign set closed_at = ${now}, updated_at = ${now} where id = ${id}::bigint and closed_at is null`);

/** Campaigns the clock or the ledger may move on: begin, end, finish a cancellation. */
export const listDue = (tx: Tx, now: Date): Promise<{ id: string; state: CampaignState; isOver: boolean }[]> =>
  tx.rows(sql<{ id: string; state: CampaignState; isOver: boolean }>`
    select id::text as id, state, (not_after_at <= ${now} or closes_at <= ${now} or closed_at is not null) is true as "isOver"
    from campaign c
    where (state = 'scheduled' and coalesce(start_at, ${now}) <= ${now})
      or (state in ('running', 'paused', 'halted') and (not_after_at <= ${now} or closes_at <= ${now} or closed_at is not null))
      or (state = 'running' and not exists (select 1 from batch b where b.campaign_id = c.id and b.waiting > 0))
      or (state = 'cancelled' and exists (select 1 from batch b where b.campaign_id = c.id and b.waiting > 0))
    order by id limit 100`);

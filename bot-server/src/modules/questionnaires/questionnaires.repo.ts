import type { SurveyDocument } from '@suiban/shared/surveys';
import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

export interface QuestionnaireRow {
  readonly id: string;
  readonly title: string;
  readonly bureau_id: string;
  readonly state: 'draft' | 'published' | 'archived';
  readonly draft_document: SurveyDocument;
  readonly draft_hash: string;
  readonly revision: number;
  readonly latest_version: number | null;
  readonly latest_hash: string | null;
  readonly question_count: number;
  readonly minutes: number;
  readonly is_demo: boolean;
  readonly updated_by: string;
  readonly updated_at: Date;
}

export interface VersionRow {
  readonly version: number;
  readonly hash: string;
  readonly published_by: string;
  readonly published_at: Date;
}

export interface PublishedVersion extends VersionRow {
  readonly questionnaire_id: string;
  readonly document: SurveyDocument;
}

/** What a save writes; the same for a new one. */
export interface DraftFields {
  readonly document: SurveyDocument;
  readonly hash: string;
  readonly title: string;
  readonly questionCount: number;
  readonly officialId: string;
  readonly at: Date;
}

const columns = sql`id, title, bureau_id, state, draft_document, draft_hash, revision, latest_version, latest_hash, question_count, minutes,
  is_demo, updated_by, updated_at`;

export const findQuestionnaire = (tx: Tx, id: string) =>
  tx.first<QuestionnaireRow>(sql`select ${columns} from questionnaire where id::text = ${id}`);

export const lockQuestionnaire = (tx: Tx, id: string) =>
  tx.first<QuestionnaireRow>(sql`select ${columns} from questionnaire where id::text = ${id} for update`);

interface ListFilter {
  readonly q: string | undefined;
  readonly state: string | undefined;
  /** Newest change first; the row before which this page begins. */
  readonly after: { readonly updatedAt: string; readonly id: string } | undefined;
  readonly limit: number;
}

const matching = ({ q, state }: Pick<ListFilter, 'q' | 'state'>) => sql`
  (${q ?? null}::text is null or position(lower(${q ?? ''}) in lower(title)) > 0) and (${state ?? null}::text is null or state = ${state ?? null})`;

export const listQuestionnaireRows = (tx: Tx, filter: ListFilter) =>
  tx.rows<QuestionnaireRow>(sql`
    select ${columns} from questionnaire
    where ${matching(filter)}
      and (${filter.after?.id ?? null}::uuid is null
        or (date_trunc('milliseconds', updated_at), id) < (${filter.after?.updatedAt ?? null}::timestamptz, ${filter.after?.id ?? null}::uuid))
    order by date_trunc('milliseconds', updated_at) desc, id desc limit ${filter.limit}`);

export const countQuestionnaires = async (tx: Tx, filter: Pick<ListFilter, 'q' | 'state'>): Promise<number> =>
  (await tx.one<{ count: number }>(sql`select count(*)::int as count from questionnaire where ${matching(filter)}`)).count;

export const insertQuestionnaire = (tx: Tx, bureauId: string, isDemo: boolean, draft: DraftFields) =>
  tx.one<QuestionnaireRow>(sql`
    insert into questionnaire (title, bureau_id, draft_document, draft_hash, question_count, minutes, is_demo, created_by, updated_by, created_at, updated_at)
    values (${draft.title}, ${bureauId}, ${JSON.stringify(draft.document)}::jsonb, ${draft.hash}, ${draft.questionCount}, ${draft.document.minutes},
      ${isDemo}, ${draft.officialId}, ${draft.officialId}, ${draft.at}, ${draft.at})
    returning ${columns}`);

/** Undefined when somebody else saved since `revision` was read. */
export const updateDraft = (tx: Tx, id: string, revision: number, draft: DraftFields) =>
  tx.first<QuestionnaireRow>(sql`
    update questionnaire set title = ${draft.title}, draft_document = ${JSON.stringify(draft.document)}::jsonb, draft_hash = ${draft.hash},
      question_count = ${draft.questionCount}, minutes = ${draft.document.minutes}, revision = revision + 1, updated_by = ${draft.officialId},
      updated_at = ${draft.at}
    where id = ${id} and revision = ${revision} returning ${columns}`);

export const insertVersion = (tx: Tx, row: QuestionnaireRow, version: number, officialId: string, at: Date) =>
  tx.run(sql`
    insert into questionnaire_version (questionnaire_id, version, document, hash, published_by, published_at)
    select id, ${version}, draft_document, draft_hash, ${officialId}, ${at} from questionnaire where id = ${row.id}`);

export const markPublished = (tx: Tx, id: string, version: number, hash: string) =>
  tx.one<QuestionnaireRow>(sql`
    update questionnaire set state = 'published', latest_version = ${version}, latest_hash = ${hash} where id = ${id} returning ${columns}`);

export const listVersions = (tx: Tx, id: string) =>
  tx.rows<VersionRow>(sql`
    select version, hash, published_by, published_at from questionnaire_version where questionnaire_id = ${id} order by version desc`);

export const findVersion = (tx: Tx, id: string, version: number) =>
  tx.first<PublishedVersion>(sql`
    select questionnaire_id, version, document, hash, published_by, published_at from questionnaire_version
    where questionnaire_id::text = ${id} and version = ${version}::bigint`);

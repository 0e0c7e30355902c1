import type { Answers, NameVisibility } from '@suiban/shared/surveys';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

export type Via = 'wechat-mini' | 'wechat-official' | 'wecom' | 'alipay-mini' | 'sms' | 'email' | 'inbox' | 'h5' | 'liaison';

export interface NewSubmission {
  readonly campaignId: string;
  readonly enterpriseId: string;
  readonly questionnaireId: string;
  readonly version: number;
  /** Clean; sensitive ones sealed. */
  readonly answers: Answers;
  readonly via: Via;
  readonly nameVisibility: NameVisibility;
  readonly startedAt: Date | null;
  readonly submittedBy: string | null;
  readonly submittedAt: Date;
  readonly problemCount: number;
}

/** Undefined when the firm has answered already: the unique key decides between two at once. */
export const insertSubmission = async (tx: Tx, given: NewSubmission): Promise<string | undefined> =>
  (
    await tx.first<{ id: string }>(sql`
      insert into submission (campaign_id, enterprise_id, questionnaire_id, version, answers, via, name_visibility, started_at, submitted_by,
        submitted_at, problem_count)
      values (${given.campaignId}::bigint, ${given.enterpriseId}::bigint, ${given.questionnaireId}::uuid, ${given.version},
        ${JSON.stringify(given.answers)}::jsonb, ${given.via}, ${given.nameVisibility}, ${given.startedAt}, ${given.submittedBy}::uuid,
        ${given.submittedAt}, ${given.problemCount})
      on conflict (campaign_id, enterprise_id) do nothing returning id`)
  )?.id;

export const findReceipt = (tx: Tx, campaignId: string, enterpriseId: string) =>
  tx.first<{ id: string; submitted_at: Date }>(sql`
    select id, submitted_at from submission where campaign_id = ${campaignId}::bigint and enterprise_id = ${enterpriseId}::bigint`);

export interface SubmissionRow {
  readonly id: string;
  readonly campaign_id: string;
  readonly enterprise_id: string;
  readonly questionnaire_id: string;
  readonly version: number;
  readonly answers: Answers;
  readonly via: Via;
  readonly name_visibility: NameVisibility;
  readonly submitted_at: Date;
  readonly problem_count: number;
}

const columns = sql.raw(`s.id, s.campaign_id::text as campaign_id, s.enterprise_id::text as enterprise_id, s.questionnaire_id, s.version,
  s.answers, s.via, s.name_visibility, s.submitted_at, s.problem_count`);

export const findSubmission = (tx: Tx, id: string) =>
  tx.first<SubmissionRow>(sql`select ${columns} from submission s where s.id = ${id}::uuid`);

/** With what the firm is, as enterprises shows it to other modules. */
export interface AnswerRow extends SubmissionRow {
  readonly enterprise_name: string;
  readonly credit_code: string;
  readonly district_code: string;
  readonly industry_code: string;
  readonly size_class: string | null;
}

const withFirm = sql`select ${columns}, e.name as enterprise_name, e.credit_code, e.district_code, e.industry_code, e.size_class
  from submission s join enterprise_audience e on e.enterprise_id = s.enterprise_id`;

export const findAnswerRow = (tx: Tx, campaignId: string, id: string) =>
  tx.first<AnswerRow>(sql`${withFirm} where s.campaign_id = ${campaignId}::bigint and s.id = ${id}::uuid`);

export interface Search {
  readonly questionId: string | undefined;
  readonly q: string | undefined;
  readonly after: { readonly at: string; readonly id: string } | undefined;
  readonly limit: number;
}

const like = (q: string): string => `%${q.replace(/[\\%_]/g, '\\$&')}%`;

/** Written answers and the words beside “其他”; sealed ones never match. */
function wordsMatch({ questionId, q }: Pick<Search, 'questionId' | 'q'>): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [sql`true`];
  if (questionId !== undefined) all.push(sql`s.answers ? ${questionId}`);
  if (q !== undefined && q !== '') {
    all.push(sql`exists (
      select 1 from jsonb_each(s.answers) as given (id, answer)
      where (${questionId ?? null}::text is null or given.id = ${questionId ?? null})
        and case jsonb_typeof(given.answer) when 'string' then given.answer #>> '{}' when 'object' then given.answer ->> 'otherText' end
          ilike ${like(q)})`);
  }
  return sql.join(all, sql` and `);
}

/** Newest first. */
export const listAnswerRows = (tx: Tx, campaignId: string, search: Search): Promise<AnswerRow[]> =>
  tx.rows<AnswerRow>(sql`${withFirm}
    where s.campaign_id = ${campaignId}::bigint and ${wordsMatch(search)}
      and (${search.after?.id ?? null}::uuid is null
        or (date_trunc('milliseconds', s.submitted_at), s.id) < (${search.after?.at ?? null}::timestamptz, ${search.after?.id ?? null}::uuid))
    order by date_trunc('milliseconds', s.submitted_at) desc, s.id desc limit ${search.limit}`);

export const countAnswers = async (tx: Tx, campaignId: string, search: Pick<Search, 'questionId' | 'q'>): Promise<number> =>
  (
    await tx.one<{ count: number }>(sql`
      select count(*)::int as count from submission s where s.campaign_id = ${campaignId}::bigint and ${wordsMatch(search)}`)
  ).count;

/** All answers of a campaign, oldest first, for exports. */
export const answersInOrder = (campaignId: string): RawBuilder<AnswerRow> =>
  sql<AnswerRow>`${withFirm} where s.campaign_id = ${campaignId}::bigint order by s.submitted_at, s.id`;

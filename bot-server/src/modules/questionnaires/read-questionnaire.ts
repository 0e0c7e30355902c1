import type { QuestionnaireDetail, QuestionnaireSummary } from '@suiban/shared/api/questionnaires';
import { DomainError } from '@suiban/shared/errors';
import { checkDocument } from '@suiban/shared/surveys';
import type { Tx } from '../../kernel/db/database';
import { officialName } from '../identity';
import type { Deps } from '../module';
import { mayRead } from './questionnaires.policy';
import {
  countQuestionnaires,
  findQuestionnaire,
  findVersion,
  listQuestionnaireRows,
  listVersions,
  type QuestionnaireRow,
} from './questionnaires.repo';

async function summaryOf(tx: Tx, row: QuestionnaireRow): Promise<QuestionnaireSummary> {
  return {
    id: row.id,
    title: row.title,
    state: row.state,
    bureauId: row.bureau_id,
    questionCount: row.question_count,
    minutes: row.minutes,
    latestVersion: row.latest_version,
    hasDraftChanges: row.latest_hash !== row.draft_hash,
    updatedAt: row.updated_at.toISOString(),
    updatedByName: (await officialName(tx, row.updated_by)) ?? '',
    isDemo: row.is_demo,
  };
}

/** Newest change first. */
export async function listQuestionnaires({ db }: Deps, query: { q?: string; state?: string; cursor?: string; limit: number }) {
  const rows = await listQuestionnaireRows(db, { q: query.q, state: query.state, after: readCursor(query.cursor), limit: query.limit + 1 });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const items: QuestionnaireSummary[] = [];
  for (const row of page) items.push(await summaryOf(db, row));
  return {
    items,
    nextCursor: rows.length > query.limit && last ? `${last.updated_at.toISOString()}_${last.id}` : null,
    total: await countQuestionnaires(db, { q: query.q, state: query.state }),
  };
}

const cursorForm = /^(2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

function readCursor(cursor: string | undefined) {
  if (cursor === undefined) return undefined;
  const [, updatedAt, id] = cursorForm.exec(cursor) ?? [];
  if (updatedAt && id && !Number.isNaN(Date.parse(updatedAt))) return { updatedAt, id };
  throw new DomainError('kernel:invalid-request', '分页标记无效，请回到第一页', {
    errors: [{ pointer: '/query/cursor', detail: '分页标记无效' }],
  });
}

/** @throws DomainError kernel:not-found */
export async function readQuestionnaire({ db }: Deps, id: string): Promise<QuestionnaireDetail> {
  const row = mayRead(await findQuestionnaire(db, id));
  const versions: QuestionnaireDetail['versions'] = [];
  for (const each of await listVersions(db, id)) {
    const publishedByName = (await officialName(db, each.published_by)) ?? '';
    versions.push({ version: each.version, publishedAt: each.published_at.toISOString(), publishedByName, hash: each.hash });
  }
  return {
    ...(await summaryOf(db, row)),
    document: row.draft_document,
    revision: row.revision,
    findings: [...checkDocument(row.draft_document)],
    versions,
  };
}

/** @throws DomainError kernel:not-found */
export async function readVersion({ db }: Deps, id: string, version: number) {
  const found = mayRead(await findVersion(db, id, version), '没有这个版本的问卷');
  return { questionnaireId: id, version, document: found.document, hash: found.hash, publishedAt: found.published_at.toISOString() };
}

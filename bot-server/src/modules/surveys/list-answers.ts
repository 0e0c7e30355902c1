import { DomainError } from '@suiban/shared/errors';
import type { OfficialActor } from '../../kernel/http/actor';
import type { Deps } from '../module';
import { findSurveyCampaign } from './asked.repo';
import { documentOf } from './documents';
import { shownFirm } from './firm';
import type { SurveyPorts } from './ports';
import { sensitiveIds, withoutSensitive } from './sensitive';
import { countAnswers, listAnswerRows } from './submissions.repo';
import { mustOwnCampaign } from './surveys.policy';

interface Query {
  readonly questionId?: string | undefined;
  readonly q?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const cursorForm = /^(2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

function readCursor(cursor: string | undefined) {
  if (cursor === undefined) return undefined;
  const [, at, id] = cursorForm.exec(cursor) ?? [];
  if (at && id && !Number.isNaN(Date.parse(at))) return { at, id };
  throw new DomainError('kernel:invalid-request', '翻页位置无效，请从第一页重新查看', {
    errors: [{ pointer: '/query/cursor', detail: '不是本系统给出的翻页位置' }],
  });
}

/** 答卷列表, newest first. A firm's name is there only where the firm shows it; sensitive answers never are. */
export async function listAnswers(deps: Deps, ports: SurveyPorts, actor: OfficialActor, campaignId: string, query: Query) {
  const { db } = deps;
  const campaign = mustOwnCampaign(actor, await findSurveyCampaign(db, campaignId));
  const sensitive = sensitiveIds(await documentOf(db, campaign));
  const search = { questionId: query.questionId, q: query.q?.trim() || undefined };
  const rows = await listAnswerRows(db, campaignId, { ...search, after: readCursor(query.cursor), limit: query.limit + 1 });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const orders = await ports.workOrdersOf(
    db,
    page.map(({ id }) => id),
  );
  return {
    items: page.map((row) => ({
      submissionId: row.id,
      submittedAt: row.submitted_at.toISOString(),
      via: row.via,
      ...shownFirm(row),
      nameVisibility: row.name_visibility,
      answers: withoutSensitive(row.answers, sensitive),
      problemCount: row.problem_count,
      workOrderNumbers: orders.filter(({ submissionId }) => submissionId === row.id).map(({ number }) => number),
    })),
    nextCursor: rows.length > query.limit && last ? `${last.submitted_at.toISOString()}_${last.id}` : null,
    total: await countAnswers(db, campaignId, search),
  };
}

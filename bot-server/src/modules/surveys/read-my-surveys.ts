import type { SurveyForPhone, SurveyToAnswer } from '@suiban/shared/api/surveys';
import { type Answers, type Draft, draftAnswers, progressOf, questionsOf, type SurveyDocument } from '@suiban/shared/surveys';
import type { Tx } from '../../kernel/db/database';
import type { PersonActor } from '../../kernel/http/actor';
import type { Deps } from '../module';
import { type AskedRow, findAsked, listAsked } from './asked.repo';
import { documentOf } from './documents';
import { type DraftRow, listDraftRows, listDraftRowsOf } from './drafts.repo';
import { listNameLooks } from './looks.repo';
import type { SurveyPorts } from './ports';
import { openAnswer, sensitiveIds } from './sensitive';
import { firmsOf, mayAnswer, surveyNotFound } from './surveys.policy';

/** A phone shows the surveys of the last months; older ones are of no use to it. */
const longestList = 100;

/** Until the closure or the end. Whether sending goes on, is paused or was cancelled makes no difference to a firm that was asked. */
export const isTakingAnswers = (row: Pick<AskedRow, 'closes_at' | 'closed_at'>, now: Date): boolean =>
  (row.closed_at ?? row.closes_at) > now;

/** Stored rows as a draft of the engine, opened. */
export function draftOf(deps: Pick<Deps, 'sealer'>, document: SurveyDocument, rows: readonly DraftRow[]): Draft {
  const sensitive = sensitiveIds(document);
  return Object.fromEntries(
    rows.map(({ question_id: id, answer, saved_at: savedAt }) => [
      id,
      { answer: answer !== null && sensitive.has(id) ? openAnswer(deps.sealer, answer) : answer, savedAt: savedAt.toISOString() },
    ]),
  );
}

function stateOf(row: AskedRow, now: Date): SurveyToAnswer['state'] {
  if (row.submission_id !== null) return 'answered';
  return isTakingAnswers(row, now) ? 'open' : 'closed';
}

function toAnswer(deps: Deps, row: AskedRow, document: SurveyDocument, answers: Answers | null): SurveyToAnswer {
  return {
    campaignId: row.campaign_id,
    enterpriseId: row.enterprise_id,
    enterpriseName: row.enterprise_name,
    title: document.title.zh,
    issuer: document.heading.issuingBody || (deps.city.bureaus.find(({ id }) => id === row.bureau_id)?.name ?? deps.city.name),
    minutes: document.minutes,
    questionCount: questionsOf(document).length,
    closesAt: (row.closed_at ?? row.closes_at).toISOString(),
    state: stateOf(row, deps.clock.now()),
    draftProgress: answers === null ? null : progressOf(document, answers).share,
    isDemo: row.is_demo,
  };
}

const places: Readonly<Record<SurveyToAnswer['state'], number>> = { open: 0, answered: 1, closed: 2 };

/** Open ones first, the soonest to close on top; then what was answered, then what is over. */
export async function listMySurveys(deps: Deps, actor: PersonActor): Promise<{ items: SurveyToAnswer[] }> {
  const firms = firmsOf(actor);
  if (firms.length === 0) return { items: [] };
  const rows = await listAsked(deps.db, firms, actor.scope?.campaignId ?? null, longestList);
  const drafts = await listDraftRowsOf(
    deps.db,
    rows.map((row) => ({ campaignId: row.campaign_id, enterpriseId: row.enterprise_id })),
  );
  const items: SurveyToAnswer[] = [];
  for (const row of rows) {
    const document = await documentOf(deps.db, row);
    const own = drafts.filter((each) => each.campaign_id === row.campaign_id && each.enterprise_id === row.enterprise_id);
    items.push(toAnswer(deps, row, document, own.length === 0 ? null : draftAnswers(draftOf(deps, document, own))));
  }
  const soonest = (one: SurveyToAnswer, other: SurveyToAnswer) => (one.closesAt ?? '').localeCompare(other.closesAt ?? '');
  return {
    items: items.sort(
      (one, other) => places[one.state] - places[other.state] || (one.state === 'open' ? soonest(one, other) : soonest(other, one)),
    ),
  };
}

/** @throws DomainError kernel:not-found for whoever may not answer it */
export async function askedOrNotFound(tx: Tx, actor: PersonActor, campaignId: string, enterpriseId: string): Promise<AskedRow> {
  mayAnswer(actor, campaignId, enterpriseId);
  const row = await findAsked(tx, campaignId, enterpriseId);
  if (!row) throw surveyNotFound();
  return row;
}

/** The questionnaire, and how far the firm has come with it. */
export async function readMySurvey(
  deps: Deps,
  ports: SurveyPorts,
  actor: PersonActor,
  target: { campaignId: string; enterpriseId: string },
): Promise<SurveyForPhone> {
  const row = await askedOrNotFound(deps.db, actor, target.campaignId, target.enterpriseId);
  const document = await documentOf(deps.db, row);
  const rows = await listDraftRows(deps.db, row.campaign_id, row.enterprise_id);
  const answers = draftAnswers(draftOf(deps, document, rows));
  return {
    ...toAnswer(deps, row, document, rows.length === 0 ? null : answers),
    version: row.questionnaire_version,
    document,
    draft: { answers: answers as SurveyForPhone['draft']['answers'], savedAt: lastSaveOf(rows)?.toISOString() ?? null },
    submission: await submissionOf(deps, ports, row),
  };
}

export const lastSaveOf = (rows: readonly { readonly saved_at: Date }[]): Date | undefined =>
  rows.reduce<Date | undefined>((last, { saved_at: at }) => (last && last > at ? last : at), undefined);

async function submissionOf({ db }: Deps, ports: SurveyPorts, row: AskedRow): Promise<SurveyForPhone['submission']> {
  if (row.submission_id === null || row.submitted_at === null) return null;
  const orders = await ports.workOrdersOf(db, [row.submission_id]);
  const looks = await listNameLooks(db, row.submission_id);
  return {
    submissionId: row.submission_id,
    submittedAt: row.submitted_at.toISOString(),
    workOrders: orders.map(({ id, number }) => ({ id, number })),
    nameLooks: looks.map(({ at }) => at.toISOString()),
  };
}

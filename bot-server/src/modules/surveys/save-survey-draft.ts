import { DomainError } from '@suiban/shared/errors';
import { type Answer, type Draft, draftAnswers, findQuestion, mergeDrafts, type SurveyDocument } from '@suiban/shared/surveys';
import type { PersonActor } from '../../kernel/http/actor';
import type { Deps } from '../module';
import type { AskedRow } from './asked.repo';
import { documentOf } from './documents';
import { listDraftRows, lockAnswers, upsertDraft } from './drafts.repo';
import { askedOrNotFound, draftOf, isTakingAnswers, lastSaveOf } from './read-my-surveys';
import { alreadyAnswered, closed } from './refusals';
import { sealAnswer, sensitiveIds } from './sensitive';
import { draftAnswerLength, mayAnswer } from './surveys.policy';

export interface SavedAnswer {
  readonly questionId: string;
  readonly answer?: unknown;
  readonly savedAt: string;
}

/** @throws DomainError surveys:unknown-question, kernel:invalid-request */
function checkAnswers(document: SurveyDocument, answers: readonly SavedAnswer[]): void {
  const unknown = answers.flatMap(({ questionId }, at) =>
    findQuestion(document, questionId) ? [] : [{ pointer: `/body/answers/${at}/questionId`, detail: `问卷里没有“${questionId}”这道题` }],
  );
  if (unknown.length > 0) throw new DomainError('surveys:unknown-question', '草稿里有问卷没有的题目，请刷新后重试', { errors: unknown });
  const long = answers.flatMap(({ answer }, at) =>
    JSON.stringify(answer ?? null).length > draftAnswerLength
      ? [{ pointer: `/body/answers/${at}/answer`, detail: '这道题的回答太长' }]
      : [],
  );
  if (long.length > 0) throw new DomainError('kernel:invalid-request', '有的回答太长，请缩短后再保存', { errors: long });
}

/** A phone whose clock runs ahead must not win over every later save; one that runs behind is at least in our times. */
const notLaterThan = (now: Date, savedAt: string): string =>
  new Date(Math.max(0, Math.min(now.getTime(), Date.parse(savedAt)))).toISOString();

const asDraft = ({ questionId, answer, savedAt }: SavedAnswer, now: Date): Draft => ({
  [questionId]: { answer: (answer ?? null) as Answer | null, savedAt: notLaterThan(now, savedAt) },
});

function refuseWhenOver(deps: Deps, row: AskedRow): void {
  if (row.submitted_at !== null) throw alreadyAnswered(deps, row.submitted_at);
  if (!isTakingAnswers(row, deps.clock.now())) throw closed(deps, row);
}

/**
 * Keeps answers question by question; of two saves the later one wins, so devices merge.
 * @throws DomainError kernel:not-found, surveys:closed, surveys:already-answered, surveys:unknown-question
 */
export async function saveSurveyDraft(
  deps: Deps,
  actor: PersonActor,
  campaignId: string,
  given: { enterpriseId: string; answers: readonly SavedAnswer[] },
): Promise<{ answers: Record<string, Answer>; savedAt: string }> {
  const { enterpriseId } = given;
  mayAnswer(actor, campaignId, enterpriseId);
  const now = deps.clock.now();
  return deps.db.tx(async (tx) => {
    await lockAnswers(tx, campaignId, enterpriseId);
    const row = await askedOrNotFound(tx, actor, campaignId, enterpriseId);
    refuseWhenOver(deps, row);
    const document = await documentOf(tx, row);
    checkAnswers(document, given.answers);
    const rows = await listDraftRows(tx, campaignId, enterpriseId);
    const before = draftOf(deps, document, rows);
    const merged = given.answers.reduce((draft, each) => mergeDrafts(draft, asDraft(each, now)), before);
    const sensitive = sensitiveIds(document);
    const changed = Object.entries(merged).filter(([id, each]) => before[id] !== each);
    const sealed = changed.map(([id, each]) => [
      id,
      sensitive.has(id) && each.answer !== null ? { ...each, answer: sealAnswer(deps.sealer, each.answer) } : each,
    ]);
    if (sealed.length > 0) {
      const savedBy = actor.scope ? null : actor.id;
      await upsertDraft(tx, { campaignId, enterpriseId, savedBy }, Object.fromEntries(sealed) as unknown as Draft);
    }
    const saves = [...rows, ...changed.map(([, { savedAt }]) => ({ saved_at: new Date(savedAt) }))];
    return { answers: draftAnswers(merged) as Record<string, Answer>, savedAt: (lastSaveOf(saves) ?? now).toISOString() };
  });
}

import type { SubmissionReceipt } from '@suiban/shared/api/surveys';
import { DomainError } from '@suiban/shared/errors';
import { type Answers, extractProblems, nameVisibilityOf, type SurveyDocument } from '@suiban/shared/surveys';
import type { Tx } from '../../kernel/db/database';
import type { Actor, PersonActor } from '../../kernel/http/actor';
import type { Deps } from '../module';
import { checkSubmitted } from './answers.check';
import type { AskedRow } from './asked.repo';
import { documentOf } from './documents';
import { lockAnswers, removeDrafts } from './drafts.repo';
import { askedOrNotFound, isTakingAnswers } from './read-my-surveys';
import { alreadyAnswered, closed } from './refusals';
import { sealAnswers, sensitiveIds } from './sensitive';
import { findReceipt, insertSubmission, type Via } from './submissions.repo';
import { mayAnswer } from './surveys.policy';

interface Stored {
  readonly submissionId: string;
  readonly submittedAt: Date;
}

/**
 * Stores the answers of one firm, in the caller's transaction: submission, drafts removed, event, audit. `check` says whether they are
 * fit, after the document is known.
 * @throws DomainError surveys:already-answered, surveys:closed, and what `check` throws
 */
export async function storeSubmission(
  tx: Tx,
  deps: Deps,
  row: AskedRow,
  by: { actor: Actor; personId: string | null; via: Via; check: (document: SurveyDocument) => Answers },
): Promise<Stored> {
  const { campaign_id: campaignId, enterprise_id: enterpriseId, questionnaire_id: questionnaireId, questionnaire_version: version } = row;
  if (row.submitted_at !== null) throw alreadyAnswered(deps, row.submitted_at);
  if (!isTakingAnswers(row, deps.clock.now())) throw closed(deps, row);
  const document = await documentOf(tx, row);
  const answers = by.check(document);
  const submittedAt = deps.clock.now();
  const problemCount = extractProblems(document, answers).length;
  const submissionId = await insertSubmission(tx, {
    campaignId,
    enterpriseId,
    questionnaireId,
    version,
    answers: sealAnswers(deps.sealer, answers, sensitiveIds(document)),
    via: by.via,
    nameVisibility: nameVisibilityOf(document, answers),
    startedAt: await removeDrafts(tx, campaignId, enterpriseId),
    submittedBy: by.personId,
    submittedAt,
    problemCount,
  });
  if (submissionId === undefined) {
    const receipt = await findReceipt(tx, campaignId, enterpriseId);
    throw alreadyAnswered(deps, receipt?.submitted_at ?? submittedAt);
  }
  await deps.audit.record(tx, {
    aggregate: 'submission',
    aggregateId: submissionId,
    action: 'submission.received',
    actor: by.actor,
    after: { campaignId, enterpriseId, version, via: by.via, problems: problemCount },
  });
  await deps.outbox.add(tx, {
    topic: 'surveys.submitted',
    key: submissionId,
    payload: { submissionId, campaignId, enterpriseId, via: by.via },
  });
  return { submissionId, submittedAt };
}

/**
 * The answers of a firm, once. The server walks the questionnaire itself and refuses what is off the path.
 * @throws DomainError kernel:not-found, surveys:closed, surveys:already-answered, surveys:wrong-version, surveys:off-path,
 *   surveys:unknown-question, surveys:invalid-answers
 */
export async function submitAnswers(
  deps: Deps,
  actor: PersonActor,
  campaignId: string,
  given: { enterpriseId: string; version: number; answers: Readonly<Record<string, unknown>>; via: Via },
): Promise<SubmissionReceipt> {
  const { enterpriseId } = given;
  mayAnswer(actor, campaignId, enterpriseId);
  const check = (document: SurveyDocument) => checkSubmitted(document, given.answers);
  const stored = await deps.db.tx(async (tx) => {
    await lockAnswers(tx, campaignId, enterpriseId);
    const row = await askedOrNotFound(tx, actor, campaignId, enterpriseId);
    if (row.submitted_at === null && row.questionnaire_version !== given.version && isTakingAnswers(row, deps.clock.now())) {
      throw new DomainError('surveys:wrong-version', '问卷内容有更新，您填写的内容已保留，请刷新后核对并重新提交', {
        errors: [{ pointer: '/body/version', detail: `现在的版本是 ${row.questionnaire_version}` }],
      });
    }
    return storeSubmission(tx, deps, row, { actor, personId: actor.scope ? null : actor.id, via: given.via, check });
  });
  return { submissionId: stored.submissionId, submittedAt: stored.submittedAt.toISOString(), workOrders: [] };
}

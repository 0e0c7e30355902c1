import { DomainError } from '@suiban/shared/errors';
import { maskCreditCode } from '@suiban/shared/identity';
import { answerText, findQuestion } from '@suiban/shared/surveys';
import type { OfficialActor } from '../../kernel/http/actor';
import type { Deps } from '../module';
import { findSurveyCampaign } from './asked.repo';
import { documentOf } from './documents';
import { countNameLooks, nameLookAction } from './looks.repo';
import { openAnswer, sensitiveIds } from './sensitive';
import { type AnswerRow, findAnswerRow } from './submissions.repo';
import { isUuid, mustOwnCampaign, nameLookAlert } from './surveys.policy';

/**
 * The firm behind answers that do not name it. Recorded with its reason in the same transaction; the firm sees every look.
 * @throws DomainError kernel:not-found
 */
export async function lookAtName(deps: Deps, actor: OfficialActor, target: { campaignId: string; submissionId: string }, reason: string) {
  const campaign = mustOwnCampaign(actor, await findSurveyCampaign(deps.db, target.campaignId));
  const row = await deps.db.tx(async (tx) => {
    const found = isUuid(target.submissionId) ? await findAnswerRow(tx, target.campaignId, target.submissionId) : undefined;
    if (!found) throw new DomainError('kernel:not-found', '没有找到这份答卷');
    await deps.audit.record(tx, { aggregate: 'submission', aggregateId: found.id, action: nameLookAction, actor, reason });
    return found;
  });
  const since = new Date(deps.clock.now().getTime() - nameLookAlert.withinMs);
  const count = await countNameLooks(deps.db, actor.id, since);
  if (count > nameLookAlert.count) deps.log.warn({ officialId: actor.id, count }, 'many hidden names looked at within an hour');
  const document = await documentOf(deps.db, campaign);
  return {
    enterpriseId: row.enterprise_id,
    enterpriseName: row.enterprise_name,
    creditCodeMasked: maskCreditCode(row.credit_code),
    sensitiveAnswers: [...sensitiveIds(document)].flatMap((questionId) => sensitiveAnswer(deps, document, row, questionId)),
  };
}

function sensitiveAnswer(deps: Deps, document: Parameters<typeof findQuestion>[0], row: AnswerRow, questionId: string) {
  const question = findQuestion(document, questionId);
  const stored = row.answers[questionId];
  if (!question || stored === undefined || stored === null) return [];
  const text = answerText(question, openAnswer(deps.sealer, stored));
  return text === null ? [] : [{ questionId, title: question.title.zh, text }];
}

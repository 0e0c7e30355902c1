import { DomainError } from '@suiban/shared/errors';
import { checkDocument, isBlocked } from '@suiban/shared/surveys';
import type { OfficialActor } from '../../kernel/http/actor';
import type { Deps } from '../module';
import { mayChange } from './questionnaires.policy';
import { insertVersion, lockQuestionnaire, markPublished } from './questionnaires.repo';
import { readQuestionnaire } from './read-questionnaire';

/**
 * Makes the draft an immutable version. Publishing an unchanged draft again makes no second version.
 * @throws DomainError surveys:document-has-errors, kernel:conflict
 */
export async function publishQuestionnaire(deps: Deps, actor: OfficialActor, id: string, revision: number) {
  await deps.db.tx(async (tx) => {
    const row = await lockQuestionnaire(tx, id);
    if (!row) throw new DomainError('kernel:not-found', '没有这份问卷');
    mayChange(actor, row);
    if (row.revision !== revision) throw new DomainError('kernel:conflict', '这份问卷刚被其他人保存过，请刷新后再发布');
    if (row.latest_hash === row.draft_hash) return;
    const findings = checkDocument(row.draft_document);
    if (isBlocked(findings, 'publish')) {
      throw new DomainError('surveys:document-has-errors', '请先改正下列问题，再发布问卷', {
        errors: findings.filter((each) => each.blocks === 'publish').map(({ pointer, detail }) => ({ pointer, detail: detail.zh })),
      });
    }
    const version = (row.latest_version ?? 0) + 1;
    await insertVersion(tx, row, version, actor.id, deps.clock.now());
    await markPublished(tx, id, version, row.draft_hash);
    await deps.audit.record(tx, {
      aggregate: 'questionnaire',
      aggregateId: id,
      action: 'questionnaire.published',
      actor,
      after: { version, hash: row.draft_hash },
    });
  });
  return readQuestionnaire(deps, id);
}

import { DomainError } from '@suiban/shared/errors';
import type { SurveyDocument } from '@suiban/shared/surveys';
import type { OfficialActor } from '../../kernel/http/actor';
import type { Deps } from '../module';
import { countOf, hashOf, readDocument, titleOf } from './document';
import { mayChange } from './questionnaires.policy';
import { type DraftFields, findQuestionnaire, insertQuestionnaire, updateDraft } from './questionnaires.repo';
import { readQuestionnaire } from './read-questionnaire';

const draftOf = (deps: Deps, actor: OfficialActor, document: SurveyDocument): DraftFields => ({
  document,
  hash: hashOf(document),
  title: titleOf(document),
  questionCount: countOf(document),
  officialId: actor.id,
  at: deps.clock.now(),
});

/** A new draft of the actor's bureau. @throws DomainError surveys:invalid-document */
export async function createQuestionnaire(deps: Deps, actor: OfficialActor, input: unknown, isDemo = false) {
  const draft = draftOf(deps, actor, readDocument(input));
  const id = await deps.db.tx(async (tx) => {
    const row = await insertQuestionnaire(tx, actor.bureauId, isDemo, draft);
    await deps.audit.record(tx, {
      aggregate: 'questionnaire',
      aggregateId: row.id,
      action: 'questionnaire.created',
      actor,
      after: { hash: draft.hash, questions: draft.questionCount },
    });
    return row.id;
  });
  return readQuestionnaire(deps, id);
}

/** Saves over the revision that was read. @throws DomainError kernel:conflict when somebody saved in between */
export async function saveQuestionnaire(deps: Deps, actor: OfficialActor, id: string, input: unknown, revision: number) {
  const draft = draftOf(deps, actor, readDocument(input));
  await deps.db.tx(async (tx) => {
    const before = await findQuestionnaire(tx, id);
    if (!before) throw new DomainError('kernel:not-found', '没有这份问卷');
    mayChange(actor, before);
    if (before.draft_hash === draft.hash && before.revision === revision) return;
    if (before.revision !== revision || !(await updateDraft(tx, id, revision, draft))) {
      throw new DomainError('kernel:conflict', '这份问卷刚被其他人保存过。请复制您的修改，刷新页面后再合并。');
    }
    await deps.audit.record(tx, {
      aggregate: 'questionnaire',
      aggregateId: id,
      action: 'questionnaire.saved',
      actor,
      before: { hash: before.draft_hash },
      after: { hash: draft.hash, questions: draft.questionCount },
    });
  });
  return readQuestionnaire(deps, id);
}

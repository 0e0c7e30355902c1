import type { CampaignDetail, CampaignDraft } from '@suiban/shared/api/campaigns';
import { DomainError } from '@suiban/shared/errors';
import type { Tx } from '../../kernel/db/database';
import type { OfficialActor } from '../../kernel/http/actor';
import { enterpriseAttributes } from '../enterprises';
import type { Deps } from '../module';
import { requireStep } from './campaigns.policy';
import { insertCampaign, updateCampaignDraft } from './campaigns.repo';
import { hashOf, readAudience } from './content/draft';
import { documentOf, requireLocked, stepFacts } from './loading';
import { readCampaign } from './read-campaign';

export interface SavedCampaign {
  readonly campaignId: string;
  readonly revision: number;
}

/**
 * A new draft, or a change of one (`given` names it and the revision the official saw). Changing an approved one takes it back to
 * draft. @throws DomainError campaigns:invalid-audience, campaigns:invalid-questionnaire, campaigns:wrong-state, kernel:conflict
 */
export async function saveCampaign(deps: Deps, actor: OfficialActor, draft: CampaignDraft, given?: SavedCampaign): Promise<CampaignDetail> {
  readAudience(draft.audience, enterpriseAttributes(deps.city), given ? '/body/draft/audience' : '/body/audience');
  const contentHash = hashOf(draft);
  const id = await deps.db.tx(async (tx) => {
    await requireQuestionnaire(tx, draft);
    return given ? change(deps, tx, actor, draft, contentHash, given) : create(deps, tx, actor, draft, contentHash);
  });
  return readCampaign(deps, actor, id);
}

async function create(deps: Deps, tx: Tx, actor: OfficialActor, draft: CampaignDraft, contentHash: string): Promise<string> {
  const id = await insertCampaign(tx, draft, { contentHash, bureauId: actor.bureauId, drafterId: actor.id, now: deps.clock.now() });
  await deps.audit.record(tx, {
    aggregate: 'campaign',
    aggregateId: id,
    action: 'campaign.created',
    actor,
    after: { title: draft.title, contentHash },
  });
  return id;
}

async function change(
  deps: Deps,
  tx: Tx,
  actor: OfficialActor,
  draft: CampaignDraft,
  contentHash: string,
  { campaignId, revision }: SavedCampaign,
): Promise<string> {
  const row = await requireLocked(tx, campaignId);
  requireStep(actor, row, await stepFacts(deps, tx, row, actor), 'edit');
  if (row.revision !== revision) throw new DomainError('kernel:conflict', '这次推送刚被其他人保存过，请刷新后再修改');
  if (row.contentHash === contentHash) return row.id;
  await updateCampaignDraft(tx, row.id, draft, contentHash, deps.clock.now());
  await deps.audit.record(tx, {
    aggregate: 'campaign',
    aggregateId: row.id,
    action: 'campaign.changed',
    actor,
    before: { state: row.state, contentHash: row.contentHash },
    after: { state: 'draft', contentHash },
  });
  return row.id;
}

async function requireQuestionnaire(tx: Tx, { kind, questionnaire }: CampaignDraft): Promise<void> {
  if (questionnaire === null) return;
  const isFitting = kind === 'cloud_visit' && /^[0-9a-f-]{36}$/i.test(questionnaire.questionnaireId);
  const asked = { questionnaireId: questionnaire.questionnaireId, questionnaireVersion: questionnaire.version };
  if (isFitting && (await documentOf(tx, asked))) return;
  throw new DomainError('campaigns:invalid-questionnaire', kind === 'notice' ? '通知不带问卷，请改为云走访或去掉问卷' : undefined);
}

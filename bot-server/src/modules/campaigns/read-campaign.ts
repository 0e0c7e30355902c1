import { campaignDraft } from '@suiban/shared/api/campaign-schemas';
import type { CampaignAction, CampaignDetail, CampaignSummary, SendingChannel } from '@suiban/shared/api/campaigns';
import { missingHeadingFields } from '@suiban/shared/surveys';
import { canonicalJson } from '../../kernel/crypto/canonical-json';
import type { Tx } from '../../kernel/db/database';
import type { OfficialActor } from '../../kernel/http/actor';
import { type Counts, findSnapshot, type SnapshotRow } from '../dispatch';
import { officialName } from '../identity';
import type { Deps } from '../module';
import { exclusionLabel } from './board/reasons';
import { actionsFor, factsOf } from './campaigns.policy';
import type { CampaignRow } from './campaigns.repo';
import { draftOf } from './content/draft';
import { bureauNameOf, type Facts } from './content/render';
import { contentFacts, countsOfOne, requireCampaign } from './loading';

/** Everything about one campaign, as this official may see and steer it. @throws DomainError kernel:not-found */
export async function readCampaign(deps: Deps, actor: OfficialActor, campaignId: string): Promise<CampaignDetail> {
  const row = await requireCampaign(deps.db, campaignId);
  const counts = await countsOfOne(deps.db, row.id);
  const facts = await contentFacts(deps, deps.db, row);
  const snapshot = await findSnapshot(deps.db, row.id);
  const actions = actionsFor(actor, row, factsOf(row, counts, actor.id, deps.clock.now())).filter(isShown);
  return {
    ...(await summaryOf(deps, deps.db, row, counts)),
    questionnaire: questionnaireOf(row, facts),
    noticeText: row.noticeText,
    audience: row.audience,
    exclusions: row.exclusions,
    plan: row.plan,
    revision: row.revision,
    contentHash: row.contentHash,
    approvedHash: row.approvedHash,
    changedSinceReview: changesOf(row),
    rejection: await rejectionOf(deps.db, row),
    heading: headingOf(row, facts),
    snapshot: snapshot ? snapshotOf(snapshot) : null,
    actions,
  };
}

/** The system's own steps are no buttons. */
const isShown = (action: string): action is CampaignAction => action !== 'start' && action !== 'halt' && action !== 'complete';

export async function summaryOf(deps: Deps, tx: Tx, row: CampaignRow, counts: Counts): Promise<CampaignSummary> {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    state: row.state,
    stateReason: row.stateReason,
    bureauId: row.bureauId,
    bureauName: bureauNameOf(deps, row.bureauId),
    drafter: { id: row.drafterId, name: await nameOf(tx, row.drafterId) },
    signatory: row.signatoryId ? { id: row.signatoryId, name: await nameOf(tx, row.signatoryId) } : null,
    window: {
      startAt: row.startAt?.toISOString() ?? null,
      notAfterAt: row.notAfterAt?.toISOString() ?? null,
      closesAt: (row.closedAt ?? row.closesAt).toISOString(),
    },
    channels: row.plan.map(({ body }): SendingChannel => body.channel),
    counts,
    createdAt: row.createdAt.toISOString(),
    launchedAt: row.launchedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}

const nameOf = async (tx: Tx, officialId: string): Promise<string> => (await officialName(tx, officialId)) ?? '';

function questionnaireOf(row: CampaignRow, facts: Facts): CampaignDetail['questionnaire'] {
  if (row.questionnaireId === null || row.questionnaireVersion === null || !facts.document) return null;
  const { title, questionCount, minutes } = facts;
  return { questionnaireId: row.questionnaireId, version: row.questionnaireVersion, title, questionCount, minutes };
}

function headingOf(row: CampaignRow, { document }: Facts): CampaignDetail['heading'] {
  if (!document) return null;
  const { heading } = document;
  const isComplete = missingHeadingFields(heading).length === 0;
  const authority = heading.issuingBody || null;
  if (heading.exempt) {
    const exemptionReason = row.headingExemptionReason ?? (heading.reason || null);
    return { formNumber: null, authority, approvalNumber: null, validUntil: null, isComplete, exemptionReason };
  }
  return {
    formNumber: heading.tableNumber || null,
    authority,
    approvalNumber: heading.approvalNumber || null,
    validUntil: heading.validUntilOn || null,
    isComplete,
    exemptionReason: row.headingExemptionReason,
  };
}

/** Fields that differ from what the last reviewer saw. */
function changesOf(row: CampaignRow): string[] {
  const { reviewedDraft } = row;
  if (reviewedDraft === null) return [];
  const draft = draftOf(row);
  const names = Object.keys(campaignDraft.shape) as (keyof typeof draft)[];
  return names.filter((name) => canonicalJson(draft[name]) !== canonicalJson(reviewedDraft[name]));
}

async function rejectionOf(tx: Tx, row: CampaignRow): Promise<CampaignDetail['rejection']> {
  if (row.rejectionReason === null || row.rejectedBy === null || row.rejectedAt === null) return null;
  return { reason: row.rejectionReason, byName: await nameOf(tx, row.rejectedBy), at: row.rejectedAt.toISOString() };
}

const snapshotOf = (row: SnapshotRow): NonNullable<CampaignDetail['snapshot']> => ({
  frozenAt: row.frozenAt.toISOString(),
  matched: row.matched,
  planned: row.planned,
  excluded: Object.entries(row.excluded).map(([reason, count]) => ({ reason, label: exclusionLabel(reason), count })),
  ruleHash: row.ruleHash,
  dataVersion: row.dataVersion,
  hash: row.hash,
});

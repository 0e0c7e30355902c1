import { DomainError } from '@suiban/shared/errors';
import { missingHeadingFields, type SurveyDocument } from '@suiban/shared/surveys';
import type { Tx } from '../../kernel/db/database';
import type { OfficialActor } from '../../kernel/http/actor';
import { type Counts, countsOf, noCounts } from '../dispatch';
import type { Deps } from '../module';
import { publishedVersion } from '../questionnaires';
import { factsOf } from './campaigns.policy';
import { type CampaignRow, findCampaign, lockCampaign } from './campaigns.repo';
import { type Facts, factsOfContent } from './content/render';

export const notFound = (): never => {
  throw new DomainError('kernel:not-found', '没有找到这次推送');
};

export const requireCampaign = async (tx: Tx, id: string): Promise<CampaignRow> => (await findCampaign(tx, id)) ?? notFound();
export const requireLocked = async (tx: Tx, id: string): Promise<CampaignRow> => (await lockCampaign(tx, id)) ?? notFound();

export async function countsOfOne(tx: Tx, id: string): Promise<Counts> {
  return (await countsOf(tx, [id])).get(id) ?? noCounts;
}

/** What the state machine looks at, for this official. */
export const stepFacts = async (deps: Deps, tx: Tx, row: CampaignRow, actor: Pick<OfficialActor, 'id'>) =>
  factsOf(row, await countsOfOne(tx, row.id), actor.id, deps.clock.now());

export async function documentOf(
  tx: Tx,
  row: Pick<CampaignRow, 'questionnaireId' | 'questionnaireVersion'>,
): Promise<SurveyDocument | undefined> {
  if (row.questionnaireId === null || row.questionnaireVersion === null) return undefined;
  return (await publishedVersion(tx, row.questionnaireId, row.questionnaireVersion))?.document;
}

export const contentFacts = async (deps: Deps, tx: Tx, row: CampaignRow): Promise<Facts> =>
  factsOfContent(deps, row, await documentOf(tx, row));

/** 表号 block: complete, or recorded by the signatory as not needed. @throws DomainError campaigns:heading-missing */
export function requireHeading(row: CampaignRow, { document }: Facts, exemptionReason: string | null): void {
  if (row.kind !== 'cloud_visit' || !document || exemptionReason !== null) return;
  if (missingHeadingFields(document.heading).length > 0) throw new DomainError('campaigns:heading-missing');
}

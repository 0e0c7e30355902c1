import { DomainError } from '@suiban/shared/errors';
import type { Tx } from '../../kernel/db/database';
import type { Actor } from '../../kernel/http/actor';
import { type Audience, freeze } from '../dispatch';
import { enterpriseAttributes } from '../enterprises';
import { insertForCampaign } from '../messages';
import type { Deps } from '../module';
import { type CampaignRow, setState } from './campaigns.repo';
import { audienceSqlOf, readAudience, ruleHashOf } from './content/draft';
import { frozenStepsOf, inboxOf } from './content/render';
import { contentFacts, requireHeading } from './loading';

export function audienceOf(
  deps: Pick<Deps, 'city'>,
  row: Pick<CampaignRow, 'audience' | 'exclusions'>,
): { audience: Omit<Audience, 'steps'>; ruleHash: string } {
  const registry = enterpriseAttributes(deps.city);
  const rule = readAudience(row.audience, registry);
  const { creditCodes, campaignIds, askedWithinDays, onePerPerson } = row.exclusions;
  return {
    ruleHash: ruleHashOf(rule),
    audience: {
      rule: audienceSqlOf(rule, registry),
      excludedCreditCodes: creditCodes,
      excludedCampaignIds: campaignIds.filter((id) => /^\d{1,18}$/.test(id)),
      askedWithinDays,
      isOnePerPerson: onePerPerson,
    },
  };
}

/** @throws DomainError campaigns:window-over */
export function requireOpenWindow(row: CampaignRow, now: Date): void {
  if (row.closesAt <= now || (row.notAfterAt !== null && row.notAfterAt <= now) || row.closedAt !== null)
    throw new DomainError('campaigns:window-over');
}

/**
 * Freezes and starts, in the caller's transaction: rows, addresses, batches, the message centre, state running. The dispatcher is
 * woken after the commit. @throws DomainError campaigns:hash-changed, campaigns:heading-missing, campaigns:window-over, campaigns:empty-audience
 */
export async function startSending(deps: Deps, tx: Tx, row: CampaignRow, actor: Actor): Promise<void> {
  const now = deps.clock.now();
  if (row.approvedHash !== row.contentHash) throw new DomainError('campaigns:hash-changed');
  requireOpenWindow(row, now);
  const facts = await contentFacts(deps, tx, row);
  requireHeading(row, facts, row.headingExemptionReason);
  const { audience, ruleHash } = audienceOf(deps, row);
  const steps = frozenStepsOf(row.plan, facts);
  const frozen = await freeze(tx, { campaignId: row.id, audience, steps, ruleHash, batchSize: deps.config.dispatch.batchSize });
  if (frozen && frozen.planned === 0) throw new DomainError('campaigns:empty-audience');
  await setState(tx, row.id, 'running', now);
  const inbox = inboxOf(row, facts);
  await insertForCampaign(tx, { campaignId: row.id, group: row.kind === 'cloud_visit' ? 'todo' : 'notice', ...inbox });
  await deps.audit.record(tx, {
    aggregate: 'campaign',
    aggregateId: row.id,
    action: 'campaign.launched',
    actor,
    before: { state: row.state },
    after: { state: 'running', planned: frozen?.planned, ruleHash },
  });
  await deps.outbox.add(tx, { topic: 'campaigns.launched', key: row.id, payload: { campaignId: row.id } });
}

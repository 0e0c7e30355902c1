import type { PersonSession } from '@suiban/shared/api/identity';
import { DomainError } from '@suiban/shared/errors';
import { findRecipient, markOpened, readLinkToken } from '../dispatch';
import { agentEnterprise } from '../enterprises';
import { createLinkSession } from '../identity';
import type { Deps } from '../module';
import { mustBeSent } from './campaigns.policy';
import { findCampaign } from './campaigns.repo';

/**
 * A session that may answer one campaign as one enterprise; marks 已阅. Whoever holds the message speaks for the firm it was sent to.
 * @throws DomainError campaigns:broken-link for a link that is forged, of a test, or of a campaign that was never sent
 */
export async function openLinkSession(deps: Deps, token: string): Promise<PersonSession> {
  const target = readLinkToken(deps.config.secrets.linkKey, token);
  const campaign = mustBeSent(target && (await findCampaign(deps.db, target.campaignId)));
  const recipient = target && (await findRecipient(deps.db, campaign.id, { seq: target.seq }));
  const enterprise = recipient && (await agentEnterprise(deps.db, recipient.enterpriseId));
  if (!enterprise) throw new DomainError('campaigns:broken-link');
  const scope = { campaignId: campaign.id, enterpriseId: enterprise.enterpriseId };
  // A mini-program's page carries the link itself: nobody passed by the short link that would have marked it.
  await deps.db.tx((tx) => markOpened(tx, campaign.id, recipient.seq));
  const session = await createLinkSession(deps, scope);
  return {
    token: session.token,
    expiresAt: session.expiresAt.toISOString(),
    me: { personId: null, mobileMasked: null, identities: [{ kind: 'enterprise', ...enterprise }], scope },
  };
}

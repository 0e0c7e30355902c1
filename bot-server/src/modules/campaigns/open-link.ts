import type { RawAnswer } from '../../kernel/http/route';
import { findRecipient, markOpened, readLinkToken } from '../dispatch';
import type { Deps } from '../module';
import { mustBeSent } from './campaigns.policy';
import { findCampaign } from './campaigns.repo';

/** Marks 已阅 and leads to the answer page, or to the message centre. @throws DomainError campaigns:broken-link */
export async function openLink(deps: Deps, token: string): Promise<RawAnswer> {
  const target = readLinkToken(deps.config.secrets.linkKey, token);
  const found = target && (await findCampaign(deps.db, target.campaignId));
  // A test's link is of row 0: nobody's.
  const campaign = mustBeSent(found);
  const recipient = target && target.seq > 0 ? await findRecipient(deps.db, campaign.id, { seq: target.seq }) : undefined;
  if (recipient) await deps.db.tx((tx) => markOpened(tx, campaign.id, recipient.seq));
  const page =
    campaign.kind === 'cloud_visit' && recipient ? `/m/packages/surveys/pages/answer/index?link=${token}` : '/m/pages/messages/index';
  return {
    status: 302,
    contentType: 'text/plain; charset=utf-8',
    body: '',
    headers: { location: page, 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' },
  };
}

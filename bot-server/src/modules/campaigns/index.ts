import type { InboundEvent } from '../../channels/channel';
import type { Tx } from '../../kernel/db/database';
import type { InboxHandler } from '../../kernel/inbox/inbox';
import { findRecipient, type Recipient, recordReceipt } from '../dispatch';
import type { Deps, Module } from '../module';
import { grantReceiver } from '../subscriptions';
import { permissions } from './campaigns.policy';
import { campaignRoutes } from './campaigns.routes';
import { campaignEvents, campaignTasks } from './campaigns.tasks';

export type { Recipient } from '../dispatch';
export { type ChatInvitation, chatInvitation, resolveCard } from './chat';
export { launchCampaign } from './launch-campaign';
export { reviewCampaign } from './review-campaign';
export { saveCampaign } from './save-campaign';

/**
 * Pushes and cloud visits: drafts, review, launch, board. Listens to `dispatch.drained`, `dispatch.halted`, `surveys.submitted`,
 * `messages.read`, and to the platforms' grants and receipts; emits `campaigns.launched` and
 * `campaigns.closed` {campaignId}.
 */
export const campaignsModule = (deps: Deps): Module => ({
  name: 'campaigns',
  routes: campaignRoutes(deps),
  permissions,
  tasks: campaignTasks(deps),
  onEvent: campaignEvents(deps),
  onInbox: { subscription: pushHandler(deps), receipt: pushHandler(deps) },
});

function pushHandler(deps: Deps): InboxHandler {
  const receiveGrant = grantReceiver(deps);
  return async ({ source, messageKey, payload }) => {
    const [kind = '', account = ''] = source.split(':');
    const event = payload as unknown as InboundEvent;
    if (event.type === 'subscription') await receiveGrant(kind, account, messageKey, event);
    if (event.type === 'receipt') await deps.db.tx((tx) => recordReceipt(tx, kind, account, event));
  };
}

/** The firm's row in the campaign's frozen audience; undefined: it was not asked. */
export const recipientOf = (tx: Tx, campaignId: string, enterpriseId: string): Promise<Recipient | undefined> =>
  findRecipient(tx, campaignId, { enterpriseId });

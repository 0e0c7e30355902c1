import type { InboundEvent } from '../../channels/channel';
import type { Tx } from '../../kernel/db/database';
import type { Deps, Module } from '../module';
import { ageingTask } from './ageing';
import { countReachable, type ReachToday } from './ageing.repo';
import { importTask, onAgentImported } from './imports';
import { longTermTemplates, recordGrant as writeGrant } from './ledger';
import { permissions } from './subscriptions.policy';
import { type CreditSource, type CreditUse, creditChannels, insertGone, insertUses, reconcileToNone } from './subscriptions.repo';
import { subscriptionRoutes } from './subscriptions.routes';

export type { ReachToday } from './ageing.repo';
export type { CreditSource, CreditUse } from './subscriptions.repo';

/**
 * Who may be sent subscription messages, and how many. View `subscription_reach` is for sets of people. Listens to
 * `enterprises.agent-imported`.
 */
export const subscriptionsModule = (deps: Deps): Module => ({
  name: 'subscriptions',
  routes: subscriptionRoutes(deps, longTermTemplates(deps)),
  permissions,
  tasks: [importTask(deps), ageingTask(deps)],
  onEvent: { 'enterprises.agent-imported': onAgentImported(deps) },
});

/** One credit per use, once per `ref`; never below zero. Idempotent. */
export const consumeCredits = (tx: Tx, source: CreditSource, uses: readonly CreditUse[]): Promise<void> => insertUses(tx, source, uses);

/** The platform said there was none left: the figure becomes zero. Idempotent per `ref`. */
export const reconcileRefused = (tx: Tx, source: CreditSource, uses: readonly CreditUse[]): Promise<void> =>
  reconcileToNone(tx, source, uses);

/** The platform does not know these people any more: their credits count for nothing until they give a new permission. Idempotent. */
export const markGone = (
  tx: Tx,
  source: CreditSource,
  people: readonly { readonly openid: string; readonly code: string }[],
  now: Date,
): Promise<void> => insertGone(tx, source, people, now);

/** How many of these people can be sent this template today; for sets of firms join view `subscription_reach`. */
export const reachableToday = (tx: Tx, source: CreditSource, openids: readonly string[]): Promise<ReachToday> =>
  countReachable(tx, source, openids);

/** A subscription push of the platform, once per `messageKey`. For the module that receives the account's pushes. */
export function grantReceiver(
  deps: Deps,
): (source: string, account: string, messageKey: string, event: Extract<InboundEvent, { type: 'subscription' }>) => Promise<void> {
  const longTerm = longTermTemplates(deps);
  return async (source, account, messageKey, event) => {
    const channel = creditChannels.find((each) => each === source);
    if (!channel) return;
    const longTermIds = await longTerm(channel, account);
    await deps.db.tx(async (tx) => {
      for (const { templateId, accepted } of event.grants) {
        await writeGrant(tx, deps, {
          channel,
          account,
          openid: event.openid,
          templateId,
          isAccepted: accepted,
          isLongTerm: longTermIds.has(templateId),
          source: 'push',
          ref: `push:${messageKey}`,
        });
      }
    });
  };
}

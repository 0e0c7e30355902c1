import type { InboundEvent } from '../../channels/channel';
import type { Tx } from '../../kernel/db/database';
import type { Deps, Module } from '../module';
import { importTask, onAgentImported } from './imports';
import { longTermTemplates, recordGrant as writeGrant } from './ledger';
import { permissions } from './subscriptions.policy';
import { type CreditUse, insertUses, reconcileToNone } from './subscriptions.repo';
import { subscriptionRoutes } from './subscriptions.routes';

export type { CreditUse } from './subscriptions.repo';

/**
 * Who may be sent subscription messages, and how many. View `subscription_reach` is for sets of people. Listens to
 * `enterprises.agent-imported`.
 */
export const subscriptionsModule = (deps: Deps): Module => ({
  name: 'subscriptions',
  routes: subscriptionRoutes(deps, longTermTemplates(deps)),
  permissions,
  tasks: [importTask(deps)],
  onEvent: { 'enterprises.agent-imported': onAgentImported(deps) },
});

/** One credit per use, once per `ref`; never below zero. Idempotent. */
export const consumeCredits = (tx: Tx, account: string, templateId: string, uses: readonly CreditUse[]): Promise<void> =>
  insertUses(tx, account, templateId, uses);

/** The platform said there was none left: the figure becomes zero. Idempotent per `ref`. */
export const reconcileRefused = (tx: Tx, account: string, templateId: string, uses: readonly CreditUse[]): Promise<void> =>
  reconcileToNone(tx, account, templateId, uses);

/** A subscription push of the platform, once per `messageKey`. For the module that receives the account's pushes. */
export function grantReceiver(
  deps: Deps,
): (account: string, messageKey: string, event: Extract<InboundEvent, { type: 'subscription' }>) => Promise<void> {
  const longTerm = longTermTemplates(deps);
  return async (account, messageKey, event) => {
    const longTermIds = await longTerm(account);
    await deps.db.tx(async (tx) => {
      for (const { templateId, accepted } of event.grants) {
        await writeGrant(tx, deps, {
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

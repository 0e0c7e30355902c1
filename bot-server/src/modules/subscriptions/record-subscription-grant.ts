import type { PersonActor } from '../../kernel/http/actor';
import { findPerson } from '../identity';
import type { Deps } from '../module';
import { type longTermTemplates, ownIdentity, recordGrant } from './ledger';
import { requireOpenid } from './subscriptions.policy';
import type { CreditChannel } from './subscriptions.repo';

export interface PhoneGrant {
  readonly channel: CreditChannel;
  readonly grantId: string;
  readonly results: readonly { readonly templateId: string; readonly accepted: boolean }[];
}

/**
 * What the phone's prompt answered. The platform's own push about the same prompt counts with it, not beside it.
 * @throws DomainError campaigns:no-openid
 */
export async function recordSubscriptionGrant(
  deps: Deps,
  actor: PersonActor,
  { channel, grantId, results }: PhoneGrant,
  longTerm: ReturnType<typeof longTermTemplates>,
): Promise<{ recorded: number }> {
  const identity = ownIdentity(await findPerson(deps.db, actor.id), channel);
  const openid = requireOpenid(identity?.openid);
  const account = identity?.account ?? 'default';
  const longTermIds = await longTerm(channel, account);
  return deps.db.tx(async (tx) => {
    let recorded = 0;
    for (const { templateId, accepted } of results) {
      const grant = {
        channel,
        account,
        openid,
        templateId,
        isAccepted: accepted,
        isLongTerm: longTermIds.has(templateId),
        source: 'phone',
        ref: `phone:${grantId}`,
      } as const;
      if (await recordGrant(tx, deps, grant)) recorded += 1;
    }
    return { recorded };
  });
}

import type { MessageTemplate } from '../../channels/channel';
import type { PersonActor } from '../../kernel/http/actor';
import { findPerson } from '../identity';
import type { Deps } from '../module';
import { ownIdentity } from './ledger';
import { isKnownOpenid } from './subscriptions.policy';
import { type CreditChannel, listCredits, type OwnCredit } from './subscriptions.repo';

export interface OwnSubscription {
  readonly templateId: string;
  readonly title: string;
  readonly credits: number;
  readonly isLongTerm: boolean;
  readonly isOn: boolean;
  readonly updatedAt: string | null;
}

/** 可发次数 per template of the account; every template is listed, so that the phone can ask for those with none. */
export async function listMySubscriptions(deps: Deps, actor: PersonActor, channel: CreditChannel): Promise<{ items: OwnSubscription[] }> {
  const identity = ownIdentity(await findPerson(deps.db, actor.id), channel);
  if (!isKnownOpenid(identity)) return { items: [] };
  const templates = await templatesOf(deps, channel, identity.account);
  const own = new Map(
    (await listCredits(deps.db, channel, identity.account, identity.openid)).map((credit) => [credit.templateId, credit]),
  );
  return { items: templates.map((template) => viewOf(template, own.get(template.templateId))) };
}

const viewOf = (template: MessageTemplate, credit: OwnCredit | undefined): OwnSubscription => ({
  templateId: template.templateId,
  title: template.title,
  credits: credit?.credits ?? 0,
  isLongTerm: template.isLongTerm,
  isOn: template.isLongTerm ? (credit?.isLongTerm ?? false) : (credit?.credits ?? 0) > 0,
  updatedAt: credit?.updatedAt.toISOString() ?? null,
});

async function templatesOf(deps: Deps, channel: CreditChannel, account: string): Promise<readonly MessageTemplate[]> {
  try {
    return (await deps.channels.find(channel, account)?.templates?.()) ?? [];
  } catch (error) {
    deps.log.warn({ err: error, account }, 'templates unknown');
    return [];
  }
}

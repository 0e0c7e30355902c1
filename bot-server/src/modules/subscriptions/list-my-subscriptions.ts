import type { MessageTemplate } from '../../channels/channel';
import type { PersonActor } from '../../kernel/http/actor';
import { findPerson } from '../identity';
import type { Deps } from '../module';
import { isKnownOpenid } from './subscriptions.policy';
import { listCredits, type OwnCredit } from './subscriptions.repo';

export interface OwnSubscription {
  readonly templateId: string;
  readonly title: string;
  readonly credits: number;
  readonly isLongTerm: boolean;
  readonly updatedAt: string | null;
}

/** 可发次数 per template of the account; every template is listed, so that the phone can ask for those with none. */
export async function listMySubscriptions(deps: Deps, actor: PersonActor): Promise<{ items: OwnSubscription[] }> {
  const [identity] = (await findPerson(deps.db, actor.id))?.openids ?? [];
  if (!isKnownOpenid(identity)) return { items: [] };
  const templates = await templatesOf(deps, identity.account);
  const own = new Map((await listCredits(deps.db, identity.account, identity.openid)).map((credit) => [credit.templateId, credit]));
  return { items: templates.map((template) => viewOf(template, own.get(template.templateId))) };
}

const viewOf = (template: MessageTemplate, credit: OwnCredit | undefined): OwnSubscription => ({
  templateId: template.templateId,
  title: template.title,
  credits: credit?.credits ?? 0,
  isLongTerm: template.isLongTerm,
  updatedAt: credit?.updatedAt.toISOString() ?? null,
});

async function templatesOf(deps: Deps, account: string): Promise<readonly MessageTemplate[]> {
  try {
    return (await deps.channels.find('wechat-mini', account)?.templates?.()) ?? [];
  } catch (error) {
    deps.log.warn({ err: error, account }, 'templates unknown');
    return [];
  }
}

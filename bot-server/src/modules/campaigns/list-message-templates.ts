import type { campaignsApi } from '@suiban/shared/api/campaigns';
import type { ResponseOf } from '@suiban/shared/api/operation';
import { DomainError } from '@suiban/shared/errors';
import type { OfficialActor } from '../../kernel/http/actor';
import type { Deps } from '../module';
import { mayRead } from './campaigns.policy';

type Templates = ResponseOf<typeof campaignsApi.listMessageTemplates>;

/** Templates of all accounts that send by template, for the wizard; none where no account is configured. @throws DomainError kernel:upstream */
export async function listMessageTemplates(deps: Deps, actor: OfficialActor): Promise<Templates> {
  mayRead(actor);
  const items: Templates['items'] = [];
  for (const channel of deps.channels.list()) {
    const { kind, account } = channel;
    if (kind === 'inbox') continue;
    try {
      const templates = (await channel.templates?.()) ?? [];
      items.push(...templates.map((template) => ({ ...template, channel: kind, account, fields: [...template.fields] })));
    } catch (error) {
      deps.log.warn({ err: error, channel: channel.kind }, 'templates unknown');
      throw new DomainError('kernel:upstream');
    }
  }
  return { items };
}

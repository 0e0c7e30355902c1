import type { PersonActor } from '../../kernel/http/actor';
import { recipientOf } from '../campaigns';
import type { Deps } from '../module';
import type { Via } from './submissions.repo';

/** Requests of a mini-program carry this address as referer; the runtime sets it and a page cannot. */
const miniProgram = 'https://servicewechat.com/';

/**
 * By which way the answer came. A personal link was opened from the message that carried it; whoever signed in came by the mini-program
 * or by the web page.
 */
export async function viaOf({ db }: Deps, actor: PersonActor, headers: Readonly<Record<string, unknown>>): Promise<Via> {
  if (actor.scope) {
    const recipient = await recipientOf(db, actor.scope.campaignId, actor.scope.enterpriseId);
    return recipient?.channel ?? 'h5';
  }
  const { referer } = headers;
  return typeof referer === 'string' && referer.startsWith(miniProgram) ? 'wechat-mini' : 'h5';
}

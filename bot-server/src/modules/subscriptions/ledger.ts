import type { Tx } from '../../kernel/db/database';
import { markSubscribed } from '../enterprises';
import type { Deps } from '../module';
import { type Grant, insertGrant } from './subscriptions.repo';

/** Templates that never run out, per account: asked of the platform once an hour, for a template rarely changes its kind. */
export function longTermTemplates(deps: Pick<Deps, 'channels' | 'clock' | 'log'>) {
  const known = new Map<string, { readonly ids: ReadonlySet<string>; readonly untilMs: number }>();
  return async (account: string): Promise<ReadonlySet<string>> => {
    const held = known.get(account);
    const nowMs = deps.clock.now().getTime();
    if (held && held.untilMs > nowMs) return held.ids;
    try {
      const templates = (await deps.channels.find('wechat-mini', account)?.templates?.()) ?? [];
      const ids = new Set(templates.filter(({ isLongTerm }) => isLongTerm).map(({ templateId }) => templateId));
      known.set(account, { ids, untilMs: nowMs + 3_600_000 });
      return ids;
    } catch (error) {
      // Counted as one-time until the platform answers: too few sends, never a refused one.
      deps.log.warn({ err: error, account }, 'templates unknown');
      return held?.ids ?? new Set();
    }
  };
}

/** Writes one answer of a person to one template, once per `ref`; the first accept is the funnel's last step. */
export async function recordGrant(tx: Tx, deps: Pick<Deps, 'clock'>, grant: Grant): Promise<boolean> {
  if (!(await insertGrant(tx, grant))) return false;
  if (grant.isAccepted) await markSubscribed(tx, { account: grant.account, openid: grant.openid }, deps.clock.now());
  return true;
}

import type { Tx } from '../../kernel/db/database';
import { markSubscribed } from '../enterprises';
import type { Deps } from '../module';
import { type CreditChannel, type Grant, insertGrant } from './subscriptions.repo';

/** Templates that never run out, per account: asked of the platform once an hour, for a template rarely changes its kind. */
export function longTermTemplates(deps: Pick<Deps, 'channels' | 'clock' | 'log'>) {
  const known = new Map<string, { readonly ids: ReadonlySet<string>; readonly untilMs: number }>();
  return async (channel: CreditChannel, account: string): Promise<ReadonlySet<string>> => {
    const name = `${channel}:${account}`;
    const held = known.get(name);
    const nowMs = deps.clock.now().getTime();
    if (held && held.untilMs > nowMs) return held.ids;
    try {
      const templates = (await deps.channels.find(channel, account)?.templates?.()) ?? [];
      const ids = new Set(templates.filter(({ isLongTerm }) => isLongTerm).map(({ templateId }) => templateId));
      known.set(name, { ids, untilMs: nowMs + 3_600_000 });
      return ids;
    } catch (error) {
      // Counted as one-time until the platform answers: too few sends, never a refused one.
      deps.log.warn({ err: error, channel, account }, 'templates unknown');
      return held?.ids ?? new Set();
    }
  };
}

/** Writes one answer of a person to one template, once per `ref`; the first accept is the funnel's last step. */
export async function recordGrant(tx: Tx, deps: Pick<Deps, 'clock'>, grant: Grant): Promise<boolean> {
  if (!(await insertGrant(tx, grant))) return false;
  if (grant.isAccepted) await markSubscribed(tx, grant, deps.clock.now());
  return true;
}

interface KnownPerson {
  readonly openids: readonly { readonly account: string; readonly openid: string }[];
  readonly identities?: readonly { readonly kind: string; readonly account: string; readonly subject: string }[];
}

/** By which openid the channel's platform knows a person; undefined: never signed in there. */
export function ownIdentity(person: KnownPerson | undefined, channel: CreditChannel): { account: string; openid: string } | undefined {
  if (channel === 'wechat-mini') return person?.openids[0];
  const found = person?.identities?.find(({ kind }) => kind === channel);
  return found && { account: found.account, openid: found.subject };
}

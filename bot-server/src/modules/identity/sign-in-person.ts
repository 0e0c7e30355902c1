import type { PersonSession, PlatformSignIn } from '@suiban/shared/api/identity';
import { DomainError } from '@suiban/shared/errors';
import type { Channel } from '../../channels/channel';
import { hashToken, randomToken } from '../../kernel/crypto/token';
import type { RequestInfo } from '../../kernel/http/route';
import type { Deps } from '../module';
import { personSessionLimits } from './identity.policy';
import { indexOfMobile, mobileOf, proveMobile } from './mobiles';
import { describePerson } from './myself';
import { proveState } from './oauth';
import { ensurePersonOfMobile, insertPersonSession } from './persons.repo';
import type { IdentityPorts } from './ports';
import { type Proved, recognisePerson } from './recognise';

/** By SMS code; the first sign-in makes the person. @throws DomainError identity:phone-code-wrong, identity:too-many-tries */
export async function signInByPhone(deps: Deps, ports: IdentityPorts, given: { mobile: string; code: string }): Promise<PersonSession> {
  const mobile = mobileOf(given.mobile);
  const index = indexOfMobile(deps.sealer, mobile);
  await proveMobile(deps, index, given.code);
  const sealed = deps.sealer.seal('person.mobile', mobile);
  const personId = await deps.db.tx((tx) => ensurePersonOfMobile(tx, { sealed, index }, deps.clock.now()));
  return openSession(deps, ports, personId);
}

/**
 * By the platform's login code, which works once; a browser brings the state it was sent away with.
 * @throws DomainError identity:platform-code-refused, kernel:upstream
 */
export async function signInByPlatform(
  deps: Deps,
  ports: IdentityPorts,
  given: PlatformSignIn,
  request: Pick<RequestInfo, 'headers'>,
): Promise<PersonSession> {
  const channel = deps.channels.find(given.platform, 'default');
  if (!channel?.signIn) throw new DomainError('kernel:upstream', '这种登录方式尚未开通，请用手机号登录');
  if ('state' in given) await proveState(deps, given.platform, given.state, request);
  const proved = await prove(channel, given);
  const personId = await deps.db.tx((tx) => recognisePerson(deps, tx, proved));
  return openSession(deps, ports, personId);
}

async function prove(channel: Pick<Channel, 'account' | 'signIn'>, { platform, code }: PlatformSignIn): Promise<Proved> {
  try {
    const found = await channel.signIn?.(code);
    if (!found) throw new DomainError('kernel:upstream');
    const { subject, unionId, corpId } = found;
    const identity = { kind: platform, account: channel.account, subject, ...(platform === 'wecom' && corpId ? { corpId } : {}) };
    return { identity, ...(unionId ? { unionId } : {}) };
  } catch (error) {
    // To the phone "not signed in" means that its own session has ended.
    if (error instanceof DomainError && error.type === 'kernel:not-signed-in')
      throw new DomainError('identity:platform-code-refused', error.message);
    throw error;
  }
}

async function openSession(deps: Deps, ports: IdentityPorts, personId: string): Promise<PersonSession> {
  const now = deps.clock.now();
  const token = randomToken();
  const expiresAt = new Date(now.getTime() + personSessionLimits.absoluteMs);
  await insertPersonSession(deps.db, { personId, tokenHash: hashToken(token), now, expiresAt });
  return { token, expiresAt: expiresAt.toISOString(), me: await describePerson(deps, ports, personId) };
}

/** A session that may act in one campaign as one enterprise. The caller has verified the link's signature. */
export async function createLinkSession(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  scope: { campaignId: string; enterpriseId: string },
): Promise<{ token: string; expiresAt: Date }> {
  const now = clock.now();
  const token = randomToken();
  const expiresAt = new Date(now.getTime() + personSessionLimits.linkMs);
  await insertPersonSession(db, { personId: null, scope, tokenHash: hashToken(token), now, expiresAt });
  return { token, expiresAt };
}

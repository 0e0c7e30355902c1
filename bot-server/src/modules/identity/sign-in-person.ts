import type { PersonSession } from '@suiban/shared/api/identity';
import { DomainError } from '@suiban/shared/errors';
import { hashToken, randomToken } from '../../kernel/crypto/token';
import type { Deps } from '../module';
import { personSessionLimits } from './identity.policy';
import { indexOfMobile, mobileOf, proveMobile } from './mobiles';
import { describePerson } from './myself';
import { ensurePersonOfMobile, ensurePersonOfSubject, insertPersonSession } from './persons.repo';
import type { IdentityPorts } from './ports';

/** By SMS code; the first sign-in makes the person. @throws DomainError identity:phone-code-wrong, identity:too-many-tries */
export async function signInByPhone(deps: Deps, ports: IdentityPorts, given: { mobile: string; code: string }): Promise<PersonSession> {
  const mobile = mobileOf(given.mobile);
  const index = indexOfMobile(deps.sealer, mobile);
  await proveMobile(deps, index, given.code);
  const sealed = deps.sealer.seal('person.mobile', mobile);
  const personId = await deps.db.tx((tx) => ensurePersonOfMobile(tx, { sealed, index }, deps.clock.now()));
  return openSession(deps, ports, personId);
}

/** By the platform's login code, which works once. @throws DomainError identity:platform-code-refused, kernel:upstream */
export async function signInByPlatform(
  deps: Deps,
  ports: IdentityPorts,
  given: { platform: 'wechat-mini'; code: string },
): Promise<PersonSession> {
  const channel = deps.channels.find(given.platform, 'default');
  if (!channel?.signIn) throw new DomainError('kernel:upstream', '小程序登录尚未开通，请用手机号登录');
  const { subject, unionId } = await channel.signIn(given.code);
  const personId = await deps.db.tx((tx) =>
    ensurePersonOfSubject(tx, { kind: given.platform, account: channel.account, subject, unionId }, deps.clock.now()),
  );
  return openSession(deps, ports, personId);
}

async function openSession(deps: Deps, ports: IdentityPorts, personId: string): Promise<PersonSession> {
  const now = deps.clock.now();
  const token = randomToken();
  const expiresAt = new Date(now.getTime() + personSessionLimits.absoluteMs);
  await insertPersonSession(deps.db, { personId, tokenHash: hashToken(token), now, expiresAt });
  return { token, expiresAt: expiresAt.toISOString(), me: await describePerson(deps, ports, personId) };
}

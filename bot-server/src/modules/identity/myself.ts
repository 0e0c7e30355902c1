import type { Myself, PersonIdentity } from '@suiban/shared/api/identity';
import { DomainError } from '@suiban/shared/errors';
import { maskMobile } from '@suiban/shared/identity';
import { hashToken } from '../../kernel/crypto/token';
import type { PersonActor } from '../../kernel/http/actor';
import type { Deps } from '../module';
import { lockMobile } from './codes.repo';
import { keysOfPerson } from './identities.repo';
import { mustBePerson } from './identity.policy';
import { indexOfMobile, mobileOf, proveMobile } from './mobiles';
import { findByMobile, findPersonRow, revokePersonSessionByToken, setMobile } from './persons.repo';
import type { AgentEnterprise, IdentityPorts } from './ports';
import { joinPersons } from './recognise';

const face = ({ enterpriseId, name, isDemo }: AgentEnterprise): PersonIdentity => ({ kind: 'enterprise', enterpriseId, name, isDemo });

export async function describePerson(deps: Deps, ports: IdentityPorts, personId: string): Promise<Myself> {
  const person = await findPersonRow(deps.db, personId);
  if (!person) throw new DomainError('kernel:not-signed-in');
  const enterprises = await ports.agentEnterprises(deps.db, await keysOfPerson(deps.db, person));
  return {
    personId,
    mobileMasked: person.mobile_sealed === null ? null : maskMobile(deps.sealer.open('person.mobile', person.mobile_sealed)),
    identities: [{ kind: 'resident', label: '居民' }, ...enterprises.map(face)],
    scope: null,
  };
}

/** A session opened by a personal link has one face: the enterprise it was sent to. */
export async function describeMyself(deps: Deps, ports: IdentityPorts, actor: PersonActor): Promise<Myself> {
  if (!actor.scope) return describePerson(deps, ports, actor.id);
  const enterprise = await ports.enterprise(deps.db, actor.scope.enterpriseId);
  return { personId: null, mobileMasked: null, identities: enterprise ? [face(enterprise)] : [], scope: actor.scope };
}

/** Binds a mobile proved by SMS code. @throws DomainError identity:phone-code-wrong, identity:too-many-tries */
export async function bindMobile(
  deps: Deps,
  ports: IdentityPorts,
  actor: PersonActor,
  given: { mobile: string; code: string },
): Promise<Myself> {
  const personId = mustBePerson(actor);
  const mobile = mobileOf(given.mobile);
  await proveMobile(deps, indexOfMobile(deps.sealer, mobile), given.code);
  return describePerson(deps, ports, await takeMobile(deps, { personId, actor, mobile }));
}

/** Binds the mobile that WeChat proved: the code of its button tells it, once. @throws DomainError identity:platform-code-refused */
export async function bindMobileOfWechat(deps: Deps, ports: IdentityPorts, actor: PersonActor, code: string): Promise<Myself> {
  const personId = mustBePerson(actor);
  const channel = deps.channels.find('wechat-mini', 'default');
  if (!channel?.phoneNumber) throw new DomainError('kernel:upstream', '微信手机号尚未开通，请用短信验证码绑定');
  const mobile = mobileOf(await channel.phoneNumber(code));
  return describePerson(deps, ports, await takeMobile(deps, { personId, actor, mobile }));
}

/**
 * The proved mobile becomes the person's. When another record holds it, this one (which has none) is joined to that one: its sessions and
 * platform identities go on as that person, and `identity.person-merged` tells the other modules. @returns who the session goes on as
 */
function takeMobile(deps: Deps, { personId, actor, mobile }: { personId: string; actor: PersonActor; mobile: string }): Promise<string> {
  const index = indexOfMobile(deps.sealer, mobile);
  return deps.db.tx(async (tx) => {
    await lockMobile(tx, index);
    const own = await findPersonRow(tx, personId);
    if (!own) throw new DomainError('kernel:not-signed-in');
    const holder = await findByMobile(tx, index);
    if (holder?.id === personId) return personId;
    if (!holder) {
      await setMobile(tx, personId, { sealed: deps.sealer.seal('person.mobile', mobile), index });
      await deps.audit.record(tx, { aggregate: 'person', aggregateId: personId, action: 'person.mobile-bound', actor });
      return personId;
    }
    if (own.mobile_index !== null) {
      throw new DomainError('kernel:conflict', '这个手机号已绑定另一个账号，请退出后用该手机号登录');
    }
    await joinPersons(deps, tx, personId, holder.id);
    await deps.audit.record(tx, { aggregate: 'person', aggregateId: holder.id, action: 'person.merged', actor, after: { from: personId } });
    return holder.id;
  });
}

export const signOutPerson = async ({ db, clock }: Deps, token: string): Promise<void> => {
  await revokePersonSessionByToken(db, hashToken(token), clock.now());
};

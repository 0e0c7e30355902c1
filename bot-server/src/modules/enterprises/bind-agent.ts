import { DomainError } from '@suiban/shared/errors';
import { maskMobile } from '@suiban/shared/identity';
import type { Tx } from '../../kernel/db/database';
import type { PersonActor } from '../../kernel/http/actor';
import type { EventHandler } from '../../kernel/outbox/outbox';
import { findPerson } from '../identity';
import type { Deps } from '../module';
import { type AgentIdentity, type AgentKeys, bindMobileAgent, bindOpenids, insertIdentity, listOfPerson } from './agents.repo';
import { mobilePurpose } from './contacts.repo';
import { canBeAddress, mayBind } from './enterprises.policy';
import { advanceFunnel } from './enterprises.repo';
import { placesOf } from './files';
import { findInvitation, type InvitationRow, markBound } from './invitations.repo';
import { readInvitationToken } from './tokens';

const invalid = () => new DomainError('enterprises:invitation-invalid', '邀请链接无效或已过期，请联系所在区的服务专员重新发送');

async function openInvitation(deps: Deps, token: string): Promise<InvitationRow> {
  const id = readInvitationToken(deps.config.secrets.linkKey, token);
  const row = id === undefined ? undefined : await findInvitation(deps.db, id);
  if (!row || row.expires_at <= deps.clock.now()) throw invalid();
  return row;
}

/** What the page behind the link shows before anything is proved. @throws DomainError enterprises:invitation-invalid */
export async function showInvitation(deps: Deps, token: string) {
  const row = await openInvitation(deps, token);
  return {
    enterpriseName: row.enterprise_name,
    mobileMasked: maskMobile(deps.sealer.open(mobilePurpose, row.mobile_sealed)),
    expiresAt: row.expires_at.toISOString(),
    isBound: row.bound_at !== null,
    isDemo: row.is_demo,
  };
}

/** By which other clients the person signed in. */
const furtherOf = ({ identities = [] }: AgentKeys) => identities.filter(({ kind }) => kind !== 'wechat-mini');

/**
 * Makes the person an agent of the firm that invited this mobile. Idempotent.
 * @throws DomainError enterprises:invitation-invalid, enterprises:mobile-differs
 */
export async function bindAgent(
  deps: Deps,
  actor: PersonActor,
  token: string,
): Promise<{ enterpriseId: string; name: string; isDemo: boolean }> {
  const personId = mayBind(actor);
  const invitation = await openInvitation(deps, token);
  const person = await findPerson(deps.db, personId);
  if (!person) throw new DomainError('kernel:not-signed-in');
  if (person.mobileIndex !== invitation.mobile_index) {
    throw new DomainError('enterprises:mobile-differs', '请用收到邀请短信的手机号获取验证码登录，再打开邀请链接');
  }
  const enterpriseId = invitation.enterprise_id;
  const now = deps.clock.now();
  await deps.db.tx(async (tx) => {
    const { mobile_sealed: mobileSealed, mobile_index: mobileIndex } = invitation;
    const agent = await bindMobileAgent(tx, { enterpriseId, personId, mobileSealed, mobileIndex }, now);
    await bindOpenids(tx, enterpriseId, personId, person.openids, now);
    for (const identity of furtherOf(person)) await bindIdentity(deps, tx, { enterpriseId, personId, identity });
    await markBound(tx, invitation.id, now);
    await advanceFunnel(tx, [enterpriseId], 'bound', now);
    await deps.audit.record(tx, {
      aggregate: 'enterprise',
      aggregateId: enterpriseId,
      action: 'enterprise.agent-bound',
      actor,
      after: { agentId: agent.id, by: 'invitation' },
    });
    await deps.outbox.add(tx, { topic: 'enterprises.agent-bound', key: enterpriseId, payload: { enterpriseId, agentId: agent.id } });
  });
  return { enterpriseId, name: invitation.enterprise_name, isDemo: invitation.is_demo };
}

interface NewIdentity {
  readonly enterpriseId: string;
  readonly personId: string;
  readonly identity: AgentIdentity;
}

/** A bound person's further identity becomes an address of the firm. Idempotent; a member of a corp that is not ours gives none. */
async function bindIdentity(deps: Pick<Deps, 'city' | 'config' | 'clock'>, tx: Tx, given: NewIdentity): Promise<void> {
  const { identity } = given;
  const corp = placesOf(deps).corps.find(({ corpId }) => corpId === identity.corpId);
  if (!canBeAddress(identity.kind, corp)) return;
  await insertIdentity(tx, given, corp?.agentId ?? null, deps.clock.now());
}

/** Somebody signed in by one more client: every firm they are bound to can reach them there. The event names only the person. */
export const onIdentityAdded =
  (deps: Deps): EventHandler =>
  async (tx, { payload }) => {
    const personId = String(payload.personId);
    const person = await findPerson(tx, personId);
    const firms = person ? await listOfPerson(tx, personId) : [];
    for (const { enterprise_id: enterpriseId } of firms) {
      for (const identity of person?.identities ?? []) await bindIdentity(deps, tx, { enterpriseId, personId, identity });
    }
  };

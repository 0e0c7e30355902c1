import { DomainError } from '@suiban/shared/errors';
import { maskMobile } from '@suiban/shared/identity';
import type { PersonActor } from '../../kernel/http/actor';
import { findPerson } from '../identity';
import type { Deps } from '../module';
import { bindMobileAgent, bindOpenids } from './agents.repo';
import { mobilePurpose } from './contacts.repo';
import { mayBind } from './enterprises.policy';
import { advanceFunnel } from './enterprises.repo';
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

import type { EnterpriseDetail } from '@suiban/shared/api/enterprises';
import { DomainError } from '@suiban/shared/errors';
import { maskEmail, maskMobile, maskName } from '@suiban/shared/identity';
import type { Tx } from '../../kernel/db/database';
import type { OfficialActor } from '../../kernel/http/actor';
import type { Deps } from '../module';
import { type AgentRow, listAgentRows } from './agents.repo';
import {
  type ContactRow,
  countUnmaskings,
  emailPurpose,
  findContact,
  listContacts,
  listEmails,
  mobilePurpose,
  namePurpose,
} from './contacts.repo';
import { districtsOf, unmaskAlert } from './enterprises.policy';
import { type EnterpriseRow, findEnterprise, setSuppressionRow, setTagsRow } from './enterprises.repo';
import { listInvitationsOf } from './invitations.repo';
import { amountOf, invitationView, summaryOf } from './views';

/** A firm outside the official's districts is answered as one that is not there. @throws DomainError kernel:not-found */
async function visibleEnterprise(tx: Tx, actor: OfficialActor, id: string): Promise<EnterpriseRow> {
  const row = await findEnterprise(tx, id);
  const districts = districtsOf(actor);
  if (row && (districts === null || districts.includes(row.district_code))) return row;
  throw new DomainError('kernel:not-found', '没有找到这家企业');
}

export async function readEnterprise(deps: Deps, actor: OfficialActor, id: string): Promise<EnterpriseDetail> {
  const row = await visibleEnterprise(deps.db, actor, id);
  const contacts = await listContacts(deps.db, id);
  const emails = await listEmails(deps.db, id);
  const agents = await listAgentRows(deps.db, id);
  const invitations = await listInvitationsOf(deps.db, id);
  return {
    ...summaryOf(deps.city, row),
    annualRevenueFen: amountOf(row.annual_revenue_fen),
    totalAssetsFen: amountOf(row.total_assets_fen),
    suppressedReason: row.suppressed_reason,
    contacts: contacts.map((contact) => maskedContact(deps, contact)),
    emails: emails.map((row) => ({ id: row.id, emailMasked: maskEmail(deps.sealer.open(emailPurpose, row.email_sealed)) })),
    agents: agents.map((agent) => ({
      id: agent.id,
      kind: agent.kind,
      label: agentLabel(deps, agent),
      boundBy: agent.bound_by,
      boundAt: agent.bound_at.toISOString(),
    })),
    invitations: invitations.map((one) => invitationView(deps.sealer, one)),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

function maskedContact({ sealer }: Deps, contact: ContactRow) {
  const { id, name_sealed: name, mobile_sealed: mobile } = contact;
  return {
    id,
    nameMasked: name === null ? null : maskName(sealer.open(namePurpose, name)),
    mobileMasked: maskMobile(sealer.open(mobilePurpose, mobile)),
  };
}

const agentLabels: Readonly<Record<Exclude<AgentRow['kind'], 'mobile'>, string>> = {
  openid: '微信小程序',
  'wechat-official': '服务号关注者',
  'alipay-mini': '支付宝小程序',
  wecom: '企业微信成员',
  'wecom-contact': '企业微信客户',
};

function agentLabel({ sealer }: Deps, agent: AgentRow): string {
  if (agent.kind !== 'mobile') return agentLabels[agent.kind];
  return agent.mobile_sealed === null ? '手机号' : `手机号 ${maskMobile(sealer.open(mobilePurpose, agent.mobile_sealed))}`;
}

/** Every look is recorded with its reason; many in an hour are an alert. */
export async function unmaskContact(
  deps: Deps,
  actor: OfficialActor,
  target: { enterpriseId: string; contactId: string },
  reason: string,
): Promise<{ name: string | null; mobile: string }> {
  const contact = await deps.db.tx(async (tx) => {
    await visibleEnterprise(tx, actor, target.enterpriseId);
    const found = await findContact(tx, target.enterpriseId, target.contactId);
    if (!found) throw new DomainError('kernel:not-found', '没有找到这位联系人');
    await deps.audit.record(tx, {
      aggregate: 'enterprise',
      aggregateId: target.enterpriseId,
      action: 'enterprise.contact-unmasked',
      actor,
      reason,
      after: { contactId: target.contactId },
    });
    return found;
  });
  const since = new Date(deps.clock.now().getTime() - unmaskAlert.withinMs);
  const count = await countUnmaskings(deps.db, actor.id, since);
  if (count > unmaskAlert.count) deps.log.warn({ officialId: actor.id, count }, 'many contacts unmasked within an hour');
  return {
    name: contact.name_sealed === null ? null : deps.sealer.open(namePurpose, contact.name_sealed),
    mobile: deps.sealer.open(mobilePurpose, contact.mobile_sealed),
  };
}

/** 按规则不发: the firm stays in the list and in rules, but nothing is sent to it. */
export async function setSuppression(
  deps: Deps,
  actor: OfficialActor,
  id: string,
  given: { isSuppressed: boolean; reason: string },
): Promise<EnterpriseDetail> {
  await deps.db.tx(async (tx) => {
    const before = await visibleEnterprise(tx, actor, id);
    if (before.is_suppressed === given.isSuppressed) return;
    await setSuppressionRow(tx, id, given.isSuppressed ? given.reason : null, deps.clock.now());
    await deps.audit.record(tx, {
      aggregate: 'enterprise',
      aggregateId: id,
      action: given.isSuppressed ? 'enterprise.suppressed' : 'enterprise.unsuppressed',
      actor,
      reason: given.reason,
      before: { isSuppressed: before.is_suppressed },
      after: { isSuppressed: given.isSuppressed },
    });
  });
  return readEnterprise(deps, actor, id);
}

export async function setTags(deps: Deps, actor: OfficialActor, id: string, given: readonly string[]): Promise<EnterpriseDetail> {
  const tags = [...new Set(given)];
  await deps.db.tx(async (tx) => {
    const before = await visibleEnterprise(tx, actor, id);
    await setTagsRow(tx, id, tags, deps.clock.now());
    await deps.audit.record(tx, {
      aggregate: 'enterprise',
      aggregateId: id,
      action: 'enterprise.tags-changed',
      actor,
      before: { tags: before.tags },
      after: { tags },
    });
  });
  return readEnterprise(deps, actor, id);
}

import { type AttributeValues, valuesFromRow } from '@suiban/shared/rules';
import type { City } from '../../config/city';
import type { Tx } from '../../kernel/db/database';
import type { AgentEnterprise } from '../identity';
import type { Deps, Module } from '../module';
import { type AgentIdentity, type AgentKeys, listByIdentity, listEnterprisesOfAgent, repointPerson } from './agents.repo';
import { enterpriseAttributes } from './attributes';
import { onIdentityAdded } from './bind-agent';
import { permissions } from './enterprises.policy';
import {
  advanceFunnel,
  type EnterpriseRow,
  type Funnel,
  findAudienceRow,
  findByCreditCode,
  findEnterprise,
  type SizeClass,
} from './enterprises.repo';
import { enterpriseRoutes, invitationRoutes } from './enterprises.routes';
import { importTask } from './importer';
import { importRoutes } from './imports.routes';
import { invitationTask } from './sender';

export { enterpriseAttributes } from './attributes';
/** Purposes under which `emailSealed` and `mobileSealed` of `enterprise_address` are opened. */
export { emailPurpose, mobilePurpose } from './contacts.repo';
export { generateEnterprises } from './generate';

/**
 * Enterprises, their contacts and agents. Emits `enterprises.agent-imported` {agentId, enterpriseId, account, templateCredits} and
 * `enterprises.agent-bound` {enterpriseId, agentId}; listens to
 * `identity.person-merged` and `identity.identity-added` {personId}.
 */
export const enterprisesModule = (deps: Deps): Module => ({
  name: 'enterprises',
  routes: [...enterpriseRoutes(deps), ...invitationRoutes(deps), ...importRoutes(deps)],
  permissions,
  tasks: [importTask(deps), invitationTask(deps)],
  onEvent: {
    'identity.person-merged': async (tx, { payload }) => {
      await repointPerson(tx, String(payload.from), String(payload.into));
    },
    'identity.identity-added': onIdentityAdded(deps),
  },
});

export interface Enterprise {
  readonly id: string;
  readonly creditCode: string;
  readonly name: string;
  readonly industryCode: string;
  readonly districtCode: string;
  readonly subdistrict: string | null;
  readonly staffCount: number | null;
  readonly sizeClass: SizeClass | null;
  readonly tags: readonly string[];
  readonly funnel: Funnel;
  readonly isSuppressed: boolean;
  readonly isDemo: boolean;
}

const enterpriseOf = (row: EnterpriseRow): Enterprise => ({
  id: row.id,
  creditCode: row.credit_code,
  name: row.name,
  industryCode: row.industry_code,
  districtCode: row.district_code,
  subdistrict: row.subdistrict,
  staffCount: row.staff_count,
  sizeClass: row.size_class,
  tags: row.tags,
  funnel: row.funnel,
  isSuppressed: row.is_suppressed,
  isDemo: row.is_demo,
});

export async function enterpriseById(tx: Tx, id: string): Promise<Enterprise | undefined> {
  const row = await findEnterprise(tx, id);
  return row && enterpriseOf(row);
}

export async function enterpriseByCreditCode(tx: Tx, creditCode: string): Promise<Enterprise | undefined> {
  const row = await findByCreditCode(tx, creditCode);
  return row && enterpriseOf(row);
}

/** Values of the rule attributes of one firm, for the closure evaluator; undefined when there is no such firm. */
export async function attributesOf(tx: Tx, city: City, enterpriseId: string): Promise<AttributeValues | undefined> {
  const row = await findAudienceRow(tx, enterpriseId);
  return row && valuesFromRow(row, enterpriseAttributes(city));
}

/** The firm that a member of a corp speaks for; the oldest binding when there are several. */
export async function findEnterpriseByWecom(
  tx: Tx,
  corpId: string,
  userId: string,
): Promise<{ enterpriseId: string; agentId: string } | undefined> {
  const [first] = await enterprisesOfIdentity(tx, { kind: 'wecom', account: 'default', subject: userId, corpId });
  return first;
}

/** Firms that whoever writes under this identity speaks for, oldest binding first. */
export async function enterprisesOfIdentity(
  tx: Tx,
  identity: AgentIdentity,
): Promise<readonly { enterpriseId: string; agentId: string }[]> {
  const rows = await listByIdentity(tx, identity);
  return rows.map((row) => ({ enterpriseId: row.enterprise_id, agentId: row.agent_id }));
}

/** 已授权订阅: firms whose agent granted a credit. Idempotent; the funnel never goes back. */
export async function markSubscribed(
  tx: Tx,
  granted: { channel: 'wechat-mini' | 'alipay-mini'; account: string; openid: string },
  now: Date,
): Promise<void> {
  const firms = await listByIdentity(tx, { kind: granted.channel, account: granted.account, subject: granted.openid });
  if (firms.length > 0) {
    await advanceFunnel(
      tx,
      firms.map((firm) => firm.enterprise_id),
      'subscribed',
      now,
    );
  }
}

/** For the identity module's port: firms whose agent this person is. */
export async function agentEnterprises(tx: Tx, keys: AgentKeys): Promise<readonly AgentEnterprise[]> {
  const rows = await listEnterprisesOfAgent(tx, keys);
  return rows.map((row) => ({ enterpriseId: row.enterprise_id, name: row.name, isDemo: row.is_demo }));
}

/** For the identity module's port: the face of a link session. */
export async function agentEnterprise(tx: Tx, enterpriseId: string): Promise<AgentEnterprise | undefined> {
  const row = await findEnterprise(tx, enterpriseId);
  return row && { enterpriseId: row.id, name: row.name, isDemo: row.is_demo };
}

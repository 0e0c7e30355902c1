import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';
import type { AgentKind } from './firms.repo';

export interface AgentRow {
  readonly id: string;
  readonly enterprise_id: string;
  readonly kind: AgentKind | 'mobile';
  readonly account: string;
  readonly person_id: string | null;
  readonly openid: string | null;
  readonly corp_id: string | null;
  readonly user_id: string | null;
  readonly mobile_sealed: string | null;
  readonly bound_by: 'import' | 'invitation' | 'generator';
  readonly bound_at: Date;
}

const columns = sql.raw(`id, enterprise_id::text as enterprise_id, kind, account, person_id, openid, corp_id, user_id, mobile_sealed,
  bound_by, bound_at`);

export const listAgentRows = (tx: Tx, enterpriseId: string): Promise<AgentRow[]> =>
  tx.rows(sql<AgentRow>`
    select ${columns} from enterprise_agent where enterprise_id = ${enterpriseId}::bigint and revoked_at is null order by bound_at, id`);

/** Firms of a WeCom member, oldest binding first. */
export const listByWecom = (tx: Tx, corpId: string, userId: string): Promise<{ enterprise_id: string; agent_id: string }[]> =>
  tx.rows(sql<{ enterprise_id: string; agent_id: string }>`
    select enterprise_id::text as enterprise_id, id as agent_id from enterprise_agent
    where kind = 'wecom' and corp_id = ${corpId} and user_id = ${userId} and revoked_at is null order by bound_at, enterprise_id`);

/** How a platform knows a person: an openid by its client, or a member of a corp (`subject` is the userid). */
export interface AgentIdentity {
  readonly kind: 'wechat-mini' | 'wechat-official' | 'alipay-mini' | 'wecom';
  readonly account: string;
  readonly subject: string;
  readonly corpId?: string;
}

/** Agents are stored under the kind of the address they give. */
const storedKind = ({ kind }: AgentIdentity): AgentKind => (kind === 'wechat-mini' ? 'openid' : kind);

/** Firms this identity speaks for, oldest binding first. */
export const listByIdentity = (tx: Tx, identity: AgentIdentity): Promise<{ enterprise_id: string; agent_id: string }[]> => {
  if (identity.kind === 'wecom') return listByWecom(tx, identity.corpId ?? '', identity.subject);
  return tx.rows(sql<{ enterprise_id: string; agent_id: string }>`
    select enterprise_id::text as enterprise_id, id as agent_id from enterprise_agent
    where kind = ${storedKind(identity)} and account = ${identity.account} and openid = ${identity.subject} and revoked_at is null
    order by bound_at, enterprise_id`);
};

/** A further identity of a bound person becomes an address of the firm. Of WeCom only members of corps with a known application. */
export const insertIdentity = (
  tx: Tx,
  { enterpriseId, personId, identity }: { enterpriseId: string; personId: string; identity: AgentIdentity },
  wecomAgentId: number | null,
  now: Date,
): Promise<number> => {
  const { kind, account, subject } = identity;
  const isMember = kind === 'wecom';
  return tx.run(sql`
    insert into enterprise_agent (enterprise_id, kind, account, person_id, openid, corp_id, wecom_agent_id, user_id, bound_by, bound_at)
    values (${enterpriseId}::bigint, ${storedKind(identity)}, ${account}, ${personId}::uuid, ${isMember ? null : subject},
      ${isMember ? (identity.corpId ?? '') : null}, ${wecomAgentId}, ${isMember ? subject : null}, 'invitation', ${now})
    on conflict do nothing`);
};

/** Firms this person was bound to. */
export const listOfPerson = (tx: Tx, personId: string): Promise<{ enterprise_id: string }[]> =>
  tx.rows(sql<{ enterprise_id: string }>`
    select distinct enterprise_id::text as enterprise_id from enterprise_agent where person_id = ${personId}::uuid and revoked_at is null`);

export interface AgentKeys {
  readonly personId: string;
  readonly mobileIndex: string | null;
  readonly openids: readonly { readonly account: string; readonly openid: string }[];
  readonly identities?: readonly AgentIdentity[];
}

/** An agent is the person it names, or whoever proved the identity or mobile it names. */
export const listEnterprisesOfAgent = (tx: Tx, keys: AgentKeys): Promise<{ enterprise_id: string; name: string; is_demo: boolean }[]> => {
  const openids = [
    ...keys.openids.map(({ account, openid }) => ({ kind: 'openid', account, openid })),
    ...(keys.identities ?? [])
      .filter(({ kind }) => kind !== 'wecom')
      .map((one) => ({ kind: storedKind(one), account: one.account, openid: one.subject })),
  ];
  const members = (keys.identities ?? []).filter(({ kind }) => kind === 'wecom');
  return tx.rows(sql<{ enterprise_id: string; name: string; is_demo: boolean }>`
    select e.id::text as enterprise_id, e.name, e.is_demo from enterprise e
    where e.id in (
      select enterprise_id from enterprise_agent where person_id = ${keys.personId}::uuid and revoked_at is null
      union select enterprise_id from enterprise_agent
        where kind = 'mobile' and mobile_index = ${keys.mobileIndex}::text and revoked_at is null
      union select a.enterprise_id from enterprise_agent a
        join unnest(${openids.map(({ kind }) => kind)}::text[], ${openids.map(({ account }) => account)}::text[],
            ${openids.map(({ openid }) => openid)}::text[])
          as known (kind, account, openid) on known.kind = a.kind and known.account = a.account and known.openid = a.openid
        where a.kind in ('openid', 'wechat-official', 'alipay-mini') and a.revoked_at is null
      union select a.enterprise_id from enterprise_agent a
        join unnest(${members.map(({ corpId }) => corpId ?? '')}::text[], ${members.map(({ subject }) => subject)}::text[])
          as known (corp_id, user_id) on known.corp_id = a.corp_id and known.user_id = a.user_id
        where a.kind = 'wecom' and a.revoked_at is null)
    order by e.id`);
};

export const repointPerson = (tx: Tx, from: string, into: string): Promise<number> =>
  tx.run(sql`update enterprise_agent set person_id = ${into}::uuid where person_id = ${from}::uuid`);

export interface NewAgent {
  readonly enterpriseId: string;
  readonly personId: string;
  readonly mobileSealed: string;
  readonly mobileIndex: string;
}

/** Binds a person by mobile, once per firm and mobile; a binding without a person gets this one. */
export const bindMobileAgent = (tx: Tx, agent: NewAgent, now: Date): Promise<{ id: string }> =>
  tx.one(sql<{ id: string }>`
    insert into enterprise_agent (enterprise_id, kind, person_id, mobile_sealed, mobile_index, bound_by, bound_at)
    values (${agent.enterpriseId}::bigint, 'mobile', ${agent.personId}::uuid, ${agent.mobileSealed}, ${agent.mobileIndex}, 'invitation', ${now})
    on conflict (enterprise_id, mobile_index) where kind = 'mobile' and revoked_at is null do update set person_id = excluded.person_id
    returning id`);

/** The platform identities of a bound person become addresses of the firm too. */
export const bindOpenids = (
  tx: Tx,
  enterpriseId: string,
  personId: string,
  openids: readonly { readonly account: string; readonly openid: string }[],
  now: Date,
): Promise<number> =>
  tx.run(sql`
    insert into enterprise_agent (enterprise_id, kind, account, person_id, openid, bound_by, bound_at)
    select ${enterpriseId}::bigint, 'openid', known.account, ${personId}::uuid, known.openid, 'invitation', ${now}
    from unnest(${openids.map(({ account }) => account)}::text[], ${openids.map(({ openid }) => openid)}::text[]) as known (account, openid)
    on conflict do nothing`);

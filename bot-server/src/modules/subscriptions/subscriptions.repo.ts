import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

/** Platforms that sell one message per permission. */
export const creditChannels = ['wechat-mini', 'alipay-mini'] as const;
export type CreditChannel = (typeof creditChannels)[number];

/** One template of one account. */
export interface CreditSource {
  readonly channel: CreditChannel;
  readonly account: string;
  readonly templateId: string;
}

export interface Grant {
  readonly channel: CreditChannel;
  readonly account: string;
  readonly openid: string;
  readonly templateId: string;
  readonly isAccepted: boolean;
  readonly isLongTerm: boolean;
  readonly source: 'phone' | 'push';
  /** The cause: counts once. */
  readonly ref: string;
}

/** The phone and the platform tell of the same prompt, in either order, within minutes. */
const pairMinutes = 10;

/**
 * An accept adds one credit to a one-time template; a long-term one is on or off. The phone's word and the platform's push about
 * the same prompt count once together: each entry is paired with at most one of the other source. Who accepts is there again, whatever
 * the platform said before. Returns whether it was new.
 */
export async function insertGrant(tx: Tx, grant: Grant): Promise<boolean> {
  const { account, openid, templateId, ref } = grant;
  const reason = grant.isAccepted ? 'granted' : 'rejected';
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`credit:${account}:${openid}:${templateId}`}, 0))`);
  const isNew = await tx.run(sql`
    insert into subscription_entry (account, openid, template_id, ref, source, delta, reason)
    values (${account}, ${openid}, ${templateId}, ${ref}, ${grant.source}, 0, ${reason})
    on conflict do nothing`);
  if (isNew === 0) return false;
  const isOn = grant.isLongTerm && grant.isAccepted;
  const delta = grant.isAccepted && !grant.isLongTerm && !(await pair(tx, grant)) ? 1 : 0;
  await tx.run(sql`
    update subscription_entry set delta = ${delta}
    where account = ${account} and openid = ${openid} and template_id = ${templateId} and ref = ${ref}`);
  await tx.run(sql`
    insert into subscription_credit as c (channel, account, openid, template_id, credits, is_long_term)
    values (${grant.channel}, ${account}, ${openid}, ${templateId}, ${delta}, ${isOn})
    on conflict (account, openid, template_id) do update set credits = c.credits + excluded.credits,
      is_long_term = case when ${grant.isLongTerm}::boolean then ${isOn}::boolean else c.is_long_term end, updated_at = now()`);
  if (grant.isAccepted) {
    await tx.run(sql`
      delete from subscription_gone where channel = ${grant.channel} and account = ${account} and openid = ${openid}`);
  }
  return true;
}

/** true: the other source told of this prompt before. */
async function pair(tx: Tx, { account, openid, templateId, ref, source }: Grant): Promise<boolean> {
  const paired = await tx.run(sql`
    update subscription_entry set paired_ref = ${ref}
    where account = ${account} and openid = ${openid} and template_id = ${templateId} and ref = (
      select ref from subscription_entry
      where account = ${account} and openid = ${openid} and template_id = ${templateId} and reason = 'granted' and source <> ${source}
        and paired_ref is null and at > now() - make_interval(mins => ${pairMinutes})
      order by at limit 1)`);
  if (paired === 0) return false;
  await tx.run(sql`
    update subscription_entry set paired_ref = 'paired'
    where account = ${account} and openid = ${openid} and template_id = ${templateId} and ref = ${ref}`);
  return true;
}

export interface CreditUse {
  readonly openid: string;
  /** The attempt's name: an answer written twice uses one credit. */
  readonly ref: string;
}

/** One credit per use, never below zero; long-term templates use none. */
export async function insertUses(tx: Tx, { account, templateId }: CreditSource, uses: readonly CreditUse[]): Promise<void> {
  if (uses.length === 0) return;
  await tx.run(sql`
    with used as (
      insert into subscription_entry (account, openid, template_id, ref, source, delta, reason)
      select ${account}, t.openid, ${templateId}, t.ref, 'send', -1, 'consumed'
      from unnest(${uses.map(({ openid }) => openid)}::text[], ${uses.map(({ ref }) => ref)}::text[]) as t (openid, ref)
      on conflict do nothing
      returning openid
    ), counted as (select openid, count(*)::int as n from used group by openid order by openid)
    update subscription_credit c set credits = greatest(0, c.credits - u.n), updated_at = now()
    from counted u
    where c.account = ${account} and c.template_id = ${templateId} and c.openid = u.openid and not c.is_long_term`);
}

/** The platform says there is none left: our figure is set right. */
export async function reconcileToNone(tx: Tx, { account, templateId }: CreditSource, uses: readonly CreditUse[]): Promise<void> {
  if (uses.length === 0) return;
  await tx.run(sql`
    with seen as (
      insert into subscription_entry (account, openid, template_id, ref, source, delta, reason)
      select ${account}, t.openid, ${templateId}, t.ref, 'send', -coalesce(c.credits, 0), 'reconciled'
      from unnest(${uses.map(({ openid }) => openid)}::text[], ${uses.map(({ ref }) => ref)}::text[]) as t (openid, ref)
      left join subscription_credit c on c.account = ${account} and c.openid = t.openid and c.template_id = ${templateId}
      on conflict do nothing
      returning openid
    )
    update subscription_credit c set credits = 0, is_long_term = false, updated_at = now()
    from seen s where c.account = ${account} and c.template_id = ${templateId} and c.openid = s.openid`);
}

/** Nobody of that name at the platform: nothing is sent there until the person gives a new permission. */
export async function insertGone(
  tx: Tx,
  { channel, account }: CreditSource,
  people: readonly { readonly openid: string; readonly code: string }[],
  now: Date,
): Promise<void> {
  if (people.length === 0) return;
  await tx.run(sql`
    insert into subscription_gone (channel, account, openid, code, at)
    select distinct on (t.openid) ${channel}, ${account}, t.openid, t.code, ${now}
    from unnest(${people.map(({ openid }) => openid)}::text[], ${people.map(({ code }) => code)}::text[]) as t (openid, code)
    order by t.openid
    on conflict (channel, account, openid) do update set code = excluded.code, at = excluded.at`);
}

export interface OwnCredit {
  readonly templateId: string;
  readonly credits: number;
  readonly isLongTerm: boolean;
  readonly updatedAt: Date;
}

export const listCredits = (tx: Tx, channel: CreditChannel, account: string, openid: string): Promise<OwnCredit[]> =>
  tx.rows(sql<OwnCredit>`
    select template_id as "templateId", credits, is_long_term as "isLongTerm", updated_at as "updatedAt"
    from subscription_credit where channel = ${channel} and account = ${account} and openid = ${openid} order by template_id`);

export interface ImportedCredits {
  readonly agentId: string;
  readonly account: string;
  readonly openid: string;
  readonly credits: number;
}

export const insertImport = (tx: Tx, row: Omit<ImportedCredits, 'openid'>): Promise<number> =>
  tx.run(sql`
    insert into subscription_import (agent_id, account, credits) values (${row.agentId}::uuid, ${row.account}, ${row.credits})
    on conflict (agent_id) do nothing`);

/** Agents that are gone or have no openid are listed with an empty one: their rows are removed, nothing is granted. */
export const listImports = (tx: Tx, limit: number): Promise<ImportedCredits[]> =>
  tx.rows(sql<ImportedCredits>`
    select i.agent_id as "agentId", i.account, i.credits, coalesce(a.address ->> 'openid', '') as openid
    from subscription_import i left join enterprise_address a on a.agent_id = i.agent_id and a.channel = 'wechat-mini'
    order by i.agent_id limit ${limit}`);

export async function insertImportedCredits(tx: Tx, rows: readonly ImportedCredits[], templateIds: readonly string[]): Promise<void> {
  const known = rows.filter(({ openid }) => openid !== '');
  if (known.length === 0 || templateIds.length === 0) return;
  await tx.run(sql`
    with granted as (
      insert into subscription_entry (account, openid, template_id, ref, source, delta, reason, paired_ref)
      select t.account, t.openid, p.template_id, 'import:' || t.agent_id, 'phone', t.credits, 'granted', 'paired'
      from unnest(${known.map(({ agentId }) => agentId)}::text[], ${known.map(({ account }) => account)}::text[],
        ${known.map(({ openid }) => openid)}::text[], ${known.map(({ credits }) => credits)}::int[]) as t (agent_id, account, openid, credits)
      cross join unnest(${[...templateIds]}::text[]) as p (template_id)
      on conflict do nothing
      returning account, openid, template_id, delta
    )
    insert into subscription_credit as c (account, openid, template_id, credits)
    select account, openid, template_id, sum(delta)::int from granted group by 1, 2, 3 order by 1, 2, 3
    on conflict (account, openid, template_id) do update set credits = c.credits + excluded.credits, updated_at = now()`);
}

export const deleteImports = (tx: Tx, agentIds: readonly string[]): Promise<number> =>
  tx.run(sql`delete from subscription_import where agent_id = any(${[...agentIds]}::uuid[])`);

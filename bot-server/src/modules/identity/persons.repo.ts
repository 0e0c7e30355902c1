import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';
import type { PlatformIdentity } from './ports';

export interface PersonRow {
  readonly id: string;
  readonly mobile_sealed: string | null;
  readonly mobile_index: string | null;
  readonly is_demo: boolean;
}

export interface PersonSessionRow {
  readonly session_id: string;
  readonly person_id: string | null;
  readonly mobile_index: string | null;
  readonly openids: readonly { readonly account: string; readonly openid: string }[];
  readonly identities: readonly PlatformIdentity[];
  readonly scope_campaign_id: string | null;
  readonly scope_enterprise_id: string | null;
  readonly last_seen_at: Date;
}

export const findPersonRow = (tx: Tx, id: string): Promise<PersonRow | undefined> =>
  tx.first(sql<PersonRow>`select id, mobile_sealed, mobile_index, is_demo from person where id = ${id}::uuid and merged_into is null`);

export const findByMobile = (tx: Tx, mobileIndex: string): Promise<PersonRow | undefined> =>
  tx.first(sql<PersonRow>`select id, mobile_sealed, mobile_index, is_demo from person where mobile_index = ${mobileIndex} for update`);

/** The person of this mobile, made when there was none; safe against two at once. */
export async function ensurePersonOfMobile(tx: Tx, mobile: { sealed: string; index: string }, now: Date): Promise<string> {
  const { id } = await tx.one<{ id: string }>(sql`
    insert into person (mobile_sealed, mobile_index, created_at) values (${mobile.sealed}, ${mobile.index}, ${now})
    on conflict (mobile_index) where mobile_index is not null do update set mobile_index = excluded.mobile_index
    returning id`);
  return id;
}

export const setMobile = (tx: Tx, id: string, mobile: { sealed: string; index: string }): Promise<number> =>
  tx.run(sql`update person set mobile_sealed = ${mobile.sealed}, mobile_index = ${mobile.index} where id = ${id}::uuid`);

/** Everything by which `from` is known becomes `into`'s. */
export async function mergePerson(tx: Tx, from: string, into: string): Promise<void> {
  await tx.run(sql`update person_identity set person_id = ${into}::uuid where person_id = ${from}::uuid`);
  await tx.run(sql`update person_session set person_id = ${into}::uuid where person_id = ${from}::uuid`);
  await tx.run(sql`update person set merged_into = ${into}::uuid where id = ${from}::uuid`);
}

export interface NewPersonSession {
  readonly personId: string | null;
  readonly scope?: { readonly campaignId: string; readonly enterpriseId: string };
  readonly tokenHash: string;
  readonly now: Date;
  readonly expiresAt: Date;
}

export const insertPersonSession = (tx: Tx, session: NewPersonSession): Promise<{ id: string }> =>
  tx.one(sql<{ id: string }>`
    insert into person_session (person_id, token_hash, scope_campaign_id, scope_enterprise_id, created_at, last_seen_at, expires_at)
    values (${session.personId}::uuid, ${session.tokenHash}, ${session.scope?.campaignId ?? null}::bigint,
      ${session.scope?.enterpriseId ?? null}::bigint, ${session.now}, ${session.now}, ${session.expiresAt})
    returning id`);

export const findOpenPersonSession = (tx: Tx, tokenHash: string, now: Date, idleSince: Date): Promise<PersonSessionRow | undefined> =>
  tx.first(sql<PersonSessionRow>`
    select s.id as session_id, s.person_id, p.mobile_index, s.scope_campaign_id::text, s.scope_enterprise_id::text, s.last_seen_at,
      coalesce((select jsonb_agg(jsonb_build_object('account', i.account, 'openid', i.subject) order by i.account, i.subject)
        from person_identity i where i.person_id = s.person_id and i.kind = 'wechat-mini'), '[]'::jsonb) as openids,
      coalesce((select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('kind', i.kind, 'account', i.account, 'subject', i.subject,
          'corpId', nullif(i.corp_id, ''))) order by i.kind, i.account, i.corp_id, i.subject)
        from person_identity i where i.person_id = s.person_id), '[]'::jsonb) as identities
    from person_session s left join person p on p.id = s.person_id
    where s.token_hash = ${tokenHash} and s.revoked_at is null and s.expires_at > ${now} and s.last_seen_at > ${idleSince}`);

export const touchPersonSession = (tx: Tx, id: string, now: Date): Promise<number> =>
  tx.run(sql`update person_session set last_seen_at = ${now} where id = ${id}::uuid and last_seen_at < ${now}`);

/** `id` of a person or, for a session opened by a link, of the session. */
export const revokePersonSessionByToken = (tx: Tx, tokenHash: string, now: Date): Promise<number> =>
  tx.run(sql`update person_session set revoked_at = ${now} where token_hash = ${tokenHash} and revoked_at is null`);

export const removeOldPersonSessions = (tx: Tx, before: Date): Promise<number> =>
  tx.run(sql`delete from person_session where expires_at < ${before}`);

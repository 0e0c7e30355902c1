import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';
import type { PersonRow } from './persons.repo';
import type { PersonKeys, PlatformIdentity } from './ports';

interface IdentityRow {
  readonly kind: PlatformIdentity['kind'];
  readonly account: string;
  readonly subject: string;
  readonly corp_id: string;
}

export interface KnownIdentity {
  readonly person_id: string;
  readonly union_id: string | null;
}

export async function listIdentities(tx: Tx, personId: string): Promise<PlatformIdentity[]> {
  const rows = await tx.rows<IdentityRow>(sql`
    select kind, account, subject, corp_id from person_identity where person_id = ${personId}::uuid
    order by kind, account, corp_id, subject`);
  return rows.map(({ kind, account, subject, corp_id: corpId }) => ({ kind, account, subject, ...(corpId === '' ? {} : { corpId }) }));
}

/** Everything a person proved to be. */
export async function keysOfPerson(tx: Tx, { id, mobile_index: mobileIndex }: PersonRow): Promise<PersonKeys> {
  const identities = await listIdentities(tx, id);
  const mini = identities.filter(({ kind }) => kind === 'wechat-mini');
  return { personId: id, mobileIndex, openids: mini.map(({ account, subject }) => ({ account, openid: subject })), identities };
}

export const findPersonIdOf = (tx: Tx, { kind, account, subject, corpId = '' }: PlatformIdentity): Promise<KnownIdentity | undefined> =>
  tx.first(sql<KnownIdentity>`
    select person_id, union_id from person_identity
    where kind = ${kind} and account = ${account} and corp_id = ${corpId} and subject = ${subject}`);

/** The person of a union id: whoever signed in first by a client that shares it. */
export const findPersonIdOfUnion = (
  tx: Tx,
  unionId: string,
  kinds: readonly PlatformIdentity['kind'][],
): Promise<{ person_id: string } | undefined> =>
  tx.first(sql<{ person_id: string }>`
    select i.person_id from person_identity i join person p on p.id = i.person_id
    where i.union_id = ${unionId} and i.kind = any(${[...kinds]}::text[]) and p.merged_into is null
    order by i.created_at, i.subject limit 1`);

export const insertIdentity = (
  tx: Tx,
  { kind, account, subject, corpId = '' }: PlatformIdentity,
  of: { personId: string; unionId: string | null; now: Date },
): Promise<number> =>
  tx.run(sql`
    insert into person_identity (kind, account, corp_id, subject, union_id, person_id, created_at)
    values (${kind}, ${account}, ${corpId}, ${subject}, ${of.unionId}, ${of.personId}::uuid, ${of.now})`);

export const setUnionId = (tx: Tx, { kind, account, subject, corpId = '' }: PlatformIdentity, unionId: string): Promise<number> =>
  tx.run(sql`
    update person_identity set union_id = ${unionId}
    where kind = ${kind} and account = ${account} and corp_id = ${corpId} and subject = ${subject}`);

export const insertPerson = (tx: Tx, now: Date): Promise<{ id: string }> =>
  tx.one(sql<{ id: string }>`insert into person (created_at) values (${now}) returning id`);

/** Sign-ins under one name wait for each other until the end of the transaction. */
export const lockName = (tx: Tx, name: string): Promise<number> => tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);

/** @returns false when it was used before */
export const takeState = async (tx: Tx, hash: string, now: Date): Promise<boolean> =>
  (await tx.run(sql`insert into sign_in_state (hash, used_at) values (${hash}, ${now}) on conflict do nothing`)) > 0;

export const removeOldStates = (tx: Tx, before: Date): Promise<number> => tx.run(sql`delete from sign_in_state where used_at < ${before}`);

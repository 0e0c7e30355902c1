import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';
import type { Role } from '../../kernel/http/actor';

export interface OfficialRow {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly bureau_id: string;
  readonly roles: readonly Role[];
  readonly district_codes: readonly string[];
  readonly password_hash: string;
  readonly must_change_password: boolean;
  readonly totp_secret_sealed: string | null;
  readonly totp_confirmed_at: Date | null;
  readonly is_demo: boolean;
  readonly is_active: boolean;
  readonly created_at: Date;
}

const columns = sql.raw(`id, username, name, bureau_id, roles, district_codes, password_hash, must_change_password, totp_secret_sealed,
  totp_confirmed_at, is_demo, is_active, created_at`);
const select = (where: RawBuilder<unknown>): RawBuilder<OfficialRow> => sql<OfficialRow>`select ${columns} from official where ${where}`;

export const findOfficial = (tx: Tx, id: string): Promise<OfficialRow | undefined> => tx.first(select(sql`id = ${id}::uuid`));
export const findByUsername = (tx: Tx, username: string): Promise<OfficialRow | undefined> =>
  tx.first(select(sql`username = ${username.toLowerCase()}`));
export const listOfficialRows = (tx: Tx, filter: { role?: string; bureauId?: string }): Promise<OfficialRow[]> =>
  tx.rows(
    select(sql`(${filter.role ?? null}::text is null or ${filter.role ?? null}::text = any(roles))
      and (${filter.bureauId ?? null}::text is null or bureau_id = ${filter.bureauId ?? null}::text)
      order by bureau_id, username limit 500`),
  );

export interface NewOfficial {
  readonly username: string;
  readonly name: string;
  readonly bureauId: string;
  readonly roles: readonly Role[];
  readonly districtCodes: readonly string[];
  readonly passwordHash: string;
  readonly mustChangePassword: boolean;
  readonly isDemo: boolean;
}

/** Undefined when the name is taken. */
export async function insertOfficial(tx: Tx, official: NewOfficial, now: Date): Promise<string | undefined> {
  const row = await tx.first<{ id: string }>(sql`
    insert into official (username, name, bureau_id, roles, district_codes, password_hash, must_change_password, is_demo, created_at, updated_at)
    values (${official.username}, ${official.name}, ${official.bureauId}, ${official.roles}::text[], ${official.districtCodes}::text[],
      ${official.passwordHash}, ${official.mustChangePassword}, ${official.isDemo}, ${now}, ${now})
    on conflict (username) do nothing returning id`);
  return row?.id;
}

export const setPassword = (tx: Tx, id: string, hash: string, now: Date): Promise<number> =>
  tx.run(sql`update official set password_hash = ${hash}, must_change_password = false, updated_at = ${now} where id = ${id}::uuid`);

/** The same password under today's parameters. */
export const refreshHash = (tx: Tx, id: string, hash: string): Promise<number> =>
  tx.run(sql`update official set password_hash = ${hash} where id = ${id}::uuid`);

/** A secret shown but not yet proved by a first code. Overwrites an unproved one, never a proved one. */
export const offerTotpSecret = (tx: Tx, id: string, sealed: string): Promise<number> =>
  tx.run(sql`update official set totp_secret_sealed = ${sealed} where id = ${id}::uuid and totp_confirmed_at is null`);

/** False when this step, or a later one, was used already. */
export async function takeTotpStep(tx: Tx, id: string, step: number, now: Date): Promise<boolean> {
  const taken = await tx.run(sql`
    update official set totp_last_step = ${step}, totp_confirmed_at = coalesce(totp_confirmed_at, ${now})
    where id = ${id}::uuid and (totp_last_step is null or totp_last_step < ${step})`);
  return taken === 1;
}

export const updateOfficialRow = (
  tx: Tx,
  id: string,
  change: { roles?: readonly Role[]; districtCodes?: readonly string[]; isActive?: boolean; resetSecondFactor?: boolean },
  now: Date,
): Promise<number> =>
  tx.run(sql`
    update official set
      roles = coalesce(${change.roles ?? null}::text[], roles),
      district_codes = coalesce(${change.districtCodes ?? null}::text[], district_codes),
      is_active = coalesce(${change.isActive ?? null}::boolean, is_active),
      totp_secret_sealed = case when ${change.resetSecondFactor ?? false}::boolean then null else totp_secret_sealed end,
      totp_confirmed_at = case when ${change.resetSecondFactor ?? false}::boolean then null else totp_confirmed_at end,
      totp_last_step = case when ${change.resetSecondFactor ?? false}::boolean then null else totp_last_step end,
      updated_at = ${now}
    where id = ${id}::uuid`);

/** By text, for a trail may name an official who is no uuid of ours. */
export const listNames = (tx: Tx, ids: readonly string[]): Promise<{ id: string; name: string }[]> =>
  tx.rows(sql<{ id: string; name: string }>`select id, name from official where id::text = any(${ids}::text[])`);

export async function listDemoUsernames(tx: Tx): Promise<ReadonlySet<string>> {
  const rows = await tx.rows(sql<{ username: string }>`select username from official where is_demo`);
  return new Set(rows.map(({ username }) => username));
}

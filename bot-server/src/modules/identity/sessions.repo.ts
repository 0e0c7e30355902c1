import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';
import type { Role } from '../../kernel/http/actor';

export interface OfficialSessionRow {
  readonly session_id: string;
  readonly official_id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly bureau_id: string;
  readonly district_codes: readonly string[];
  readonly last_seen_at: Date;
}

/** Only a session that may still be used: not ended, not idle too long, official active. */
export const findOpenOfficialSession = (tx: Tx, tokenHash: string, now: Date, idleSince: Date): Promise<OfficialSessionRow | undefined> =>
  tx.first(sql<OfficialSessionRow>`
    select s.id as session_id, o.id as official_id, o.name, o.roles, o.bureau_id, o.district_codes, s.last_seen_at
    from official_session s join official o on o.id = s.official_id
    where s.token_hash = ${tokenHash} and s.revoked_at is null and s.expires_at > ${now} and s.last_seen_at > ${idleSince} and o.is_active`);

export const touchOfficialSession = (tx: Tx, id: string, now: Date): Promise<number> =>
  tx.run(sql`update official_session set last_seen_at = ${now} where id = ${id}::uuid and last_seen_at < ${now}`);

export interface NewOfficialSession {
  readonly officialId: string;
  readonly tokenHash: string;
  readonly deviceHash: string;
  readonly deviceLabel: string;
  readonly now: Date;
  readonly expiresAt: Date;
}

export const insertOfficialSession = (tx: Tx, session: NewOfficialSession): Promise<{ id: string }> =>
  tx.one(sql<{ id: string }>`
    insert into official_session (official_id, token_hash, device_hash, device_label, created_at, last_seen_at, expires_at)
    values (${session.officialId}::uuid, ${session.tokenHash}, ${session.deviceHash}, ${session.deviceLabel}, ${session.now}, ${session.now},
      ${session.expiresAt})
    returning id`);

export interface SessionListRow {
  readonly id: string;
  readonly token_hash: string;
  readonly device_label: string;
  readonly created_at: Date;
  readonly last_seen_at: Date;
  readonly expires_at: Date;
}

export const listOpenSessions = (tx: Tx, officialId: string, now: Date, idleSince: Date): Promise<SessionListRow[]> =>
  tx.rows(sql<SessionListRow>`
    select id, token_hash, device_label, created_at, last_seen_at, expires_at from official_session
    where official_id = ${officialId}::uuid and revoked_at is null and expires_at > ${now} and last_seen_at > ${idleSince}
    order by last_seen_at desc, id`);

export const revokeOfficialSession = (tx: Tx, officialId: string, id: string, now: Date): Promise<number> =>
  tx.run(sql`
    update official_session set revoked_at = ${now}
    where id = ${id}::uuid and official_id = ${officialId}::uuid and revoked_at is null`);

/** Ends all sessions of an official, but one. */
export const revokeOtherSessions = (tx: Tx, officialId: string, keepTokenHash: string, now: Date): Promise<number> =>
  tx.run(sql`
    update official_session set revoked_at = ${now}
    where official_id = ${officialId}::uuid and revoked_at is null and token_hash <> ${keepTokenHash}`);

/** Remembers the browser. True when it is new to an official who had another one before: that is worth a notice. */
export async function seeDevice(tx: Tx, officialId: string, device: { hash: string; label: string }, now: Date): Promise<boolean> {
  const row = await tx.first<{ is_notice: boolean }>(sql`
    insert into official_device (official_id, device_hash, device_label, first_seen_at, is_notice)
    values (${officialId}::uuid, ${device.hash}, ${device.label}, ${now},
      exists (select 1 from official_device where official_id = ${officialId}::uuid))
    on conflict (official_id, device_hash) do nothing returning is_notice`);
  return row?.is_notice ?? false;
}

export interface DeviceRow {
  readonly device_hash: string;
  readonly device_label: string;
  readonly first_seen_at: Date;
}

export const listDeviceNotices = (tx: Tx, officialId: string): Promise<DeviceRow[]> =>
  tx.rows(sql<DeviceRow>`
    select device_hash, device_label, first_seen_at from official_device
    where official_id = ${officialId}::uuid and is_notice and acknowledged_at is null order by first_seen_at`);

export const acknowledgeDeviceRow = (tx: Tx, officialId: string, deviceHash: string, now: Date): Promise<number> =>
  tx.run(sql`
    update official_device set acknowledged_at = ${now}
    where official_id = ${officialId}::uuid and device_hash = ${deviceHash} and is_notice and acknowledged_at is null`);

/** Kept half a year after their end, for questions about who was signed in. */
export const removeOldOfficialSessions = (tx: Tx, before: Date): Promise<number> =>
  tx.run(sql`delete from official_session where expires_at < ${before}`);

import type { DeviceNotice, Me, OwnSession } from '@suiban/shared/api/identity';
import { DomainError } from '@suiban/shared/errors';
import { hashPassword } from '../../kernel/crypto/password';
import { hashToken } from '../../kernel/crypto/token';
import type { OfficialActor } from '../../kernel/http/actor';
import type { Deps } from '../module';
import { officialSessionLimits, signInLimits } from './identity.policy';
import { findOfficial, setPassword } from './officials.repo';
import { checkNewPassword, isPasswordOf } from './password';
import type { IdentityPorts } from './ports';
import {
  acknowledgeDeviceRow,
  listDeviceNotices,
  listOpenSessions,
  revokeOfficialSession,
  revokeOtherSessions,
  type SessionListRow,
} from './sessions.repo';
import { clearTries, countTry } from './throttle.repo';

const openSessions = (deps: Deps, officialId: string): Promise<SessionListRow[]> => {
  const now = deps.clock.now();
  return listOpenSessions(deps.db, officialId, now, new Date(now.getTime() - officialSessionLimits.idleMs));
};

/** The account, and every permission of every module that its roles hold. */
export async function readMe(deps: Deps, ports: IdentityPorts, actor: OfficialActor, token: string): Promise<Me> {
  const row = await findOfficial(deps.db, actor.id);
  const current = (await openSessions(deps, actor.id)).find((session) => session.token_hash === hashToken(token));
  if (!row || !current) throw new DomainError('kernel:not-signed-in');
  const notices = await listDeviceNotices(deps.db, actor.id);
  return {
    id: row.id,
    username: row.username,
    name: row.name,
    roles: [...row.roles],
    bureauId: row.bureau_id,
    bureauName: deps.city.bureaus.find((bureau) => bureau.id === row.bureau_id)?.name ?? row.bureau_id,
    districtCodes: [...row.district_codes],
    permissions: Object.entries(ports.permissions())
      .filter(([, holders]) => holders.some((role) => row.roles.includes(role)))
      .map(([permission]) => permission)
      .sort(),
    isDemo: row.is_demo,
    mustChangePassword: row.must_change_password,
    newDevices: notices.map(
      (notice): DeviceNotice => ({
        deviceId: notice.device_hash,
        device: notice.device_label,
        firstSeenAt: notice.first_seen_at.toISOString(),
      }),
    ),
    session: { id: current.id, createdAt: current.created_at.toISOString(), expiresAt: current.expires_at.toISOString() },
  };
}

export async function listOwnSessions(deps: Deps, actor: OfficialActor, token: string): Promise<{ items: OwnSession[] }> {
  const rows = await openSessions(deps, actor.id);
  return {
    items: rows.map((row) => ({
      id: row.id,
      device: row.device_label,
      createdAt: row.created_at.toISOString(),
      lastSeenAt: row.last_seen_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
      isCurrent: row.token_hash === hashToken(token),
    })),
  };
}

/** @throws DomainError kernel:not-found for a session that is ended or another's */
export async function endOwnSession(deps: Deps, actor: OfficialActor, sessionId: string): Promise<void> {
  if ((await revokeOfficialSession(deps.db, actor.id, sessionId, deps.clock.now())) === 0) throw new DomainError('kernel:not-found');
}

export async function signOut(deps: Deps, actor: OfficialActor, token: string): Promise<void> {
  const current = (await openSessions(deps, actor.id)).find((session) => session.token_hash === hashToken(token));
  if (current) await revokeOfficialSession(deps.db, actor.id, current.id, deps.clock.now());
}

export async function acknowledgeDevice(deps: Deps, actor: OfficialActor, deviceId: string): Promise<void> {
  if ((await acknowledgeDeviceRow(deps.db, actor.id, deviceId, deps.clock.now())) === 0) throw new DomainError('kernel:not-found');
}

/**
 * Ends every other session of the official.
 * @throws DomainError identity:sign-in-failed when the current password is wrong, identity:weak-password
 */
export async function changePassword(
  deps: Deps,
  actor: OfficialActor,
  given: { currentPassword: string; newPassword: string },
  token: string,
): Promise<void> {
  const now = deps.clock.now();
  const throttleKey = `password:${actor.id}`;
  if (await countTry(deps.db, throttleKey, now, signInLimits)) throw new DomainError('identity:too-many-tries');
  const row = await findOfficial(deps.db, actor.id);
  if (!row || !(await isPasswordOf(row.password_hash, given.currentPassword))) {
    throw new DomainError('identity:sign-in-failed', '当前密码不正确', {
      errors: [{ pointer: '/body/currentPassword', detail: '与现在的密码不一致' }],
    });
  }
  if (row.is_demo) throw new DomainError('kernel:not-allowed', '演示账号的密码是公开的，不能修改');
  checkNewPassword(given.newPassword, row.username);
  const hash = await hashPassword(given.newPassword);
  await deps.db.tx(async (tx) => {
    await setPassword(tx, actor.id, hash, now);
    await revokeOtherSessions(tx, actor.id, hashToken(token), now);
    await clearTries(tx, throttleKey);
    await deps.audit.record(tx, { aggregate: 'official', aggregateId: actor.id, action: 'official.password-changed', actor });
  });
}

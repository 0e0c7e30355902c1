import type { Official } from '@suiban/shared/api/identity';
import { DomainError } from '@suiban/shared/errors';
import { hashPassword } from '../../kernel/crypto/password';
import type { Actor, OfficialActor, Role } from '../../kernel/http/actor';
import type { Deps } from '../module';
import { checkRoles, mayChangeOfficial } from './identity.policy';
import { findOfficial, insertOfficial, listOfficialRows, type OfficialRow, updateOfficialRow } from './officials.repo';
import { firstPassword } from './password';
import { revokeOtherSessions } from './sessions.repo';

const view = ({ city }: Deps, row: OfficialRow): Official => ({
  id: row.id,
  username: row.username,
  name: row.name,
  roles: [...row.roles],
  bureauId: row.bureau_id,
  bureauName: city.bureaus.find(({ id }) => id === row.bureau_id)?.name ?? row.bureau_id,
  districtCodes: [...row.district_codes],
  isActive: row.is_active,
  isDemo: row.is_demo,
  hasSecondFactor: row.totp_confirmed_at !== null,
  createdAt: row.created_at.toISOString(),
});

export async function listOfficials(deps: Deps, filter: { role?: Role | undefined; bureauId?: string | undefined }) {
  const rows = await listOfficialRows(deps.db, { role: filter.role, bureauId: filter.bureauId });
  return { items: rows.map((row) => view(deps, row)) };
}

export interface GivenOfficial {
  readonly username: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly bureauId: string;
  readonly districtCodes: readonly string[];
}

/**
 * Adds an official, whose first password is returned this once; the second factor is enrolled at the first sign-in.
 * @throws DomainError identity:username-taken, kernel:invalid-request
 */
export async function addOfficial(
  deps: Deps,
  actor: Actor,
  given: GivenOfficial,
): Promise<{ official: Official; initialPassword: string }> {
  checkRoles(given.roles);
  checkPlace(deps, given);
  const initialPassword = firstPassword();
  const passwordHash = await hashPassword(initialPassword);
  const official = await deps.db.tx(async (tx) => {
    const id = await insertOfficial(tx, { ...given, passwordHash, mustChangePassword: true, isDemo: false }, deps.clock.now());
    if (id === undefined) throw new DomainError('identity:username-taken', `用户名 ${given.username} 已被使用，请换一个`);
    await deps.audit.record(tx, {
      aggregate: 'official',
      aggregateId: id,
      action: 'official.added',
      actor,
      after: { roles: given.roles, bureauId: given.bureauId, districtCodes: given.districtCodes },
    });
    return findOfficial(tx, id);
  });
  if (!official) throw new Error('the official just added is gone');
  return { official: view(deps, official), initialPassword };
}

function checkPlace({ city }: Deps, given: { bureauId: string; districtCodes: readonly string[] }): void {
  const errors = [
    ...(city.bureaus.some(({ id }) => id === given.bureauId)
      ? []
      : [{ pointer: '/body/bureauId', detail: `没有编号为 ${given.bureauId} 的部门` }]),
    ...given.districtCodes
      .filter((code) => !city.districts.some((district) => district.code === code))
      .map((code) => ({ pointer: '/body/districtCodes', detail: `没有代码为 ${code} 的区` })),
  ];
  if (errors.length > 0) throw new DomainError('kernel:invalid-request', errors.map(({ detail }) => detail).join('；'), { errors });
}

interface Change {
  readonly roles?: readonly Role[] | undefined;
  readonly districtCodes?: readonly string[] | undefined;
  readonly isActive?: boolean | undefined;
  readonly resetSecondFactor?: boolean | undefined;
  readonly reason: string;
}

/** Takes effect on the official's next request; closing the account or resetting the second factor also ends all sessions. */
export async function changeOfficial(deps: Deps, actor: OfficialActor, officialId: string, change: Change): Promise<Official> {
  mayChangeOfficial(actor, officialId);
  if (change.roles) checkRoles(change.roles);
  const now = deps.clock.now();
  return deps.db.tx(async (tx) => {
    const before = await findOfficial(tx, officialId);
    if (!before) throw new DomainError('kernel:not-found', '没有这名工作人员');
    checkPlace(deps, { bureauId: before.bureau_id, districtCodes: change.districtCodes ?? [] });
    await updateOfficialRow(tx, officialId, change, now);
    if (change.isActive === false || change.resetSecondFactor) await revokeOtherSessions(tx, officialId, '', now);
    const after = await findOfficial(tx, officialId);
    if (!after) throw new Error('the official just changed is gone');
    const facts = (row: OfficialRow) => ({ roles: row.roles, districtCodes: row.district_codes, isActive: row.is_active });
    await deps.audit.record(tx, {
      aggregate: 'official',
      aggregateId: officialId,
      action: 'official.changed',
      actor,
      reason: change.reason,
      before: facts(before),
      after: { ...facts(after), secondFactorReset: change.resetSecondFactor ?? false },
    });
    return view(deps, after);
  });
}

import type { Tx } from '../../kernel/db/database';
import type { Role } from '../../kernel/http/actor';
import type { Deps, Module } from '../module';
import { authenticator } from './authenticator';
import { cityRoutes } from './city.routes';
import { ensureDemoOfficials, refuseDemoInProduction } from './demo';
import { findPersonIdOf, keysOfPerson } from './identities.repo';
import { permissions } from './identity.policy';
import { officialRoutes, personRoutes } from './identity.routes';
import { findOfficial, listNames, listOfficialRows } from './officials.repo';
import { findPersonRow } from './persons.repo';
import type { IdentityPorts, PersonKeys, PlatformIdentity } from './ports';
import { purgeTask } from './purge';

export { ensureDemoOfficials } from './demo';
export { indexOfMobile } from './mobiles';
export type { AgentEnterprise, IdentityPorts, PersonKeys, PlatformIdentity } from './ports';
export { createLinkSession } from './sign-in-person';
export { addOfficial } from './staff';

/**
 * Officials, persons and their sessions. `ports` reach modules that stand above identity.
 * Emits `identity.person-merged` {from, into}: rows that name person `from` now belong to `into`; `identity.identity-added` {personId}:
 * a platform knows the person who is new, or by one more client.
 */
export const identityModule = (deps: Deps, ports: IdentityPorts): Module => ({
  name: 'identity',
  routes: [...officialRoutes(deps, ports), ...personRoutes(deps, ports), ...cityRoutes(deps)],
  permissions,
  tasks: [purgeTask(deps)],
  authenticator: authenticator(deps, ports),
  onStart: async () => {
    await refuseDemoInProduction(deps);
    await ensureDemoOfficials(deps);
  },
});

/** Name to show for an official; undefined when there is none of this id. */
export const officialName = async (tx: Tx, id: string): Promise<string | undefined> => (await findOfficial(tx, id))?.name;

/** Officials in office who hold the role, by bureau. */
export async function officialsWithRole(tx: Tx, role: Role): Promise<readonly { id: string; name: string; bureauId: string }[]> {
  const rows = await listOfficialRows(tx, { role });
  return rows.filter((row) => row.is_active).map((row) => ({ id: row.id, name: row.name, bureauId: row.bureau_id }));
}

/** Names of several officials by id; unknown ids are left out. */
export const officialNames = async (tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
  new Map(ids.length === 0 ? [] : (await listNames(tx, ids)).map(({ id, name }) => [id, name]));

/** A person who still stands for themselves (not merged into another). The mobile stays sealed. */
export interface Person extends PersonKeys {
  readonly isDemo: boolean;
}

export async function findPerson(tx: Tx, id: string): Promise<Person | undefined> {
  const row = await findPersonRow(tx, id);
  return row && { ...(await keysOfPerson(tx, row)), isDemo: row.is_demo };
}

/** Who signed in as this subject of a platform; undefined: nobody yet. */
export const personOfIdentity = async (tx: Tx, identity: PlatformIdentity): Promise<string | undefined> =>
  (await findPersonIdOf(tx, identity))?.person_id;

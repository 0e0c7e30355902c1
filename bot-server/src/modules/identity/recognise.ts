import type { Tx } from '../../kernel/db/database';
import type { Deps } from '../module';
import { findPersonIdOf, findPersonIdOfUnion, insertIdentity, insertPerson, lockName, setUnionId } from './identities.repo';
import { findPersonRow, mergePerson } from './persons.repo';
import type { PlatformIdentity } from './ports';

export interface Proved {
  readonly identity: PlatformIdentity;
  readonly unionId?: string;
}

/** Clients whose union ids are the same person's: accounts of one open platform. */
const families: readonly (readonly PlatformIdentity['kind'][])[] = [['wechat-mini', 'wechat-official'], ['alipay-mini'], ['wecom']];
const familyOf = (kind: PlatformIdentity['kind']) => families.find((family) => family.includes(kind)) ?? [kind];

/**
 * The person behind a platform identity, made when nobody is known by it; safe against two at once. A union id brings two clients of one
 * person together, also when it is told only later.
 */
export async function recognisePerson(deps: Deps, tx: Tx, { identity, unionId }: Proved): Promise<string> {
  const { kind, account, subject, corpId = '' } = identity;
  const family = familyOf(kind);
  if (unionId) await lockName(tx, `union:${family[0]}:${unionId}`);
  await lockName(tx, `${kind}:${account}:${corpId}:${subject}`);
  const known = await findPersonIdOf(tx, identity);
  const ofUnion = unionId ? (await findPersonIdOfUnion(tx, unionId, family))?.person_id : undefined;
  if (known) {
    if (unionId && known.union_id !== unionId) await setUnionId(tx, identity, unionId);
    return ofUnion && ofUnion !== known.person_id ? await joined(deps, tx, known.person_id, ofUnion) : known.person_id;
  }
  const personId = ofUnion ?? (await insertPerson(tx, deps.clock.now())).id;
  await insertIdentity(tx, identity, { personId, unionId: unionId ?? null, now: deps.clock.now() });
  await tellIdentities(deps, tx, personId);
  return personId;
}

/** Two records of one person become one. Two different mobiles were proved apart: then each record stays. */
async function joined(deps: Deps, tx: Tx, own: string, other: string): Promise<string> {
  const [mine, theirs] = [await findPersonRow(tx, own), await findPersonRow(tx, other)];
  if (!mine || !theirs) return mine?.id ?? other;
  if (mine.mobile_index !== null && theirs.mobile_index !== null) return own;
  const [from, into] = mine.mobile_index === null ? [own, other] : [other, own];
  await joinPersons(deps, tx, from, into);
  return into;
}

/** `from` has no mobile. */
export async function joinPersons(deps: Deps, tx: Tx, from: string, into: string): Promise<void> {
  await mergePerson(tx, from, into);
  await deps.outbox.add(tx, { topic: 'identity.person-merged', key: into, payload: { from, into } });
  await tellIdentities(deps, tx, into);
}

/** The payload names nobody: who listens reads the identities. */
const tellIdentities = (deps: Deps, tx: Tx, personId: string) =>
  deps.outbox.add(tx, { topic: 'identity.identity-added', key: personId, payload: { personId } });

import type { Myself, PersonIdentity } from '@/api/identity';

export const identityKey = (identity: PersonIdentity): string => (identity.kind === 'resident' ? 'resident' : identity.enterpriseId);

export const identityName = (identity: PersonIdentity): string => (identity.kind === 'resident' ? identity.label : identity.name);

/** The face chosen last if the person still has it, else the first firm, else the resident. */
export function currentIdentity(me: Myself | null, chosenKey: string | undefined): PersonIdentity | null {
  if (!me) return null;
  const { identities } = me;
  return (
    identities.find((each) => identityKey(each) === chosenKey) ??
    identities.find((each) => each.kind === 'enterprise') ??
    identities[0] ??
    null
  );
}

/** The server knows no name of this resident, and calls them just that. */
export const isUnnamed = (identity: PersonIdentity): boolean => identity.kind === 'resident' && identity.label === '居民';

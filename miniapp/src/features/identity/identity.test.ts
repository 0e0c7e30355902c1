import { describe, expect, it } from '@jest/globals';
import type { Myself, PersonIdentity } from '@/api/identity';
import { currentIdentity, identityKey, identityName, isUnnamed } from './identity';

const resident: PersonIdentity = { kind: 'resident', label: '张*' };
const firm = (enterpriseId: string): PersonIdentity => ({ kind: 'enterprise', enterpriseId, name: `企业 ${enterpriseId}`, isDemo: true });
const me = (...identities: PersonIdentity[]): Myself => ({ personId: 'p1', mobileMasked: null, identities, scope: null });

describe('the identity one acts as', () => {
  it('is the one chosen last', () => {
    expect(currentIdentity(me(resident, firm('1'), firm('2')), '2')).toEqual(firm('2'));
    expect(currentIdentity(me(resident, firm('1')), 'resident')).toEqual(resident);
  });

  it('is the first firm where nothing was chosen, or the chosen one is gone', () => {
    expect(currentIdentity(me(resident, firm('1'), firm('2')), undefined)).toEqual(firm('1'));
    expect(currentIdentity(me(resident, firm('1')), '9')).toEqual(firm('1'));
  });

  it('is the resident where there is no firm, and nobody before the sign-in', () => {
    expect(currentIdentity(me(resident), '9')).toEqual(resident);
    expect(currentIdentity(me(), undefined)).toBeNull();
    expect(currentIdentity(null, '1')).toBeNull();
  });

  it('is unnamed only where the server has no name', () => {
    expect([resident, firm('1'), { kind: 'resident', label: '居民' } as const].map(isUnnamed)).toEqual([false, false, true]);
  });

  it('has a key of its own and a name to show', () => {
    expect([resident, firm('1')].map(identityKey)).toEqual(['resident', '1']);
    expect([resident, firm('1')].map(identityName)).toEqual(['张*', '企业 1']);
  });
});

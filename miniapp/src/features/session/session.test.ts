import { describe, expect, it } from '@jest/globals';
import type { PersonSession } from '@/api/identity';
import { createSessions } from './session';

const now = () => new Date('2026-11-24T10:00:00Z');
const later = '2026-12-01T00:00:00Z';
const session = (token: string, scope: PersonSession['me']['scope'] = null, expiresAt = later): PersonSession => ({
  token,
  expiresAt,
  me: { personId: scope ? null : 'p1', mobileMasked: null, identities: [], scope },
});
function device(kept = new Map<string, unknown>()) {
  const storage = {
    read: (key: string) => kept.get(key),
    write: (key: string, value: unknown) => void kept.set(key, structuredClone(value)),
    remove: (key: string) => void kept.delete(key),
  };
  return { kept, sessions: createSessions(storage, now) };
}

describe('sign-ins on a device', () => {
  it('a personal link does not sign anybody out, and serves its own campaign and firm only', () => {
    const { sessions } = device();
    sessions.start(session('own'));
    sessions.start(session('link', { campaignId: '7', enterpriseId: '1001' }));
    expect(sessions.store.get().main?.token).toBe('own');
    expect(sessions.tokenFor('7', '1001')).toBe('link');
    expect(sessions.tokenFor('7', '1002')).toBe('own');
    expect(sessions.tokenFor('8', '1001')).toBe('own');
  });

  it('a link alone opens nothing but its campaign', () => {
    const { sessions } = device();
    sessions.start(session('link', { campaignId: '7', enterpriseId: '1001' }));
    expect(sessions.tokenFor('7', '1001')).toBe('link');
    expect(sessions.tokenFor('8', '1001')).toBeNull();
    expect(sessions.store.get().main).toBeNull();
  });

  it('survives a restart, less what has expired', () => {
    const { kept, sessions } = device();
    sessions.start(session('own'));
    sessions.start(session('old-link', { campaignId: '7', enterpriseId: '1001' }, '2026-11-24T09:00:00Z'));
    const again = device(kept).sessions;
    again.restore();
    expect(again.store.get()).toEqual({ main: { token: 'own', expiresAt: later }, links: [] });
  });

  it('an expired link falls back to the person', () => {
    const { sessions } = device();
    sessions.start(session('own'));
    sessions.start(session('old-link', { campaignId: '7', enterpriseId: '1001' }, '2026-11-24T09:00:00Z'));
    expect(sessions.tokenFor('7', '1001')).toBe('own');
  });

  it('a newer link of the same campaign replaces the older; at most five are kept', () => {
    const { sessions } = device();
    for (const campaignId of ['1', '2', '3', '4', '5', '6', '6'])
      sessions.start(session(`t${campaignId}`, { campaignId, enterpriseId: '1001' }));
    expect(sessions.store.get().links.map((each) => each.campaignId)).toEqual(['6', '5', '4', '3', '2']);
  });

  it('forgets a token that the server no longer knows', () => {
    const { sessions } = device();
    sessions.start(session('own'));
    sessions.start(session('link', { campaignId: '7', enterpriseId: '1001' }));
    sessions.drop('link');
    expect(sessions.tokenFor('7', '1001')).toBe('own');
    sessions.drop('own');
    expect(sessions.tokenFor('7', '1001')).toBeNull();
  });

  it('reads rubbish in the storage as nothing', () => {
    const { sessions } = device(new Map([['sessions', 'rubbish']]));
    sessions.restore();
    expect(sessions.store.get()).toEqual({ main: null, links: [] });
  });
});

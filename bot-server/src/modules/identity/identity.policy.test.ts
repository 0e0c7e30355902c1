import { describe, expect, it } from '@jest/globals';
import type { Role } from '../../kernel/http/actor';
import { checkRoles, mayChangeOfficial, mustBePerson } from './identity.policy';
import { checkNewPassword, firstPassword } from './password';
import { deviceLabel, isTokenShaped } from './proofs/devices';

describe('roles', () => {
  it.each<[Role[], boolean]>([
    [['drafter', 'dispatcher'], true],
    [['system-admin'], true],
    [['system-admin', 'audit-admin'], false],
    [['security-admin', 'drafter'], false],
  ])('%j', (roles, isAllowed) => {
    const check = () => checkRoles(roles);
    if (isAllowed) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ type: 'kernel:invalid-request' }));
  });

  it('nobody changes themselves; a link is no person', () => {
    const actor = { kind: 'official', id: '1', name: 'x', roles: [], bureauId: 'b', districtCodes: [] } as const;
    expect(() => mayChangeOfficial(actor, '1')).toThrow(expect.objectContaining({ type: 'kernel:not-allowed' }));
    expect(() => mayChangeOfficial(actor, '2')).not.toThrow();
    expect(mustBePerson({ kind: 'person', id: 'p', enterpriseIds: [] })).toBe('p');
    expect(() => mustBePerson({ kind: 'person', id: 's', enterpriseIds: [], scope: { campaignId: '1', enterpriseId: '2' } })).toThrow();
  });
});

describe('passwords', () => {
  it.each([
    ['short1A!', '至少 12 个字符'],
    ['alllowercaseletters', '至少包含三类'],
    ['Wang.Li-2026-xyz', '不能包含用户名'],
    ['Aa1-Aa1-Aa1-', '6 个不同'],
  ])('%s: %s', (password, rule) => {
    expect(() => checkNewPassword(password, 'wang.li')).toThrow(rule);
  });

  it('the first password passes the rules, whatever the dice give', () => {
    for (let count = 0; count < 300; count += 1) expect(() => checkNewPassword(firstPassword(), 'wang.li')).not.toThrow();
  });
});

describe('devices', () => {
  it.each([
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36', 'Chrome · Windows'],
    ['Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0', 'Edge · Windows'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) MicroMessenger/8.0', '微信 · iOS'],
    ['', '其他 · 其他'],
  ])('%s', (userAgent, label) => {
    expect(deviceLabel(userAgent)).toBe(label);
  });

  it('only 43 characters of base64url look like a token', () => {
    expect(isTokenShaped('a'.repeat(43))).toBe(true);
    for (const token of ['', 'a'.repeat(42), 'a'.repeat(44), `${'a'.repeat(42)}'`]) expect(isTokenShaped(token)).toBe(false);
  });
});

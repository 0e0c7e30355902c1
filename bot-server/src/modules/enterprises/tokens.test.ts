import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { invitationToken, readInvitationToken } from './tokens';

const key = randomBytes(32);

describe('invitation tokens', () => {
  it('read back to their id, are always the same, and have 32 plain characters', () => {
    for (let count = 0; count < 200; count += 1) {
      const id = randomUUID();
      const token = invitationToken(key, id);
      expect(token).toMatch(/^[A-Za-z0-9_-]{32}$/);
      expect(readInvitationToken(key, token)).toBe(id);
      expect(invitationToken(key, id)).toBe(token);
    }
  });

  it('any other character, key or length is refused', () => {
    const token = invitationToken(key, randomUUID());
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];
    for (let at = 0; at < token.length; at += 1) {
      for (const other of letters.filter((letter) => letter !== token[at])) {
        expect(readInvitationToken(key, token.slice(0, at) + other + token.slice(at + 1))).toBeUndefined();
      }
    }
    expect(readInvitationToken(randomBytes(32), token)).toBeUndefined();
    expect(readInvitationToken(key, token.slice(0, -1))).toBeUndefined();
    expect(readInvitationToken(key, '')).toBeUndefined();
  });
});

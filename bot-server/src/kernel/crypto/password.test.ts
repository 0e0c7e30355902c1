import { describe, expect, it } from '@jest/globals';
import { hashPassword, isOutdatedHash, isPassword } from './password';

const cheap = { logN: 10, r: 8, p: 1 };

describe('passwords', () => {
  it('match their own hash only', async () => {
    const hashed = await hashPassword('correct horse 电池', cheap);
    expect(hashed).toMatch(/^scrypt\$10\$8\$1\$/);
    expect(await isPassword('correct horse 电池', hashed)).toBe(true);
    expect(await isPassword('correct horse', hashed)).toBe(false);
    expect(await isPassword('', hashed)).toBe(false);
    expect(await hashPassword('correct horse 电池', cheap)).not.toBe(hashed);
  });

  it('match however the keyboard composes a letter', async () => {
    expect(await isPassword('e\u0301', await hashPassword('\u00e9', cheap))).toBe(true);
  });

  it.each(['', 'plain', 'scrypt$10$8$1$$', 'bcrypt$10$8$1$AAAA$BBBB'])('match no broken hash %j', async (hashed) => {
    expect(await isPassword('x', hashed)).toBe(false);
  });

  it('are known to be outdated when the cost was raised', async () => {
    const hashed = await hashPassword('x', cheap);
    expect(isOutdatedHash(hashed, cheap)).toBe(false);
    expect(isOutdatedHash(hashed)).toBe(true);
  });

  it('are hashed at the default cost', async () => {
    const hashed = await hashPassword('x');
    expect(hashed).toMatch(/^scrypt\$17\$8\$1\$/);
    expect(await isPassword('x', hashed)).toBe(true);
  }, 15_000);
});

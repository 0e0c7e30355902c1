import { hkdfSync, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Secrets } from './config';

const derive = (base: string, use: string): Buffer => Buffer.from(hkdfSync('sha256', base, 'suiban', use, 32));

/** Purposes are bound into each derived key, so that no key serves two uses. */
export function deriveSecrets(base: string, fieldKeys: string | undefined): Secrets {
  const given = (fieldKeys?.split(',') ?? []).map((pair): [string, Buffer] => {
    const colon = pair.indexOf(':');
    return [pair.slice(0, colon), Buffer.from(pair.slice(colon + 1), 'base64')];
  });
  return {
    fieldKeys: { current: given[0]?.[0] ?? 'base', keys: { base: derive(base, 'field-key'), ...Object.fromEntries(given) } },
    blindIndexKey: derive(base, 'blind-index'),
    linkKey: derive(base, 'link'),
  };
}

/**
 * The key of an installation that was given none: made once, readable by the owner only. Written beside and linked into
 * place, so that of two processes starting at once both end with the same key and none reads half of one.
 */
export function embeddedSecretKey(dataDir: string): string {
  const file = path.join(dataDir, 'secret.key');
  mkdirSync(dataDir, { recursive: true });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  }
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  return readFileSync(file, 'utf8').trim();
}

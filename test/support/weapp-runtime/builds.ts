import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureBuilt } from '../../../scripts/support/artifacts';

export type Build = 'weapp' | 'alipay' | 'h5';

const rootDir = path.resolve(import.meta.dirname, '..', '..', '..');
const cacheDir = path.join(rootDir, '.cache', 'miniapp');
/** The server's address that the mini-program builds carry where `MINIAPP_API_BASE_URL` is not set. */
export const builtApiBaseUrl = process.env.MINIAPP_API_BASE_URL ?? 'http://127.0.0.1:3000';
const distOf = (build: Build): string => path.join(rootDir, 'miniapp', 'dist', build);

const lockFile = path.join(cacheDir, 'building.pid');
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** One build at a time over all test files, which run in processes of their own; a lock whose process is gone is taken over. */
async function alone<T>(work: () => Promise<T>): Promise<T> {
  mkdirSync(cacheDir, { recursive: true });
  for (;;) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
      break;
    } catch {
      const holder = existsSync(lockFile) ? Number(readFileSync(lockFile, 'utf8')) : 0;
      if (holder > 0 && !isAlive(holder)) rmSync(lockFile, { force: true });
      else await sleep(200);
    }
  }
  try {
    return await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

/** The build's folder, made anew where its sources have changed since. Never assumes that somebody else built it. */
export function freshBuild(build: Build): Promise<string> {
  return alone(async () => {
    await ensureBuilt(build);
    return distOf(build);
  });
}

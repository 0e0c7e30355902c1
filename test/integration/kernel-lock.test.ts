import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { lockDirectory } from '../../bot-server/src/kernel/db/directory-lock';
import { temporaryFolder } from '../support/process';

let lockPath: string;
const holder = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'support', 'lock-holder.ts');

beforeEach(() => {
  lockPath = path.join(temporaryFolder('lock'), 'pg.lock');
});

async function hold(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', holder, lockPath], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  if (!child.stdout) throw new Error('no output');
  await once(child.stdout, 'data');
  return child;
}

describe('the lock of a database directory', () => {
  it('is taken once, and free again after its release', () => {
    const release = lockDirectory(lockPath);
    expect(() => lockDirectory(lockPath)).toThrow('already open in this process');
    release();
    release();
    expect(existsSync(lockPath)).toBe(false);
    lockDirectory(lockPath)();
  });

  it('names the process that holds it, and is reaped when that one was killed', async () => {
    const child = await hold();
    expect(() => lockDirectory(lockPath)).toThrow(`in use by process ${child.pid}`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const release = lockDirectory(lockPath);
    expect(JSON.parse(readFileSync(lockPath, 'utf8'))).toMatchObject({ pid: process.pid });
    expect(readdirSync(path.dirname(lockPath))).toEqual(['pg.lock']);
    release();
  }, 20_000);

  it('is free when its pid was given to another program, or the machine started again', () => {
    const own = JSON.parse(heldText()) as Record<string, unknown>;
    writeFileSync(lockPath, JSON.stringify({ ...own, pid: process.ppid, startTicks: '1' }));
    lockDirectory(lockPath)();
    writeFileSync(lockPath, JSON.stringify({ ...own, pid: process.ppid, boot: 'before' }));
    lockDirectory(lockPath)();
  });

  it('is not free when its holder cannot be looked up', () => {
    const own = JSON.parse(heldText()) as Record<string, unknown>;
    writeFileSync(lockPath, JSON.stringify({ ...own, pid: 4_194_304, namespace: 'pid:[1]' }));
    expect(() => lockDirectory(lockPath)).toThrow('in use by process 4194304');
    writeFileSync(lockPath, 'not json');
    expect(() => lockDirectory(lockPath)).toThrow(`an unreadable lock; stop it first (if no such process runs, delete ${lockPath})`);
  });
});

function heldText(): string {
  const release = lockDirectory(lockPath);
  const text = readFileSync(lockPath, 'utf8');
  release();
  return text;
}

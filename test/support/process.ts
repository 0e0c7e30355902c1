import { type ChildProcess, execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { endWithUs, hasEnded, removeWithUs } from './janitor';

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** A port that was free a moment ago, on loopback. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

/** PostgreSQL refuses root: its user, when we are root. */
export function postgresOwner(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const ask = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: ask('-u'), gid: ask('-g') };
}

/** Removed when this process ends. */
export function temporaryFolder(prefix: string, owner?: Owner): string {
  const folder = mkdtempSync(path.join(tmpdir(), `suiban-${prefix}-`));
  if (owner) chownSync(folder, owner.uid, owner.gid);
  chmodSync(folder, 0o700);
  removeWithUs(folder);
  return folder;
}

/** In PATH, or where Debian keeps the binaries of each PostgreSQL version (the newest). */
export function findBinary(name: string): string {
  const inPath = (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, name));
  const base = '/usr/lib/postgresql';
  const versions = existsSync(base) ? readdirSync(base).sort((a, b) => Number(b) - Number(a)) : [];
  const found = [...inPath, ...versions.map((version) => path.join(base, version, 'bin', name))].find((file) => existsSync(file));
  if (!found) throw new Error(`${name} is not installed: install it, or run the tests on the embedded database`);
  return found;
}

export interface Running {
  readonly child: ChildProcess;
  /** Ends it with the signal, waits, removes the folder. */
  stop(): Promise<void>;
}

/** A child that dies with this process, even when it is killed; its folder goes too. */
export function startChild(
  command: string,
  args: string[],
  options: SpawnOptions & { folder: string; stopSignal: NodeJS.Signals },
): Running {
  const { folder, stopSignal, ...rest } = options;
  const child = spawn(command, args, { stdio: 'ignore', ...rest });
  // A test that failed before `stop` must end all the same.
  child.unref();
  const { pid } = child;
  if (pid !== undefined) endWithUs(pid);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  void ended.then(() => {
    if (pid !== undefined) hasEnded(pid);
  });
  return {
    child,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        child.ref();
        child.kill(stopSignal);
        const hard = setTimeout(() => child.kill('SIGKILL'), 10_000);
        await ended;
        clearTimeout(hard);
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

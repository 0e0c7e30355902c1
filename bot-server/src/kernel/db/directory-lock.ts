import { closeSync, linkSync, mkdirSync, openSync, readFileSync, readlinkSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';

/** Who holds a directory. `process` tells a pid that was given to another program from the one that took the lock; Linux only. */
interface Holder {
  readonly pid: number;
  readonly boot: string;
  readonly namespace: string;
  readonly startTicks: string;
}

const heldHere = new Set<string>();

/**
 * Takes `lockPath` for this process, or throws an Error that names the holder. PGlite has no lock of its own: two processes on one
 * directory lose rows without an error. Only a holder proved dead is reaped, never an old one. Returns the release.
 */
export function lockDirectory(lockPath: string): () => void {
  mkdirSync(path.dirname(lockPath), { recursive: true });
  if (heldHere.has(lockPath)) throw new Error(`database directory is already open in this process (${lockPath})`);
  for (let count = 0; count < 10; count += 1) {
    if (create(lockPath)) {
      heldHere.add(lockPath);
      return () => {
        if (heldHere.delete(lockPath)) rmSync(lockPath, { force: true });
      };
    }
    const text = read(lockPath);
    if (text !== undefined) reap(lockPath, text);
  }
  throw new Error(`could not take ${lockPath}: another process keeps taking it`);
}

function create(lockPath: string): boolean {
  try {
    const file = openSync(lockPath, 'wx');
    writeSync(file, JSON.stringify(describe(process.pid)));
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves a dead holder's lock away; what was moved is looked at again, and put back if another process took it in between. */
function reap(lockPath: string, text: string): void {
  const holder = parse(text);
  if (!holder || !isDead(holder)) {
    const who = holder ? `process ${holder.pid}` : 'an unreadable lock';
    throw new Error(`database directory is in use by ${who}; stop it first (if no such process runs, delete ${lockPath})`);
  }
  const moved = `${lockPath}.${process.pid}.dead`;
  try {
    renameSync(lockPath, moved);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (read(moved) !== text) linkSync(moved, lockPath);
  rmSync(moved, { force: true });
}

function isDead(holder: Holder): boolean {
  const now = describe(holder.pid);
  if (holder.boot !== now.boot) return true;
  // A pid of another namespace (container) cannot be looked up from here: it counts as alive.
  if (holder.namespace !== now.namespace) return false;
  if (holder.pid === process.pid) return true;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
  return holder.startTicks !== now.startTicks;
}

function describe(pid: number): Holder {
  const stat = read(`/proc/${pid}/stat`) ?? '';
  return {
    pid,
    boot: (read('/proc/sys/kernel/random/boot_id') ?? '').trim(),
    namespace: namespace(),
    // Field 22, counted after the command name, which may hold spaces.
    startTicks: stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '',
  };
}

function namespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

function parse(text: string): Holder | undefined {
  try {
    const value = JSON.parse(text) as Partial<Holder>;
    if (typeof value.pid !== 'number') return undefined;
    return { pid: value.pid, boot: value.boot ?? '', namespace: value.namespace ?? '', startTicks: value.startTicks ?? '' };
  } catch {
    return undefined;
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

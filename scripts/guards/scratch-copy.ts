import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../../test/support/process';
import { root } from '../support/processes';

const workspaces = ['shared', 'bot-server', 'miniapp'];

/** The packages, but our own are those of the copy. */
function linkPackages(copy: string): void {
  const [from, to] = [path.join(root, 'node_modules'), path.join(copy, 'node_modules')];
  mkdirSync(path.join(to, '@suiban'), { recursive: true });
  for (const name of readdirSync(from)) if (name !== '@suiban') symlinkSync(path.join(from, name), path.join(to, name));
  for (const name of workspaces) symlinkSync(path.join(copy, name), path.join(to, '@suiban', name));
  for (const name of workspaces) {
    const own = path.join(root, name, 'node_modules');
    if (existsSync(own)) symlinkSync(own, path.join(copy, name, 'node_modules'));
  }
}

/** The working tree as it is, without what git ignores, in a folder that goes with this process. */
export function scratchCopy(): string {
  const copy = temporaryFolder('guards');
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
  for (const file of new Set(listed.split('\0'))) {
    const from = path.join(root, file);
    if (file !== '' && existsSync(from)) cpSync(from, path.join(copy, file));
  }
  linkPackages(copy);
  return copy;
}

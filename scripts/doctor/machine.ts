import { constants, existsSync, readFileSync, statSync } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { isFree } from '../start/ports';
import { root } from '../support/processes';
import { type Finding, fail, ok, warn } from './finding';

export function checkNode(version = process.versions.node): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return ok('Node', version);
  return fail('Node', `${version} is too old`, 'install Node 20.19 or later (24 LTS is fine)');
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Every package the manifests name lies where Node looks for it. */
export function checkPackages(): Finding {
  const missing = new Set<string>();
  for (const folder of ['.', 'shared', 'bot-server', 'miniapp']) {
    const file = path.join(root, folder, 'package.json');
    if (!existsSync(file)) continue;
    const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
    for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
      const places = [path.join(root, folder, 'node_modules', name), path.join(root, 'node_modules', name)];
      if (!places.some((place) => existsSync(place))) missing.add(name);
    }
  }
  if (missing.size === 0) return ok('packages', 'installed');
  return fail('packages', `missing: ${[...missing].slice(0, 5).join(', ')}${missing.size > 5 ? ', …' : ''}`, 'npm install');
}

/** Free, or ours: a server that answers /health there is the one that was looked for. */
export async function checkPort(port: number): Promise<Finding> {
  if (await isFree(port)) return ok('PORT', `${port} is free`);
  const answer = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
  if (answer?.ok) return ok('PORT', `${port}: a server answers there already`);
  return fail('PORT', `${port} is taken by another program`, 'stop it, or set PORT to a free one');
}

async function mayWrite(folder: string): Promise<boolean> {
  let place = folder;
  while (!existsSync(place) && path.dirname(place) !== place) place = path.dirname(place);
  return (
    statSync(place).isDirectory() &&
    access(place, constants.W_OK).then(
      () => true,
      () => false,
    )
  );
}

/** Who holds the embedded database, if anybody who still lives. */
export function lockHolder(dataDir: string): number | undefined {
  try {
    const { pid } = JSON.parse(readFileSync(path.join(dataDir, 'pg.lock'), 'utf8')) as { pid?: number };
    if (pid === undefined) return undefined;
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    // Another user's process cannot be signalled, and lives.
    return error instanceof Error && 'code' in error && error.code === 'EPERM' ? -1 : undefined;
  }
}

export async function checkDataDir(dataDir: string, isEmbedded: boolean): Promise<readonly Finding[]> {
  const isWritable = await mayWrite(dataDir);
  const place = isWritable
    ? ok('DATA_DIR', `${dataDir} is writable`)
    : fail('DATA_DIR', `${dataDir} cannot be written`, 'give the user who runs the server write access, or set DATA_DIR to another folder');
  if (!isEmbedded) return [place];
  const holder = lockHolder(dataDir);
  const lock =
    holder === undefined
      ? ok('database lock', 'nobody has the embedded database open')
      : ok('database lock', `held by the running server${holder > 0 ? ` (process ${holder})` : ''}`);
  return [place, lock];
}

export function checkPages(consoleDir: string, h5Dir: string): readonly Finding[] {
  const page = (name: string, folder: string): Finding =>
    existsSync(path.join(folder, 'index.html'))
      ? ok(name, 'built')
      : warn(name, `not built in ${path.relative(root, folder) || folder}`, 'npm run build (npm start builds by itself)');
  return [page('console', consoleDir), page('phone pages', h5Dir)];
}

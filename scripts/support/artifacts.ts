import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..', '..');

export type ArtifactName = 'console' | 'h5' | 'weapp' | 'alipay';

interface Artifact {
  readonly dist: string;
  /** Below `dist`, written by every build: a folder alone may be the rest of one that was broken off. */
  readonly entry: string;
  readonly sources: readonly string[];
  readonly cwd: string;
  readonly command: readonly string[];
}

const taro = (type: string): Artifact => ({
  dist: `miniapp/dist/${type}`,
  entry: type === 'h5' ? 'index.html' : 'app.json',
  sources: ['miniapp/src', 'miniapp/config', 'miniapp/package.json', 'miniapp/babel.config.js', 'shared/src'],
  cwd: 'miniapp',
  command: ['taro', 'build', '--type', type],
});

const artifacts: Record<ArtifactName, Artifact> = {
  console: {
    dist: 'bot-server/console/dist',
    entry: 'index.html',
    sources: ['bot-server/console/src', 'bot-server/console/index.html', 'bot-server/console/vite.config.ts', 'shared/src'],
    cwd: 'bot-server',
    command: ['vite', 'build', 'console', '--logLevel', 'warn'],
  },
  h5: taro('h5'),
  weapp: taro('weapp'),
  alipay: taro('alipay'),
};

function* filesOf(target: string): Generator<string> {
  if (!existsSync(target)) return;
  const entries = readdirSync(path.dirname(target), { withFileTypes: true });
  if (entries.find((entry) => entry.name === path.basename(target))?.isFile()) {
    yield target;
    return;
  }
  for (const entry of readdirSync(target, { withFileTypes: true }).sort((a, b) => a.name.localeCompare(b.name))) {
    const file = path.join(target, entry.name);
    if (entry.isDirectory()) yield* filesOf(file);
    else if (!/\.test\.tsx?$/.test(entry.name)) yield file;
  }
}

function sourceHash(artifact: Artifact): string {
  const hash = createHash('sha256').update(artifact.command.join(' '));
  for (const source of artifact.sources)
    for (const file of filesOf(path.join(root, source))) hash.update(path.relative(root, file)).update(readFileSync(file));
  return hash.digest('hex');
}

/** Builds one artifact unless its sources are unchanged since the last build. Returns true when it built. */
export async function ensureBuilt(name: ArtifactName, options: { onStart?: () => void } = {}): Promise<boolean> {
  const artifact = artifacts[name];
  const stamp = path.join(root, '.cache', 'artifacts', name);
  const key = sourceHash(artifact);
  if (existsSync(path.join(root, artifact.dist, artifact.entry)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === key) return false;
  options.onStart?.();
  rmSync(stamp, { force: true });
  await build(name, artifact);
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, key);
  return true;
}

function build(name: ArtifactName, artifact: Artifact): Promise<void> {
  const [program = '', ...args] = artifact.command;
  const local = path.join(root, artifact.cwd, 'node_modules', '.bin', program);
  const binary = existsSync(local) ? local : path.join(root, 'node_modules', '.bin', program);
  return new Promise((resolve, reject) => {
    // CI=1 keeps the progress bar of the mini-program's bundler off a log.
    const child = spawn(binary, args, {
      cwd: path.join(root, artifact.cwd),
      env: { ...process.env, NODE_ENV: 'production', CI: '1' },
      shell: process.platform === 'win32',
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`building ${name} failed (${code})\n${output.slice(-6000)}`))));
  });
}

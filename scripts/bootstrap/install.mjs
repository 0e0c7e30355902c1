// Dependency-free: runs before node_modules exists.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const stamp = path.join(root, 'node_modules', '.suiban-installed');
const manifests = ['package.json', 'shared/package.json', 'bot-server/package.json', 'miniapp/package.json'];

function wanted() {
  const hash = createHash('sha256');
  for (const file of manifests) hash.update(readFileSync(path.join(root, file)));
  return hash.digest('hex');
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Suiban needs Node 20.19 or later; this is ${process.versions.node}.`);
  process.exit(78);
}

/** Runs a program with inherited output; resolves with its exit code. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(signal ? 128 : (code ?? 1)));
  });
}

/** Installs the npm packages when a manifest changed since the last install. Says how long it has been at it. */
export async function install() {
  checkNode();
  const key = wanted();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === key) return;
  const startedAt = performance.now();
  const seconds = () => Math.round((performance.now() - startedAt) / 1000);
  console.log('正在安装依赖（首次约 1–2 分钟） · installing packages (first time 1–2 minutes)');
  const tick = setInterval(() => process.stdout.write(`  … ${seconds()} s\n`), 15_000);
  const code = await run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], { shell: process.platform === 'win32' });
  clearInterval(tick);
  if (code !== 0) {
    console.error('npm install failed: see above. Check the network and the npm registry setting, then run the command again.');
    process.exit(1);
  }
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, key);
  console.log(`依赖已安装 · packages installed (${seconds()} s)`);
}

/** Runs a TypeScript program of `scripts/` with tsx and ends with its exit code. */
export async function runTypeScript(file, args, env = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(root, file), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  // The child drains by itself on a signal; this process only waits for it.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  const code = await new Promise((resolve) => child.on('exit', (status, signal) => resolve(signal ? 128 : (status ?? 1))));
  process.exit(code);
}

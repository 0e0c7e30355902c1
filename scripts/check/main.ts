import { spawn } from 'node:child_process';
import path from 'node:path';

/** The static gate: types, lint, boundaries, dead code, architecture. Runs all, prints what failed, ends 1 if any did. */
const root = path.resolve(import.meta.dirname, '..', '..');
const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '-c', 'scripts/lint/jest.config.mjs'];

const steps: readonly { name: string; command: readonly string[] }[] = [
  { name: 'types: server, shared, tests, scripts', command: ['node_modules/.bin/tsc', '--noEmit', '-p', '.'] },
  { name: 'types: shared without Node', command: ['node_modules/.bin/tsc', '--noEmit', '-p', 'shared'] },
  { name: 'types: console', command: ['node_modules/.bin/tsc', '--noEmit', '-p', 'bot-server/console'] },
  { name: 'types: phone simulator', command: ['node_modules/.bin/tsc', '--noEmit', '-p', 'test/emulators/phone'] },
  { name: 'types: mini-program', command: ['node_modules/.bin/tsc', '--noEmit', '-p', 'miniapp'] },
  {
    name: 'lint and format',
    command: ['node_modules/.bin/biome', 'check', '--config-path', 'scripts/lint/biome.config.json', '--max-diagnostics', '40', '.'],
  },
  {
    name: 'boundaries',
    command: [
      process.execPath,
      '--import',
      './scripts/lint/swc-tsx.mjs',
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      'scripts/lint/depcruise.cjs',
      'shared/src',
      'bot-server/src',
      'bot-server/console/src',
      'miniapp/src',
      'test',
      'scripts',
    ],
  },
  { name: 'dead code', command: ['node_modules/.bin/knip', '--config', 'scripts/lint/knip.json', '--no-progress'] },
  { name: 'architecture', command: [process.execPath, ...jest, '--selectProjects', 'architecture'] },
];

function run(command: readonly string[]): Promise<{ code: number; output: string }> {
  const [program = '', ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, env: { ...process.env, NODE_ENV: 'test', FORCE_COLOR: '0' } });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('exit', (code) => resolve({ code: code ?? 1, output }));
  });
}

let failed = 0;
for (const { name, command } of steps) {
  const startedAt = performance.now();
  const { code, output } = await run(command);
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
  if (code !== 0) {
    failed += 1;
    console.log(output.split('\n').slice(-120).join('\n'));
  }
}
console.log(failed === 0 ? 'check: clean' : `check: ${failed} of ${steps.length} failed`);
process.exit(failed === 0 ? 0 : 1);

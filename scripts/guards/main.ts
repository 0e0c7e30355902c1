import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Guard, guardsFile, readGuards, withoutGuard } from './guard';
import { scratchCopy } from './scratch-copy';

/**
 * `npm run check:guards [-- 15 16]`: takes each guard out of a scratch copy, runs its check there, and fails when the check still passes.
 * Before that the check must pass with the guard in place, or its failure would prove nothing.
 */
interface Run {
  readonly passed: number;
  readonly failed: number;
  readonly seconds: number;
}

async function runTest(copy: string, { test, testName }: Pick<Guard, 'test' | 'testName'>): Promise<Run> {
  const result = path.join(copy, 'result.json');
  rmSync(result, { force: true });
  const args = [
    '--experimental-vm-modules',
    '--no-warnings',
    path.join(copy, 'node_modules/jest/bin/jest.js'),
    '-c',
    'scripts/lint/jest.config.mjs',
  ];
  const chosen = [
    '--selectProjects',
    'faults',
    '--runInBand',
    '--forceExit',
    '--json',
    '--outputFile',
    result,
    ...(testName ? ['-t', testName] : []),
  ];
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...args, ...chosen, '--runTestsByPath', test], {
    cwd: copy,
    stdio: 'ignore',
    env: { ...process.env, NODE_ENV: 'test' },
  });
  await new Promise((resolve) => child.once('exit', resolve));
  const seconds = (performance.now() - startedAt) / 1000;
  if (!existsSync(result)) return { passed: 0, failed: 0, seconds };
  const told = JSON.parse(readFileSync(result, 'utf8')) as { numPassedTests: number; numFailedTests: number };
  return { passed: told.numPassedTests, failed: told.numFailedTests, seconds };
}

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const wanted = process.argv.slice(2);
const guards = readGuards().filter(({ check }) => wanted.length === 0 || wanted.includes(check));
if (guards.length === 0) {
  console.error(`no check ${wanted.join(', ')} in ${guardsFile}: ${[...new Set(readGuards().map(({ check }) => check))].join(', ')}`);
  process.exit(64);
}
const copy = scratchCopy();
const sound = new Map<string, boolean>();
let isWell = true;

async function tryGuard(guard: Guard): Promise<string> {
  const name = `${guard.test} ${guard.testName ?? ''}`;
  if (!sound.has(name)) {
    const before = await runTest(copy, guard);
    sound.set(name, before.failed === 0 && before.passed > 0);
  }
  if (!sound.get(name)) return row(guard.check, guard.guard, guard.file, 'the check fails with it in place', '');
  const file = path.join(copy, guard.file);
  const source = readFileSync(file, 'utf8');
  writeFileSync(file, withoutGuard(source, guard));
  const after = await runTest(copy, guard);
  writeFileSync(file, source);
  const isCaught = after.failed > 0;
  if (isCaught) return row(guard.check, guard.guard, guard.file, 'yes', after.seconds.toFixed(0));
  isWell = false;
  return row(guard.check, guard.guard, guard.file, after.passed === 0 ? 'NO: the check did not run' : 'NO', after.seconds.toFixed(0));
}

console.log(row('check', 'guard', 'file', 'caught', 'seconds'));
console.log(row('--', '--', '--', '--', '--'));
for (const guard of guards) {
  const line = await tryGuard(guard);
  if (line.includes('fails with it in place')) isWell = false;
  console.log(line);
}
console.log(isWell ? `guards: ${guards.length} of ${guards.length} caught` : 'guards: at least one is not proven by its check');
process.exit(isWell ? 0 : 1);

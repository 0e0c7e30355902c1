import { spawn } from 'node:child_process';
import path from 'node:path';
import { installedServices, startServices } from './services';
import { type Suite, suites } from './suites';

/** `npm test [-- part of a suite's name …]`: every suite whose services are installed; with CI=true a skipped suite is a failure. */
const root = path.resolve(import.meta.dirname, '..', '..');
const wanted = process.argv.slice(2);
const isCi = process.env.CI === 'true';

interface Outcome {
  readonly suite: Suite;
  readonly result: 'passed' | 'failed' | 'skipped';
  readonly seconds: number;
  readonly note: string;
}

function run(suite: Suite, env: Record<string, string>): Promise<number> {
  const [program = '', ...args] = suite.command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, NODE_ENV: 'test', ...env, ...suite.env },
    });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

const services = installedServices();
const selected = suites.filter((suite) => wanted.length === 0 || wanted.some((part) => suite.name.includes(part)));
if (selected.length === 0) {
  console.error(`no suite matches "${wanted.join(' ')}": ${suites.map((suite) => suite.name).join(' | ')}`);
  process.exit(64);
}
const needed = new Set(selected.flatMap((suite) => suite.needs).filter((service) => services.has(service)));
const started = await startServices(needed);
const outcomes: Outcome[] = [];
try {
  for (const suite of selected) {
    const missing = suite.needs.filter((service) => !services.has(service));
    if (missing.length > 0) {
      outcomes.push({ suite, result: 'skipped', seconds: 0, note: `not installed: ${missing.join(', ')}` });
      continue;
    }
    console.log(`\n── ${suite.name} ${'─'.repeat(Math.max(0, 70 - suite.name.length))}`);
    const startedAt = performance.now();
    const code = await run(suite, started.env);
    outcomes.push({
      suite,
      result: code === 0 ? 'passed' : 'failed',
      seconds: (performance.now() - startedAt) / 1000,
      note: code === 0 ? '' : `exit ${code}`,
    });
  }
} finally {
  await started.stop();
}

console.log('\nSuites');
for (const { suite, result, seconds, note } of outcomes)
  console.log(`  ${result.padEnd(8)} ${suite.name.padEnd(40)} ${seconds.toFixed(1).padStart(7)} s  ${note}`);
const count = (result: Outcome['result']) => outcomes.filter((outcome) => outcome.result === result).length;
if (isCi && count('skipped') > 0) console.log('CI=true: a skipped suite is a failure');
console.log(
  `suites: ${count('passed')} passed, ${count('failed') + (isCi ? count('skipped') : 0)} failed, ${isCi ? 0 : count('skipped')} skipped`,
);
process.exit(count('failed') > 0 || (isCi && count('skipped') > 0) ? 1 : 0);

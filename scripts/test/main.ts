import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { logFolder } from '../../test/support/log';
import { complaintsOf, searchLogs } from './search-logs';
import { installedServices, startServices } from './services';
import { inGroups, sideBySide } from './side-by-side';
import { type Suite, suites } from './suites';

/** `npm test [-- part of a suite's name …]`: every suite whose services are installed; with CI=true a skipped suite is a failure. */
const root = path.resolve(import.meta.dirname, '..', '..');
const wanted = process.argv.slice(2);
const isCi = process.env.CI === 'true';
const sideBySideAtOnce = 2;

interface Outcome {
  readonly suite: Suite;
  readonly result: 'passed' | 'failed' | 'skipped';
  readonly seconds: number;
  readonly note: string;
}

/** Its output as it comes, or, beside others, all of it at the end. */
function run(suite: Suite, env: Record<string, string>, isAlone: boolean): Promise<{ code: number; output: string }> {
  const [program = '', ...args] = suite.command;
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ['ignore', isAlone ? 'inherit' : 'pipe', isAlone ? 'inherit' : 'pipe'],
      env: { ...process.env, NODE_ENV: 'test', ...env, ...suite.env },
    });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString('utf8') }));
  });
}

const line = (title: string): string => `\n── ${title} ${'─'.repeat(Math.max(0, 70 - title.length))}`;

async function outcomeOf(suite: Suite, isAlone: boolean): Promise<Outcome> {
  const missing = suite.needs.filter((service) => !services.has(service));
  if (missing.length > 0) return { suite, result: 'skipped', seconds: 0, note: `not installed: ${missing.join(', ')}` };
  if (isAlone) console.log(line(suite.name));
  const startedAt = performance.now();
  const { code, output } = await run(suite, started.env, isAlone);
  if (!isAlone) console.log(`${line(suite.name)}\n${output}`);
  const seconds = (performance.now() - startedAt) / 1000;
  return { suite, result: code === 0 ? 'passed' : 'failed', seconds, note: code === 0 ? '' : `exit ${code}` };
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
rmSync(logFolder, { recursive: true, force: true });
try {
  for (const group of inGroups(selected)) {
    if (group.length > 1) console.log(`\nside by side: ${group.map(({ name }) => name).join(' | ')}`);
    outcomes.push(...(await sideBySide(group, sideBySideAtOnce, (suite) => outcomeOf(suite, group.length === 1))));
  }
} finally {
  await started.stop();
}

const found = searchLogs(logFolder);
const complaints = outcomes.some(({ suite, result }) => suite.logs && result !== 'skipped') ? complaintsOf(found) : [];

console.log('\nSuites');
for (const { suite, result, seconds, note } of outcomes)
  console.log(`  ${result.padEnd(8)} ${suite.name.padEnd(40)} ${seconds.toFixed(1).padStart(7)} s  ${note}`);
console.log(
  `  ${(complaints.length === 0 ? 'passed' : 'failed').padEnd(8)} ${'canaries in the logs'.padEnd(40)} ${found.files} files, ${found.lines} lines, ${found.hits.length} hits`,
);
for (const complaint of complaints) console.log(`           ${complaint}`);
const count = (result: Outcome['result']) => outcomes.filter((outcome) => outcome.result === result).length;
if (isCi && count('skipped') > 0) console.log('CI=true: a skipped suite is a failure');
console.log(
  `suites: ${count('passed')} passed, ${count('failed') + (isCi ? count('skipped') : 0)} failed, ${isCi ? 0 : count('skipped')} skipped`,
);
process.exit(complaints.length > 0 || count('failed') > 0 || (isCi && count('skipped') > 0) ? 1 : 0);

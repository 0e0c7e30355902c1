import type { Finding, Level } from './doctor/finding';
import { checkDataDir, checkNode, checkPackages, checkPages, checkPort } from './doctor/machine';
import { checkCallbacks, checkCity, checkPlatforms, checkPublicUrl, checkSandbox, readSettings } from './doctor/settings';
import { checkDatabase, checkRedis } from './doctor/stores';

/** `npm run doctor`: what is missing or misconfigured for a start with the present environment. Changes nothing. */
async function look(): Promise<readonly Finding[]> {
  const { config, findings } = readSettings(process.env);
  const machine = [checkNode(), checkPackages()];
  if (!config) return [...machine, ...findings];
  return [
    ...machine,
    ...findings,
    checkCity(config),
    await checkPort(config.port),
    ...(await checkDataDir(config.dataDir, config.databaseUrl === undefined)),
    ...(await checkDatabase(config)),
    ...(await checkRedis(config)),
    checkPublicUrl(config),
    ...checkPlatforms(config),
    ...checkCallbacks(config),
    ...(await checkSandbox(config)),
    ...checkPages(config.consoleDir, config.h5Dir),
  ];
}

const count = (findings: readonly Finding[], level: Level): number => findings.filter((finding) => finding.level === level).length;

const findings = await look();
for (const { level, name, text, todo } of findings) {
  console.log(`${level.padEnd(5)} ${name.padEnd(20)} ${text}`);
  if (todo) console.log(`${' '.repeat(27)}→ ${todo}`);
}
console.log(`\n${count(findings, 'ok')} ok, ${count(findings, 'warn')} to look at, ${count(findings, 'fail')} that stop a start`);
process.exit(count(findings, 'fail') > 0 ? 1 : 0);

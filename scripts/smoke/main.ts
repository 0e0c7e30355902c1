import { systemClock } from '@suiban/shared/time';
import { createOutbound } from '../../bot-server/src/kernel/outbound/create-outbound';
import { platforms, readAccounts, withAccount } from './accounts';
import { type Checked, freshTokens, runCheck } from './check';
import { checksOf } from './checks';

const usage = `npm run smoke:real
Asks every platform whose account's variables are set something harmless: a token, its templates, its menu, its certificates. Sends nothing
to anybody and changes nothing. Exit 0: all answered; 1: one did not; 78: variables are missing.`;

const row = (cells: readonly string[]): string => cells.map((cell, index) => cell.padEnd([22, 24, 7, 8][index] ?? 0)).join('  ');

function print(results: readonly Checked[], silent: readonly string[]): void {
  console.log(row(['platform', 'asked for', '', 'ms', 'answer']));
  for (const { platform, name, isOk, tookMs, text } of results)
    console.log(row([platforms[platform].title, name, isOk ? 'ok' : 'failed', String(tookMs), text]));
  for (const title of silent)
    console.log(row([title, '—', 'not tried', '', 'has no call that sends nothing: send a test from the console']));
}

async function main(): Promise<number> {
  if (process.argv.length > 2) {
    console.error(usage);
    return 64;
  }
  const read = readAccounts(process.env);
  if ('problems' in read) {
    for (const problem of read.problems) console.error(problem);
    return 78;
  }
  const { config } = read;
  const names = withAccount(config);
  if (names.length === 0) {
    console.error('No platform has a real account here: nothing was asked. An account needs all variables of its line:');
    for (const { title, variables } of Object.values(platforms)) console.error(`  ${title.padEnd(22)} ${variables.join(' ')}`);
    return 78;
  }
  const { accounts } = config;
  const platformUrls = [accounts.wecom, accounts.wechatMini, accounts.wechatOfficial, accounts.alipay, accounts.wechatPay].map(
    ({ baseUrl }) => baseUrl,
  );
  const outbound = createOutbound({ clock: systemClock, platformUrls });
  try {
    const deps = { accounts, outbound, tokens: freshTokens(), clock: systemClock };
    const results: Checked[] = [];
    for (const name of names) for (const check of checksOf[name](deps)) results.push(await runCheck(check));
    print(
      results,
      names.filter((name) => checksOf[name](deps).length === 0).map((name) => platforms[name].title),
    );
    const missing = Object.entries(platforms).filter(([name]) => !names.some((each) => each === name));
    for (const [, { title, variables }] of missing) console.log(`${title}: no account (${variables.join(' ')})`);
    const failed = results.filter(({ isOk }) => !isOk).length;
    console.log(
      failed === 0 ? '\nAll answered. Note the date in bot-server/docs/channels.md.' : `\n${failed} did not answer as they should.`,
    );
    return failed === 0 ? 0 : 1;
  } finally {
    await outbound.close();
  }
}

process.exitCode = await main();

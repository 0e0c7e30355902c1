import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { conversationsApi } from '@suiban/shared/api/conversations';
import type { Browser } from 'playwright-core';
import { until } from '../../scripts/support/until';
import { seriousFindings } from './axe';
import { collectErrors, desktop, openBrowser, type Scheme, settled, signIn, visit } from './browser';
import { type ConsolePage, consolePages } from './pages';
import { type E2eStage, startStage } from './stage';

jest.setTimeout(180_000);

let stage: E2eStage;
let browser: Browser;
let pages: readonly ConsolePage[];

beforeAll(async () => {
  stage = await startStage({ scale: 0.1 });
  browser = await openBrowser();
  // The visit that runs still runs when its page is looked at the second time.
  await stage.sandbox.script({ platform: 'sms', latencyMs: 6_000 });
  await askForSomebody();
  pages = await consolePages(stage.cast);
});
afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

/** The restaurant's agent asks for a person, so that somebody waits in the queue. */
async function askForSomebody(): Promise<void> {
  await stage.sandbox.say('restaurant-agent', 'wecom', '人工');
  const waiting = async () => (await stage.cast.dispatcher.call(conversationsApi.countConversations)).waiting > 0;
  await until('a conversation that waits', waiting, { timeoutMs: 30_000 });
}

/** Findings and thrown errors of the pages one official looks at, each with the page's name. */
async function look(scheme: Scheme, username: ConsolePage['as'], wanted: readonly ConsolePage[]): Promise<readonly string[]> {
  const context = await desktop(browser, stage.baseUrl, scheme);
  await signIn(context, stage.baseUrl, username);
  const page = await context.newPage();
  const errors = collectErrors(page);
  const found: string[] = [];
  for (const each of wanted) {
    await visit(page, each);
    found.push(...(await seriousFindings(page)).map((finding) => `${each.name}: ${finding}`));
  }
  await context.close();
  return [...found, ...errors];
}

/** What appears by a step on a page: the line to write in with the canned replies, the dialogs. */
async function lookAtAnswering(scheme: Scheme): Promise<readonly string[]> {
  const context = await desktop(browser, stage.baseUrl, scheme);
  await signIn(context, stage.baseUrl, 'dispatcher');
  const page = await context.newPage();
  const errors = collectErrors(page);
  await visit(page, { path: pages.find(({ name }) => name === 'waiting conversation')?.path ?? '', has: '相关记录' });
  // Taken in the first look, mine in the next.
  const take = page.getByRole('button', { name: '接入', exact: true });
  if (await take.isVisible()) await take.click();
  await page.getByLabel('回复内容').fill('/');
  await page.getByRole('listbox', { name: '常用语' }).waitFor();
  await settled(page);
  const found = (await seriousFindings(page)).map((finding) => `answering: ${finding}`);
  await page.getByRole('button', { name: '管理常用语' }).click();
  await page.getByRole('dialog').waitFor();
  await settled(page);
  found.push(...(await seriousFindings(page)).map((finding) => `canned replies: ${finding}`));
  await context.close();
  return [...found, ...errors];
}

describe('the console to somebody with a screen reader', () => {
  it.each(['light', 'dark'] as const)('has no serious obstacle on any page (WCAG 2.2 A and AA), %s', async (scheme) => {
    const officials = [...new Set(pages.map(({ as }) => as))];
    const found: string[] = [];
    for (const username of officials)
      found.push(
        ...(await look(
          scheme,
          username,
          pages.filter(({ as }) => as === username),
        )),
      );
    const context = await desktop(browser, stage.baseUrl, scheme);
    const page = await context.newPage();
    await visit(page, { path: '/console/sign-in', has: '演示账号' });
    found.push(...(await seriousFindings(page)).map((finding) => `sign-in: ${finding}`));
    await context.close();
    expect(found).toEqual([]);
  });

  // After the pages: the conversation that waits on them is taken here.
  it.each(['light', 'dark'] as const)('has none while somebody answers a firm, %s', async (scheme) => {
    expect(await lookAtAnswering(scheme)).toEqual([]);
  });
});

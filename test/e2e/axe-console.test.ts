import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { seriousFindings } from './axe';
import { collectErrors, desktop, openBrowser, type Scheme, signIn, visit } from './browser';
import { type ConsolePage, consolePages } from './pages';
import { type E2eStage, startStage } from './stage';

jest.setTimeout(180_000);

let stage: E2eStage;
let browser: Browser;
let pages: readonly ConsolePage[];

beforeAll(async () => {
  stage = await startStage({ scale: 0.1 });
  browser = await openBrowser();
  pages = await consolePages(stage.cast);
});
afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

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
});

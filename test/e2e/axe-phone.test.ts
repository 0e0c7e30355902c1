import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { PersonSession } from '@suiban/shared/api/identity';
import type { Browser } from 'playwright-core';
import { seriousFindings } from './axe';
import { collectErrors, keepOnPhone, openBrowser, phone, visit } from './browser';
import { type PhonePage, phonePages } from './phone-pages';
import { type E2eStage, startStage } from './stage';

jest.setTimeout(180_000);

let stage: E2eStage;
let browser: Browser;
let session: PersonSession | undefined;
let pages: readonly PhonePage[];

beforeAll(async () => {
  stage = await startStage({ scale: 0.1 });
  browser = await openBrowser();
  [session] = stage.agents;
  if (!session) throw new Error('the seed signs an agent in');
  pages = await phonePages(stage, session);
});
afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

const looks = [
  { look: 'light', scheme: 'light', isCare: false },
  { look: 'dark', scheme: 'dark', isCare: false },
  { look: 'care mode', scheme: 'light', isCare: true },
  { look: 'care mode, dark', scheme: 'dark', isCare: true },
] as const;

describe('the phone pages to somebody with a screen reader', () => {
  it.each(looks)('have no serious obstacle on any page (WCAG 2.2 A and AA), $look', async ({ scheme, isCare }) => {
    const found: string[] = [];
    for (const isOpen of [true, false]) {
      const context = await phone(browser, stage.baseUrl, { scheme, isCare });
      if (!isOpen) await keepOnPhone(context, 'sessions', { main: session, links: [] });
      const page = await context.newPage();
      const errors = collectErrors(page);
      for (const shown of pages.filter((each) => (each.isOpen ?? false) === isOpen)) {
        await visit(page, shown);
        found.push(...(await seriousFindings(page)).map((finding) => `${shown.name}: ${finding}`));
      }
      found.push(...errors);
      await context.close();
    }
    expect(found).toEqual([]);
  });
});

import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { loadCity } from '../../bot-server/src/config/load-city';
import { packageDir } from '../../bot-server/src/config/paths';
import { desktop, keepOnPhone, openBrowser, phone, signIn, visit } from './browser';
import { consolePages } from './pages';
import { phonePages } from './phone-pages';
import { type E2eStage, startStage } from './stage';

jest.setTimeout(180_000);

const first = loadCity(path.join(packageDir, 'city', 'shanghai.yaml'));
/** Names that the first city's profile gives and the second's does not. */
const words = [
  first.name.replace(/市$/, ''),
  first.nameEn,
  first.productName,
  first.cityCodeName,
  first.hotline,
  first.footer.operator,
  first.footer.recordNumber,
  ...first.districts.flatMap(({ name, nameEn, subdistricts }) => [name, nameEn, ...subdistricts]),
  ...first.bureaus.flatMap(({ name, nameEn }) => [name, nameEn]),
];

let stage: E2eStage;
let browser: Browser;

beforeAll(async () => {
  stage = await startStage({ city: 'yunzhu', scale: 0.1 });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

/** What is on the page, its title and the names of its controls included; scripts and styles are no words. */
const shownOn = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const copy = document.documentElement.cloneNode(true) as HTMLElement;
    for (const element of copy.querySelectorAll('script, style, link')) element.remove();
    return `${document.title}\n${copy.outerHTML}`;
  });

const isNumber = (word: string): boolean => /^\d+$/.test(word);
const isIn = (word: string, text: string): boolean =>
  isNumber(word) ? new RegExp(`(?<!\\d)${word}(?!\\d)`).test(text) : text.includes(word);

async function foreignWords(page: Page, name: string): Promise<readonly string[]> {
  const text = await shownOn(page);
  return words.filter((word) => isIn(word, text)).map((word) => `${name}: ${word}`);
}

describe('the second city', () => {
  it.each(['zh', 'en'])('shows no word of the first one on any screen of the console (%s)', async (language) => {
    const pages = await consolePages(stage.cast);
    const found: string[] = [];
    for (const username of new Set(pages.map(({ as }) => as))) {
      const context = await desktop(browser, stage.baseUrl);
      await signIn(context, stage.baseUrl, username);
      const page = await context.newPage();
      await context.addInitScript((value) => window.localStorage.setItem('suiban.console.lang', value), language);
      for (const each of pages.filter(({ as }) => as === username)) {
        await visit(page, language === 'zh' ? each : { path: each.path, has: '中文' });
        found.push(...(await foreignWords(page, each.name)));
      }
      await context.close();
    }
    const outside = await desktop(browser, stage.baseUrl);
    const door = await outside.newPage();
    await visit(door, { path: '/console/sign-in', has: '演示' });
    found.push(...(await foreignWords(door, 'sign-in')));
    await outside.close();
    expect(found).toEqual([]);
  });

  it('shows none on any page of the phone, and its own name at the head', async () => {
    const [session] = stage.agents;
    if (!session) throw new Error('the seed signs an agent in');
    const pages = await phonePages(stage, session);
    const found: string[] = [];
    for (const isOpen of [true, false]) {
      const context = await phone(browser, stage.baseUrl);
      if (!isOpen) await keepOnPhone(context, 'sessions', { main: session, links: [] });
      const page = await context.newPage();
      for (const each of pages.filter((one) => (one.isOpen ?? false) === isOpen)) {
        await visit(page, each);
        found.push(...(await foreignWords(page, each.name)));
        if (each.name === 'home') expect(await page.innerText('body')).toContain(loadCity(stage.cityFile).productName);
      }
      await context.close();
    }
    expect(found).toEqual([]);
  });
});

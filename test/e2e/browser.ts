import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findBinary } from '../support/process';

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM || findBinary('chromium'), args: flags });

export type Scheme = 'light' | 'dark';

/** Pages fail a test by what they log as well: a script that throws is a defect, whatever is on the screen. */
export function collectErrors(page: Page): readonly string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(`${page.url()}: ${error.message}`));
  return errors;
}

/** An office's screen. */
export async function desktop(browser: Browser, baseUrl: string, scheme: Scheme = 'light'): Promise<BrowserContext> {
  return browser.newContext({
    baseURL: baseUrl,
    viewport: { width: 1440, height: 900 },
    colorScheme: scheme,
    locale: 'zh-CN',
    reducedMotion: 'reduce',
  });
}

/** Signs the context in as a demo official, as the button on the sign-in page does. */
export async function signIn(context: BrowserContext, baseUrl: string, username: string): Promise<void> {
  const { items } = (await (await context.request.get('/api/demo-officials')).json()) as {
    items: { username: string; password: string }[];
  };
  const account = items.find((each) => each.username === username);
  const data = { username, password: account?.password };
  const response = await context.request.post('/api/sessions', { data, headers: { origin: baseUrl, 'x-suiban-csrf': '1' } });
  if (!response.ok()) throw new Error(`${username} could not sign in: ${response.status()} ${await response.text()}`);
}

interface PhoneLook {
  readonly scheme?: Scheme;
  readonly isCare?: boolean;
}

/** Taro keeps storage as `{data}`; ours is JSON text inside. */
const kept = (value: unknown): string => JSON.stringify({ data: JSON.stringify(value) });

/** A phone of 375×812; `isCare` as if the person had switched it on in the settings before. */
export async function phone(
  browser: Browser,
  baseUrl: string,
  { scheme = 'light', isCare = false }: PhoneLook = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: baseUrl,
    viewport: { width: 375, height: 812 },
    isMobile: true,
    hasTouch: true,
    colorScheme: scheme,
    locale: 'zh-CN',
    reducedMotion: 'reduce',
  });
  if (isCare) await keepOnPhone(context, 'preferences', { isCare: true, language: 'zh' });
  return context;
}

/** Puts a value where the mini-program keeps its own, before any page of it runs. */
export const keepOnPhone = (context: BrowserContext, key: string, value: unknown): Promise<unknown> =>
  context.addInitScript(([name, text]) => window.localStorage.setItem(name, text), [`suiban.${key}`, kept(value)] as const);

/** Opens the page and waits until nothing is loading: no skeleton, no spinner, no request under way, and its own words are there. */
export async function visit(page: Page, { path, has }: { readonly path: string; readonly has: string }): Promise<void> {
  const response = await page.goto(path);
  if (!response?.ok()) throw new Error(`${path}: ${response?.status()}`);
  await page.getByText(has).filter({ visible: true }).first().waitFor({ timeout: 15_000 });
  await settled(page);
}

const busy = '.ant-skeleton-active, .ant-spin-spinning, [aria-busy="true"]';

/** Not busy, and still not a moment later: one read may begin another. A page that watches something live never falls silent. */
export async function settled(page: Page): Promise<void> {
  for (let look = 0; look < 2; look += 1) {
    await page.waitForTimeout(150);
    await page.waitForFunction((selector) => !document.querySelector(selector), busy, { timeout: 15_000 });
  }
}

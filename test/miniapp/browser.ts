import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
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

/** Debian's package puts Chromium on the PATH; the variable CHROMIUM names another one. */
export const startBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? findBinary('chromium'), args: flags });

export interface Look {
  scheme: 'light' | 'dark';
  isCare: boolean;
  language: 'zh' | 'en';
}

/** A phone of 375 × 812. `kept` is what its storage holds beforehand. */
export async function openPhone(
  browser: Browser,
  look: Look,
  kept: Readonly<Record<string, unknown>> = {},
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    viewport: { width: 375, height: 812 },
    isMobile: true,
    hasTouch: true,
    colorScheme: look.scheme,
    timezoneId: 'Asia/Shanghai',
    // Reduced: what is checked is the page at rest, not a frame of a transition.
    reducedMotion: 'reduce',
  });
  const values = { preferences: { isCare: look.isCare, language: look.language }, ...kept };
  await context.addInitScript((given) => {
    for (const [key, value] of Object.entries(given)) {
      if (localStorage.getItem(`suiban.${key}`) === null)
        localStorage.setItem(`suiban.${key}`, JSON.stringify({ data: JSON.stringify(value) }));
    }
  }, values);
  return { context, page: await context.newPage() };
}

interface Violation {
  id: string;
  impact: string;
  nodes: { html: string }[];
}
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Serious and critical violations of WCAG 2.2 A and AA; no rule is off, nothing is left out. */
export async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const found = (await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then((each) => each.violations)`,
  )) as Violation[];
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((each) => each.html.slice(0, 160)).join(' | ')}`);
}

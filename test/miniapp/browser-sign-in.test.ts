import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { freshBuild } from '../support/weapp-runtime/builds';
import { openPhone, startBrowser, violationsOf } from './browser';
import { buildMs } from './phone';
import { type Stub, startStub } from './stub-api';
import { city } from './stub-data';

jest.setTimeout(60_000);

const wechat = ' MicroMessenger/8.0.50';
const wecom = ' MicroMessenger/7.0.1 wxwork/4.1.30';
const consent = '我已阅读并同意《个人信息保护说明》和《服务说明》';

describe('the web build inside WeChat and WeCom', () => {
  let browser: Browser;
  let stub: Stub;
  let context: BrowserContext | undefined;
  beforeAll(async () => {
    stub = await startStub(await freshBuild('h5'));
    browser = await startBrowser();
  }, buildMs);
  afterAll(async () => {
    await browser.close();
    await stub.close();
  });
  afterEach(async () => {
    await context?.close();
    stub.intercept = undefined;
    stub.asked.length = 0;
  });

  /** The browser of that app; the city has accounts of both, unless said. */
  async function inside(app: string, browserSignIns = ['wechat-official', 'wecom']): Promise<Page> {
    stub.intercept = ({ path }) => (path === '/api/m/city' ? { status: 200, body: { ...city, browserSignIns } } : undefined);
    const phone = await openPhone(browser, { scheme: 'light', isCare: false, language: 'zh' });
    context = phone.context;
    const userAgent = `${await phone.page.evaluate('navigator.userAgent')}${app}`;
    await context.addInitScript((value) => Object.defineProperty(navigator, 'userAgent', { get: () => value }), userAgent);
    return phone.page;
  }
  const shown = (page: Page) => page.locator('.taro_page:visible').last();
  const go = async (page: Page, path: string) => {
    await page.goto(`${stub.url}/m/${path}`);
    await page.locator('main').first().waitFor();
  };
  const posted = () => stub.asked.filter(({ method, path }) => method === 'POST' && path === '/api/m/sessions').map(({ body }) => body);

  it('leaves for WeChat at the step that needs it, comes back, and goes on where it was', async () => {
    const page = await inside(wechat);
    await go(page, 'packages/appeals/pages/list/index?from=menu');
    await shown(page).getByText('登录', { exact: true }).tap();
    await shown(page).getByText('微信登录').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await shown(page).getByText('微信登录').tap();
    await shown(page).getByText('请先阅读并勾选同意，再登录').waitFor();
    await shown(page).locator('label').filter({ hasText: consent }).tap();
    await shown(page).getByText('微信登录').tap();
    await page.waitForURL('**/api/m/oauth/wechat-official');
    await go(page, 'packages/account/pages/oauth/index?client=wechat-official&code=C1&state=S1');
    await page.waitForURL('**/packages/appeals/pages/list/index*');
    expect(new URL(page.url()).searchParams.get('from')).toBe('menu');
    expect(posted()).toEqual([{ platform: 'wechat-official', code: 'C1', state: 'S1' }]);
    expect(await page.evaluate("localStorage.getItem('suiban.sessions')")).toContain('stub-token');
  });

  it('leaves for WeCom as the member of the corp whose entrance it was', async () => {
    const page = await inside(wecom);
    await go(page, 'packages/account/pages/sign-in/index?corp=ww1');
    await shown(page).locator('label').filter({ hasText: consent }).tap();
    await shown(page).getByText('企业微信登录').tap();
    await page.waitForURL('**/api/m/oauth/wecom?corp=ww1');
  });

  it('offers the phone code alone where the city has no account of the app, and outside of both', async () => {
    for (const [app, configured] of [
      [wechat, ['wecom']],
      ['', ['wechat-official', 'wecom']],
    ] as const) {
      const page = await inside(app, [...configured]);
      await go(page, 'packages/account/pages/sign-in/index');
      await shown(page).locator('#mobile').waitFor();
      expect(await shown(page).getByText('微信登录').count()).toBe(0);
      await context?.close();
    }
  });

  it('says what went wrong, and leads to another try', async () => {
    const page = await inside(wechat);
    const before = stub.intercept;
    stub.intercept = (asked) =>
      asked.path === '/api/m/sessions'
        ? {
            status: 401,
            body: { type: 'urn:problem:identity:platform-code-refused', title: '登录凭证无效', status: 401, detail: '登录已过期' },
          }
        : before?.(asked);
    await go(page, 'packages/account/pages/oauth/index?client=wechat-official&code=C2&state=S2');
    await shown(page).getByText('登录已过期').waitFor();
    expect(posted()).toHaveLength(1);
    await go(page, 'packages/account/pages/oauth/index?client=wechat-official&state=S3');
    await shown(page).getByText('您没有同意登录').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await shown(page).getByText('重新登录').tap();
    await shown(page).locator('#mobile').waitFor();
    expect(posted()).toHaveLength(1);
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { freshBuild } from '../support/weapp-runtime/builds';
import { type Look, openPhone, startBrowser, violationsOf } from './browser';
import { buildMs } from './phone';
import { type Stub, startStub } from './stub-api';
import { enterpriseId } from './stub-data';

jest.setTimeout(120_000);

const looks: Record<string, Look> = {
  light: { scheme: 'light', isCare: false, language: 'zh' },
  dark: { scheme: 'dark', isCare: false, language: 'zh' },
  care: { scheme: 'light', isCare: true, language: 'zh' },
  'care in dark English': { scheme: 'dark', isCare: true, language: 'en' },
};
const sessions = { sessions: { main: { token: 'stub-token', expiresAt: '2099-01-01T00:00:00.000Z' }, links: [] } };
const survey = (campaignId: string) => `packages/surveys/pages/title/index?campaignId=${campaignId}&enterpriseId=${enterpriseId}`;

describe('the web build in Chromium', () => {
  let browser: Browser;
  let stub: Stub;
  const contexts: { close(): Promise<void> }[] = [];

  beforeAll(async () => {
    stub = await startStub(await freshBuild('h5'));
    browser = await startBrowser();
  }, buildMs);
  afterAll(async () => {
    await browser.close();
    await stub.close();
  });
  afterEach(async () => {
    for (const each of contexts.splice(0)) await each.close();
    for (const campaign of stub.campaigns.values())
      Object.assign(campaign, { state: 'open', submission: null, drafts: new Map(), ordersToOpen: [] });
    stub.intercept = undefined;
    stub.asked.length = 0;
  });

  const errors: string[] = [];
  const phone = async (look: Look, kept: Readonly<Record<string, unknown>> = sessions) => {
    const { context, page } = await openPhone(browser, look, kept);
    contexts.push(context);
    errors.length = 0;
    page.on('pageerror', (error) => errors.push(String(error)));
    return page;
  };
  const go = async (page: Page, path: string) => {
    await page.goto(`${stub.url}/m/${path}`);
    await page.locator('main').first().waitFor();
  };
  const shown = (page: Page) => page.locator('.taro_page:visible').last();
  const choose = (page: Page, text: string) => shown(page).locator('label').filter({ hasText: text }).first().tap();
  const next = (page: Page) => shown(page).locator('#next').tap();
  const heading = (page: Page, text: string | RegExp) => shown(page).getByRole('heading', { name: text }).waitFor();

  it('answers with the very JSON of the mini-programs', async () => {
    const page = await phone(looks.light as Look);
    await go(page, survey('1'));
    await shown(page).locator('#start').tap();
    await heading(page, '目前门店经营情况');
    await next(page);
    await shown(page).getByText('这道题必须回答').waitFor();
    await choose(page, '正常营业');
    await next(page);
    await heading(page, /本月营业额/);
    await choose(page, '基本持平');
    await next(page);
    for (const each of ['房租', '招工与用工成本', '其他']) await choose(page, each);
    await shown(page).locator('#difficulties-other').fill('外卖商户评价处理慢');
    await next(page);
    await shown(page).locator('#request').fill('经营贷续期三周没有消息，希望协调加快。');
    await next(page);
    await shown(page).locator('#matter').selectOption('finance');
    await next(page);
    await heading(page, /扶持政策/);
    await next(page);
    await heading(page, /手机号码/);
    await next(page);
    await choose(page, '不公开');
    await next(page);
    await shown(page).getByText('请核对后提交').waitFor();
    await shown(page).locator('#submit').tap();
    await heading(page, '已提交，谢谢您');
    await shown(page).getByText('诉求 20261124-000123').waitFor();
    expect(stub.asked.filter((each) => each.path.endsWith('/submission')).map((each) => each.body)).toEqual([
      {
        enterpriseId,
        version: 1,
        answers: {
          operation: { option: 'normal' },
          turnover: { option: 'flat' },
          difficulties: { options: ['rent', 'labour', 'other'], otherText: '外卖商户评价处理慢' },
          request: '经营贷续期三周没有消息，希望协调加快。',
          matter: { option: 'finance' },
          nameVisible: { option: 'hidden' },
        },
      },
    ]);
    await page.goBack();
    await page.waitForTimeout(300);
    expect(stub.asked.filter((each) => each.path.endsWith('/submission'))).toHaveLength(1);
    expect(errors).toEqual([]);
  });

  it('goes on after a reload, and on another device', async () => {
    const page = await phone(looks.light as Look);
    await go(page, survey('2'));
    await shown(page).locator('#start').tap();
    await shown(page).locator('#staff').fill('２３');
    await next(page);
    await heading(page, '办事方便程度');
    await page.reload();
    await heading(page, '办事方便程度');
    const other = await phone(looks.light as Look);
    await go(other, survey('2'));
    await other.getByText('继续填报（已填 1/5）').tap();
    await heading(other, '办事方便程度');
    expect(stub.campaigns.get('2')?.drafts.get('staff')?.answer).toBe(23);
  });

  it('opens a personal link', async () => {
    const page = await phone(looks.light as Look, {});
    await go(page, 'packages/surveys/pages/answer/index?link=good-link');
    await heading(page, '餐饮企业服务问卷');
    await go(page, 'packages/surveys/pages/answer/index?link=bad-link');
    await shown(page).getByText('链接打不开').waitFor();
  });

  it('can be used by keyboard alone', async () => {
    const page = await phone(looks.light as Look);
    await go(page, survey('1'));
    await shown(page).locator('#start').focus();
    await page.keyboard.press('Enter');
    await heading(page, '目前门店经营情况');
    await shown(page).getByRole('radio').first().focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    expect(await shown(page).getByRole('radio').nth(1).isChecked()).toBe(true);
    await shown(page).locator('#next').focus();
    await page.keyboard.press('Enter');
    await heading(page, /本月营业额/);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('本月营业额');
  });

  describe.each(Object.entries(looks))('%s', (_, look) => {
    const pages: [name: string, path: string, isOut?: boolean][] = [
      ['home before the sign-in', 'pages/home/index', true],
      ['the sign-in', 'packages/account/pages/sign-in/index', true],
      ['home', 'pages/home/index'],
      ['messages', 'pages/messages/index'],
      ['mine', 'pages/mine/index'],
      ['settings', 'packages/account/pages/settings/index'],
      ['the notice on data', 'packages/account/pages/legal/index?document=privacy'],
      ['matters', 'packages/appeals/pages/list/index'],
      ['a matter', 'packages/appeals/pages/detail/index?id=w1'],
      ['a new matter', 'packages/appeals/pages/new/index'],
      ['a questionnaire', survey('1')],
      ['a broken link', 'packages/surveys/pages/answer/index?link=bad-link'],
    ];

    it('every page keeps to WCAG 2.2 A and AA', async () => {
      const found: string[] = [];
      const inside = await phone(look);
      const outside = await phone(look, {});
      for (const [name, path, isOut] of pages) {
        const page = isOut ? outside : inside;
        await go(page, path);
        await page.waitForLoadState('networkidle');
        found.push(...(await violationsOf(page)).map((each) => `${name}: ${each}`));
      }
      expect(found).toEqual([]);
    });

    it('every kind of question, the review, the sheets and the states do so too', async () => {
      const found: string[] = [];
      const page = await phone(look);
      const check = async (name: string) => {
        await page.waitForLoadState('networkidle');
        found.push(...(await violationsOf(page)).map((each) => `${name}: ${each}`));
      };
      const step = (index: number) =>
        `packages/surveys/pages/answer/index?campaignId=2&enterpriseId=${enterpriseId}&step=go-on&question=${['staff', 'ease', 'recommend', 'since', 'trade'][index]}`;
      for (const index of [0, 1, 2, 3, 4]) {
        await go(page, step(index));
        await shown(page).locator('#question-title').waitFor();
        await next(page);
        await check(`question ${index}`);
      }
      for (const question of ['operation', 'difficulties']) {
        await go(page, `packages/surveys/pages/answer/index?campaignId=1&enterpriseId=${enterpriseId}&step=go-on&question=${question}`);
        await shown(page).locator('#question-title').waitFor();
        await next(page);
        await check(question);
      }
      await go(page, `packages/surveys/pages/review/index?campaignId=1&enterpriseId=${enterpriseId}`);
      await shown(page).locator('#submit').waitFor();
      await check('the review');
      await go(page, 'packages/appeals/pages/detail/index?id=w2');
      await shown(page)
        .getByText(look.language === 'zh' ? '已解决，去评价' : 'Solved: rate it')
        .tap();
      await page.getByRole('dialog').waitFor();
      await check('the rating');
      Object.assign(stub.campaigns.get('1') ?? {}, { state: 'closed' });
      await go(page, survey('1'));
      await check('closed');
      stub.intercept = (each) =>
        each.path === '/api/m/surveys'
          ? { status: 503, body: { type: 'urn:problem:kernel:unavailable', title: '服务繁忙', status: 503 } }
          : undefined;
      await go(page, 'pages/home/index');
      await check('failed');
      expect(found).toEqual([]);
    });
  });
});

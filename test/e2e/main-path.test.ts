import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sandboxPersonas } from '@suiban/shared/sandbox';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { loadCity } from '../../bot-server/src/config/load-city';
import { until } from '../../scripts/support/until';
import { collectErrors, desktop, openBrowser, phone, signIn } from './browser';
import { act, confirm, draftVisit, openOrder, submitVisit } from './console-steps';
import { answerByLink, follow, rateSolved, shows } from './phone-steps';
import { type E2eStage, startStage } from './stage';

jest.setTimeout(120_000);

const agent = sandboxPersonas.find(({ id }) => id === 'noodle-agent');
const title = '两区餐饮企业走访';
/** As the board shows it, without its spaces. */
const equation = /应发(\d+)=平台已受理(\d+)\+发送失败(\d+)\+结果待核实(\d+)\+按规则不发(\d+)\+已取消(\d+)/;
const request = '房东要求租金上涨三成，希望协调按原价续租一年。';

let stage: E2eStage;
let browser: Browser;
const contexts = new Map<string, BrowserContext>();
const errors: (readonly string[])[] = [];
let phonePage: Page;

/** A window of this official, signed in once. */
async function desk(username: string): Promise<Page> {
  const context = contexts.get(username) ?? (await desktop(browser, stage.baseUrl));
  if (!contexts.has(username)) await signIn(context, stage.baseUrl, username);
  contexts.set(username, context);
  const page = await context.newPage();
  errors.push(collectErrors(page));
  return page;
}

beforeAll(async () => {
  stage = await startStage({ scale: 0.1 });
  browser = await openBrowser();
  const context = await phone(browser, stage.baseUrl);
  phonePage = await context.newPage();
  errors.push(collectErrors(phonePage));
  // Slow enough for the eye: the figures on the board must move by themselves.
  await stage.sandbox.script({ latencyMs: { min: 100, max: 200 } });
});
afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

describe('from a draft to a solved problem, on the screens', () => {
  let path = '';

  it('an official drafts a visit to the restaurants of two districts and submits it', async () => {
    const page = await desk('drafter');
    const districts = loadCity(stage.cityFile).districts.slice(0, 2);
    await draftVisit(page, { form: '餐饮企业服务问卷', title, districts: districts.map(({ name }) => name) });
    const submitted = await submitVisit(page);
    expect(submitted.number).toMatch(/^[0-9a-f]{12}$/);
    path = submitted.path;
  });

  it('a second official signs what the number stands for, and launches; the board moves by itself', async () => {
    const page = await desk('signatory');
    await page.goto('/console/');
    await page
      .getByRole('link', { name: new RegExp(title) })
      .first()
      .click();
    await page.waitForURL((url) => url.pathname === path);
    await act(page, '签发');
    await act(page, '启动发送');
    const accepted = async () =>
      Number(
        (
          await page
            .getByText(/^= ?平台已受理/)
            .locator('..')
            .innerText()
        ).match(/平台已受理\s*([\d,]+)/)?.[1] ?? Number.NaN,
      );
    const before = await accepted();
    await until('the figures to move', async () => (await accepted()) > before, { timeoutMs: 30_000 });
    await page.locator('.page-head').getByText('已完成').waitFor({ timeout: 60_000 });
    const shown = (await page.innerText('main')).replace(/\s+/g, '');
    const [, planned = Number.NaN, ...parts] = (equation.exec(shown) ?? []).map(Number);
    expect(planned).toBeGreaterThan(0);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(planned);
  });

  it('the firm opens the link of its SMS and answers on the phone', async () => {
    const campaignId = path.split('/').at(-1);
    const message = await until(
      'the SMS',
      async () => (await stage.sandbox.shown(`c${campaignId}a1`)).find(({ recipient }) => recipient === agent?.mobile),
      {
        timeoutMs: 30_000,
      },
    );
    await answerByLink(phonePage, new URL(message.link ?? '').pathname, request);
    await shows(phonePage, '查看办理进度');
  });

  it('its problem is assigned, accepted, answered and reviewed', async () => {
    const dispatcher = await desk('dispatcher');
    await openOrder(dispatcher, request);
    await act(dispatcher, '派单');
    const handler = await desk('handler-housing');
    await openOrder(handler, request);
    await act(handler, '签收');
    await handler.locator('.page-actions').getByRole('button', { name: '提交答复' }).click();
    await handler.getByLabel('答复内容（企业可见）').fill('已到店了解情况，并与房东协商，同意按原价续租一年，合同已重新签订。');
    await confirm(handler, '提交答复');
    const supervisor = await desk('supervisor');
    await openOrder(supervisor, request);
    await act(supervisor, '通过答复');
  });

  it('the firm reads the answer, says that it is solved, and the order is closed', async () => {
    await phonePage.reload();
    await follow(phonePage, '查看办理进度');
    await shows(phonePage, '答复');
    await rateSolved(phonePage);
    const dispatcher = await desk('dispatcher');
    await openOrder(dispatcher, request);
    await dispatcher.locator('.ant-card-head-title', { hasText: '企业评价' }).waitFor();
    expect(await dispatcher.locator('.page-head').innerText()).toContain('已办结');
    expect(errors.flat()).toEqual([]);
  });
});

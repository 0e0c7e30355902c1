import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { campaignsApi } from '@suiban/shared/api/campaigns';
import { surveysApi } from '@suiban/shared/api/surveys';
import { workOrdersApi } from '@suiban/shared/api/work-orders';
import { sandboxPersonas } from '@suiban/shared/sandbox';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { ApiClient } from '../../scripts/support/api-client';
import { until } from '../../scripts/support/until';
import { approveAndLaunch } from '../../scripts/support/visits';
import { collectErrors, desktop, openBrowser, settled, signIn } from './browser';
import { answerCard, enterChat, hears, say, takePhone, tapMenu } from './chat-steps';
import { type E2eStage, startStage } from './stage';

jest.setTimeout(180_000);

const owner = sandboxPersonas.find(({ id }) => id === 'restaurant-agent');
const trouble = '门店租约下月到期，希望协调续租。';
const question = '减免房租的政策要带哪些材料？';
const answer = '请带营业执照和租赁合同，到区政务服务中心 3 号窗口办理。';

let stage: E2eStage;
let browser: Browser;
let context: BrowserContext;
let phone: Locator;
let order: { readonly id: string; readonly number: string };
let campaignId: string;
const errors: (readonly string[])[] = [];

/** A short questionnaire that waits for its signature goes out; the owner of the restaurant has asked for something before. */
async function prepare(): Promise<void> {
  const { items } = await stage.cast.drafter.call(campaignsApi.listCampaigns, { query: { limit: 50 } });
  campaignId = items.find(({ state }) => state === 'in_review')?.id ?? '';
  await approveAndLaunch(stage.cast, campaignId);
  const [session] = stage.agents;
  const own = new ApiClient(stage.baseUrl);
  own.token = session?.token ?? '';
  const [survey] = (await own.call(surveysApi.listMySurveys)).items;
  order = await own.call(workOrdersApi.createMyWorkOrder, {
    body: { enterpriseId: survey?.enterpriseId ?? '', matterId: 'rent', text: trouble },
  });
}

beforeAll(async () => {
  stage = await startStage({ scale: 0.1 });
  await prepare();
  browser = await openBrowser();
  context = await desktop(browser, stage.baseUrl);
  const taken = await takePhone(context, owner?.id ?? '', owner?.name ?? '');
  phone = taken.phone;
  errors.push(collectErrors(taken.page));
});
afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

const firm = owner?.firm ?? '';

/** Opens the firm's conversation out of the queue. */
async function openQueue(username: string): Promise<Page> {
  const office = await desktop(browser, stage.baseUrl);
  await signIn(office, stage.baseUrl, username);
  const page = await office.newPage();
  errors.push(collectErrors(page));
  await page.goto('/console/conversations');
  await page
    .getByRole('link', { name: new RegExp(firm.slice(0, 4)) })
    .first()
    .click();
  await page.getByRole('heading', { name: firm, level: 2 }).waitFor();
  await settled(page);
  return page;
}

describe('a firm in WeCom, from a word to a person', () => {
  let desk: Page;

  it('asks for 问卷 and answers it on the card, in the chat', async () => {
    const answeredBefore = (await progress()).answered;
    await enterChat(phone, '企业微信', '惠企助手');
    await say(phone, '问卷');
    const card = (await hears(phone, '经营情况快问')).locator('.template-card');
    await answerCard(card);
    await phone.locator('.card-after', { hasText: '已提交' }).last().waitFor();
    await until('the answer to count', async () => (await progress()).answered > answeredBefore, { timeoutMs: 20_000 });
  });

  it('asks for 进度 and reads how its request stands', async () => {
    await say(phone, '进度');
    expect(await (await hears(phone, order.number)).innerText()).toContain('租约');
  });

  it('asks for 人工, waits, and is taken by somebody in the console', async () => {
    await say(phone, '人工');
    await hears(phone, '正在为您转接工作人员');
    await say(phone, question);
    desk = await openQueue('dispatcher');
    await desk.getByRole('log').getByText(question).waitFor();
    await desk.getByRole('button', { name: '接入', exact: true }).click();
    await hears(phone, '工作人员已接入');
  });

  it('reads on the phone what the operator writes, and the operator what the firm writes, without a reload', async () => {
    await desk.getByLabel('回复内容').fill(answer);
    await desk.getByLabel('回复内容').press('Enter');
    await hears(phone, answer);
    await desk.getByRole('log').getByText(answer).waitFor();
    await say(phone, '谢谢，我明天去。');
    await desk.getByRole('log').getByText('谢谢，我明天去。').waitFor({ timeout: 10_000 });
    await desk.getByRole('complementary', { name: '对方信息' }).getByRole('link', { name: firm }).waitFor();
  });

  it('is handed back, and the automatic part answers again', async () => {
    await desk.getByRole('button', { name: '交还自动应答' }).click();
    await desk.getByRole('dialog').getByRole('button', { name: '交还自动应答' }).click();
    await hears(phone, '已为您恢复自动应答');
    await say(phone, '帮助');
    await hears(phone, '可以为您办理');
    await desk.locator('.talk-head .ant-tag', { hasText: '自动应答' }).waitFor();
  });
});

describe('the same firm in the Official Account', () => {
  it('uses the menu: 问卷 comes as a link that opens in the phone', async () => {
    await enterChat(phone, '微信', '随办');
    await tapMenu(phone, '问卷');
    const reply = await hears(phone, /问卷|走访|登录/);
    await reply.locator('button').last().click();
    await phone.locator('iframe').waitFor();
    await phone.page().frameLocator('iframe').locator('body').waitFor();
    await phone
      .getByRole('button', { name: /完成|关闭/ })
      .first()
      .click();
  });

  it('throws nothing on any screen', () => {
    expect(errors.flat()).toEqual([]);
  });
});

const progress = async () => (await stage.cast.drafter.call(campaignsApi.getCampaignProgress, { params: { campaignId } })).counts;

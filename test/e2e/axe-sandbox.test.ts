import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sandboxAccounts } from '@suiban/shared/sandbox';
import type { Browser, Locator } from 'playwright-core';
import { startEmulators } from '../emulators/start-emulators';
import { seriousFindings } from './axe';
import { collectErrors, openBrowser, type Scheme } from './browser';
import { pickApp, takePhone } from './chat-steps';
import { fillPhone, sendMail } from './phone-fill';

jest.setTimeout(180_000);

/** A member of the city's own corp: has everything, and customers to write to. */
const staff = {
  id: 'everything',
  name: '秦望舒',
  firm: '临江酒店（演示）',
  mobile: '19900000009',
  openid: 'oSandboxEverything0000000001',
  officialOpenid: 'oSandboxOfficialEverything01',
  alipayOpenId: '0SandboxEverything0000000001',
  email: 'qin@firm.example',
  wecom: { corpId: sandboxAccounts.wecom.corpId, userId: 'u.qin' },
};

let running: Awaited<ReturnType<typeof startEmulators>>;
let browser: Browser;
beforeAll(async () => {
  running = await startEmulators({ port: 0 });
  const persona = running.world.people.add(staff);
  fillPhone(running.world, persona);
  sendMail(running.world, staff.email);
  await askStaff();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await running?.close();
});

/** The city's corp wants something sent to two customers of this member: it waits for them. */
async function askStaff(): Promise<void> {
  const { corpId, secret } = sandboxAccounts.wecom;
  const base = `${running.url}/wecom/cgi-bin`;
  const { access_token: token } = (await (await fetch(`${base}/gettoken?corpid=${corpId}&corpsecret=${secret}`)).json()) as {
    access_token: string;
  };
  const task = {
    chat_type: 'single',
    external_userid: ['wmCustomer0001', 'wmCustomer0002'],
    sender: staff.wecom.userId,
    text: { content: '请填写问卷' },
  };
  const answer = await fetch(`${base}/externalcontact/add_msg_template?access_token=${token}`, {
    method: 'POST',
    body: JSON.stringify(task),
  });
  expect(await answer.json()).toMatchObject({ errcode: 0 });
}

interface State {
  readonly name: string;
  readonly reach: (phone: Locator) => Promise<unknown>;
}

const tab = (name: string) => (phone: Locator) => pickApp(phone, name);
const press = (name: string | RegExp) => (phone: Locator) => phone.getByRole('button', { name }).first().click();
const open = (chat: string) => (phone: Locator) => phone.locator('.thread-row', { hasText: chat }).click();

/** Every state of a phone, each reached from the one before it. */
const states: readonly State[] = [
  { name: 'chats of WeChat', reach: tab('微信') },
  { name: 'service notices', reach: open('服务通知') },
  { name: 'consent', reach: press('消息授权') },
  { name: 'asking for consent', reach: press('授权一次') },
  { name: 'consent, refused', reach: press('拒绝') },
  { name: 'back at the notices', reach: press('返回') },
  { name: 'back at the chats', reach: press('返回') },
  { name: 'contacts', reach: press('通讯录') },
  { name: 'page of the account', reach: press(/^随办/) },
  { name: 'followed', reach: press(/^(关注|发消息)$/) },
  { name: 'menu unfolded', reach: press('更多服务') },
  { name: 'line to write in', reach: press('输入文字') },
  { name: 'chats of WeCom', reach: tab('企业微信') },
  { name: 'chat of the application', reach: open('惠企助手') },
  { name: 'back at the chats of WeCom', reach: press('返回') },
  { name: 'messages to customers', reach: open('客户群发') },
  { name: 'messages to customers, sent', reach: (phone) => phone.getByText(/^(发送|已发送)$/).click() },
  { name: 'workbench of WeCom', reach: async (phone) => [await press('返回')(phone), await press('工作台')(phone)] },
  { name: 'Alipay', reach: tab('支付宝') },
  { name: 'SMS', reach: tab('短信') },
  { name: 'inbox', reach: tab('邮件') },
  { name: 'letter', reach: press(/餐饮企业服务问卷/) },
];

async function lookAtAll(scheme: Scheme): Promise<readonly string[]> {
  const context = await browser.newContext({
    baseURL: running.url,
    viewport: { width: 1440, height: 900 },
    colorScheme: scheme,
    locale: 'zh-CN',
    reducedMotion: 'reduce',
  });
  const { page, phone } = await takePhone(context, staff.id, staff.name, '/phone/');
  const errors = collectErrors(page);
  const found: string[] = [];
  for (const { name, reach } of states) {
    await reach(phone);
    await page.waitForTimeout(100);
    found.push(...(await seriousFindings(page)).map((finding) => `${name}: ${finding}`));
  }
  await context.close();
  return [...found, ...errors];
}

describe('the phones of the simulator to somebody with a screen reader', () => {
  it.each(['light', 'dark'] as const)('have no serious obstacle in any state (WCAG 2.2 A and AA), %s', async (scheme) => {
    expect(await lookAtAll(scheme)).toEqual([]);
  });
});

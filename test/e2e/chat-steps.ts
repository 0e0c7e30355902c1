import type { BrowserContext, Locator, Page } from 'playwright-core';

/** What a person does with a phone of the simulator, found by the words on it. */

/** One phone on the desk, held by this person. */
export async function takePhone(
  context: BrowserContext,
  personaId: string,
  name: string,
  desk = '/sandbox/',
): Promise<{ page: Page; phone: Locator }> {
  await context.addInitScript((id) => window.localStorage.setItem('suiban.sandbox.people', JSON.stringify([id])), personaId);
  const page = await context.newPage();
  await page.goto(desk);
  const phone = page.getByRole('region', { name, exact: true });
  await phone.getByRole('tab').first().waitFor();
  return { page, phone };
}

/** Picks an app by its tab, which may also say how much is new. */
export const pickApp = (phone: Locator, app: string): Promise<void> => phone.getByRole('tab', { name: new RegExp(`^${app}`) }).click();

/** Into a chat: the app's tab, then the chat's row. */
export async function enterChat(phone: Locator, app: string, chat: string): Promise<void> {
  await pickApp(phone, app);
  await phone.locator('.thread-row', { hasText: chat }).click();
  await phone.locator('.chat-scroll').waitFor();
}

/** Writes a line. Where a menu is in the way, the key at its left brings the line. */
export async function say(phone: Locator, text: string): Promise<void> {
  const line = phone.getByLabel('输入消息');
  const key = phone.getByRole('button', { name: '输入文字' });
  await line.or(key).first().waitFor();
  if (await key.isVisible()) await key.click();
  await line.fill(text);
  await line.press('Enter');
  await phone.locator('.bubble-row.is-own', { hasText: text }).last().waitFor();
}

/** Waits until somebody has said this; the newest such bubble or card. */
export async function hears(phone: Locator, text: string | RegExp): Promise<Locator> {
  const said = phone.locator('.chat-row').filter({ has: phone.page().locator('.bubble-row:not(.is-own), .notice-card') });
  const found = said.filter({ hasText: text }).last();
  await found.waitFor({ timeout: 20_000 });
  return found;
}

/** Answers a card where it stands: the first choice of every question. */
export async function answerCard(card: Locator): Promise<void> {
  for (const group of await card.locator('fieldset').all()) await group.locator('label').first().click();
  for (const choice of await card.locator('select').all()) await choice.selectOption({ index: 1 });
  await card.locator('.card-submit').click();
  await card.locator('.card-after').waitFor();
}

/** Taps an entry of the menu, unfolding the one it lies below first. */
export async function tapMenu(phone: Locator, ...path: readonly string[]): Promise<void> {
  const back = phone.getByRole('button', { name: '显示菜单' });
  if (await back.isVisible()) await back.click();
  for (const label of path)
    await phone.getByRole('navigation', { name: '菜单' }).getByRole('button', { name: label, exact: true }).last().click();
}

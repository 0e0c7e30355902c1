import type { Page } from 'playwright-core';
import { settled } from './browser';

/** What an official does in the console, found by the words that an official reads. */

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).click();
  await page.locator('.ant-select-item-option').filter({ hasText: option }).filter({ visible: true }).first().click();
}

/** Fills the wizard: form, name, restaurants of these districts; waits for the count and the checks. */
export async function draftVisit(page: Page, given: { form: string; title: string; districts: readonly string[] }): Promise<void> {
  await page.goto('/console/campaigns/new');
  await choose(page, '问卷', given.form);
  await page.getByLabel('名称', { exact: true }).fill(given.title);
  await page.locator('.quick-rule').filter({ hasText: '餐饮' }).click();
  await page.getByRole('button', { name: '所在区' }).click();
  const value = page.locator('[data-rule-attribute="districtCode"] .rule-value');
  for (const district of given.districts) {
    await value.locator('input').fill(district);
    await page.locator('.ant-select-item-option').filter({ hasText: district }).filter({ visible: true }).first().click();
  }
  await page.keyboard.press('Escape');
}

/** 送审, once the check on the page says it can be. Returns the number of the draft and the campaign's path. */
export async function submitVisit(page: Page): Promise<{ number: string; path: string }> {
  const submit = page.getByRole('complementary', { name: '概要' }).getByRole('button', { name: '送审' }).last();
  await page.waitForFunction(
    () => [...document.querySelectorAll<HTMLButtonElement>('aside button.ant-btn-primary')].some(({ disabled }) => !disabled),
    undefined,
    { timeout: 30_000 },
  );
  const number = await page.locator('.summary-lines code').innerText();
  await submit.click();
  await page.waitForURL(/\/console\/campaigns\/\d+$/);
  return { number, path: new URL(page.url()).pathname };
}

/** An action of the board: its button or its line in the menu, then the dialog's button of the same name. */
export async function act(page: Page, name: string): Promise<void> {
  const button = page.locator('.page-actions').getByRole('button', { name, exact: true });
  await button
    .or(page.getByRole('button', { name: '更多操作' }))
    .first()
    .waitFor();
  if (await button.isVisible()) await button.click();
  else {
    await page.getByRole('button', { name: '更多操作' }).click();
    await page.getByRole('menuitem', { name, exact: true }).click();
  }
  await confirm(page, name);
}

/** Presses the main button of the dialog that is open and waits until it is gone. */
export async function confirm(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name, exact: true }).click();
  await dialog.waitFor({ state: 'hidden', timeout: 30_000 });
  await settled(page);
}

/** Opens the order that came from this request, as whoever is signed in. */
export async function openOrder(page: Page, request: string): Promise<void> {
  await page.goto('/console/work-orders');
  await page
    .getByRole('row')
    .filter({ hasText: request.slice(0, 12) })
    .getByRole('link')
    .first()
    .click();
  await page.waitForURL(/\/work-orders\/[0-9a-f-]{36}$/);
  await page.getByText('办理经过').waitFor();
}

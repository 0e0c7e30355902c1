import type { Locator, Page } from 'playwright-core';

/** What the firm's agent does on the phone, found by the words on it. Pages that were left stay in the document, hidden. */
const words = (page: Page, text: string): Locator => page.getByText(text, { exact: true }).filter({ visible: true }).last();
const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name }).filter({ visible: true }).last();

const tap = (page: Page, name: string | RegExp): Promise<void> => button(page, name).tap();

/** One question on the screen: its title is waited for, then it is answered, then the next one comes. */
async function question(page: Page, title: string, answer: () => Promise<unknown>): Promise<void> {
  // An optional question says so behind its title.
  await page.getByText(title).filter({ visible: true }).last().waitFor();
  await answer();
  await tap(page, /^(下一题|去核对)$/);
}

/** From the short link of the message to the page that thanks, with a request for help with the rent. */
export async function answerByLink(page: Page, link: string, request: string): Promise<void> {
  await page.goto(link);
  await tap(page, '开始填报');
  await question(page, '目前门店经营情况', () => words(page, '部分营业').tap());
  await question(page, '与上月相比，本月营业额', () => words(page, '下降 10% 以内').tap());
  await question(page, '目前最主要的困难（最多选三项）', async () => {
    await words(page, '房租').tap();
    await words(page, '客流不足').tap();
  });
  await question(page, '希望政府帮助解决什么', () => page.locator('textarea').filter({ visible: true }).last().fill(request));
  await question(page, '这件事属于哪一类（由对应的部门答复）', () =>
    page.locator('select').filter({ visible: true }).last().selectOption('rent'),
  );
  await question(page, '了解下列哪些扶持政策', () => words(page, '税费减免').tap());
  await question(page, '如需回访，请留下手机号码', async () => undefined);
  await question(page, '您的企业名称可以公开到什么范围', () => words(page, '公开').tap());
  await words(page, '核对答卷').waitFor();
  await tap(page, '提交问卷');
  await words(page, '已提交，谢谢您').waitFor();
}

/** 已解决，去评价 → 已解决, 很满意. */
export async function rateSolved(page: Page): Promise<void> {
  await tap(page, '已解决，去评价');
  await words(page, '已解决').tap();
  await words(page, '很满意').tap();
  await tap(page, '提交评价');
  await words(page, '评价已提交，谢谢您').waitFor();
}

/** Follows words that are part of a larger link. */
export const follow = (page: Page, text: string): Promise<void> => words(page, text).tap();

export const shows = (page: Page, text: string): Promise<void> => words(page, text).waitFor();

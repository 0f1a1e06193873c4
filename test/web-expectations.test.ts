/** The page Classify beside a language model that is loaded, in a real Chromium. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  accessibilityProblems,
  hasBrowser,
  launchBrowser,
  openPage,
  WITHOUT_BROWSER,
} from './page-browser.ts';
import { startTinyServer, type TinyServer } from './server/tiny-model-server.ts';

const sizeOf = (row: number) => ((row - 1) * 37) % 60;
const TABLE = [
  'size,colour,kind',
  ...Array.from({ length: 60 }, (_, i) => `${sizeOf(i + 1)},${i % 3 ? 'red' : 'blue'},`),
].join('\n');

describe.skipIf(!hasBrowser)(`what is expected of columns${WITHOUT_BROWSER}`, () => {
  let server: TinyServer;
  let browser: Browser;

  beforeAll(async () => {
    server = await startTinyServer();
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    expect(server?.unexpected).toEqual([]);
    await server?.close();
  });

  it('makes the first guesses, and its weight is told beside those of labels', async () => {
    const { page, errors } = await openPage(browser, `${server.url}/classify`);
    const buffer = Buffer.from(TABLE);
    const file = { name: 'things.csv', mimeType: 'text/csv', buffer };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByLabel('Its labels, with commas').fill('large, small');
    await page.getByRole('button', { name: 'Begin' }).click();
    const told = page.getByText('What the language model expects of the columns');
    await told.getByText('Before there are labels, what the language model expects').waitFor();
    const rows = page.getByRole('grid').locator('tbody tr');
    await rows.first().locator('.guess').waitFor();
    await rows.first().focus();
    for (let i = 1; i <= 6; i++) {
      await rows
        .nth(i - 1)
        .and(page.locator('[aria-selected=true]'))
        .waitFor();
      await page.keyboard.press(sizeOf(i) >= 30 ? '1' : '2');
    }
    await page.getByText('6 of 60 rows labelled').waitFor();
    await expect.poll(() => page.getByText('Learning …').count()).toBe(0);
    expect(await told.textContent()).not.toContain('0.25');
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('is told in Chinese', async () => {
    const options = { locale: 'zh-CN' };
    const { page } = await openPage(browser, `${server.url}/classify`, options);
    await page.getByRole('link', { name: 'things.csv' }).click();
    await page.getByText(/^语言模型对各列的预期/).waitFor();
    await page.context().close();
  });
});

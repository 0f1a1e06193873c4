/** The page Databases in a real Chromium, over a real server. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DescriptionStore } from '@quaestor/finsql';
import { Database } from '@quaestor/finsql/sqlite';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type DemoServer, startDemoServer } from './demo-server.ts';
import {
  accessibilityProblems,
  hasBrowser,
  launchBrowser,
  type OpenedPage,
  openPage,
  overflow,
  WITHOUT_BROWSER,
} from './page-browser.ts';

const PEOPLE = ['name,city,age', 'Ann,Oslo,31', 'Bo,Rome,52', 'Cy,Rome,17', 'Di,Rome,44'].join(
  '\n',
);

/** Words from the right, and characters that would turn what stands after them. */
const HEBREW = ['\u05d0\u05d1\u05d2', '\u05d3\u05d4\u05d5', '\u05d6\u05d7\u05d8'];
const TURNING = /[\u200e\u200f\u202a-\u202e]/;

function makeTurningDatabase(path: string): void {
  const database = new Database(path);
  database.exec('CREATE TABLE "b\u202etxt" ("a\u202egnp.exe" TEXT)');
  const insert = database.prepare('INSERT INTO "b\u202etxt" VALUES (?)');
  for (const value of [...HEBREW, 'c\u202egpj']) insert.run(value);
  database.close();
}

describe.skipIf(!hasBrowser)(`the databases of the page${WITHOUT_BROWSER}`, () => {
  let server: DemoServer;
  let browser: Browser;
  let opened: OpenedPage;
  let page: Page;
  let files: string;

  beforeAll(async () => {
    server = await startDemoServer({
      uploadBytes: 100_000,
      prepare: (home) => {
        files = join(home, 'files');
        mkdirSync(files);
        writeFileSync(join(files, 'people.csv'), PEOPLE);
        makeTurningDatabase(join(home, 'databases', 'turning.sqlite'));
        writeFileSync(join(files, 'report.xlsx'), 'PK\u0003\u0004');
      },
    });
    await server.loaded;
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  afterEach(async () => {
    await page.context().close();
    expect(opened.errors).toEqual([]);
    expect(server.unexpected).toEqual([]);
  });

  async function open(...rest: [path: string, options?: Parameters<typeof openPage>[2]]) {
    const [path, options] = rest;
    opened = await openPage(browser, server.url + path, options);
    page = opened.page;
  }

  const choose = (name: string) =>
    page.locator('input[type=file]').setInputFiles(join(files, name));
  const upload = () => page.getByRole('button', { name: 'Upload', exact: true }).click();

  it('lists them with size, tables, rows and what is wrong', async () => {
    await open('/databases');
    const fund = page.locator('.database-list li').filter({ hasText: 'fund' });
    await fund.waitFor();
    expect(await fund.textContent()).toMatch(/3 tables · 18 rows · [\d.]+ kB/);
    const broken = page.locator('.database-list li').filter({ hasText: 'broken' });
    expect(await broken.textContent()).toContain('Cannot be read');
    expect(await broken.getByRole('link').count()).toBe(0);
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('makes a database of a CSV file, says what is wrong with others, and removes it again', {
    timeout: 180_000,
  }, async () => {
    await open('/databases');
    await choose('report.xlsx');
    expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('report');
    await upload();
    await page.getByRole('alert').getByText('a ZIP archive or an Excel file').waitFor();
    await choose('people.csv');
    await page.getByRole('textbox', { name: 'Name' }).fill('fund');
    await upload();
    await page.getByRole('alert').getByText('There is already a database called fund').waitFor();
    await page.getByRole('textbox', { name: 'Name' }).fill('people');
    await upload();
    await page.getByText('people can be asked now.').waitFor({ timeout: 60_000 });
    await page.getByRole('link', { name: 'people', exact: true }).click();
    await page.locator('.column-name', { hasText: 'city' }).waitFor();
    // Profiled while it was read: Rome three times of four.
    const city = page.locator('.columns li').filter({ hasText: 'city' });
    await city.getByText('2 different').waitFor();
    expect(await city.locator('.frequent-count').allTextContents()).toEqual(['3', '1']);
    await page.locator('.sample').getByText('Di', { exact: true }).waitFor();
    expect(await page.locator('.sample tbody tr').count()).toBe(4);
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.locator('.database-list li').filter({ hasText: 'fund' }).waitFor();
    await expect.poll(() => page.locator('.database-list').textContent()).not.toContain('people');
    await page.getByRole('status').getByText('people was removed.').waitFor();
    expect(await page.locator(':focus').textContent()).toBe('Databases');
  });

  it('shows tables with meaning, keys and first rows, and looks into it when it is told to', {
    timeout: 180_000,
  }, async () => {
    await open('/databases/fund');
    await page
      .getByRole('navigation', { name: 'Tables' })
      .getByText('fund', { exact: true })
      .click();
    await page.getByRole('region', { name: 'fund', exact: true }).waitFor();
    const manager = page.locator('.columns li').filter({ hasText: 'manager_id' });
    expect(await manager.textContent()).toContain('→ fund_manager.manager_id');
    // What looks like markup is text.
    await page.locator('.sample').getByText('<img src=x onerror=').waitFor();
    expect(await page.locator('main img').count()).toBe(0);
    await page.getByRole('button', { name: 'Look into it' }).click();
    const assets = page.locator('.columns li').filter({ hasText: 'total_assets' });
    await assets.getByText('all different').waitFor({ timeout: 60_000 });
    expect(await assets.textContent()).toContain('410.3 to 1,250.5');
    await manager.getByRole('button', { name: 'refers to fund_manager' }).click();
    await page.getByRole('region', { name: 'fund_manager' }).waitFor();
    expect(page.url()).toContain('table=fund_manager');
    await page.getByText('people who manage funds').first().waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('link', { name: 'Ask this database' }).click();
    expect(page.url()).toBe(`${server.url}/?db=fund`);
  });

  it('lets be said in place what a column means, by keyboard and mouse', {
    timeout: 120_000,
  }, async () => {
    await open('/databases/fund?table=fund_value');
    const column = page.locator('.columns li').filter({ hasText: 'net_value' });
    await column.getByRole('button', { name: 'Describe: net_value' }).focus();
    await page.keyboard.press('Enter');
    const input = page.getByRole('textbox', { name: 'What net_value means' });
    const focused = () => page.locator(':focus').getAttribute('aria-label');
    await expect.poll(focused).toBe('What net_value means');
    expect(await accessibilityProblems(page)).toEqual([]);
    // What looks like markup is text.
    await page.keyboard.type('<b>price</b> of one share | 单位净值');
    await page.keyboard.press('Enter');
    await column.getByText('<b>price</b> of one share', { exact: true }).waitFor();
    const change = column.getByRole('button', { name: 'Change: net_value' });
    await expect.poll(focused).toBe('Change: net_value');
    await change.click();
    expect(await input.inputValue()).toBe('<b>price</b> of one share | 单位净值');
    await input.fill('something else');
    await page.keyboard.press('Escape');
    await change.waitFor();
    expect(await column.textContent()).toContain('<b>price</b> of one share');

    await page.getByRole('button', { name: 'Change: fund_value' }).click();
    await page.getByRole('textbox', { name: 'What fund_value means' }).fill('quotes');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.locator('.table-list').getByText('quotes', { exact: true }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);

    await change.click();
    await input.fill('');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await column.getByRole('button', { name: 'Describe: net_value' }).waitFor();
  });

  it('names descriptions of what is gone, and says in Chinese what the rest means', async () => {
    const store = new DescriptionStore(join(server.home, 'descriptions'));
    writeFileSync(
      store.file('fund'),
      JSON.stringify({
        descriptions: [
          { table: 'fund_value', column: 'old_value', text: 'of the old kind' },
          { table: 'fund_value', column: 'month', text: 'day | 月份' },
        ],
      }),
    );
    await open('/databases/fund?table=fund_value', {
      locale: 'zh-CN',
      viewport: { width: 360, height: 740 },
    });
    await page.locator('.gone').getByText('fund_value.old_value').waitFor();
    await page.getByRole('button', { name: '修改: month' }).click();
    const input = page.getByRole('textbox', { name: 'month 的含义' });
    expect(await input.inputValue()).toBe('day | 月份');
    expect(await overflow(page)).toBe(0);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByText('月份', { exact: true }).waitFor();
    await page.getByRole('button', { name: '删除这些说明' }).click();
    await expect.poll(() => page.locator('.gone').count()).toBe(0);
    expect(store.read('fund')).toEqual([
      { table: 'fund_value', column: 'month', text: 'day | 月份' },
    ]);
  });

  it('takes the keyboard to the list, and says so, after one was removed there', {
    timeout: 120_000,
  }, async () => {
    await open('/databases', { locale: 'zh-CN' });
    await choose('people.csv');
    await page.getByRole('button', { name: '上传', exact: true }).click();
    await page.getByRole('button', { name: '删除 people' }).click({ timeout: 60_000 });
    await page.getByRole('dialog').getByRole('button', { name: '删除', exact: true }).click();
    await page.getByRole('status').getByText('已删除 people。').waitFor();
    await expect.poll(() => page.locator('.database-list').textContent()).not.toContain('people');
    expect(await page.locator(':focus').textContent()).toBe('数据库');
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('keeps the direction of names and values to themselves', async () => {
    await open('/databases/turning');
    await page.locator('.sample tbody tr').first().waitFor();
    const column = page.locator('.column-name').first();
    expect(await column.textContent()).toBe('a\ufffdgnp.exe');
    expect(await page.locator('main').innerHTML()).not.toMatch(TURNING);
    // Where each value begins, in the order in which they were written.
    const places = await page.evaluate<readonly number[]>(`(() => {
      const text = document.querySelector('.column-samples').firstChild;
      return ${JSON.stringify(HEBREW)}.map((value) => {
        const range = document.createRange();
        range.setStart(text, text.data.indexOf(value));
        range.setEnd(text, text.data.indexOf(value) + value.length);
        return range.getBoundingClientRect().left;
      });
    })()`);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('draws the relations, with the keyboard too', async () => {
    await open('/databases/fund', { colorScheme: 'dark' });
    await page.getByRole('tab', { name: 'Tables' }).focus();
    await page.keyboard.press('ArrowRight');
    const diagram = page.getByRole('img', { name: 'Diagram of 2 related tables' });
    await diagram.waitFor();
    expect(await diagram.locator('.box-name').allTextContents()).toEqual(['fund', 'fund_manager']);
    expect(await diagram.locator('.arrow').count()).toBe(1);
    await page.getByText('Without relations: fund_value').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('says when there is no such database', async () => {
    await open('/databases/nothing');
    await page.getByRole('alert').getByText('There is no database called “nothing”').waitFor();
    await page.getByRole('link', { name: 'All databases' }).click();
    await page.locator('.database-list').waitFor();
  });

  it('fits a narrow screen and speaks Chinese', async () => {
    await open('/databases/fund', { viewport: { width: 360, height: 740 }, locale: 'zh-CN' });
    await page.getByText('对此数据库提问').waitFor();
    await page.getByText('基金经理').first().waitFor();
    expect(await overflow(page)).toBe(0);
    await page.goto(`${server.url}/databases`);
    await page.getByText('添加数据库').waitFor();
    expect(await overflow(page)).toBe(0);
  });
});

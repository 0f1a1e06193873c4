/** Labelling tables and reviewing examples in a real Chromium, with a listening server and real jobs. */
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type DemoServer, startDemoServer } from './demo-server.ts';
import {
  accessibilityProblems,
  hasBrowser,
  launchBrowser,
  openPage,
  overflow,
  WITHOUT_BROWSER,
} from './page-browser.ts';

/** Jobs run at the lowest priority; a busy machine lets them wait. */
const PATIENCE = 120_000;

/** 90 things; what is 45 or more is large. The last row lacks cells. */
const TABLE = [
  'id,size,colour,kind',
  ...Array.from(
    { length: 89 },
    (_, i) => `u-${i},${(i * 37) % 89},${i % 2 === 0 ? 'red' : '<b>blue</b>'},`,
  ),
  'u-89,3,red',
].join('\n');

describe.skipIf(!hasBrowser)(`the pages Classify and Examples${WITHOUT_BROWSER}`, () => {
  let server: DemoServer;
  let browser: Browser;
  let page: Page;
  let errors: readonly string[] = [];

  beforeAll(async () => {
    server = await startDemoServer();
    await server.loaded;
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    expect(server?.unexpected).toEqual([]);
    await server?.close();
  });

  afterEach(async () => {
    await page?.context().close();
    expect(errors).toEqual([]);
  });

  /** A fresh page; what it reports as an error or asks of another server ends in `errors`. */
  async function open(path: string, options: BrowserContextOptions = {}): Promise<void> {
    ({ page, errors } = await openPage(browser, server.url + path, options));
    page.setDefaultTimeout(30_000);
  }

  const rows = () => page.getByRole('grid').locator('tbody tr');
  const drop = (name: string, text: string, input = 'input[type=file]') =>
    page.locator(input).setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

  it('labels a table by keyboard and mouse, and follows each label with figures', async () => {
    await open('/classify');
    await page.getByRole('button', { name: 'Bank marketing' }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await drop('things.csv', TABLE);
    // The column with gaps is the one to predict.
    await page.getByRole('heading', { name: 'What do you want to know of each row?' }).waitFor();
    expect(await page.getByLabel('Column to predict').inputValue()).toBe('kind');
    expect(await page.getByRole('checkbox', { name: /^size/ }).isChecked()).toBe(true);
    expect(await page.getByRole('checkbox', { name: /^id/ }).isChecked()).toBe(false);
    await page.getByLabel('Its labels, with commas').fill('large, small');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Begin' }).click();
    await rows().first().waitFor();
    await page.getByText('Label one row of two labels').waitFor();

    await rows().first().focus();
    for (let i = 0; i < 24; i++) {
      const size = Number(await rows().nth(i).locator('td').nth(3).textContent());
      await rows().nth(i).and(page.locator('[aria-selected=true]')).waitFor();
      await page.keyboard.press(size >= 45 ? '1' : '2');
    }
    await page.getByText('24 of 90 rows labelled').waitFor();
    const glance = page.locator('.glance');
    await glance.waitFor();
    expect(await glance.locator('strong').first().textContent()).toMatch(/^(1\.00|0\.[5-9]\d)$/);
    // A row without a label: probability as a bar and a number, and why.
    await page.getByRole('heading', { name: 'This row 25' }).waitFor();
    await page
      .locator('.reasons')
      .getByText(/^size is \d+: speaks for (large|small)/)
      .waitFor();
    expect(await rows().nth(24).locator('.guess').textContent()).toMatch(/\d+ %/);

    // Taken back by keyboard, given again by mouse.
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('0');
    await page.getByText('23 of 90 rows labelled').waitFor();
    await rows().nth(23).getByRole('button', { name: '2 small' }).click();
    await page.getByText('24 of 90 rows labelled').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);

    // What it is least sure of comes first, and the keyboard is there.
    await expect.poll(() => page.getByText('Learning …').count()).toBe(0);
    await page.getByRole('button', { name: 'Suggest what to label next' }).click();
    await page.getByRole('button', { name: 'More suggestions' }).waitFor();
    await expect.poll(() => rows().count()).toBe(20);
    const first = Number(await rows().first().locator('td').nth(3).textContent());
    expect(Math.abs(first - 45)).toBeLessThan(25);
    await page.keyboard.press(first >= 45 ? '1' : '2');
    await page.getByText('25 of 90 rows labelled').waitFor();

    await page.getByLabel('Rows shown').selectOption('With faults');
    await expect.poll(() => rows().count()).toBe(1);
    await page.getByText('has 3 cells where the header has 4').first().waitFor();
  });

  it('shows figures with intervals, cuts by cost, and what counts', async () => {
    await open('/classify', { colorScheme: 'dark' });
    await page.getByRole('link', { name: 'things.csv' }).click();
    await rows().first().waitFor();
    // Markup of the data stays text.
    await page.getByText('<b>blue</b>').first().waitFor();
    await page.getByRole('tab', { name: 'How good' }).click();
    await page.getByRole('cell', { name: 'AUC', exact: true }).waitFor();
    const cells = await page.getByRole('row', { name: /^AUC/ }).getByRole('cell').allTextContents();
    expect(cells[2]).toMatch(/^\d\.\d{3} – \d\.\d{3}$/);
    expect(cells[3]).toBe('0.500');
    await page.getByLabel('When to say small').selectOption('Where mistakes cost least');
    await page.getByLabel('Cost of a miss').fill('50');
    await page.getByRole('button', { name: 'Use', exact: true }).click();
    await page.getByText(/small is said from (?!50 %)[\d.]+ % on/).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('tab', { name: 'What counts' }).click();
    expect(await page.locator('.importance dt').first().textContent()).toBe('size');
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it(
    'labels all rows, hands over the file, keeps the model and uses it on another file',
    async () => {
      await open('/classify');
      await page.getByRole('link', { name: 'things.csv' }).click();
      await page.getByRole('tab', { name: 'Label all rows' }).click();
      await page.getByRole('button', { name: 'Label all rows' }).click();
      await page.getByText('90 rows are labelled.').waitFor({ timeout: PATIENCE });
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Download the table with labels' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('things-labelled.csv');
      const lines = readFileSync(await download.path(), 'utf8')
        .trim()
        .split('\n');
      expect(lines[0]).toBe(
        'id,size,colour,kind,prediction,p_large,p_small,margin,reasons,warnings',
      );
      expect(lines).toHaveLength(91);
      expect(lines.slice(1).every((line) => /^[^,]*,\d+,[^,]*,(large|small),/.test(line))).toBe(
        true,
      );
      expect(await accessibilityProblems(page)).toEqual([]);
      await page.getByRole('button', { name: 'Keep the model' }).click();
      await page.getByText('quaestor classify FILE.csv --model things').waitFor();

      await page.getByRole('link', { name: 'All tables' }).click();
      await page.getByRole('button', { name: 'Card' }).click();
      await page.getByText('## How good it is').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Use on a file' }).click();
      await drop('wrong.csv', 'Size,SIZE\n1,1', 'dialog input[type=file]');
      await page.getByText('size (numeric) is missing; is it "Size"?').waitFor();
      await drop('other.csv', 'size,colour,more\n1,red,2\n88,red,3', 'dialog input[type=file]');
      await page.getByText('The table fits.').waitFor();
      await page.getByText('column more was not learned from').waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);
      await page.getByRole('button', { name: 'Label its rows' }).click();
      await page.getByText('2 rows are labelled.').waitFor({ timeout: PATIENCE });
      await page.keyboard.press('Escape');

      await page.getByRole('button', { name: 'Remove things', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
      await page.getByText('No model yet.').waitFor();
      await page.getByRole('status').getByText('things was removed.').waitFor();
      expect(await page.locator(':focus').textContent()).toBe('Classify');
    },
    2 * PATIENCE,
  );

  it('says that labels have changed since all rows were labelled, after a reload, too', async () => {
    await open('/classify');
    await page.getByRole('link', { name: 'things.csv' }).click();
    const stale = page.getByText('Labels or settings have changed since.');
    await page.getByRole('tab', { name: 'Label all rows' }).click();
    await page.getByText('90 rows are labelled.').waitFor();
    expect(await stale.count()).toBe(0);
    await page.getByRole('tab', { name: 'Label', exact: true }).click();
    await rows().first().focus();
    await page.keyboard.press('0');
    await page.getByText('24 of 90 rows labelled').waitFor();
    await page.getByRole('tab', { name: 'Label all rows' }).click();
    await stale.waitFor();
    await page.reload();
    await page.getByRole('tab', { name: 'Label all rows' }).click();
    await stale.waitFor();
  });

  it('says why a labelling stands still, and lets it be stopped', async () => {
    await open('/classify');
    await page.clock.install();
    await page.getByRole('link', { name: 'things.csv' }).click();
    await page.getByRole('tab', { name: 'Label all rows' }).click();
    await page.getByRole('button', { name: /^(Label all rows|Run again)/ }).click();
    const still = page.getByText(/^Nothing has moved for a minute/);
    const aMinuteLater = async () => {
      await page.clock.fastForward(61_000);
      return still.count();
    };
    await expect.poll(aMinuteLater, { timeout: PATIENCE }).toBe(1);
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect.poll(() => still.count(), { timeout: PATIENCE }).toBe(0);
  });

  it('fits a narrow screen, in Chinese', async () => {
    await open('/classify', { viewport: { width: 360, height: 740 }, locale: 'zh-CN' });
    await page.getByRole('link', { name: 'things.csv' }).click();
    await rows().first().waitFor();
    await page.locator('.glance').waitFor();
    expect(await overflow(page)).toBe(0);
    await page.getByRole('tab', { name: '效果' }).click();
    await page.locator('.report').waitFor();
    expect(await overflow(page)).toBe(0);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('link', { name: '所有表格' }).click();
    await page.getByRole('button', { name: '删除表格 things.csv' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '删除' }).click();
    await page.getByText('还没有表格。').waitFor();
    expect(await overflow(page)).toBe(0);
  });

  it('labels nothing for a target that was chosen elsewhere, and says so', async () => {
    const table = [
      'size,churned,fraud',
      ...Array.from({ length: 30 }, (_, i) => `${(i * 7) % 30},,`),
    ];
    await open('/classify');
    await drop('two.csv', table.join('\n'));
    await page.getByLabel('Column to predict').selectOption('churned');
    await page.getByLabel('Its labels, with commas').fill('no, yes');
    await page.getByRole('button', { name: 'Begin' }).click();
    await rows().first().waitFor();
    const id = new URL(page.url()).searchParams.get('table');
    const labelling = `${server.url}/api/labellings/${id}`;
    await fetch(`${labelling}/settings`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ target: 'fraud', classes: ['no', 'yes'] }),
    });
    await rows().first().focus();
    await page.keyboard.press('1');
    await page.getByText(/predicts fraud by now, not churned/).waitFor();
    await expect.poll(() => page.getByRole('columnheader').nth(1).textContent()).toBe('fraud');
    await page.getByRole('columnheader', { name: 'churned' }).waitFor();
    expect(await (await fetch(labelling)).json()).toMatchObject({ target: 'fraud', given: 0 });
    // The same key labels what is shown now.
    await rows().first().focus();
    await page.keyboard.press('1');
    await page.getByText('1 of 30 rows labelled').waitFor();
  });

  it('goes on to the rows without a label that are left, and passes none over', async () => {
    const table = Array.from(
      { length: 40 },
      (_, i) => `${(i * 7) % 40},${['a', 'b', 'a'][i] ?? ''}`,
    );
    await open('/classify');
    await drop('gaps.csv', ['size,kind', ...table].join('\n'));
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByLabel('Rows shown').selectOption('Without a label');
    const numbers = () => rows().locator('td:first-child').allTextContents();
    await expect.poll(async () => (await numbers())[0]).toBe('4');
    await rows().first().focus();
    for (let i = 0; i < 25; i++) {
      await rows().nth(i).and(page.locator('[aria-selected=true]')).waitFor();
      await page.keyboard.press('1');
    }
    await expect.poll(numbers).toEqual(Array.from({ length: 12 }, (_, i) => `${29 + i}`));
    await page.getByText('28 of 40 rows labelled').waitFor();
    // Rows of all kinds, forwards and back.
    await page.getByLabel('Rows shown').selectOption('All rows');
    await page.getByText('1–25 of 40').waitFor();
    await page.getByRole('button', { name: 'Next', exact: true }).click();
    await page.getByText('26–40 of 40').waitFor();
    await page.getByRole('button', { name: 'Previous', exact: true }).click();
    await page.getByText('1–25 of 40').waitFor();
  });

  it('keeps a threshold while the classes stay, commas in them or not', async () => {
    const table = Array.from(
      { length: 80 },
      (_, i) =>
        `K${i},${(i * 7) % 40},${i % 5},${(i * 7) % 40 > 19 ? '"Sales, Marketing"' : 'Other'}`,
    );
    await open('/classify');
    await drop('departments.csv', ['customer,size,floor,department', ...table].join('\n'));
    await page.getByLabel('Column to predict').selectOption('department');
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByRole('tab', { name: 'How good' }).click();
    const rule = page.getByLabel('When to say Sales, Marketing');
    await rule.selectOption('Where mistakes cost least');
    await page.getByRole('button', { name: 'Use', exact: true }).click();
    const said = page.getByText(/Sales, Marketing is said from (?!50 %)[\d.]+ % on/);
    await said.waitFor();
    await page.getByRole('button', { name: 'Target and columns' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('checkbox', { name: /^floor/ }).uncheck();
    await dialog.getByLabel('Rows that belong together').selectOption('customer');
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('tab', { name: 'How good' }).click();
    await said.waitFor();
    expect(await rule.inputValue()).toBe('cost');
    await page.getByRole('button', { name: 'Target and columns' }).click();
    const group = dialog.getByLabel('Rows that belong together');
    expect(await group.inputValue()).toBe('customer');
    // One more class, beside those of the column.
    await dialog.getByLabel('More labels, with commas (optional)').fill('Board');
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('tab', { name: 'Label', exact: true }).click();
    await rows().first().getByRole('button', { name: '1 Board' }).waitFor();
    await rows().first().getByRole('button', { name: '3 Sales, Marketing' }).waitFor();
  });

  it('keeps numbers and labels of rows in sight, however wide the table is', async () => {
    const names = Array.from({ length: 120 }, (_, i) => `measure-${i}`);
    const cells = (row: number) => names.map((_, i) => (row * 7 + i * 13) % 40);
    const lines = Array.from({ length: 40 }, (_, i) => `${cells(i)},${['a', 'b'][i] ?? ''}`);
    await open('/classify');
    await drop('wide.csv', [`${names},kind`, ...lines].join('\n'));
    await page.getByRole('button', { name: 'Begin' }).click();
    await rows().first().waitFor();
    await page.locator('.grid-scroll').evaluate((box) => box.scrollTo(5000, 300));
    const first = rows().nth(12);
    const left = (await page.locator('.grid-scroll').boundingBox())?.x ?? 0;
    const [number, label] = [first.locator('td').nth(0), first.locator('td').nth(1)];
    expect((await number.boundingBox())?.x).toBeCloseTo(left, -1);
    expect((await label.boundingBox())?.x).toBeLessThan(left + 100);
    // They cover what passes under them.
    const background = await page.evaluate(
      "getComputedStyle(document.querySelectorAll('.grid-scroll tbody tr')[12].cells[0]).backgroundColor",
    );
    expect(background).toMatch(/^rgb\(/);
    await first.click();
    await first.getByRole('button', { name: '1 a' }).click();
    await page.getByText('3 of 40 rows labelled').waitFor();
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await overflow(page)).toBe(0);
  });

  it('begins with a sample whose labels are all there', async () => {
    await open('/classify');
    await page.getByRole('button', { name: 'Blood transfusion' }).click();
    expect(await page.getByLabel('Column to predict').inputValue()).toBe('label');
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByText('748 of 748 rows labelled').waitFor();
    await page.getByText('A quick look from 200 of 748 labelled rows').waitFor();
    await page.getByRole('button', { name: 'Suggest what to label next' }).click();
    await page.getByText('Every row has a label').waitFor();
  });

  it('warns of what the labels so far show, before the table is labelled', async () => {
    await open('/classify', { locale: 'zh-CN' });
    const lines = Array.from({ length: 40 }, (_, i) => `${i % 2 ? 'A' : 'B'},${i},${i % 2}`);
    await drop('telling.csv', ['grade,size,kind', ...lines].join('\n'));
    await page.getByLabel('要预测的列').selectOption('kind');
    await page.getByRole('button', { name: '开始' }).click();
    const warned = page.getByText('仅凭列“grade”就能得出“kind”，它是在知道标签之前就有的吗？');
    await warned.waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await overflow(page)).toBe(0);
  });

  it('says what is wrong with a file', async () => {
    await open('/classify');
    await drop('empty.csv', 'a,b\n');
    await page.getByRole('alert').getByText('The table has a header and no rows.').waitFor();
    await drop('book.csv', 'PK\u0003\u0004 and so on');
    await page
      .getByRole('alert')
      .getByText(/Excel file/)
      .waitFor();
    // The refusals themselves are no fault of the page.
  });

  const propose = (question: string, sql: string) =>
    fetch(`${server.url}/api/examples`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ database: 'fund', question, sql }),
    });

  it('reviews examples: rows, edit, approve, take back', async () => {
    await propose('How many managers are there?', 'SELECT count(*) AS managers FROM fund_manager');
    await propose('Which notes are there?', 'SELECT note FROM fund WHERE note IS NOT NULL');
    await open('/examples');
    const card = (question: string) => page.getByRole('article', { name: question });
    await card('Which notes are there?').getByText('<img src=x onerror=').waitFor();
    expect(await page.locator('article img').count()).toBe(0);
    await card('How many managers').getByRole('cell', { name: '3', exact: true }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);

    await page.getByRole('button', { name: 'Edit: How many managers are there?' }).click();
    await page.getByLabel('SQL').fill('DELETE FROM fund');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('SQL').fill('SELECT count(*) AS people FROM fund_manager');
    await page.getByRole('button', { name: 'Save' }).click();
    await card('How many managers').getByRole('columnheader', { name: 'people' }).waitFor();

    await page.getByRole('button', { name: 'Approve: How many managers are there?' }).click();
    await page.getByText('Approved: it guides answers from now on.').waitFor();
    await page.getByRole('button', { name: 'Reject: Which notes are there?' }).click();
    await page.getByText('Nothing to review.').waitFor();
    await page.getByRole('tab', { name: 'Approved' }).click();
    await card('How many managers').getByText('reviewed by you').waitFor();
    await page.getByRole('button', { name: /^Take back/ }).click();
    await page.getByText('No approved example yet.').waitFor();
    await page.getByRole('tab', { name: 'Rejected' }).click();
    await expect.poll(() => page.getByRole('article').count()).toBe(2);
    expect(await page.getByRole('link', { name: 'Train on these' }).getAttribute('href')).toBe(
      '/train',
    );
  });

  it('takes an example that is entered, at phone width in the dark', async () => {
    await open('/examples', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
    await page.getByRole('button', { name: 'Add one' }).click();
    await page.getByLabel('Database').selectOption('fund');
    await page.getByLabel('Question').fill('How many funds have a note?');
    await page.getByLabel('SQL').fill('SELECT count(note) FROM fund');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Send for review' }).click();
    await page.getByRole('heading', { name: 'How many funds have a note?' }).waitFor();
    expect(await overflow(page)).toBe(0);
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});

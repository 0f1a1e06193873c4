/** The page in a real Chromium. Left out, with the reason in its name, where there is none. */
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DemoServer, ENDLESS, SCRIPT, startDemoServer } from './demo-server.ts';

const CHROMIUM = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path));
const DOCTORATE = 'Which fund managers have a doctorate?';
const EACH_FUND = 'What are the total assets of each fund?';

describe.skipIf(CHROMIUM === undefined)(
  `the page${CHROMIUM === undefined ? ' (left out: no Chromium here; set CHROMIUM_PATH)' : ''}`,
  () => {
    let server: DemoServer;
    let browser: Browser;
    let page: Page;
    let errors: string[];

    beforeAll(async () => {
      server = await startDemoServer();
      await server.loaded;
      browser = await chromium.launch({
        executablePath: CHROMIUM ?? '',
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-quic',
          '--no-first-run',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
        ],
      });
    });

    afterAll(async () => {
      await browser?.close();
      await server?.close();
    });

    beforeEach(async () => {
      page = await openPage();
    });

    afterEach(async () => {
      await page.context().close();
      expect(errors).toEqual([]);
    });

    /** A fresh page; whatever it reports as an error or asks of another server ends in `errors`. */
    async function openPage(options: BrowserContextOptions = {}, url = server.url): Promise<Page> {
      errors = [];
      const context = await browser.newContext({
        viewport: { width: 1280, height: 900 },
        ...options,
      });
      const opened = await context.newPage();
      opened.setDefaultTimeout(15_000);
      opened.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
      });
      opened.on('pageerror', (error) => errors.push(error.message));
      opened.on('request', (request) => {
        if (!request.url().startsWith(url) && !request.url().startsWith('blob:'))
          errors.push(request.url());
      });
      await opened.goto(url);
      return opened;
    }

    async function ask(question: string): Promise<void> {
      await page.locator('.chip').first().waitFor();
      await page.getByLabel('What do you want to know?').fill(question);
      await page.keyboard.press('Enter');
    }

    const answered = () => page.locator('.trace > summary').waitFor();
    const cells = () => page.locator('tbody td').allTextContents();

    it('answers with stages, SQL, rows and reasons', async () => {
      await ask(DOCTORATE);
      await answered();
      expect(await page.locator('article h2').textContent()).toBe(DOCTORATE);
      expect(await cells()).toEqual(['Chen Hao', 'PhD', 'Lin Yue', 'PhD']);
      const sql = (await page.locator('pre.sql').textContent()) ?? '';
      expect(sql.replaceAll('\n', ' ')).toBe(SCRIPT[DOCTORATE]);
      expect(await page.locator('.sql-string').textContent()).toBe("'PhD'");
      const why = page.getByRole('region', { name: 'Why this SQL' });
      expect(await why.locator('.scores .name').first().textContent()).toBe('fund_manager');
      expect(await why.locator('.scores .score').first().textContent()).toMatch(
        /^score [01]\.\d\d$/,
      );
      await why.getByText(/The prompt that the model read/).click();
      expect(await why.locator('.prompt pre').textContent()).toContain(DOCTORATE);
      await page.locator('.trace > summary').click();
      expect(await page.locator('.trace .stage').count()).toBeGreaterThan(3);
    });

    it('shows the stages while they happen, and cancels', async () => {
      await ask(ENDLESS);
      await page.getByText('Wrote the prompt').waitFor();
      await page.getByText('Writing SQL').waitFor();
      const before = server.generator.aborted;
      await page.getByRole('button', { name: 'Cancel' }).click();
      await expect.poll(() => server.generator.aborted).toBe(before + 1);
      expect(await page.locator('article').count()).toBe(0);
      expect(await page.getByRole('button', { name: 'Ask', exact: true }).isVisible()).toBe(true);
    });

    it('draws bars for labels and a line for dates, each beside its table', async () => {
      await ask(EACH_FUND);
      await page.getByRole('img', { name: /^Bar chart of total_assets by fund_name/ }).waitFor();
      expect(
        await page.locator('.plot [aria-label="bar"] path, .plot [aria-label="bar"] rect').count(),
      ).toBe(3);
      expect(await page.locator('td.number').allTextContents()).toEqual([
        '1,250.50',
        '830.00',
        '410.25',
      ]);
      await ask('What was the net value of the fund each month?');
      await page.getByRole('img', { name: /^Line chart of net_value by month/ }).waitFor();
      expect(await page.locator('tbody tr').count()).toBe(12);
    });

    it('shows a single value as a figure', async () => {
      await ask('How many funds are there?');
      await answered();
      expect(await page.locator('.figure .value').textContent()).toBe('3');
      expect(await page.locator('table').count()).toBe(0);
    });

    it('takes a question in Chinese', async () => {
      await ask('哪些基金经理有博士学位？');
      await answered();
      expect(await cells()).toEqual(['Chen Hao', 'Lin Yue']);
    });

    it('shows markup from the data as text', async () => {
      await ask('Which fund has the note?');
      await answered();
      expect((await cells())[1]).toContain('<img src=x onerror=');
      expect(await page.locator('article img').count()).toBe(0);
      expect(await page.title()).toBe('Quaestor');
    });

    it('works with the keyboard alone', async () => {
      await page.locator('.chip').first().waitFor();
      await page.keyboard.type(DOCTORATE);
      await page.keyboard.press('Enter');
      await answered();
      expect(await page.locator('#announcement').textContent()).toMatch(
        /^Answered in .*: 2 rows\.$/,
      );
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await expect.poll(() => page.locator('#history-list li').count()).toBe(2);
      await page.locator('body').press('/');
      expect(await page.locator('#question:focus').count()).toBe(1);
      await page.keyboard.press('Control+A');
      await page.keyboard.type(ENDLESS);
      await page.keyboard.press('Enter');
      await page.getByText('Writing SQL').waitFor();
      await page.keyboard.press('Escape');
      await expect.poll(() => page.locator('#announcement').textContent()).toBe('Cancelled.');
    });

    it('says in a sentence why there is no answer, and keeps the question', async () => {
      await ask('Which fund managers are to be deleted?');
      const alert = page.getByRole('alert');
      await alert.waitFor();
      expect(await alert.textContent()).toContain('DELETE');
      expect(await page.getByLabel('What do you want to know?').inputValue()).toContain('deleted');
      expect(await page.locator('#history-list .failed').count()).toBe(1);
    });

    it('shows earlier answers again', async () => {
      await ask(DOCTORATE);
      await answered();
      await ask('How many funds are there?');
      await page.locator('.figure').waitFor();
      await page.getByRole('navigation').getByRole('button', { name: DOCTORATE }).click();
      expect(await cells()).toEqual(['Chen Hao', 'PhD', 'Lin Yue', 'PhD']);
    });

    it('downloads the rows as CSV and copies the SQL', async () => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await ask(DOCTORATE);
      await answered();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Download CSV' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('which-fund-managers-have-a-doctorate.csv');
      await page.getByRole('button', { name: 'Copy' }).click();
      await page.getByText('Copied').waitFor();
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(SCRIPT[DOCTORATE]);
    });

    it('lists tables and columns, and filters them', async () => {
      await page.getByText('Tables and columns', { exact: true }).click();
      expect(await page.locator('.schema-table').count()).toBe(3);
      await page.getByLabel('Filter tables and columns').fill('highest degree');
      expect(await page.locator('.schema-table:visible').count()).toBe(1);
      expect(await page.locator('.schema-table:visible li').count()).toBe(3);
    });

    it('fits a narrow screen', async () => {
      await page.context().close();
      page = await openPage({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
      await ask(EACH_FUND);
      await page.getByRole('img', { name: /^Bar chart/ }).waitFor();
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(overflow).toBe(0);
    });

    it('waits for a model that is still loading, and then asks', async () => {
      let loadNow = () => {};
      const beforeLoad = new Promise<void>((resolve) => {
        loadNow = resolve;
      });
      const loading = await startDemoServer({ beforeLoad });
      await page.context().close();
      page = await openPage({}, loading.url);
      await page.getByText('Model is loading: reading weights 50 %').waitFor();
      await ask(DOCTORATE);
      await page.getByText('Waiting for the model').waitFor();
      loadNow();
      await answered();
      expect(await cells()).toEqual(['Chen Hao', 'PhD', 'Lin Yue', 'PhD']);
      await page.context().close();
      await loading.close();
    });

    /** Calls a function of one of the page's modules, in the page. */
    function call<T>(module: string, name: string, ...values: readonly unknown[]): Promise<T> {
      const [from, called, spread] = [module, name, values].map((value) => JSON.stringify(value));
      return page.evaluate(`import(${from}).then((module) => module[${called}](...${spread}))`);
    }

    it('writes CSV that no spreadsheet runs', async () => {
      const rows = [
        ['=1+1', 'say "hi"'],
        [-2, null],
        ['@x', '中\n文'],
      ];
      expect(await call('/csv.js', 'toCsv', ['a', 'b,c'], rows)).toBe(
        '\uFEFFa,"b,c"\r\n\'=1+1,"say ""hi"""\r\n-2,\r\n\'@x,"中\n文"\r\n',
      );
    });

    it('colours SQL without changing it', async () => {
      const sql = "SELECT \"a b\", 'it''s' FROM t -- from\nWHERE x > 1.5";
      const tokens = await call<{ kind: string; text: string }[]>('/sql.js', 'tokenize', sql);
      const texts = (kind: string) =>
        tokens.filter((token) => token.kind === kind).map(({ text }) => text);
      expect(tokens.map(({ text }) => text).join('')).toBe(sql);
      expect(texts('keyword')).toEqual(['SELECT', 'FROM', 'WHERE']);
      expect(texts('string')).toEqual(["'it''s'"]);
      expect(texts('name')).toEqual(['"a b"']);
      expect(texts('comment')).toEqual(['-- from']);
      expect(texts('number')).toEqual(['1.5']);
    });

    it('draws only what has one amount and one label, date, year or code', async () => {
      const name = (index: number) => `name ${index}`;
      const cases = [
        ['bar', ['name', 'total'], 3, (i: number) => [name(i), i]],
        ['line', ['month', 'total'], 3, (i: number) => [`2024-0${i + 1}`, i]],
        ['line', ['year', 'total'], 4, (i: number) => [2019 + i, i]],
        ['bar', ['fund_id', 'total'], 3, (i: number) => [2001 + i, i]],
        [null, ['low', 'high'], 3, (i: number) => [i, i]],
        [null, ['name', 'fund_id'], 3, (i: number) => [name(i), i]],
        [null, ['name', 'low', 'high'], 3, (i: number) => [name(i), i, i]],
        [null, ['name', 'total'], 3, (i: number) => ['same', i]],
        [null, ['name', 'total'], 1, (i: number) => [name(i), i]],
        [null, ['name', 'total'], 201, (i: number) => [name(i), i]],
      ] as const;
      for (const [kind, columns, length, row] of cases) {
        const rows = Array.from({ length }, (_, index) => row(index));
        const chart = await call<{ kind: string } | null>('/chart.js', 'chartFor', columns, rows);
        expect(chart?.kind ?? null, `${columns} × ${length}`).toBe(kind);
      }
    });

    it('offers short questions first, with Chinese ones on every page', async () => {
      const questions = [...'abcdefg'].map((letter) => `Question ${letter}?`);
      const all = [...questions, '有多少基金？', '有多少公司？', 'long '.repeat(20)];
      expect(await call('/examples.js', 'examplePages', all)).toEqual([
        ['Question a?', 'Question c?', 'Question e?', 'Question g?', '有多少基金？'],
        ['Question b?', 'Question d?', 'Question f?', '有多少公司？'],
      ]);
      expect(await call('/examples.js', 'examplePages', [])).toEqual([]);
    });

    it('shows an earlier answer while another is on its way, which it cancels', async () => {
      await ask(DOCTORATE);
      await answered();
      await ask(ENDLESS);
      await page.getByText('Writing SQL').waitFor();
      await page.getByRole('navigation').getByRole('button', { name: DOCTORATE }).click();
      await expect.poll(() => page.locator('#announcement').textContent()).toBe('Cancelled.');
      expect(await cells()).toEqual(['Chen Hao', 'PhD', 'Lin Yue', 'PhD']);
    });
  },
);

/** The frame of the page and Ask in a real Chromium. Left out, with the reason, where there is none. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions, Download } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openKeyStore } from '../apps/server/src/access/key-store.ts';
import { demoPages } from './demo-pages.ts';
import { ENDLESS, SCRIPT, startDemoServer } from './demo-server.ts';
import { accessibilityProblems, hasBrowser, WITHOUT_BROWSER } from './page-browser.ts';

const DOCTORATE = 'Which fund managers have a doctorate?';
const EACH_FUND = 'What are the total assets of each fund?';
const HOW_MANY = 'How many funds are there?';
const EACH_MONTH = 'What was the net value of the fund each month?';

describe.skipIf(!hasBrowser)(`the page${WITHOUT_BROWSER}`, () => {
  const web = demoPages();
  const { open } = web;

  const question = () => web.page.getByLabel('What do you want to know?');
  const turn = (index: number) => web.page.locator('.turn').nth(index);
  const cells = (of = turn(0)) => of.locator('tbody td').allTextContents();
  const tab = (name: string, of = turn(0)) => of.getByRole('tab', { name, exact: true });

  async function ask(text: string, index = 0): Promise<void> {
    await web.page.locator('.chip').first().waitFor();
    await question().fill(text);
    await web.page.keyboard.press('Enter');
    await tab('Answer', turn(index)).waitFor();
  }

  /** Puts a statement in place of the one in the editor. */
  async function write(statement: string): Promise<void> {
    await web.page.locator('.cm-content').click();
    await web.page.keyboard.press('Control+A');
    await web.page.keyboard.insertText(statement);
    // Closes what the editor offers.
    await web.page.keyboard.press('Escape');
  }

  async function saved(click: Promise<void>): Promise<{ name: string; content: Buffer }> {
    const [download] = await Promise.all([web.page.waitForEvent('download'), click]);
    return { name: download.suggestedFilename(), content: readFileSync(await pathOf(download)) };
  }

  const pathOf = async (download: Download) => (await download.path()) ?? '';

  it('answers with rows, SQL and reasons', async () => {
    await ask(DOCTORATE);
    expect(await turn(0).getByRole('heading', { level: 2 }).textContent()).toBe(DOCTORATE);
    expect(await cells()).toEqual(['Chen Hao', 'PhD', 'Lin Yue', 'PhD']);
    expect(await turn(0).locator('.explanation').textContent()).toContain('fund_manager');
    await tab('SQL').click();
    expect(await web.page.locator('.cm-content').textContent()).toBe(SCRIPT[DOCTORATE]);
    await tab('Why').click();
    expect(await web.page.locator('.scores .name').first().textContent()).toBe('fund_manager');
    expect(await web.page.locator('.scores .score').first().textContent()).toMatch(
      /^score [01]\.\d\d$/,
    );
    await web.page.getByText(/The prompt that the model read/).click();
    expect(await web.page.locator('.fold[open] pre').textContent()).toContain(DOCTORATE);
    expect(await web.page.locator('.times .stage').count()).toBeGreaterThan(3);
  });

  it('shows the stages while they happen, and stops', async () => {
    await web.page.locator('.chip').first().waitFor();
    await question().fill(ENDLESS);
    await web.page.keyboard.press('Enter');
    await web.page.getByText('Wrote the prompt').waitFor();
    await web.page.getByText('Writing SQL').waitFor();
    const before = web.server.generator.aborted;
    await web.page.getByRole('button', { name: 'Stop' }).click();
    await expect.poll(() => web.server.generator.aborted).toBe(before + 1);
    await turn(0).getByText('Stopped.').waitFor();
    expect(await web.page.getByRole('button', { name: 'Ask', exact: true }).isVisible()).toBe(true);
  });

  it('draws what the columns allow, in other ways too, and gives it as files', async () => {
    await ask(EACH_FUND);
    expect(await turn(0).locator('td.number').allTextContents()).toEqual([
      '1,250.50',
      '830.00',
      '410.25',
    ]);
    await tab('Chart').click();
    await web.page.getByRole('img', { name: 'Bar chart of total_assets by fund_name' }).waitFor();
    expect(await web.page.locator('.plot [data-mark="bar"] :is(path, rect)').count()).toBe(3);
    const svg = await saved(web.page.getByRole('button', { name: 'SVG' }).click());
    expect(svg.name).toBe('what-are-the-total-assets-of-each-fund.svg');
    expect(svg.content.toString()).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg.content.toString()).not.toContain('var(--');
    const png = await saved(web.page.getByRole('button', { name: 'PNG' }).click());
    expect(png.content.subarray(1, 4).toString()).toBe('PNG');
    await ask(EACH_MONTH, 1);
    await tab('Chart', turn(1)).click();
    await turn(1).getByRole('img', { name: 'Line chart of net_value by month' }).waitFor();
    await turn(1).getByRole('combobox', { name: 'Chart' }).selectOption('Histogram');
    await turn(1)
      .getByRole('img', { name: /^Histogram chart/ })
      .waitFor();
  });

  it('keeps a thread, after a reload too, and shows an answer under its link', async () => {
    await ask(DOCTORATE);
    await ask(HOW_MANY, 1);
    expect(await turn(1).locator('.figure .value').textContent()).toBe('3');
    expect(await cells()).toEqual(['Chen Hao', 'PhD', 'Lin Yue', 'PhD']);
    await web.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await turn(0).getByRole('button', { name: 'Copy link' }).click();
    await web.page.getByText('Copied').waitFor();
    const link = String(await web.page.evaluate('navigator.clipboard.readText()'));
    await web.page.reload();
    await tab('Answer', turn(1)).waitFor();
    expect(await web.page.locator('.turn h2').allTextContents()).toEqual([DOCTORATE, HOW_MANY]);
    await web.page.goto(link);
    await expect.poll(() => web.page.locator('.turn h2').allTextContents()).toEqual([DOCTORATE]);
    await web.page.getByRole('button', { name: 'New thread' }).click();
    expect(await web.page.locator('.turn').count()).toBe(0);
    expect(new URL(web.page.url()).search).toBe('');
  });

  it('asks what was sent before it knew its databases', async () => {
    let known: () => void = () => {};
    const wait = new Promise<void>((resolve) => {
      known = resolve;
    });
    await web.page.route('**/api/databases', async (route) => {
      await wait;
      await route.continue();
    });
    await web.page.reload();
    await question().fill(HOW_MANY);
    await web.page.keyboard.press('Enter');
    expect(await turn(0).count()).toBe(0);
    known();
    await tab('Answer').waitFor();
    expect(await turn(0).locator('.figure .value').textContent()).toBe('3');
    expect(await question().inputValue()).toBe('');
  });

  it('asks a question that was linked, and says when an answer is gone', async () => {
    await web.page.goto(`${web.server.url}/?db=fund&q=${encodeURIComponent(HOW_MANY)}`);
    await web.page.locator('.figure').waitFor();
    await expect.poll(() => web.page.url()).toContain('?answer=');
    await web.page.goto(`${web.server.url}/?answer=nothing`);
    expect(await web.page.getByRole('alert').textContent()).toContain('no such answer');
  });

  it('says that a database or a page is not there, and what is', async () => {
    await web.page.goto(`${web.server.url}/?db=nowhere`);
    await web.page.getByText('There is no database nowhere').waitFor();
    expect(await web.page.locator('#database').inputValue()).toBe('fund');
    await web.page.goto(`${web.server.url}/nowhere`);
    await web.page.getByText('There is no such page.').waitFor();
    await web.page.locator('main').getByRole('link', { name: 'Ask a question' }).click();
    await question().waitFor();
    expect(await web.page.getByText('There is no database').count()).toBe(0);
  });

  it('keeps what was asked: searched, opened again, cleared', async () => {
    await ask(DOCTORATE);
    await ask(HOW_MANY, 1);
    const history = web.page.getByRole('navigation', { name: 'History' });
    expect(await history.getByRole('listitem').count()).toBe(2);
    await history.getByLabel('Search the history').fill('doctorate');
    await web.page.getByRole('button', { name: 'New thread' }).click();
    await history.getByRole('button', { name: DOCTORATE }).click();
    await tab('Answer').waitFor();
    expect(await cells()).toEqual(['Chen Hao', 'PhD', 'Lin Yue', 'PhD']);
    await history.getByRole('button', { name: 'Clear' }).click();
    await web.page.reload();
    await tab('Answer').waitFor();
    expect(await history.count()).toBe(0);
  });

  it('shows markup from the data as text', async () => {
    await ask('Which fund has the note?');
    expect((await cells())[1]).toContain('<img src=x onerror=');
    expect(await web.page.locator('.turn img').count()).toBe(0);
    expect(await web.page.title()).toBe('Quaestor');
  });

  it('works with the keyboard alone', async () => {
    await web.page.locator('.chip').first().waitFor();
    await web.page.keyboard.type('doctorate');
    await web.page.getByRole('option', { name: DOCTORATE }).waitFor();
    await web.page.keyboard.press('ArrowDown');
    await web.page.keyboard.press('Enter');
    await tab('Answer').waitFor();
    const said = web.page.locator('#announcement');
    expect(await said.textContent()).toMatch(/^Answered in .*: 2 rows\.$/);
    await tab('Answer').focus();
    await web.page.keyboard.press('ArrowRight');
    expect(await tab('SQL').getAttribute('aria-selected')).toBe('true');
    await web.page.keyboard.press('End');
    expect(await tab('Why').getAttribute('aria-selected')).toBe('true');
    await web.page.keyboard.press('/');
    expect(await web.page.locator('#question:focus').count()).toBe(1);
    await web.page.keyboard.type(ENDLESS);
    await web.page.keyboard.press('Enter');
    await web.page.getByText('Writing SQL').waitFor();
    await web.page.keyboard.press('Escape');
    await expect.poll(() => said.textContent()).toBe('Stopped.');
  });

  it('takes a question in Chinese, in Chinese, and not before it is composed', async () => {
    await open('/', { locale: 'zh-CN' });
    const box = web.page.getByLabel('您想知道什么？');
    await box.fill('哪些基金经理有博士学位？');
    await box.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
    expect(await web.page.locator('.turn').count()).toBe(0);
    await web.page.locator('.chip').first().waitFor();
    await box.press('Enter');
    await turn(0).getByRole('tab', { name: '回答' }).waitFor();
    expect(await cells()).toEqual(['Chen Hao', 'Lin Yue']);
    expect(await web.page.locator('html').getAttribute('lang')).toBe('zh');
  });

  it('says in a sentence why there is no answer, and asks again', async () => {
    await web.page.locator('.chip').first().waitFor();
    await question().fill('Which fund managers are to be deleted?');
    await web.page.keyboard.press('Enter');
    expect(await web.page.getByRole('alert').textContent()).toContain('DELETE');
    expect(await web.page.locator('.side-history .failed').count()).toBe(1);
    await web.page.getByRole('button', { name: 'Ask again' }).click();
    await web.page.getByRole('alert').waitFor();
    expect(await web.page.locator('.turn').count()).toBe(1);
  });

  it('gives no answer where nothing that was written runs, and keeps the draft', async () => {
    await ask('Which fund managers are there with no such column?');
    expect(await turn(0).getByRole('alert').textContent()).toContain('Ask again');
    expect(await turn(0).getByText('A draft of the SQL stands under SQL').count()).toBe(1);
    expect(await turn(0).getByText('No rows').count()).toBe(0);
    expect(await accessibilityProblems(web.page)).toEqual([]);
  });

  it('sorts rows, and gives them as CSV and JSON', async () => {
    await ask(EACH_FUND);
    await tab('Table').click();
    await web.page.getByRole('button', { name: 'fund_name' }).click();
    const sorted = web.page.getByRole('columnheader', { name: 'fund_name' });
    expect(await sorted.getAttribute('aria-sort')).toBe('ascending');
    await web.page.getByRole('button', { name: 'total_assets' }).click();
    expect((await cells())[1]).toBe('410.25');
    const csv = await saved(web.page.getByRole('button', { name: 'Download CSV' }).click());
    expect(csv.name).toBe('what-are-the-total-assets-of-each-fund.csv');
    expect(csv.content.toString()).toContain('Harvest Growth,1250.5\r\n');
    const json = await saved(web.page.getByRole('button', { name: 'Download JSON' }).click());
    expect(JSON.parse(json.content.toString())[2]).toEqual({
      fund_name: 'Summit Value',
      total_assets: 410.25,
    });
  });

  it('runs SQL that was edited, behind the guard, and formats it', async () => {
    await ask(HOW_MANY);
    await tab('SQL').click();
    await web.page.getByRole('button', { name: 'Format' }).click();
    await expect.poll(() => web.page.locator('.cm-line').count()).toBe(4);
    await write(
      'WITH RECURSIVE n(i) AS (SELECT 9007199254740990 UNION ALL SELECT i + 1 FROM n LIMIT 60) SELECT i AS amount FROM n',
    );
    await web.page.keyboard.press('Control+Enter');
    await web.page.getByText(/^Your statement gave 60 rows/).waitFor();
    expect((await cells())[3]).toBe('9,007,199,254,740,993');
    await web.page.getByRole('button', { name: 'Next page' }).click();
    expect(await cells()).toHaveLength(10);
    await write('DELETE FROM fund');
    await web.page.getByRole('button', { name: 'Run' }).click();
    expect(await web.page.getByRole('alert').textContent()).toMatch(/only read|SELECT/i);
  });

  it('offers names of the database as SQL is typed', async () => {
    await ask(HOW_MANY);
    await tab('SQL').click();
    await web.page.locator('.cm-content').click();
    await web.page.keyboard.press('Control+A');
    await web.page.keyboard.type('select * from fund_m');
    await web.page.locator('.cm-tooltip-autocomplete').getByText('fund_manager').waitFor();
  });

  it('keeps what was said of an answer, and a correction as a pending example', async () => {
    await ask(HOW_MANY);
    await turn(0).getByRole('button', { name: 'Wrong' }).click();
    await turn(0).getByRole('button', { name: 'Correct the SQL' }).click();
    await write('SELECT COUNT(*) + 0 AS funds FROM fund');
    await web.page.getByRole('button', { name: 'Correct and save' }).click();
    await web.page.getByText(/^Saved as a correction/).waitFor();
    const pending = await fetch(`${web.server.url}/api/examples?state=pending`);
    const { data } = (await pending.json()) as { data: Record<string, unknown>[] };
    expect(data[0]).toMatchObject({ question: HOW_MANY, source: 'correction' });
    await turn(0).getByRole('button', { name: 'Right' }).click();
    await web.page.getByText(/^Thank you\. Once approved/).waitFor();
  });

  it('lists tables and columns, filters them, and opens one from the overview', async () => {
    await web.page.getByRole('button', { name: /^fund_value/ }).click();
    await web.page.locator('.schema-table[open]').getByText('net_value').waitFor();
    expect(await web.page.locator('.schema-table').count()).toBe(3);
    await web.page.getByLabel('Filter tables and columns').fill('highest degree');
    expect(await web.page.locator('.schema-table:visible').count()).toBe(1);
    expect(await web.page.locator('.schema-table:visible li').count()).toBe(3);
  });

  it('has every page under its own address, and remembers language and theme', async () => {
    const navigation = web.page.getByRole('navigation', { name: 'Pages' });
    const names = await navigation.getByRole('link').allTextContents();
    for (const name of names) {
      await navigation.getByRole('link', { name, exact: true }).click();
      await web.page.getByRole('heading', { level: 1 }).waitFor();
      await expect
        .poll(() => web.page.title())
        .toBe(name === 'Ask' ? 'Quaestor' : `${name} · Quaestor`);
    }
    await web.page.goBack();
    await expect.poll(() => web.page.title()).toBe('System · Quaestor');
    await web.page.reload();
    await web.page.getByRole('heading', { level: 1, name: 'System' }).waitFor();
    await web.page.getByRole('button', { name: '中文' }).click();
    await web.page.getByRole('button', { name: /^外观/ }).click();
    await web.page.getByRole('button', { name: /^外观/ }).click();
    await web.page.reload();
    await web.page.getByRole('heading', { level: 1, name: '系统' }).waitFor();
    expect(await web.page.locator('html').getAttribute('data-theme')).toBe('dark');
    await web.page.goto(`${web.server.url}/docs`);
    await web.page.locator('summary code', { hasText: /^post \/api\/ask$/ }).waitFor();
  });

  it.each<[string, BrowserContextOptions]>([
    ['light', {}],
    ['dark', { colorScheme: 'dark' }],
    ['a phone', { viewport: { width: 360, height: 740 }, hasTouch: true }],
  ])('is accessible and fits: %s', async (_, options) => {
    await open('/', options);
    await web.page.locator('.chip').first().waitFor();
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await ask(EACH_FUND);
    for (const name of ['Answer', 'SQL', 'Table', 'Chart', 'Why']) {
      await tab(name).click();
      if (name === 'SQL') await web.page.locator('.cm-content').waitFor();
      if (name === 'Chart') await web.page.getByRole('img', { name: /^Bar chart/ }).waitFor();
      expect(await accessibilityProblems(web.page), name).toEqual([]);
      const overflow = await web.page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(overflow, name).toBe(0);
    }
  });

  it('waits for a model that is still loading, and asks for a key where one is needed', async () => {
    let loadNow = () => {};
    const beforeLoad = new Promise<void>((resolve) => {
      loadNow = resolve;
    });
    let key = '';
    const guarded = await startDemoServer({
      beforeLoad,
      requireKey: 'always',
      prepare: (home) => {
        ({ key } = openKeyStore(join(home, 'keys.json')).add({ name: 'page', scope: 'read' }));
      },
    });
    await open('/', {}, guarded.url);
    await web.page.getByText('Model is loading: under way 50 %').waitFor();
    await web.page.getByLabel('API key').getByRole('textbox').fill(key);
    await web.page.keyboard.press('Enter');
    await web.page.locator('.chip').first().waitFor();
    await question().fill(DOCTORATE);
    await web.page.keyboard.press('Enter');
    await web.page.getByText('Waiting for the model').waitFor();
    loadNow();
    await tab('Answer').waitFor();
    expect(await cells()).toEqual(['Chen Hao', 'PhD', 'Lin Yue', 'PhD']);
    await web.page.context().close();
    await guarded.close();
  });
});

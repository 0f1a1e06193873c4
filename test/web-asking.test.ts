/** Asking in a real Chromium while a question is being answered: nothing that was written or asked is lost. */
import { join } from 'node:path';
import { Database } from '@quaestor/finsql/sqlite';
import { describe, expect, it } from 'vitest';
import { demoPages } from './demo-pages.ts';
import { ENDLESS, startDemoServer } from './demo-server.ts';
import { accessibilityProblems, hasBrowser, WITHOUT_BROWSER } from './page-browser.ts';

const DOCTORATE = 'Which fund managers have a doctorate?';
const HOW_MANY = 'How many funds are there?';

describe.skipIf(!hasBrowser)(`asking${WITHOUT_BROWSER}`, () => {
  const web = demoPages();
  const { open } = web;

  const question = () => web.page.locator('#question');
  const turn = (index: number) => web.page.locator('.turn').nth(index);
  const titles = () => web.page.locator('.turn h2').allTextContents();
  const history = () => web.page.getByRole('navigation', { name: 'History' });
  const button = (name: string) => web.page.getByRole('button', { name, exact: true });

  async function send(text: string): Promise<void> {
    await web.page.locator('.chip').first().waitFor();
    await question().fill(text);
    await web.page.keyboard.press('Enter');
  }

  async function ask(text: string, index = 0): Promise<void> {
    await send(text);
    await turn(index).getByRole('tab', { name: 'Answer', exact: true }).waitFor();
  }

  /** Asks what is never answered, and waits until it is at the model. */
  async function askEndless(): Promise<void> {
    await send(ENDLESS);
    await web.page.getByText('Writing SQL').waitFor();
  }

  async function post(path: string, body?: object): Promise<{ example?: { id: string } }> {
    const response = await fetch(web.server.url + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    expect(response.ok).toBe(true);
    return (await response.json()) as { example?: { id: string } };
  }

  async function stopIt(): Promise<void> {
    await button('Stop').click();
    await web.page.getByText('Stopped.').last().waitFor();
    await expect.poll(() => web.server.generator.endless).toBe(0);
  }

  it('keeps what is written while a question is being answered', async () => {
    await askEndless();
    await send(HOW_MANY);
    expect(await question().inputValue()).toBe(HOW_MANY);
    await web.page.getByText('What you write stays here until you send it.').waitFor();
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await web.page.locator('.chip').first().click();
    expect(await question().inputValue()).toBe(HOW_MANY);
    await question().fill('');
    const chip = web.page.locator('.chip').first();
    const picked = await chip.textContent();
    await chip.click();
    expect(await question().inputValue()).toBe(picked);
    expect(await titles()).toEqual([ENDLESS]);
    await stopIt();
    expect(await question().inputValue()).toBe(picked);
    expect(await titles()).toEqual([ENDLESS]);
    await send(HOW_MANY);
    await web.page.locator('.figure').waitFor();
    expect(await question().inputValue()).toBe('');
  });

  it('leaves what is half written when an example is clicked', async () => {
    await web.page.locator('.chip').first().waitFor();
    await question().fill('half a question');
    await button(HOW_MANY).click();
    await web.page.locator('.figure').waitFor();
    expect(await question().inputValue()).toBe('half a question');
  });

  it('asks nothing again while a question is being answered, and drops nothing', async () => {
    await send('Which fund managers are to be deleted?');
    await web.page.getByRole('alert').waitFor();
    await askEndless();
    const again = button('Ask again');
    expect(await again.isDisabled()).toBe(true);
    expect(await titles()).toHaveLength(2);
    await stopIt();
    await again.first().click();
    await expect.poll(titles).toEqual([ENDLESS, 'Which fund managers are to be deleted?']);
  });

  it('tells a screen reader why there is no answer', async () => {
    await send('Which fund managers are there with no such column?');
    const said = web.page.locator('#announcement');
    await expect.poll(() => said.textContent()).toMatch(/^No answer: .*no such column/);
  });

  it('offers a known question where there is no answer', async () => {
    const known = 'Which fund managers are there with a Bachelor?';
    const corrected_sql = "SELECT name FROM fund_manager WHERE education = 'Bachelor'";
    const judged = { verdict: 'down', database: 'fund', question: known, corrected_sql };
    const { example } = await post('/api/feedback', judged);
    await post(`/api/examples/${example?.id}/approve`);
    await send('Which fund managers are there with no such column?');
    const offered = web.page.getByRole('region', { name: 'Known questions like it' });
    await offered.getByRole('button').waitFor();
    expect(await offered.getByRole('button').allTextContents()).toEqual([known]);
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await offered.getByRole('button').click();
    await turn(1).getByRole('tab', { name: 'Answer', exact: true }).waitFor();
    expect(await titles()).toContain(known);
    expect(await turn(1).getByRole('region', { name: 'Known questions like it' }).count()).toBe(0);
    await post(`/api/examples/${example?.id}/reject`);
  });

  it('goes on with a question after a reload', async () => {
    await ask(DOCTORATE);
    await askEndless();
    await web.page.reload();
    await web.page.getByText('Writing SQL').waitFor();
    expect(await titles()).toEqual([DOCTORATE, ENDLESS]);
    expect(await history().getByRole('button', { name: ENDLESS }).count()).toBe(1);
    expect(web.server.generator.endless).toBe(1);
    await stopIt();
    // The server keeps nothing of it; that it was asked is not forgotten.
    await web.page.reload();
    await turn(1).getByText('No answer to this was kept.').waitFor();
    expect(await titles()).toEqual([DOCTORATE, ENDLESS]);
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await button('Ask again').click();
    await web.page.getByText('Writing SQL').waitFor();
    await stopIt();
  });

  it('shows a question again that failed, after a reload too', async () => {
    await send('Which fund managers are to be deleted?');
    await web.page.getByRole('alert').waitFor();
    await web.page.reload();
    await web.page.getByRole('alert').getByText('DELETE').waitFor();
    expect(await button('Ask again').isEnabled()).toBe(true);
  });

  it('shows a question again that had to wait for the model, after a reload', async () => {
    let release = () => {};
    const beforeLoad = new Promise<void>((resolve) => {
      release = resolve;
    });
    const loading = await startDemoServer({ beforeLoad });
    await open('/', {}, loading.url);
    await send(HOW_MANY);
    await web.page.getByText('Waiting for the model').waitFor();
    await web.page.reload();
    await turn(0).getByText('No answer to this was kept.').waitFor();
    expect(await history().getByRole('button', { name: HOW_MANY }).count()).toBe(1);
    release();
    await button('Ask again').click();
    await web.page.locator('.figure').waitFor();
    await web.page.context().close();
    await loading.close();
  });

  it('goes on with a question while an old answer is looked at', async () => {
    await ask(DOCTORATE);
    await button('New thread').click();
    await askEndless();
    await history().getByRole('button', { name: DOCTORATE }).click();
    await expect.poll(titles).toEqual([DOCTORATE]);
    expect(web.server.generator.endless).toBe(1);
    await ask(HOW_MANY, 1);
    await history().getByRole('button', { name: ENDLESS }).click();
    await expect.poll(titles).toEqual([ENDLESS]);
    await web.page.getByText('Writing SQL').waitFor();
    await stopIt();
  });

  it('has one history in all tabs', async () => {
    await ask(DOCTORATE);
    const other = await web.page.context().newPage();
    await other.goto(web.server.url);
    const othersHistory = other.getByRole('navigation', { name: 'History' });
    await othersHistory.getByRole('button', { name: DOCTORATE }).waitFor();
    await ask(HOW_MANY, 1);
    await othersHistory.getByRole('button', { name: HOW_MANY }).waitFor();
    await other.locator('.chip').first().waitFor();
    await other.locator('#question').fill('Which fund has the note?');
    await other.keyboard.press('Enter');
    await history().getByRole('button', { name: 'Which fund has the note?' }).waitFor();
    expect(await history().getByRole('listitem').count()).toBe(3);
    await othersHistory.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(() => history().count()).toBe(0);
  });

  it('keeps dates and numbers in one line, and NULL at the side of its column', async () => {
    await open('/', { viewport: { width: 390, height: 844 } });
    await ask('What was the net value of the fund each month?');
    await web.page.locator('.turn tbody td').first().waitFor();
    const broken = (cells: string) =>
      web.page.evaluate<number>(`Array.from(document.querySelectorAll(${JSON.stringify(cells)}))
        .filter((cell) => {
          const content = document.createRange();
          content.selectNodeContents(cell);
          return content.getClientRects().length > 1;
        }).length`);
    expect(await broken('.turn tbody td')).toBe(0);
    await turn(0).getByRole('tab', { name: 'SQL', exact: true }).click();
    await web.page.locator('.cm-content').click();
    await web.page.keyboard.press('Control+A');
    await web.page.keyboard.insertText(
      `SELECT '2024-01-15' AS "day", 7 AS "count_of_everything_that_there_is", '${'long '.repeat(30)}' AS words
       UNION ALL SELECT '2024-02-15', NULL, 'short'`,
    );
    await web.page.keyboard.press('Escape');
    await button('Run').click();
    await web.page.locator('.sql-tab td.null').waitFor();
    const side = "getComputedStyle(document.querySelector('.sql-tab td.null')).textAlign";
    expect(await web.page.evaluate(side)).toBe('right');
    expect(await broken('.sql-tab td:first-child')).toBe(0);
  });
});

describe.skipIf(!hasBrowser)(`asking of other databases${WITHOUT_BROWSER}`, () => {
  const web = demoPages({ locale: 'zh-CN' });

  it('shows the statement that ran for too long, to be changed and run', async () => {
    const server = await startDemoServer({
      statementSeconds: 0.5,
      prepare: (home) => {
        const database = new Database(join(home, 'databases', 'slow.sqlite'));
        database.exec(`CREATE TABLE note (text TEXT); INSERT INTO note VALUES ('one');
          CREATE VIEW fund AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)
          SELECT x AS fund_id FROM c`);
        database.close();
      },
    });
    await server.loaded;
    await web.open(`/?db=slow&q=${encodeURIComponent(HOW_MANY)}`, { locale: 'zh-CN' }, server.url);
    const { page } = web;
    await page.getByRole('alert').getByText('查询超过 500 毫秒，已停止。').waitFor();
    await page.getByText('最后运行的是这条 SQL').waitFor();
    expect(await page.locator('.cm-content').textContent()).toContain('COUNT(*)');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.reload();
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText('SELECT text FROM note');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '运行', exact: true }).click();
    await page.getByRole('cell', { name: 'one', exact: true }).waitFor();
    // Without questions of its own, it has some in the language of the reader.
    await page.getByRole('button', { name: 'note 有多少行？' }).waitFor();
    await page.getByRole('button', { name: 'EN', exact: true }).click();
    await page.getByRole('button', { name: 'How many rows are there in note?' }).waitFor();
    await page.context().close();
    await server.close();
  });
});

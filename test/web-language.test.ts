import { describe, expect, it } from 'vitest';
import { demoPages } from './demo-pages.ts';
import { accessibilityProblems, hasBrowser, overflow, WITHOUT_BROWSER } from './page-browser.ts';
import { sendJson } from './server/requests.ts';

const ENGLISH = 'Which fund managers have a doctorate?';
const CHINESE = '哪些基金经理有博士学位';

describe.skipIf(!hasBrowser)(`the page in Chinese${WITHOUT_BROWSER}`, () => {
  const web = demoPages({ locale: 'zh-CN' });
  const { open } = web;

  async function ask(text: string, tab = '回答'): Promise<void> {
    await web.page.locator('.chip').first().waitFor();
    await web.page.locator('#question').fill(text);
    await web.page.keyboard.press('Enter');
    await web.page.getByRole('tab', { name: tab, exact: true }).waitFor();
  }

  const explanation = () => web.page.locator('.explanation p');

  it('explains a question in English in Chinese', async () => {
    await ask(ENGLISH);
    expect(await explanation().textContent()).toBe(
      "读取 fund_manager（基金经理）。筛选条件：education 等于 'PhD'。显示 name 和 education。按 name 从低到高排序。",
    );
    expect(await explanation().getAttribute('lang')).toBe('zh');
    expect(await accessibilityProblems(web.page)).toEqual([]);
  });

  it('says in Chinese why there is no answer', async () => {
    await ask('Which fund managers are there with no such column?');
    expect(await web.page.getByRole('alert').locator('p').first().textContent()).toBe(
      '没有为这个问题找到可执行的 SQL，草稿的报错为：没有名为 nonsense 的列。请换一种问法，或直接写出对应的表名或列名。',
    );
  });

  it('tells why in Chinese: rules, stages, and what SQLite said', async () => {
    await ask('Which degree has each fund manager?');
    await web.page.getByRole('tab', { name: '依据', exact: true }).click();
    const why = (selector: string) => web.page.locator('.why').locator(selector);
    const texts = (selector: string) => why(selector).allTextContents();
    expect(await texts('section > .fine')).toEqual([
      '评分依据：相似问题的投票、词语、存储的值和外键。',
    ]);
    expect(await texts('.facts .aside')).toContain('列名');
    expect(await why('.aside[title="fix-column-names"]').count()).toBe(1);
    expect(await texts('.stage.failed .detail')).toEqual(['没有名为 educaton 的列']);
    expect(await texts('[data-stage="introspect"] .detail')).toEqual(['3 张表，10 列']);
    const stages = await texts('.stage .what');
    expect(stages.length).toBeGreaterThan(6);
    for (const text of [...stages, ...(await texts('h3, summary'))]) {
      expect(text).toMatch(/\p{Script=Han}/u);
    }
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await web.page.setViewportSize({ width: 390, height: 844 });
    expect(await overflow(web.page)).toBe(0);
    await open('/', { locale: 'en-GB' });
    await ask('Which degree has each fund manager?', 'Answer');
    await web.page.getByRole('tab', { name: 'Why', exact: true }).click();
    expect(await texts('.facts .aside')).toContain('the name of a column');
  });

  it('says in Chinese what is wrong with a request', async () => {
    await web.page.locator('.chip').first().waitFor();
    await web.page.locator('#question').fill('Which fund managers are to be deleted?');
    await web.page.keyboard.press('Enter');
    await web.page
      .getByRole('alert')
      .getByText(/^该语句未被执行：语句以 DELETE 开头/)
      .waitFor();
    await open('/databases/none');
    await web.page.getByRole('alert').getByText('没有这个数据库。请从列表中选择一个。').waitFor();
  });

  it('in English explains a question in the language of the question', async () => {
    await open('/', { locale: 'en-GB' });
    await ask(CHINESE, 'Answer');
    expect(await explanation().textContent()).toMatch(/^读取 fund_manager（基金经理）。筛选条件/);
    expect(await explanation().getAttribute('lang')).toBe('zh');
  });

  it('names what was asked of a job and what came of it', async () => {
    const { id } = await sendJson(web.server.url, '/api/databases/fund/profile', { body: {} });
    await open(`/train/${id}`);
    const result = web.page.getByRole('region', { name: '结果' });
    await result.waitFor({ timeout: 120_000 });
    expect(await result.textContent()).toBe(
      '结果数据库fund表fund_manager（3 行）、fund（3 行）、fund_value（12 行）',
    );
    const asked = await web.page.getByRole('region', { name: '请求的内容' }).textContent();
    expect(asked).toContain('数据库fund');
    const log = await web.page.locator('.log').textContent();
    expect(log).toMatch(/等待.*运行中.*完成/);
    expect(await accessibilityProblems(web.page)).toEqual([]);
  }, 150_000);
});

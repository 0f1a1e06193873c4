/** The pages Models, Train and System in a real Chromium, with a tiny model and real processes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  adapterState,
  attachTuner,
  loadEngine,
  openLanguageModel,
  seededRandom,
  writeAdapter,
} from '@quaestor/peft';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AdapterRecords } from '../apps/server/src/adapters/adapter-records.ts';
import { adapterFingerprint } from '../apps/server/src/adapters/fingerprint.ts';
import { type RunningServer, startServer } from '../apps/server/src/listen.ts';
import {
  accessibilityProblems,
  hasBrowser,
  launchBrowser,
  type OpenedPage,
  openPage,
  overflow,
  WITHOUT_BROWSER,
} from './page-browser.ts';
import { prepareTinyHome } from './tiny-home.ts';

/** A process of a job starts at the lowest priority. */
const JOB = { timeout: 120_000 };
const WITH_JOBS = { timeout: 300_000 };

describe.skipIf(!hasBrowser)(`the models of the page${WITHOUT_BROWSER}`, () => {
  let home: string;
  let server: RunningServer;
  let browser: Browser;
  let opened: OpenedPage;
  let page: Page;
  const unexpected: unknown[] = [];

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'quaestor-models-'));
    const options = prepareTinyHome(home);
    await addAdapters(home);
    server = await startServer({ ...options, report: (error) => unexpected.push(error) });
    browser = await launchBrowser();
    await server.loaded;
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    rmSync(home, { recursive: true, force: true });
  });

  afterEach(async () => {
    await page.context().close();
    expect(opened.errors).toEqual([]);
    expect(unexpected).toEqual([]);
  });

  async function open(...[path, options]: [path: string, options?: object]) {
    opened = await openPage(browser, server.url + path, options);
    page = opened.page;
  }

  const adapter = (name: string) =>
    page.locator('.adapters > li').filter({ has: page.getByText(name, { exact: true }) });
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

  it('shows adapters with their scores, and makes one of them answer', async () => {
    await open('/models');
    await adapter('first').waitFor();
    expect(await adapter('first').textContent()).toMatch(/LORA · Rank 2 · [\d.]+ kB/);
    expect(await adapter('first').locator('.score-value').textContent()).toBe('50.0 %');
    expect(await adapter('The base model alone').textContent()).toContain('answers now');
    expect(await accessibilityProblems(page)).toEqual([]);
    await press('Activate first');
    await page.getByText('first answers from the next question on.').waitFor();
    await page.locator('.bar').getByText('tiny + first').waitFor();
    await expect.poll(() => adapter('first').textContent()).toContain('answers now');
  });

  it('shows why a worse one is refused, forces it when told to, and goes back', async () => {
    await open('/models', { colorScheme: 'dark' });
    await press('Activate second');
    const dialog = page.getByRole('dialog', { name: 'Activate second?' });
    await dialog.getByText('Refused: it scores lower').waitFor();
    expect(await dialog.locator('.score-value').allTextContents()).toEqual(['50.0 %', '40.0 %']);
    await dialog.getByText('40.0 against 50.0 on all').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
    expect(await adapter('first').textContent()).toContain('answers now');
    await press('Activate second');
    await dialog.getByRole('button', { name: 'Activate it anyway' }).click();
    await page.getByText('second answers from the next question on.').waitFor();
    await page.getByText(/^Which answered when/).click();
    await page.locator('.history').getByText('forced').waitFor();
    await press('Back to the one before: first');
    await page.getByText('first answers from the next question on.').waitFor();
  });

  it('gives the choice back by keyboard, so that each database has its own adapter again', async () => {
    await open('/models');
    const panel = page.locator('.panel').filter({ has: page.getByText('Answers now') });
    const release = panel.getByRole('button', { name: 'Back to each database’s own adapter' });
    await panel.getByText('Activated by hand').waitFor();
    expect(await adapter('fund-sql').textContent()).not.toContain('answers now');
    await release.focus();
    await page.keyboard.press('Enter');
    await page.getByText('its own adapter. For others: The base model alone.').waitFor();
    await panel.getByText('Questions about fund: fund-sql').waitFor();
    expect(await release.count()).toBe(0);
    expect(await adapter('fund-sql').textContent()).toContain('answers now: fund');
    expect(await adapter('The base model alone').textContent()).toContain(
      'answers now: other databases',
    );
    expect(await adapter('first').textContent()).not.toContain('answers now');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByText(/^Which answered when/).click();
    const newest = page.locator('.history li').first();
    expect(await newest.textContent()).toContain('each database by its own adapter');
    await press('Back to the one before: first');
    await page.getByText('first answers from the next question on.').waitFor();
    await expect.poll(() => adapter('first').textContent()).toContain('answers now');
    await page.context().close();
    await open('/models', { locale: 'zh-CN' });
    await press('恢复各数据库的专用适配器');
    await page.getByText('各数据库由其专用适配器回答。其他数据库：仅基础模型').waitFor();
    await page.getByText('正在回答：其他数据库').waitFor();
    await press('恢复到前一个：first');
    await page.getByText('从下一个问题开始由 first 回答。').waitFor();
  });

  it('compares two', async () => {
    await open('/models');
    await page.getByLabel('Compare first').check();
    await page.getByLabel('Compare second').check();
    const table = page.getByRole('table');
    await table.waitFor();
    expect(await table.locator('thead th').allTextContents()).toEqual([
      'first',
      'second',
      'Difference',
    ]);
    expect(await table.locator('.difference').textContent()).toBe('-10.0 points');
    expect(await accessibilityProblems(page)).toEqual([]);
    await press('Stop comparing');
    expect(await table.count()).toBe(0);
  });

  it('measures one on questions whose SQL is known', WITH_JOBS, async () => {
    await open('/models');
    await press('Evaluate first');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Questions').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Start' }).click();
    await adapter('first').getByText('dev').waitFor(JOB);
    expect(await adapter('first').locator('.scores').textContent()).toContain('of 1');
  });

  it('searches a composition by examples, watched as it goes on', WITH_JOBS, async () => {
    await open('/models');
    const form = page.locator('.compose-form');
    await form.getByLabel('first', { exact: true }).check();
    await form.getByLabel('second', { exact: true }).check();
    await form.getByLabel('Name of the new adapter').fill('mixed');
    await form.getByLabel('Examples', { exact: true }).fill('1');
    await form.getByLabel('Compositions to try').fill('6');
    await press('Search');
    const plot = page.getByRole('img', { name: /^Objective/ });
    await plot.waitFor(JOB);
    await page.getByText('6 / 6').waitFor(JOB);
    expect(await plot.locator('circle').count()).toBe(6);
    expect(await page.locator('.weight-name').allTextContents()).toEqual(['first', 'second']);
    await press('Search again');
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('removes one after asking', async () => {
    await open('/models');
    await press('Remove second');
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await expect.poll(() => adapter('second').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Remove first' }).count()).toBe(0);
  });

  it('trains with settings of the method, and shows the curves', WITH_JOBS, async () => {
    await open('/train');
    await page.getByLabel('Name of the new adapter').fill('trained');
    await page.getByText('3 questions with known SQL').waitFor();
    await page.getByLabel('Method', { exact: true }).selectOption('ia3');
    await page.getByText(/^Settings of the method/).click();
    await page.getByLabel('init_ia3_weights').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByLabel('Method', { exact: true }).selectOption('lora');
    // The one that answers is suggested to go on from, until settings are asked for that it has not.
    const from = page.getByLabel('Go on from');
    expect(await from.inputValue()).toBe('first');
    await page.getByLabel('r', { exact: true }).fill('2');
    expect(await from.inputValue()).toBe('');
    await page.getByLabel('target_modules').fill('["q_proj"]');
    await page.getByLabel('Passes over the examples').fill('100');
    await page.getByLabel('Steps at most').fill('12');
    await press('Start training');
    await page.waitForURL(/\/train\/job_/);
    const loss = page.getByRole('img', { name: /^Loss/ });
    await loss.waitFor(JOB);
    await page.locator('.page-head').getByText('done').waitFor(JOB);
    await page.getByText('12 / 12').waitFor();
    expect(await loss.getAttribute('aria-labelledby')).not.toBeNull();
    expect(await loss.locator('title').textContent()).toContain('(12)');
    await page.getByRole('img', { name: /^Memory/ }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('link', { name: 'To the models' }).click();
    await adapter('trained').waitFor();
    expect(await adapter('trained').textContent()).toContain('Rank 2');
  });

  it('says what is wrong with a training, and lists the jobs of a kind', WITH_JOBS, async () => {
    await open('/train');
    await page.getByLabel('Name of the new adapter').fill('first');
    await press('Start training');
    await page.getByRole('alert').getByText('There is already an adapter first').waitFor();
    await page.getByRole('link', { name: 'Training · trained' }).waitFor();
    await page.getByLabel('Kind').selectOption('evaluate');
    await expect.poll(() => page.locator('.job-list li').count()).toBe(1);
    expect(await page.locator('.job-list').textContent()).toContain('Evaluation · first');
  });

  it('shows engine, memory, queue, jobs and disk', async () => {
    await open('/system');
    await page.getByText('Everything is in order.').waitFor();
    await page.getByText('Nobody waits.').waitFor();
    const body = await page.locator('main').textContent();
    for (const part of [/2 layers of/, /tfjs|wasm/, /Databases/, /in use/]) {
      expect(body).toMatch(part);
    }
    expect(await page.locator('.legend').textContent()).toMatch(/Model [\d.]+ [MG]B/);
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it.each(['/models', '/train', '/system'])('fits a narrow screen in Chinese: %s', async (path) => {
    await open(path, {
      viewport: { width: 360, height: 740 },
      locale: 'zh-CN',
      colorScheme: 'dark',
    });
    await page.locator('.panel').nth(1).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await overflow(page)).toBe(0);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await page.locator('html').getAttribute('lang')).toBe('zh');
  });
});

/** Two adapters of the tiny model, one scored higher, and one that is made for a database. */
async function addAdapters(home: string): Promise<void> {
  await loadEngine();
  const model = await openLanguageModel(join(home, 'models', 'tiny'));
  const records = new AdapterRecords(join(home, 'adapters.sqlite'));
  for (const [i, name] of ['first', 'second', 'fund-sql'].entries()) {
    const tuned = attachTuner(model, 'lora', { r: 2, init_lora_weights: false }, seededRandom(i));
    const folder = join(home, 'adapters', name);
    writeAdapter(folder, tuned.config, adapterState(tuned));
    tuned.detach();
    if (name === 'fund-sql') {
      writeFileSync(join(folder, 'quaestor.json'), JSON.stringify({ databases: ['fund'] }));
      continue;
    }
    records.addScore(name, adapterFingerprint(folder), {
      ...{ set: 'all', set_fingerprint: 'a', scored: 10, executable: 100, median_ms: 1 },
      ...{ accuracy: 50 - 10 * i, correct: 5 - i, job: name, at: '2026-01-01T00:00:00Z' },
    });
  }
  records.close();
  model.dispose();
}

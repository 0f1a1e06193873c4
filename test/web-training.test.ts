/** A training that is stopped and goes on, in a real Chromium, with a tiny model and real processes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../apps/server/src/listen.ts';
import {
  accessibilityProblems,
  hasBrowser,
  launchBrowser,
  openPage,
  WITHOUT_BROWSER,
} from './page-browser.ts';
import { prepareTinyHome } from './tiny-home.ts';

/** Long enough to be stopped on the way. */
const STEPS = 400;
/** A process of a job starts at the lowest priority. */
const JOB = { timeout: 180_000 };

describe.skipIf(!hasBrowser)(`a training on the page${WITHOUT_BROWSER}`, () => {
  let home: string;
  let server: RunningServer;
  let browser: Browser;
  const unexpected: unknown[] = [];

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'quaestor-training-'));
    const report = (error: unknown) => unexpected.push(error);
    server = await startServer({ ...prepareTinyHome(home), report });
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    rmSync(home, { recursive: true, force: true });
  });

  it('is cancelled, says how far it came, and goes on from there to its end', {
    timeout: 600_000,
  }, async () => {
    const { page, errors } = await openPage(browser, `${server.url}/train`);
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
    await page.getByLabel('Name of the new adapter').fill('stopped');
    await page.getByLabel('Method', { exact: true }).selectOption('lora');
    await page.getByText(/^Settings of the method/).click();
    await page.getByLabel('r', { exact: true }).fill('2');
    await page.getByLabel('Passes over the examples').fill(String(STEPS));
    await page.getByLabel('Steps at most').fill(String(STEPS));
    await page.getByLabel('Steps between checkpoints').fill('2');
    await press('Start training');
    await page.waitForURL(/\/train\/job_/);
    const loss = page.getByRole('img', { name: /^Loss/ });
    await loss.waitFor(JOB);
    await press('Cancel');
    await page.locator('.page-head').getByText('cancelled').waitFor(JOB);
    const kept = await page.getByText(/^Kept up to step/).textContent();
    const step = Number(kept?.replaceAll(/\D/g, ''));
    expect(step).toBeGreaterThan(0);
    expect(step).toBeLessThan(STEPS);
    expect(await accessibilityProblems(page)).toEqual([]);

    await press('Go on with it');
    await page.locator('.log').getByText(`going on after step ${step}`).waitFor(JOB);
    await page.locator('.page-head').getByText('done').waitFor(JOB);
    await page.getByText(`${STEPS} / ${STEPS}`).waitFor();
    expect(await page.getByText(/^Kept up to step/).count()).toBe(0);
    // Each step was done once: the curve of the second attempt begins where the first one's ends.
    const id = page.url().split('/').at(-1);
    const events = await (await fetch(`${server.url}/api/jobs/${id}/events`)).text();
    const steps = [...events.matchAll(/"type":"step","step":(\d+)|"step":(\d+),"totalSteps"/g)];
    expect(steps.map(([, a, b]) => Number(a ?? b))).toEqual(
      Array.from({ length: STEPS }, (_, i) => i + 1),
    );
    await page.getByRole('link', { name: 'To the models' }).click();
    await page.locator('.adapters').getByText('stopped', { exact: true }).waitFor();
    expect([...errors, ...unexpected]).toEqual([]);
  });
});

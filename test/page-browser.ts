/** The page in a real Chromium, for tests of it. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Where the browser is; undefined where there is none. */
export const CHROMIUM = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path));

/** What the name of a group of tests ends with: why it is left out, if it is. */
export const WHETHER_LEFT_OUT =
  CHROMIUM === undefined ? ' (left out: no Chromium here; set CHROMIUM_PATH)' : '';

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
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
}

export interface OpenedPage {
  readonly page: Page;
  /** What it reported as an error, and what it asked of other servers. */
  readonly errors: readonly string[];
}

/** A fresh page at an address of a server; a request that the server refuses is no error of the page. */
export async function openPage(
  browser: Browser,
  server: string,
  path: string,
  options: BrowserContextOptions = {},
): Promise<OpenedPage> {
  const errors: string[] = [];
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on('console', (message) => {
    const refused = /^Failed to load resource: .*\b4\d\d\b/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !refused) errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(server) && !request.url().startsWith('blob:')) {
      errors.push(request.url());
    }
  });
  await page.goto(server + path);
  return { page, errors };
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What is hard to use with a screen reader or little sight, as axe says it; where, for each rule. */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  // Evaluated, since the page's own policy lets no script be added.
  await page.evaluate(readFileSync(AXE, 'utf8'));
  return page.evaluate(`axe.run().then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html, failureSummary }) =>
      html.slice(0, 160) + ' ' + failureSummary).join(' | ')))`);
}

/** Pixels by which the page is wider than the window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
}

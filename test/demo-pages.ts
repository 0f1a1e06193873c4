/** One demo server and one browser for a suite; a fresh page for each test, which must report no errors. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { type DemoServer, startDemoServer } from './demo-server.ts';
import { launchBrowser, type OpenedPage, openPage } from './page-browser.ts';

export interface DemoPages {
  readonly server: DemoServer;
  /** The page that is open. */
  readonly page: Page;
  /** Another page in place of the one before. */
  open(path?: string, options?: BrowserContextOptions, base?: string): Promise<void>;
}

/** Registers what a suite needs. @param usual options of a page that is opened without any */
export function demoPages(usual: BrowserContextOptions = {}): DemoPages {
  let server: DemoServer;
  let browser: Browser;
  let opened: OpenedPage | undefined;
  const open: DemoPages['open'] = async (path = '/', options = usual, base = server.url) => {
    await opened?.page.context().close();
    opened = await openPage(browser, base + path, options);
  };

  beforeAll(async () => {
    [server, browser] = await Promise.all([startDemoServer(), launchBrowser()]);
    await server.loaded;
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  beforeEach(() => open());
  afterEach(async () => {
    await opened?.page.context().close();
    expect(opened?.errors).toEqual([]);
  });

  return {
    open,
    get server() {
      return server;
    },
    get page() {
      if (opened === undefined) throw new Error('No page is open yet.');
      return opened.page;
    },
  };
}

import type { Browser, BrowserContext } from 'playwright-core';
import { ApiProcess } from './api-process.js';
import { startBrowser } from './browser.js';
import { DocsPage } from './docs-page.js';
import { TestApp } from './test-app.js';

export const EMAIL = 'manager@example.com';
export const PASSWORD = 'manager123';

/** A seeded shop whose built API serves /docs to a browser. */
export class DocsShop {
  private constructor(
    private readonly app: TestApp,
    readonly api: ApiProcess,
    private readonly browser: Browser,
    readonly context: BrowserContext,
  ) {}

  static async start(): Promise<DocsShop> {
    const timezoneId = zoneAtNoon();
    const app = await TestApp.start({ SHOP_TIME_ZONE: timezoneId });
    // The page runs the text of functions, which must be the built ones.
    const [api, browser] = await Promise.all([ApiProcess.start(app.environment), startBrowser()]);
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, timezoneId });
    context.setDefaultTimeout(10_000);
    return new DocsShop(app, api, browser, context);
  }

  /** Opens the page in a new tab. */
  open(): Promise<DocsPage> {
    return DocsPage.open(this.context, this.api.url);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.api.stop();
    await this.app.close();
  }
}

/** Returns a zone in which it is about noon, so that no day begins or ends during a test. */
function zoneAtNoon(): string {
  const hoursAhead = 12 - new Date().getUTCHours();
  // POSIX counts from the zone to UTC.
  return `Etc/GMT${hoursAhead > 0 ? '-' : '+'}${Math.abs(hoursAhead)}`;
}

import type { Browser, BrowserContextOptions } from 'playwright-core';
import { ApiProcess } from '../support/api-process.js';
import { startBrowser } from '../support/browser.js';
import { TestApp } from '../support/test-app.js';
import { BoardDriver } from './board-driver.js';

/** A shop with a browser at its counter. One process serves the page; customers order at the other one. */
export class CounterShop {
  private constructor(
    readonly app: TestApp,
    private readonly browser: Browser,
    private api: ApiProcess,
  ) {}

  static async start(): Promise<CounterShop> {
    const app = await TestApp.start();
    const [browser, api] = await Promise.all([startBrowser(), ApiProcess.start(app.environment)]);
    return new CounterShop(app, browser, api);
  }

  get host(): string {
    return new URL(this.api.url).host;
  }

  /** Opens the login of the page. */
  open(options?: BrowserContextOptions): Promise<BoardDriver> {
    return BoardDriver.open(this.browser, this.api.url, options);
  }

  stopApi(): Promise<void> {
    return this.api.stop();
  }

  /** Starts the process of the page again, on the same port. */
  async startApi(): Promise<void> {
    this.api = await ApiProcess.start({ ...this.app.environment, PORT: new URL(this.api.url).port });
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.api.stop();
    await this.app.close();
  }
}

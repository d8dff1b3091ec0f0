import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { ApiProcess } from '../support/api-process.js';
import { startBrowser } from '../support/browser.js';
import { TestApp } from '../support/test-app.js';
import { BoardDriver } from './board-driver.js';
import { fillBoard } from './busy-shop.js';

/** Where the pictures go. Without it none are taken. */
const { SCREENSHOTS: directory = '' } = process.env;

(directory === '' ? describe.skip : describe)('Pictures of the board', () => {
  let app: TestApp;
  let api: ApiProcess;
  let browser: Browser;

  beforeAll(async () => {
    await mkdir(directory, { recursive: true });
    app = await TestApp.start();
    [api, browser] = await Promise.all([
      ApiProcess.start(app.environment),
      startBrowser(),
      // A few numbers are taken, so that they have two digits.
      app.database.query("SELECT setval('order_numbers', 32)"),
    ]);
    await fillBoard(app);
  });
  afterAll(async () => {
    await browser.close();
    await api.stop();
    await app.close();
  });

  it.each([
    ['board', 1280, 800, 'light'],
    ['board-dark', 1280, 800, 'dark'],
    ['board-1024', 1024, 768, 'light'],
    ['board-390', 390, 844, 'light'],
    ['board-390-dark', 390, 844, 'dark'],
  ] as const)('%s.png', async (name, width, height, colorScheme) => {
    const board = await BoardDriver.open(browser, api.url, { viewport: { width, height }, colorScheme });
    await board.start();
    await board.page.locator('.shop', { hasText: 'Open' }).waitFor();

    await board.page.screenshot({ path: join(directory, `${name}.png`) });
    await board.close();
  });
});

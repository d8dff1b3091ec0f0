import { isDeepStrictEqual } from 'node:util';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { ApiProcess } from './support/api-process.js';
import { describeInBrowser, startBrowser } from './support/browser.js';
import { eventually } from './support/eventually.js';
import { TestApp } from './support/test-app.js';
import { claimsOf } from './support/token.js';

const USERNAME = 'manager@example.com';
const PASSWORD = 'manager123';

describeInBrowser('GET /docs in a browser', () => {
  let app: TestApp;
  let api: ApiProcess;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    app = await TestApp.start();
    // The page runs the text of a function, which must be the built one.
    api = await ApiProcess.start(app.environment);
    browser = await startBrowser();
  });
  beforeEach(async () => {
    context = await browser.newContext();
    page = await context.newPage();
    await page.clock.install();
  });
  afterEach(() => context.close());
  afterAll(async () => {
    await browser.close();
    await api.stop();
    await app.close();
  });

  async function openDocs(): Promise<void> {
    await page.goto(`${api.url}/docs`);
    await page.locator('.btn.authorize').waitFor();
  }

  async function authorize(): Promise<void> {
    await page.locator('.btn.authorize').click();
    await page.locator('#oauth_username').fill(USERNAME);
    await page.locator('#oauth_password').fill(PASSWORD);
    // The other box takes an access token.
    const login = page.locator('.auth-container', { has: page.locator('#oauth_username') });
    await login.locator('.authorize').click();
    await page.getByText('Authorized', { exact: true }).waitFor();
    await login.locator('.btn-done').click();
  }

  /** Returns everything that the page stored. */
  function storage(): Promise<{ local: Record<string, string>; session: Record<string, string> }> {
    return page.evaluate('({ local: { ...localStorage }, session: { ...sessionStorage } })');
  }

  function isAuthorized(): Promise<boolean> {
    return page.locator('.btn.authorize.locked').isVisible();
  }

  /** Calls GET /admin/orders with "Try it out". Returns the status that the page shows. */
  async function listOrders(): Promise<string> {
    const operation = page.locator('.opblock', { hasText: '/api/v1/admin/orders' }).first();
    await operation.locator('.opblock-summary-control').click();
    await operation.locator('.try-out__btn').click();
    await operation.locator('.execute').click();
    return operation.locator('.live-responses-table tbody .response-col_status').first().innerText();
  }

  it('stores nothing but the token and its expiry, in the session', async () => {
    await openDocs();
    await authorize();

    const { local, session } = await storage();
    expect(local).toEqual({});
    expect(session).toEqual({
      'coffee-shop.token': expect.any(String),
      'coffee-shop.token-expires-at': expect.stringMatching(/^\d+$/),
    });
    expect(claimsOf(session['coffee-shop.token'] ?? '')).toMatchObject({ role: 'manager' });
    expect(JSON.stringify(session)).not.toContain(PASSWORD);
  });

  it('keeps the token over a reload', async () => {
    await openDocs();
    await authorize();
    await openDocs();

    await page.locator('.btn.authorize.locked').waitFor();
    expect(await listOrders()).toContain('200');
  });

  it('drops the token when it expires', async () => {
    await openDocs();
    await authorize();
    await page.clock.fastForward('30:01');

    await eventually('the end of the token', async () => isDeepStrictEqual((await storage()).session, {}));
    expect(await isAuthorized()).toBe(false);
  });

  it('drops a token that expired before the page was opened', async () => {
    await openDocs();
    await authorize();
    await page.evaluate("sessionStorage.setItem('coffee-shop.token-expires-at', '1')");
    await openDocs();

    await eventually('the end of the token', async () => isDeepStrictEqual((await storage()).session, {}));
    expect(await isAuthorized()).toBe(false);
  });

  it('drops the token at Logout', async () => {
    await openDocs();
    await authorize();
    await page.locator('.btn.authorize').click();
    await page.getByText('Logout', { exact: true }).click();

    await eventually('the end of the token', async () => isDeepStrictEqual((await storage()).session, {}));
  });

  it('removes what earlier versions of the page stored', async () => {
    await openDocs();
    await page.evaluate(`localStorage.setItem('authorized', '{"oauth2":{"password":"${PASSWORD}"}}')`);
    await openDocs();

    await eventually('the removal', async () => isDeepStrictEqual((await storage()).local, {}));
  });

  it('does not authorize another tab', async () => {
    await openDocs();
    await authorize();
    page = await context.newPage();
    await openDocs();

    expect(await isAuthorized()).toBe(false);
  });
});

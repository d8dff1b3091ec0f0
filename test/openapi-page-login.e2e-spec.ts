import type { Route } from 'playwright-core';
import { describeInBrowser } from './support/browser.js';
import type { DocsPage } from './support/docs-page.js';
import { DocsShop, EMAIL, PASSWORD } from './support/docs-shop.js';
import { eventually } from './support/eventually.js';
import { claimsOf } from './support/token.js';

describeInBrowser('The login at /docs', () => {
  let shop: DocsShop;
  let docs: DocsPage;

  beforeAll(async () => {
    shop = await DocsShop.start();
    docs = await shop.open();
    await docs.page.clock.install();
    await docs.reload();
    await docs.logIn(EMAIL, PASSWORD);
  });
  afterAll(() => shop.close());

  /** Returns everything that the page stored. */
  function storage(): Promise<{ local: Record<string, string>; session: Record<string, string> }> {
    return docs.page.evaluate('({ local: { ...localStorage }, session: { ...sessionStorage } })');
  }

  it('stores nothing but the token and its expiry, in the session', async () => {
    const { local, session } = await storage();

    expect(local).toEqual({});
    expect(session).toEqual({
      'coffee-shop.token': expect.any(String),
      'coffee-shop.token-expires-at': expect.stringMatching(/^\d+$/),
    });
    expect(claimsOf(session['coffee-shop.token'] ?? '')).toMatchObject({ role: 'manager' });
    expect(JSON.stringify(session)).not.toContain(PASSWORD);
  });

  it('keeps the login over a reload', async () => {
    await docs.reload();

    expect(await docs.isAuthorized()).toBe(true);
  });

  it('does not log in another tab', async () => {
    const other = await shop.open();

    expect(await other.isAuthorized()).toBe(false);
    await other.page.close();
  });

  it('says when the login has ended, and drops the token', async () => {
    await docs.page.clock.fastForward('30:01');

    await docs.page.getByText('Your login has ended').waitFor();
    expect((await storage()).session).toEqual({});
    expect(await docs.isAuthorized()).toBe(false);
  });

  it('says that a login ended before the page was opened', async () => {
    await docs.logIn(EMAIL, PASSWORD);
    await docs.page.evaluate("sessionStorage.setItem('coffee-shop.token-expires-at', '1')");
    await docs.reload();

    await docs.page.getByText('Your login has ended').waitFor();
    expect((await storage()).session).toEqual({});
  });

  it('says that the API no longer accepts the login', async () => {
    await docs.logIn(EMAIL, PASSWORD);
    await docs.page.evaluate("sessionStorage.setItem('coffee-shop.token', 'no.valid.token')");
    await docs.reload();
    await docs.execute(await docs.task('Orders', 'GET', '/orders'));

    await docs.page.getByText('Your login has ended').waitFor();
    expect((await storage()).session).toEqual({});
  });

  it('outlasts the late refusal of an earlier login', async () => {
    await docs.logIn(EMAIL, PASSWORD);
    const issuedAt = secondsNow();
    let held: Route | undefined;
    await docs.page.route('**/api/v1/orders?*', (route) => void (held = route));
    const refused = docs.execute(await docs.task('Orders', 'GET', '/orders'));
    await eventually('the request of the earlier login', () => held !== undefined);
    await docs.logOut();
    // Two tokens of a user that are issued within one second are equal.
    await eventually('the next second', () => secondsNow() > issuedAt);
    await docs.logIn(EMAIL, PASSWORD);
    await held?.fulfill({ status: 401, headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' } });
    await refused;
    await docs.page.unroute('**/api/v1/orders?*');

    expect(await docs.isAuthorized()).toBe(true);
  });

  it('drops the token at Log out', async () => {
    await docs.logOut();

    await eventually('the end of the token', async () => Object.keys((await storage()).session).length === 0);
    expect(await docs.isAuthorized()).toBe(false);
  });

  it('asks for e-mail and password only, and gives the focus back', async () => {
    await docs.authorize.click();
    expect(await docs.loginForm.locator('label').allInnerTexts()).toEqual(['E-mail', 'Password']);
    await docs.page.keyboard.press('Escape');
    await docs.loginForm.waitFor({ state: 'detached' });

    expect(await docs.page.locator('.btn.authorize:focus').isVisible()).toBe(true);
  });

  it('accepts an internationalised e-mail', async () => {
    const account = { email: 'jörg@example.com', password: 'three blue cups of tea' };
    await docs.page.request.post(`${shop.api.url}/api/v1/auth/register`, { data: account });
    await docs.logIn(account.email, account.password);

    expect(await docs.isAuthorized()).toBe(true);
  });

  it('removes what earlier versions of the page stored', async () => {
    await docs.page.evaluate(`localStorage.setItem('authorized', '{"oauth2":{"password":"${PASSWORD}"}}')`);
    await docs.reload();

    expect((await storage()).local).toEqual({});
  });
});

function secondsNow(): number {
  return Math.floor(Date.now() / 1000);
}

import type { Browser } from 'playwright-core';
import { ApiProcess } from '../support/api-process.js';
import { describeInBrowser, startBrowser } from '../support/browser.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';
import { BoardDriver } from './board-driver.js';

/** Where the page keeps its tokens. */
const KEY = 'coffee-shop.board';

describeInBrowser('The connection of the board', () => {
  let app: TestApp;
  let api: ApiProcess;
  let browser: Browser;
  let board: BoardDriver;
  let customer: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    [api, browser, customer] = await Promise.all([
      ApiProcess.start(app.environment),
      startBrowser(),
      app.customer(),
    ]);
  });
  beforeEach(async () => {
    board = await BoardDriver.open(browser, api.url);
    await board.start();
  });
  afterEach(() => board.close());
  afterAll(async () => {
    await browser.close();
    await api.stop();
    await app.close();
  });

  /** Starts the process again, on the same port. */
  async function startAgain(): Promise<void> {
    api = await ApiProcess.start({ ...app.environment, PORT: new URL(api.url).port });
  }

  it('is lost when the API stops, and comes back with all changes when it starts', async () => {
    const before = await customer.placeOrder(['Latte', 'Vanilla']);
    await board.card(before).waitFor();

    await api.stop();
    await board.alerts.filter({ hasText: 'Connection lost' }).waitFor();
    const meanwhile = await customer.placeOrder(['Latte', 'Vanilla']);
    expect(await board.card(before).getByRole('button', { name: 'Cancel' }).isDisabled()).toBe(true);

    await startAgain();
    await board.card(meanwhile).waitFor();
    await board.live.waitFor();
    expect(await board.alerts.count()).toBe(0);
  });

  it('is not needed to drop a move that could still be undone', async () => {
    const order = await customer.placeOrder(['Latte', 'Vanilla']);

    await board.tap('Start', board.card(order));
    await board.goOffline();

    await board.card(order, 'Waiting').getByText('the connection was lost').waitFor();
  });

  it('is lost at once when the device is offline, and comes back when it is online', async () => {
    await board.goOffline();
    await board.alerts.filter({ hasText: 'Connection lost' }).waitFor({ timeout: 500 });

    await board.goOnline();
    await board.live.waitFor();
  });

  it('is made again with a new token before the old one ends, without a word', async () => {
    await board.page.evaluate(`{
      const tokens = JSON.parse(sessionStorage.getItem('${KEY}'));
      sessionStorage.setItem('${KEY}', JSON.stringify({ ...tokens, renewAt: Date.now() + 1000 }));
    }`);
    await board.page.reload();
    await board.live.waitFor();
    await board.page.evaluate(`{
      window.banners = 0;
      const look = () => (window.banners += document.querySelectorAll('.banner').length);
      new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
    }`);

    await board.page.waitForResponse((response) => response.url().endsWith('/auth/token'));
    await board.page.waitForResponse((response) => response.url().endsWith('/stream'));

    await board.card(await customer.placeOrder(['Latte', 'Vanilla'])).waitFor();
    expect(await board.page.evaluate('window.banners')).toBe(0);
  });

  it('keeps the login over a reload', async () => {
    await board.page.reload();

    await board.live.waitFor();
  });

  it('asks for the password when the login has ended, above the place where one was', async () => {
    await board.tap('Sold out');
    await board.endSession();
    // Another process has not yet remembered that the session was there.
    await api.stop();
    await startAgain();

    const dialog = board.page.getByRole('dialog', { name: 'Log in again' });
    await dialog.waitFor();
    await dialog.getByLabel('Password').fill('wrong');
    await board.tap('Log in', dialog);
    await dialog.getByRole('alert').filter({ hasText: 'Incorrect email or password' }).waitFor();
    await dialog.getByLabel('Password').fill('barista123');
    await board.tap('Log in', dialog);

    await board.live.waitFor();
    await board.page.getByRole('dialog', { name: 'Sold out' }).getByRole('button', { name: 'Done' }).tap();
    await board.card(await customer.placeOrder(['Latte', 'Vanilla'])).waitFor();
  });

  it('ends with the login, which leaves nothing behind', async () => {
    await board.tap('Log out');

    await board.page.getByText('For baristas and managers').waitFor();
    expect(await board.page.evaluate('JSON.stringify({ ...sessionStorage, ...localStorage })')).toBe('{}');
  });
});

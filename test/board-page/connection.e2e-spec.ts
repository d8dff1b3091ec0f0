import { describeInBrowser } from '../support/browser.js';
import type { Person } from '../support/person.js';
import type { BoardDriver } from './board-driver.js';
import { CounterShop } from './counter-shop.js';

/** Where the page keeps its tokens. */
const KEY = 'coffee-shop.board';

describeInBrowser('The connection of the board', () => {
  let shop: CounterShop;
  let board: BoardDriver;
  let customer: Person;

  beforeAll(async () => {
    shop = await CounterShop.start();
    customer = await shop.app.customer();
    board = await shop.open();
    await board.start();
  });
  afterAll(() => shop.close());

  it('is lost when the API stops, and comes back with all changes when it starts', async () => {
    const before = await customer.placeOrder(['Latte', 'Vanilla']);
    await board.card(before).waitFor();

    await shop.stopApi();
    await board.alerts.filter({ hasText: 'Connection lost' }).waitFor();
    const meanwhile = await customer.placeOrder(['Latte', 'Vanilla']);
    expect(await board.card(before).getByRole('button', { name: 'Cancel' }).isDisabled()).toBe(true);

    await shop.startApi();
    await board.card(meanwhile).waitFor();
    await board.live.waitFor();
    expect(await board.alerts.count()).toBe(0);
  });

  it('is not needed to drop a move that could still be undone', async () => {
    const order = await customer.placeOrder(['Latte', 'Vanilla']);

    await board.tap('Start', board.card(order));
    await board.goOffline();

    await board.card(order, 'Waiting').getByText('the connection was lost').waitFor();
    await board.goOnline();
    await board.live.waitFor();
  });

  it('is lost while an order is cancelled, whose card says so until it is removed', async () => {
    const order = await customer.placeOrder(['Latte', 'Vanilla']);
    await board.card(order).waitFor();
    await board.goOffline();
    await customer.post(`/api/v1/orders/${order.id}/cancel`, {}).expect(200);

    await board.goOnline();
    await board.card(order, 'Waiting').getByText('No longer on the board').waitFor();
    await board.tap('Remove', board.card(order));

    await board.card(order).waitFor({ state: 'detached' });
  });

  it('is lost at once when the device is offline, and comes back when it is online', async () => {
    await board.goOffline();
    await board.alerts.filter({ hasText: 'Connection lost' }).waitFor({ timeout: 500 });

    await board.goOnline();
    await board.live.waitFor();
  });

  it('is made again with a new token before the old one ends, and stays live', async () => {
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
    await shop.stopApi();
    await shop.startApi();

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

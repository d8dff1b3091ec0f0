import type { Browser } from 'playwright-core';
import type { OrderDto } from '../../apps/api/orders/dto/order.dto.js';
import { ApiProcess } from '../support/api-process.js';
import { describeInBrowser, startBrowser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';
import { BoardDriver } from './board-driver.js';

/** Longer than a move can be undone. */
const UNDO_IS_OVER_MS = 4_100;

describeInBrowser('The board at the counter', () => {
  let app: TestApp;
  /** Serves the page; customers order at the other process. */
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
    board = await BoardDriver.open(browser, api.url);
    await board.page.clock.install();
    await board.start();
  });
  afterAll(async () => {
    await browser.close();
    await api.stop();
    await app.close();
  });

  /** Places an order at the other process, and waits for its card. */
  async function placeShown(): Promise<OrderDto> {
    const order = await customer.placeOrder(['Latte', 'Vanilla', 2]);
    await board.card(order).waitFor();
    return order;
  }

  async function statusOf({ id }: OrderDto): Promise<OrderDto['status']> {
    return (await customer.get(`/api/v1/orders/${id}`).expect(200)).body.status;
  }

  it('shows an order that is placed at another process within a second', async () => {
    const line = { product: 'Latte', variation: 'Vanilla' };
    const order = await customer.orderFor([line.product, line.variation, 2]);
    const { body } = await customer
      .post('/api/v1/orders', { ...order, pickup_name: 'Ada', note: 'Extra hot, please' })
      .expect(201);

    const card = board.card(body, 'Waiting');
    await card.waitFor({ timeout: 1_000 });

    const words = await card.innerText();
    for (const part of [body.number, 'Ada', '2 ×', 'Latte, Vanilla', 'Extra hot, please', '0 min'])
      expect(words).toContain(String(part));
  });

  it('moves an order on to delivered, with a tap for each step', async () => {
    const order = await placeShown();

    for (const [action, status, column] of [
      ['Start', 'preparation', 'In preparation'],
      ['Ready', 'ready', 'Ready'],
      ['Hand over', 'delivered', undefined],
    ] as const) {
      await board.tap(action, board.card(order));
      await board.page.clock.fastForward(UNDO_IS_OVER_MS);
      await (column ? board.card(order, column).waitFor() : board.card(order).waitFor({ state: 'detached' }));

      await eventually(`status ${status}`, async () => (await statusOf(order)) === status);
    }
  });

  it('sends nothing if a move is undone', async () => {
    const order = await placeShown();

    await board.tap('Start', board.card(order));
    await board.tap('Undo', board.card(order));
    await board.page.clock.fastForward(UNDO_IS_OVER_MS);
    await board.card(order, 'Waiting').getByRole('button', { name: 'Start' }).waitFor();

    expect(await statusOf(order)).toBe('waiting');
  });

  it('moves several orders at once', async () => {
    const orders = [await placeShown(), await placeShown()];

    for (const order of orders) await board.tap('Start', board.card(order));
    await board.page.clock.fastForward(UNDO_IS_OVER_MS);

    for (const order of orders) await board.card(order, 'In preparation').waitFor();
  });

  it('shows on the card why a move was refused', async () => {
    const order = await placeShown();
    const problem = {
      status: 409,
      contentType: 'application/problem+json',
      body: '{"detail": "Not so fast"}',
    };
    await board.page.route(`**/orders/${order.id}/status`, (route) => route.fulfill(problem));

    await board.tap('Start', board.card(order));
    await board.page.clock.fastForward(UNDO_IS_OVER_MS);

    await board.card(order, 'Waiting').getByText('Not so fast').waitFor();
    expect(board.errors.splice(0)).toEqual([expect.stringContaining('409')]);
  });

  it('cancels an order with a reason and a note', async () => {
    const order = await placeShown();

    await board.tap('Cancel', board.card(order));
    await board.dialog.getByLabel('Nobody picked it up').tap();
    await board.dialog.getByLabel('Note').fill('Called twice');
    await board.tap('Cancel the order', board.dialog);
    await board.card(order).waitFor({ state: 'detached' });

    const { body } = await customer.get(`/api/v1/orders/${order.id}`).expect(200);
    expect(body).toMatchObject({
      status: 'cancelled',
      cancellation: { reason: 'no_show', by_role: 'barista' },
    });
  });

  it('says why a barista cannot cancel an order in preparation', async () => {
    const order = await placeShown();
    await board.tap('Start', board.card(order));
    await board.page.clock.fastForward(UNDO_IS_OVER_MS);

    await board.tap('Cancel', board.card(order, 'In preparation'));
    await board.tap('Cancel the order', board.dialog);
    await board.dialog.getByRole('alert').filter({ hasText: 'preparation' }).waitFor();
    await board.page.keyboard.press('Escape');

    await board.dialog.waitFor({ state: 'detached' });
    expect(await statusOf(order)).toBe('preparation');
    expect(board.errors.splice(0)).toEqual([expect.stringContaining('409')]);
  });

  it('keeps the card of an order that its customer cancels until it is removed', async () => {
    const order = await placeShown();
    await customer.post(`/api/v1/orders/${order.id}/cancel`, {}).expect(200);

    await board.card(order, 'Waiting').getByText('Cancelled. Do not make it.').waitFor();
    await board.tap('Remove', board.card(order));

    await board.card(order).waitFor({ state: 'detached' });
  });

  it('marks a variation as sold out, and as available again', async () => {
    const order = await customer.orderFor(['Latte', 'Vanilla']);
    const name = /^Latte, Vanilla/;

    await board.tap('Sold out');
    await board.dialog.getByRole('switch', { name }).tap();
    await board.dialog.getByRole('switch', { name, checked: true }).waitFor();
    await eventually(
      'the refusal',
      async () => (await customer.placeWithKey(order)).body.code === 'sold_out',
    );

    await board.dialog.getByRole('switch', { name }).tap();
    await board.dialog.getByRole('switch', { name, checked: false }).waitFor();
    await board.tap('Done', board.dialog);
    await eventually('an order', async () => (await customer.placeWithKey(order)).status === 201);
  });

  it('marks a product as sold out for some hours', async () => {
    await board.tap('Sold out');
    await board.dialog.getByLabel('4 hours').tap();
    await board.dialog.getByRole('switch', { name: 'Donuts Available' }).tap();
    await board.dialog.getByRole('switch', { name: /^Donuts Sold out until \d\d:\d\d/ }).waitFor();
    await board.tap('Done', board.dialog);

    const { body } = await customer.get('/api/v1/menu').expect(200);
    const { sold_out_until } = body.products.find((product: { name: string }) => product.name === 'Donuts');
    const hours = (Date.parse(sold_out_until) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(3.9);
    expect(hours).toBeLessThan(4.1);
  });

  it('pauses the shop for a while, and resumes it', async () => {
    const order = await customer.orderFor(['Latte', 'Vanilla']);

    await board.tap('Pause');
    await board.dialog.getByLabel('30 minutes').tap();
    await board.tap('Pause', board.dialog);
    await board.page.getByText(/^Paused until \d\d:\d\d$/).waitFor();
    await eventually(
      'the refusal',
      async () => (await customer.placeWithKey(order)).body.code === 'ordering_paused',
    );

    await board.tap('Resume orders');
    await board.page.getByText('Open', { exact: true }).waitFor();
    await eventually('an order', async () => (await customer.placeWithKey(order)).status === 201);
  });

  it('shows a pause that is set elsewhere', async () => {
    const manager = await app.manager();
    await manager.put('/api/v1/admin/shop/pause', {}).expect(200);
    await board.page.getByText('Paused', { exact: true }).waitFor();

    await manager.delete('/api/v1/admin/shop/pause').expect(204);
    await board.page.getByText('Open', { exact: true }).waitFor();
  });

  it('refuses customers, and keeps nothing of their login', async () => {
    const other = await BoardDriver.open(browser, api.url);
    await other.logIn('customer');

    await other.page.getByRole('alert').filter({ hasText: 'baristas and managers' }).waitFor();
    expect(await other.page.evaluate('JSON.stringify({ ...sessionStorage, ...localStorage })')).toBe('{}');
    await other.close();
  });

  it('has caused no error in the browser and no request to another host', () => {
    expect(board.errors).toEqual([]);
    expect([...board.hosts]).toEqual([new URL(api.url).host]);
  });
});

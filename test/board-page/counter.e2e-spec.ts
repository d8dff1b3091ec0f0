import type { OrderDto } from '../../apps/api/orders/dto/order.dto.js';
import { describeInBrowser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import type { Person } from '../support/person.js';
import type { BoardDriver } from './board-driver.js';
import { CounterShop } from './counter-shop.js';

describeInBrowser('The board at the counter', () => {
  let shop: CounterShop;
  let board: BoardDriver;
  let customer: Person;

  beforeAll(async () => {
    shop = await CounterShop.start();
    customer = await shop.app.customer();
    board = await shop.open();
    await board.page.clock.install();
    await board.start();
  });
  afterAll(() => shop.close());

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

  it('shows markup in a name as text', async () => {
    const name = '<img src=x onerror=alert(1)>';
    const order = await customer.orderFor(['Latte', 'Vanilla']);
    const { body } = await customer.post('/api/v1/orders', { ...order, pickup_name: name }).expect(201);

    await board.card(body).locator('.name', { hasText: name }).waitFor();

    expect(await board.page.evaluate('document.images.length')).toBe(0);
  });

  it('moves an order on to delivered, with a tap for each step', async () => {
    const order = await placeShown();

    for (const [action, status, column] of [
      ['Start', 'preparation', 'In preparation'],
      ['Ready', 'ready', 'Ready'],
      ['Hand over', 'delivered', undefined],
    ] as const) {
      await board.tap(action, board.card(order));
      await board.passUndoTime();
      await (column ? board.card(order, column).waitFor() : board.card(order).waitFor({ state: 'detached' }));

      await eventually(`status ${status}`, async () => (await statusOf(order)) === status);
    }
  });

  it('sends nothing if a move is undone', async () => {
    const order = await placeShown();

    await board.tap('Start', board.card(order));
    await board.tap('Undo', board.card(order));
    await board.passUndoTime();
    // The next move is sent after whatever the first one sends.
    await board.tap('Start', board.card(order));
    await board.passUndoTime();
    await board.card(order, 'In preparation').waitFor();

    expect(board.countRequests('PATCH', order.id)).toBe(1);
  });

  it('moves several orders at once', async () => {
    const orders = [await placeShown(), await placeShown()];

    for (const order of orders) await board.tap('Start', board.card(order));
    await board.passUndoTime();

    for (const order of orders) await board.card(order, 'In preparation').waitFor();
  });

  it('shows on the card why a move was refused, until that is dismissed', async () => {
    const order = await placeShown();
    const problem = {
      status: 409,
      contentType: 'application/problem+json',
      body: '{"detail": "Not so fast"}',
    };
    await board.page.route(`**/orders/${order.id}/status`, (route) => route.fulfill(problem));

    await board.tap('Start', board.card(order));
    await board.passUndoTime();

    const notice = board.card(order, 'Waiting').getByText('Not so fast');
    await notice.waitFor();
    await board.tap('Dismiss', board.card(order));
    await notice.waitFor({ state: 'detached' });
    expect(board.errors.splice(0)).toEqual([expect.stringContaining('409')]);
  });

  it('keeps the card of an order that its customer cancels until it is removed', async () => {
    const order = await placeShown();
    await customer.post(`/api/v1/orders/${order.id}/cancel`, {}).expect(200);

    await board.card(order, 'Waiting').getByText('Cancelled. Do not make it.').waitFor();
    await board.tap('Remove', board.card(order));

    await board.card(order).waitFor({ state: 'detached' });
  });

  it('refuses customers, and keeps nothing of their login', async () => {
    const other = await shop.open();
    await other.logIn('customer');

    await other.page.getByRole('alert').filter({ hasText: 'baristas and managers' }).waitFor();
    expect(await other.page.evaluate('JSON.stringify({ ...sessionStorage, ...localStorage })')).toBe('{}');
    await other.close();
  });

  it('has caused no error in the browser and no request to another host', () => {
    expect(board.errors).toEqual([]);
    expect(new Set(board.requests.map((request) => new URL(request.url()).host))).toEqual(
      new Set([shop.host]),
    );
  });
});

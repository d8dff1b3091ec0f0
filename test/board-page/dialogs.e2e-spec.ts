import type { OrderDto } from '../../apps/api/orders/dto/order.dto.js';
import { describeInBrowser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import type { Person } from '../support/person.js';
import type { BoardDriver } from './board-driver.js';
import { CounterShop } from './counter-shop.js';

describeInBrowser('The dialogs of the board', () => {
  let shop: CounterShop;
  let board: BoardDriver;
  let customer: Person;
  let manager: Person;

  beforeAll(async () => {
    shop = await CounterShop.start();
    [customer, manager] = await Promise.all([shop.app.customer(), shop.app.manager()]);
    board = await shop.open();
    await board.start();
  });
  afterAll(() => shop.close());

  async function placeShown(): Promise<OrderDto> {
    const order = await customer.placeOrder(['Latte', 'Vanilla']);
    await board.card(order).waitFor();
    return order;
  }

  it('cancels an order with a reason and a note', async () => {
    const order = await placeShown();

    await board.tap('Cancel', board.card(order));
    const send = board.dialog.getByRole('button', { name: 'Cancel the order' });
    expect(await send.isDisabled()).toBe(true);
    await board.dialog.getByLabel('Nobody picked it up').tap();
    await board.dialog.getByLabel('Note').fill('Called twice');
    await send.tap();
    await board.card(order).waitFor({ state: 'detached' });

    const { body } = await customer.get(`/api/v1/orders/${order.id}`).expect(200);
    expect(body).toMatchObject({
      status: 'cancelled',
      cancellation: { reason: 'no_show', by_role: 'barista' },
    });
  });

  it('stays open while a cancellation is sent', async () => {
    const order = await placeShown();
    const answer = await board.hold(`**/orders/${order.id}/cancel`);
    await board.tap('Cancel', board.card(order));
    await board.dialog.getByLabel('Ordered twice').tap();
    await board.tap('Cancel the order', board.dialog);

    await board.page.keyboard.press('Escape');
    await board.page.keyboard.press('Escape');
    expect(await board.dialog.getByRole('button', { name: 'Keep it' }).isDisabled()).toBe(true);

    answer();
    await board.dialog.waitFor({ state: 'detached' });
    await board.card(order).waitFor({ state: 'detached' });
  });

  it('says why a barista cannot cancel an order that is in preparation by then', async () => {
    const order = await placeShown();
    await board.tap('Cancel', board.card(order));
    await manager.changeStatus(order.id, 'preparation').expect(200);
    await board.card(order, 'In preparation').waitFor();

    await board.dialog.getByLabel('Ordered twice').tap();
    await board.tap('Cancel the order', board.dialog);
    await board.dialog.getByRole('alert').filter({ hasText: 'preparation' }).waitFor();
    await board.page.keyboard.press('Escape');

    await board.dialog.waitFor({ state: 'detached' });
    expect(await board.card(order).getByRole('button', { name: 'Cancel' }).count()).toBe(0);
    expect(board.errors.splice(0)).toEqual([expect.stringContaining('409')]);
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
    await board.dialog.getByRole('switch', { name: 'Donuts, Glazed Sold out with Donuts' }).waitFor();
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
    await manager.put('/api/v1/admin/shop/pause', {}).expect(200);
    await board.page.getByText('Paused', { exact: true }).waitFor();

    await manager.delete('/api/v1/admin/shop/pause').expect(204);
    await board.page.getByText('Open', { exact: true }).waitFor();
  });

  it('sends one switch while another one is being sent', async () => {
    const answer = await board.hold('**/availability');
    const names = [/^Latte, Hazelnut/, /^Latte, Pumpkin Spice/];

    await board.tap('Sold out');
    for (const name of names) await board.dialog.getByRole('switch', { name }).tap();
    answer();

    for (const name of names) await board.dialog.getByRole('switch', { name, checked: true }).waitFor();
    await board.tap('Done', board.dialog);
  });

  it('changes nothing without a connection, and says so', async () => {
    await board.tap('Sold out');
    const sent = board.countRequests('PUT', /./);
    await board.goOffline();
    await board.dialog.getByRole('alert').filter({ hasText: 'Nothing can be changed' }).waitFor();
    await board.dialog.getByRole('switch', { name: /^Macchiato, Caramel/ }).tap({ force: true });
    await board.tap('Done', board.dialog);

    for (const name of ['Sold out', 'Pause'])
      expect(await board.page.getByRole('button', { name }).isDisabled()).toBe(true);
    expect(board.countRequests('PUT', /./)).toBe(sent);
    await board.goOnline();
    await board.live.waitFor();
  });

  it('does not pause if the connection is lost before', async () => {
    await board.tap('Pause');
    await board.goOffline();
    await board.dialog.getByRole('alert').filter({ hasText: 'Nothing can be changed' }).waitFor();

    expect(await board.dialog.getByRole('button', { name: 'Pause' }).isDisabled()).toBe(true);
    await board.tap('Back', board.dialog);
    await board.goOnline();
    await board.live.waitFor();
  });
});

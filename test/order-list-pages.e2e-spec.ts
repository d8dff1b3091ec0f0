import type { OrderDto } from '../apps/api/orders/dto/order.dto.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const PATH = '/api/v1/admin/orders';

describe('The pages of GET /admin/orders', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
  });
  afterAll(() => app.close());
  beforeEach(() => app.database.query('TRUNCATE orders, order_placements CASCADE'));

  /** Places orders one after the other. Returns them newest first. */
  async function placeOrders(count: number): Promise<OrderDto[]> {
    const orders: OrderDto[] = [];
    for (let placed = 0; placed < count; placed += 1)
      orders.unshift(await ana.placeOrder(['Latte', 'Vanilla']));
    return orders;
  }

  /** Returns one page and the query of the next one. */
  async function readPage(query = ''): Promise<{ orders: OrderDto[]; next?: string }> {
    const { body, headers } = await manager.get(PATH + query).expect(200);
    const [, next] = /^<(\?[^>]+)>; rel="next"$/.exec(headers.link ?? '') ?? [];
    expect(next === undefined).toBe(headers.link === undefined);
    return { orders: body, next };
  }

  /** Returns the order ids of all pages. Runs `afterPage` after each page. */
  async function readAllPages(query: string, afterPage?: () => Promise<unknown>): Promise<string[]> {
    const ids: string[] = [];
    for (let next: string | undefined = query; next !== undefined;) {
      const page = await readPage(next);
      ids.push(...page.orders.map(({ id }) => id));
      next = page.next;
      await afterPage?.();
    }
    return ids;
  }

  it('contain each order exactly once while new orders arrive', async () => {
    const orders = await placeOrders(7);

    const ids = await readAllPages('?limit=2', () => placeOrders(1));

    expect(ids).toEqual(orders.map(({ id }) => id));
  });

  it('contain each order exactly once if all have the same time', async () => {
    const orders = await placeOrders(7);
    await app.database.query(`UPDATE orders SET created_at = '2026-03-01T09:30:00.123Z'`);

    const ids = await readAllPages('?limit=3');

    expect(ids).toHaveLength(7);
    expect(new Set(ids)).toEqual(new Set(orders.map(({ id }) => id)));
  });

  it('contain only the orders of the requested status', async () => {
    const orders = await placeOrders(6);
    const preparing = orders.filter((_, index) => index % 2 === 0);
    for (const { id } of preparing) await manager.changeStatus(id, 'preparation').expect(200);

    expect(await readAllPages('?status=preparation&limit=2')).toEqual(preparing.map(({ id }) => id));
    expect(await readAllPages('?limit=2&status=ready')).toEqual([]);
    expect((await readPage('?status=waiting')).orders).toHaveLength(3);
  });

  it.each([
    ['partly filled', 3],
    ['full', 4],
  ])('end with a %s page without a next link', async (_, count) => {
    await placeOrders(count);

    const first = await readPage('?limit=2');
    const second = await readPage(first.next);

    expect(first.next).toBeDefined();
    expect(second.orders).toHaveLength(count - 2);
    expect(second.next).toBeUndefined();
  });

  it('have no next link if all orders fit on one page', async () => {
    await placeOrders(3);

    expect((await readPage('?limit=4')).next).toBeUndefined();
  });
});

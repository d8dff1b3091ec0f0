import type { OrderDto } from '../apps/api/orders/dto/order.dto.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const PATH = '/api/v1/admin/orders';

describe('the list of orders', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
  });
  afterAll(() => app.close());
  beforeEach(() => app.database.query('TRUNCATE orders, order_placements CASCADE'));

  /** Orders one after the other; newest first. */
  async function place(count: number): Promise<OrderDto[]> {
    const orders: OrderDto[] = [];
    for (let placed = 0; placed < count; placed += 1)
      orders.unshift(await ana.placeOrder(['Latte', 'Vanilla']));
    return orders;
  }

  async function list(query = ''): Promise<{ orders: OrderDto[]; next?: string }> {
    const { body, headers } = await manager.get(PATH + query).expect(200);
    const [, next] = /^<(\/[^>]+)>; rel="next"$/.exec(headers.link ?? '') ?? [];
    expect(next === undefined).toBe(headers.link === undefined);
    return { orders: body, next: next?.slice(PATH.length) };
  }

  /** Follows the Link headers to the end, with time for something else between two pages. */
  async function walk(query: string, between?: () => Promise<unknown>): Promise<string[]> {
    const ids: string[] = [];
    for (let next: string | undefined = query; next !== undefined;) {
      const page = await list(next);
      ids.push(...page.orders.map(({ id }) => id));
      next = page.next;
      await between?.();
    }
    return ids;
  }

  it('leads page by page past each order exactly once, while new orders arrive', async () => {
    const placed = await place(7);

    const visited = await walk('?limit=2', () => place(1));

    expect(visited).toEqual(placed.map(({ id }) => id));
  });

  it('leads past each order exactly once, also when many are of the same moment', async () => {
    const placed = await place(7);
    await app.database.query(`UPDATE orders SET created_at = '2026-03-01T09:30:00.123Z'`);

    const visited = await walk('?limit=3');

    expect(visited).toHaveLength(7);
    expect(new Set(visited)).toEqual(new Set(placed.map(({ id }) => id)));
  });

  it('shows the orders of one status only, on every page', async () => {
    const placed = await place(6);
    const preparing = placed.filter((_, index) => index % 2 === 0);
    for (const { id } of preparing) await manager.changeStatus(id, 'preparation').expect(200);

    expect(await walk('?status=preparation&limit=2')).toEqual(preparing.map(({ id }) => id));
    expect(await walk('?limit=2&status=ready')).toEqual([]);
    expect((await list('?status=waiting')).orders).toHaveLength(3);
  });

  it('names no next page on the last one', async () => {
    await place(3);

    const first = await list('?limit=2');
    const second = await list(first.next);

    expect(first.next).toBeDefined();
    expect(second.orders).toHaveLength(1);
    expect(second.next).toBeUndefined();
    expect((await list('?limit=4')).next).toBeUndefined();
  });

  it('names no next page where the last one is just full', async () => {
    await place(4);

    const first = await list('?limit=2');
    const second = await list(first.next);

    expect(second.orders).toHaveLength(2);
    expect(second.next).toBeUndefined();
  });
});

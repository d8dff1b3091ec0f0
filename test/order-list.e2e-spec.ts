import type { OrderDto } from '../apps/api/orders/dto/order.dto.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const PATH = '/api/v1/admin/orders';

let app: TestApp;
let ana: Person;
let manager: Person;

beforeAll(async () => {
  app = await TestApp.start();
  [ana, manager] = await Promise.all([app.customer(), app.manager()]);
});
afterAll(() => app.close());
beforeEach(() => app.database.query('TRUNCATE orders, order_placements CASCADE'));

describe('GET /admin/orders', () => {
  it('returns an empty array if there are no orders', async () => {
    const { body, headers } = await manager.get(PATH).expect(200);

    expect(body).toEqual([]);
    expect(headers.link).toBeUndefined();
  });

  it('returns the complete orders of all customers, newest first', async () => {
    const ben = await app.customer();
    const first = await ana.placeOrder(['Latte', 'Pumpkin Spice', 2], ['Donuts', 'Glazed']);
    const second = await ben.placeOrder(['Espresso', 'Double Shot']);
    const third = await manager.placeOrder(['Macchiato', 'Caramel']);

    const { body } = await manager.get(PATH).expect(200);

    expect(body).toEqual([third, second, first]);
  });

  it('keeps the lines of an order in the requested order', async () => {
    await ana.placeOrder(['Latte', 'Pumpkin Spice', 2], ['Donuts', 'Glazed'], ['Donuts', 'Jelly']);

    const { body } = await manager.get(PATH).expect(200);

    const [order] = body as OrderDto[];
    expect(order?.items.map((item) => item.variation_name)).toEqual(['Pumpkin Spice', 'Glazed', 'Jelly']);
  });

  it.each([
    ['', 50],
    ['?limit=1', 1],
    ['?limit=7', 7],
    ['?limit=100', 100],
  ])('with the query "%s" returns %i of 101 orders', async (query, count) => {
    const { id } = await ana.placeOrder(['Latte', 'Vanilla']);
    await copyOrder(id, 100);

    const { body } = await manager.get(PATH + query).expect(200);

    expect(body).toHaveLength(count);
  });

  it.each([
    ['limit', ['0', '101', '-1', '1.5', '1e1', 'many', '', '9999999999']],
    ['cursor', ['', 'next', 'MjAyNg', "' OR 1=1"]],
    ['status', ['', 'eaten', 'Waiting', '__proto__']],
    ['page', ['2']],
  ])('returns 422 for an invalid %s', async (name, values) => {
    for (const value of values) {
      const { body } = await manager.get(`${PATH}?${name}=${encodeURIComponent(value)}`).expect(422);
      expect(body.errors).toEqual([{ field: name, message: expect.stringContaining(name) }]);
    }
  });

  it.each(['limit', 'cursor', 'status', 'page'])('returns 422 for a repeated %s', async (name) => {
    await manager.get(`${PATH}?${name}=1&${name}=1`).expect(422);
  });

  it.each(['-271821-04-20T00:00:00.000Z', '+275760-09-13T00:00:00.000Z', '0000-01-01T00:00:00.000Z'])(
    'returns no server error for a forged cursor with the time %s',
    async (time) => {
      const cursor = Buffer.from(`${time} ${ana.id}`).toString('base64url');

      const { status } = await manager.get(`${PATH}?cursor=${cursor}`);

      expect([200, 422]).toContain(status);
    },
  );

  it('returns 403 to customers', async () => {
    await ana.get(PATH).expect(403);
  });

  it('returns 401 without a token', async () => {
    await app.anonymous().get(PATH).expect(401);
  });

  /** Inserts copies of the only order with SQL, because placing them would take long. */
  async function copyOrder(id: string, copies: number): Promise<void> {
    await app.database.query(
      `INSERT INTO orders (id, customer_id, status, total_cents, created_at)
       SELECT gen_random_uuid(), customer_id, status, total_cents, now() FROM orders, generate_series(1, $2::int) WHERE id = $1`,
      [id, copies],
    );
    await app.database.query(
      `INSERT INTO order_items SELECT (jsonb_populate_record(i, jsonb_build_object('id', gen_random_uuid(), 'order_id', o.id))).*
         FROM order_items i, orders o WHERE o.id <> i.order_id`,
    );
    await app.database.query(
      `INSERT INTO payments SELECT (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'order_id', o.id))).*
         FROM payments p, orders o WHERE o.id <> p.order_id`,
    );
  }
});

describe('The pages of GET /admin/orders', () => {
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
